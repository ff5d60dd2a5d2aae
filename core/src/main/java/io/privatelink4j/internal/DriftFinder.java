package io.privatelink4j.internal;

import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.Drift;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.Remedy;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares what a survey saw with what should be, connection by connection. Writes nothing. */
final class DriftFinder {
  private static final String NEEDS_HANDS =
      "never written to or deleted by this library: restore the labels, or remove it by hand";

  private static final int LEAST_RECORDS_READ = 100;

  private final Domains domains;
  private final Settings settings;

  DriftFinder(Domains domains, Settings settings) {
    this.domains = domains;
    this.settings = settings;
  }

  /** {@return everything that is not as it should be} */
  List<Case> cases(Survey.Seen seen, Instant at, Deadline deadline) {
    Drifts drifts = new Drifts(at, settings.quietPeriod());
    int most =
        Math.max(
            LEAST_RECORDS_READ,
            settings.maxConnectionsPerCluster() * settings.maxDomainsPerConnection());
    ZoneDrift zones = new ZoneDrift(domains, drifts, seen, most, deadline);
    List<Case> cases = new ArrayList<>();
    for (Found link : seen.links()) {
      cases.addAll(ofLabels(link, drifts));
      cases.addAll(duplicates(link, drifts));
      if (link.ledger().integrity() != Integrity.OK) {
        continue;
      }
      if (Finder.isThere(link.endpoint())) {
        cases.addAll(checked(link, zones, drifts, deadline));
      } else if (!link.ledger().deleting()) {
        cases.add(Case.of(gone(link, drifts)));
      }
    }
    cases.addAll(orphans(seen, drifts));
    notChecked(seen.unread() + zones.unread(), drifts).ifPresent(cases::add);
    return cases;
  }

  /** What cannot be read of one connection is no reason not to look at the others. */
  private static List<Case> checked(Found link, ZoneDrift zones, Drifts drifts, Deadline deadline) {
    List<Case> cases = new ArrayList<>();
    try {
      Found full = link.withZones(deadline);
      cases.addAll(ofLink(full, drifts, deadline));
      cases.addAll(zones.of(full));
    } catch (CallFailed e) {
      if (deadline.passed()) {
        throw e;
      }
      cases.add(
          Case.of(
              drifts.left(
                  DriftCode.NOT_CHECKED,
                  id(link),
                  List.of(link.endpoint().id()),
                  "its zones and domains",
                  Texts.safe(e.toPublic().getMessage()))));
    }
    return cases;
  }

  /** {@return what no connection in order accounts for: edited labels, orphans} */
  static List<Case> beyondConnections(Survey.Seen seen, Drifts drifts) {
    List<Case> cases = new ArrayList<>();
    seen.links().forEach(link -> cases.addAll(ofLabels(link, drifts)));
    cases.addAll(orphans(seen, drifts));
    notChecked(seen.unread(), drifts).ifPresent(cases::add);
    return cases;
  }

  private static List<Case> orphans(Survey.Seen seen, Drifts drifts) {
    return Stream.concat(
            seen.orphans().stream().map(zone -> orphan(zone, drifts)),
            seen.empty().stream().map(zone -> empty(zone, drifts)))
        .toList();
  }

  private static Optional<Case> notChecked(int unread, Drifts drifts) {
    return unread == 0
        ? Optional.empty()
        : Optional.of(
            Case.of(
                drifts.left(
                    DriftCode.NOT_CHECKED,
                    Optional.empty(),
                    List.of(),
                    unread + " DNS zones",
                    "look again when less is out of order; see that their zones and records may be read")));
  }

  /** A connection, and what else bears its id. */
  private static List<Case> ofLabels(Found link, Drifts drifts) {
    List<Case> cases = new ArrayList<>();
    integrity(link, drifts).ifPresent(cases::add);
    link.duplicates()
        .forEach(each -> integrity(link.withEndpoint(each), drifts).ifPresent(cases::add));
    return cases;
  }

  private static List<Case> duplicates(Found link, Drifts drifts) {
    return link.ledger().deleting()
        ? List.of()
        : link.duplicates().stream()
            .filter(each -> Ledger.read(each.labels()).integrity() == Integrity.OK)
            .filter(Finder::isThere)
            .map(each -> duplicate(link, each, drifts))
            .toList();
  }

  private static Optional<Case> integrity(Found found, Drifts drifts) {
    return switch (found.ledger().integrity()) {
      case OK, DUPLICATE -> Optional.empty();
      case NEWER_VERSION ->
          Optional.of(
              Case.of(
                  drifts.left(
                      DriftCode.NEWER_LEDGER,
                      id(found),
                      List.of(found.endpoint().id()),
                      "labels of a newer version",
                      "upgrade this process before changing it")));
      case TAMPERED ->
          Optional.of(
              Case.of(
                  drifts.left(
                      DriftCode.TAMPERED_LABELS,
                      id(found),
                      List.of(found.endpoint().id()),
                      "labels were removed or edited",
                      NEEDS_HANDS)));
    };
  }

  private static Optional<String> id(Found found) {
    return Optional.of(found.connectionId()).filter(Ids::isConnection);
  }

