package io.privatelink4j.internal;

import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.Severity;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.Time;
import io.privatelink4j.spi.ZoneQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What in a network's DNS gets in the way of a new zone. Read at most every few minutes; never an
 * obstacle by itself.
 */
final class DnsSurroundings {
  private static final Duration KEEP = Duration.ofMinutes(5);

  /** It is advice: it must not use up the time of what it advises on. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SharedReads<String, Seen> seen;

  private record Seen(Set<DnsSwitch> off, List<DnsZone> zones) {}

  DnsSurroundings(Time time) {
    seen = new SharedReads<>(time, KEEP, 10_000);
  }

  List<Finding> findings(Found found, String apex, Deadline deadline) {
    List<Finding> findings = new ArrayList<>();
    try {
      add(read(found, apex, deadline.atMost(PATIENCE)), apex, findings);
    } catch (CallFailed | WaitTimeoutException e) {
      findings.add(
          new Finding(
              FindingCode.NOT_CHECKED,
              Severity.INFO,
              Actor.OPERATOR,
              "The network's DNS could not be looked at: " + e.getMessage()));
    }
    findings.add(
        new Finding(
            FindingCode.NEGATIVE_CACHE,
            Severity.INFO,
            Actor.NOBODY,
            "Names below "
                + apex
                + " that were queried before may stay unknown in caches for up to 15 minutes."));
    return findings;
  }

  private Seen read(Found found, String apex, Deadline deadline) {
    String key =
        found.network().cloud() + " " + found.network().region() + " " + found.network().vpcId();
    return seen.get(
        key,
        found.access().remote(),
        deadline,
        "the DNS of network " + found.network().vpcId(),
        () -> readNow(found, apex, deadline));
  }

  private static Seen readNow(Found found, String apex, Deadline deadline) {
    Remote remote = found.access().remote();
    Set<DnsSwitch> off = new TreeSet<>();
    for (DnsSwitch which : remote.traits().dnsSwitches()) {
      if (!remote.call(
          Operation.READ_DNS_SWITCH,
          found.network(),
          found.network().vpcId(),
          deadline,
          d -> d.dnsSwitch(found.network(), which))) {
        off.add(which);
      }
    }
    return new Seen(off, new ZoneWork(found, deadline).list(ZoneQuery.Scope.IN_NETWORK, apex));
  }

  private static void add(Seen seen, String apex, List<Finding> findings) {
    if (!seen.off().isEmpty()) {
      findings.add(
          new Finding(
              FindingCode.DNS_SWITCHED_OFF,
              Severity.ERROR,
              Actor.OPERATOR,
              "DNS is switched off in the network ("
                  + seen.off()
                  + "): no private zone answers. Switch it on in the"
                  + " VPC's settings."));
    }
    for (DnsZone zone : DnsZones.related(seen.zones(), apex)) {
      boolean child = zone.name().endsWith("." + apex);
      findings.add(
          new Finding(
              child ? FindingCode.CHILD_ZONE : FindingCode.PARENT_ZONE,
              Severity.WARNING,
              Actor.OPERATOR,
              child
                  ? "A private zone "
                      + Texts.safe(zone.name())
                      + " answers in the network: names below it do not lead to"
                      + " this connection."
                  : "A private zone "
                      + Texts.safe(zone.name())
                      + " answers in the network: names that it holds below "
                      + apex
                      + " are hidden by the new zone."));
    }
  }
}
