package io.privatelink4j.internal;

import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.spi.Time;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What the domains of a connection are to be, or were: names, records, labels. */
final class DomainPlans {
  private final DomainPlanner planner;
  private final Time time;

  DomainPlans(DomainPlanner planner, Time time) {
    this.planner = planner;
    this.time = time;
  }

  DomainPlan plan(Found found, NetworkView view, DomainRequest request) {
    ConnectionType type = Views.type(found);
    String region =
        type instanceof AwsEndpointService aws
            ? aws.region().orElse(found.network().region())
            : found.network().region();
    return planner.plan(
        new DomainPlanner.Input(
            found.connectionId(),
            type,
            region,
            request,
            view.zoneIds(),
            new HashSet<>(Views.zoneIds(found.endpoint(), view)),
            found.endpoint().dnsName(),
            Views.zonalNames(found.endpoint(), view)));
  }

  /** Rules may have changed since it was attached; what is in the zone can be read instead. */
  Optional<DomainPlan> currentPlan(Found found, NetworkView view, DomainEntry entry) {
    try {
      return Optional.of(plan(found, view, request(entry, true)));
    } catch (PrivateLinkException e) {
      return Optional.empty();
    }
  }

  static DomainRequest request(DomainEntry entry, boolean beforeActive) {
    return new DomainRequest(entry.type(), Optional.of(entry.uniqueName()), beforeActive);
  }

  String apex(Found found, DomainEntry entry) {
    return planner
        .knownApex(entry.type(), found.access().cloud(), entry.uniqueName())
        .orElseThrow(() -> Writable.damaged(found));
  }

  /**
   * {@return the label that a zone of this library's would have; empty if its name is no domain of
   * its connection}
   */
  Optional<DomainEntry> entryFor(OwnZone zone) {
    for (DomainType type : List.of(DomainType.TIDBCLOUD_MANAGED, DomainType.CONFLUENT)) {
      Optional<String> name = planner.uniqueName(type, zone.access().cloud(), zone.zone().name());
      if (name.isPresent()) {
        return name.map(
            uniqueName ->
                new DomainEntry(
                    zone.reference()
                        .map(ZoneReference::attachmentId)
                        .orElseGet(() -> Ids.attachmentOf(zone.connectionId(), zone.zone().id())),
                    DomainEntry.State.ATTACHING,
                    type,
                    zone.reference().map(ZoneReference::generation).orElse(1),
                    time.now().truncatedTo(ChronoUnit.SECONDS),
                    uniqueName,
                    Optional.of(zone.zone().id())));
      }
    }
    return Optional.empty();
  }
}
