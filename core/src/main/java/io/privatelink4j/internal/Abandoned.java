package io.privatelink4j.internal;

import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.Remedy;
import io.privatelink4j.spi.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be removed of a cluster that is not there any more. */
final class Abandoned {
  private Abandoned() {}

  /**
   * {@return the intact connections, zones without label and orphans, and what is never touched}
   */
  static List<Case> cases(Survey.Seen seen, Drifts maker) {
    List<Case> cases = new ArrayList<>();
    seen.links().stream()
        .filter(link -> link.ledger().integrity() == Integrity.OK)
        .filter(link -> Finder.isThere(link.endpoint()))
        .forEach(link -> cases.addAll(of(link, seen, maker)));
    cases.addAll(DriftFinder.beyondConnections(seen, maker));
    return cases;
  }

  private static List<Case> of(Found link, Survey.Seen seen, Drifts maker) {
    Optional<String> id = Optional.of(link.connectionId());
    Endpoint endpoint = link.endpoint();
    if (!link.networkKnown()) {
      return List.of(
          Case.of(
              maker.left(
                  DriftCode.ABANDONED_CONNECTION,
                  id,
                  List.of(endpoint.id()),
                  "lives in " + endpoint.vpcId(),
                  "give its network too")));
    }
    List<Case> cases = new ArrayList<>();
    seen.zonesOf(link).stream()
        .filter(zone -> !zone.isOfAny(link.ledger()))
        .forEach(zone -> cases.add(stray(link, zone, maker)));
    cases.add(
        Case.of(
                maker.repairable(
                    DriftCode.ABANDONED_CONNECTION,
                    id,
                    Optional.empty(),
                    List.of(endpoint.id()),
                    "endpoint " + endpoint.id(),
                    Remedy.REMOVE,
                    "delete the connection",
                    Optional.empty()))
            .at(link));
    return cases;
  }

  private static Case stray(Found link, OwnZone zone, Drifts maker) {
    return Case.of(
            maker.repairable(
                DriftCode.ZONE_WITHOUT_ENTRY,
                Optional.of(link.connectionId()),
                Optional.empty(),
                List.of(zone.zone().id()),
                "zone " + zone.zone().name(),
                Remedy.REMOVE,
                "delete the zone",
                Optional.empty()))
        .at(link)
        .about(zone);
  }
}