  private static Case duplicate(Found link, Endpoint duplicate, Drifts drifts) {
    boolean main = link.ledger().integrity() == Integrity.OK && Finder.isThere(link.endpoint());
    boolean bare = Ledger.read(duplicate.labels()).domains().isEmpty();
    String seen = "endpoint " + duplicate.id() + " besides " + link.endpoint().id();
    if (!main || !bare) {
      return Case.of(
          drifts.left(
              DriftCode.DUPLICATE_ENDPOINT,
              id(link),
              List.of(duplicate.id()),
              seen,
              bare
                  ? "the older one is not in order: see to that first"
                  : "it has domains of its own: deleting the connection removes both"));
    }
    return Case.of(
            drifts.repairable(
                DriftCode.DUPLICATE_ENDPOINT,
                id(link),
                Optional.empty(),
                List.of(duplicate.id()),
                seen,
                Remedy.REMOVE,
                "delete the younger endpoint",
                Optional.of(duplicate.createTime())))
        .at(link)
        .about(duplicate);
  }

  private static List<Case> ofLink(Found link, Drifts drifts, Deadline deadline) {
    if (link.ledger().deleting()) {
      return List.of(
          Case.of(
                  drifts.repairable(
                      DriftCode.UNFINISHED_DELETE,
                      id(link),
                      Optional.empty(),
                      List.of(link.endpoint().id()),
                      "marked as being deleted, and still there",
                      Remedy.FINISH,
                      "go on with the deletion",
                      link.ledger().deletingSince()))
              .at(link));
    }
    List<Case> cases = new ArrayList<>();
    StateMachine.Verdict verdict = StateMachine.judge(link);
    verdict
        .reason()
        .filter(reason -> verdict.state() == ConnectionState.FAILED)
        .ifPresent(reason -> cases.add(Case.of(failed(link, reason, drifts))));
    if (link.former()) {
      cases.add(
          Case.of(
              drifts.left(
                  DriftCode.NETWORK_LEFT,
                  id(link),
                  List.of(link.endpoint().id()),
                  "lives in " + link.endpoint().vpcId(),
                  "create a new connection in the cluster's network, then delete this one")));
    } else {
      zonesDiffer(link, drifts, deadline).ifPresent(drift -> cases.add(Case.of(drift)));
    }
    return cases;
  }

  private static Drift gone(Found link, Drifts drifts) {
    return drifts.left(
        DriftCode.ENDPOINT_GONE,
        id(link),
        List.of(link.endpoint().id()),
        "being deleted by somebody else",
        "create a new connection; its zones are removed when the endpoint is gone");
  }

  private static Drift failed(Found link, StateMachine.Reason reason, Drifts drifts) {
    DriftCode code =
        reason.code() == ReasonCode.REJECTED
            ? DriftCode.LINK_REJECTED
            : reason.code() == ReasonCode.EXPIRED ? DriftCode.LINK_EXPIRED : DriftCode.LINK_FAILED;
    return drifts.left(
        code,
        id(link),
        List.of(link.endpoint().id()),
        reason.code() + " " + Texts.safe(link.endpoint().rawStatus()),
        reason.message());
  }

  /** Subnets that the network does not name any more; zones that it gained are no drift. */
  private static Optional<Drift> zonesDiffer(Found link, Drifts drifts, Deadline deadline) {
    if (link.endpoint().zones().isEmpty()) {
      return Optional.empty();
    }
    TreeSet<String> strange = new TreeSet<>();
    for (EndpointZone foot : link.endpoint().zones()) {
      boolean named =
          foot.subnetId()
              .map(id -> link.network().subnetIds().contains(id))
              .orElseGet(() -> isNamed(foot, link, deadline));
      if (!named) {
        strange.add(foot.zoneId().or(foot::subnetId).orElse("?"));
      }
    }
    return strange.isEmpty()
        ? Optional.empty()
        : Optional.of(
            drifts.left(
                DriftCode.ZONES_DIFFER,
                id(link),
                List.of(link.endpoint().id()),
                "has addresses in " + String.join(", ", strange),
                "name these subnets again, or create a new connection, then delete this one"));
  }

  private static boolean isNamed(EndpointZone foot, Found link, Deadline deadline) {
    List<String> named = link.access().knownView(link.network(), deadline).zoneIds();
    return foot.zoneId().filter(named::contains).isPresent();
  }

  private static Case orphan(OwnZone zone, Drifts drifts) {
    String seen = "zone " + zone.zone().name() + " of a connection without endpoint";
    boolean ours = Set.of(zone.here()).containsAll(zone.zone().networks());
    Drift drift =
        ours
            ? drifts.repairable(
                DriftCode.ORPHAN_ZONE,
                Optional.of(zone.connectionId()),
                zone.reference().map(ZoneReference::attachmentId),
                List.of(zone.zone().id()),
                seen,
                Remedy.REMOVE,
                "delete the zone",
                Optional.empty())
            : drifts.left(
                DriftCode.ORPHAN_ZONE,
                Optional.of(zone.connectionId()),
                List.of(zone.zone().id()),
                seen + ", which answers in other networks too",
                "unbind it from those by hand");
    return Case.of(drift).about(zone);
  }

  /** Whichever region it was meant for, what stays like that for so long is nobody's work. */
  private static Case empty(OwnZone zone, Drifts drifts) {
    return Case.of(
            drifts.repairable(
                DriftCode.EMPTY_ZONE,
                Optional.of(zone.connectionId()),
                Optional.empty(),
                List.of(zone.zone().id()),
                "empty zone " + zone.zone().name() + ", which is bound to no network",
                Remedy.REMOVE,
                "delete the zone",
                Optional.empty()))
        .about(zone);
  }
}
