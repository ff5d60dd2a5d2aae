package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.ZoneRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes zones whose connection has no endpoint. Before each it is looked at all endpoints once
 * more, those of anybody included: what the zone's records lead to may be an endpoint that lost its
 * labels.
 */
final class OrphanZones {
  private static final String CHANGED = "it has changed since";

  private final Survey survey;
  private final Domains domains;
  private final List<ClusterNetwork> networks;

  OrphanZones(Survey survey, Domains domains, List<ClusterNetwork> networks) {
    this.survey = survey;
    this.domains = domains;
    this.networks = networks;
  }

  /**
   * Removes a zone that was seen as an orphan.
   *
   * @return why it was left; empty if it is gone
   * @throws ConflictException if it holds or serves what is not this library's
   */
  Optional<String> remove(OwnZone orphan, Deadline deadline) {
    ZoneWork work = new ZoneWork(orphan.access(), orphan.network(), deadline);
    Optional<DnsZone> zone = work.read(orphan.zone().id());
    if (zone.isEmpty()) {
      return Optional.of("it is gone by now, or not to be seen with its network's credentials");
    }
    if (!isSame(zone.get(), orphan.zone())) {
      return Optional.of(CHANGED);
    }
    List<Endpoint> endpoints = survey.anybodysEndpoints(networks, deadline);
    if (Survey.Claims.of(endpoints).cover(orphan)) {
      return Optional.of("its connection has an endpoint by now");
    }
    List<ZoneRecord> records = work.records(zone.get());
    if (zone.get().networks().isEmpty() && !survey.leadsHere(orphan, records, networks)) {
      return Optional.of("its records do not lead to a region that was looked at any more");
    }
    checkOnlyOurs(zone.get(), records, endpoints);
    domains.zones(orphan.access()).removeStray(zone.get(), work);
    return Optional.empty();
  }

  /**
   * Removes a zone that held nothing and answered nowhere for the whole quiet period. Its
   * connection may be another region's: an attach there that is at work on it now makes it again.
   *
   * @return why it was left; empty if it is gone
   */
  Optional<String> removeEmpty(OwnZone empty, Deadline deadline) {
    ZoneWork work = new ZoneWork(empty.access(), empty.network(), deadline);
    Optional<DnsZone> zone = work.read(empty.zone().id());
    if (zone.isEmpty()) {
      return Optional.of("it is gone by now");
    }
    boolean idle = isSame(zone.get(), empty.zone()) && work.records(zone.get()).isEmpty();
    return idle && work.tryDelete(zone.get()) ? Optional.empty() : Optional.of(CHANGED);
  }

  private static boolean isSame(DnsZone now, DnsZone seen) {
    return now.name().equals(seen.name())
        && now.reference().equals(seen.reference())
        && now.networks().equals(seen.networks());
  }

  private static void checkOnlyOurs(
      DnsZone zone, List<ZoneRecord> records, List<Endpoint> endpoints) {
    ZoneWork.checkNoOthers(zone, records);
    for (Endpoint endpoint : endpoints) {
      Set<String> names = RecordDiff.names(endpoint);
      if (records.stream().anyMatch(r -> names.contains(RecordDiff.normal(r.target())))) {
        throw new ConflictException(
            "the zone "
                + zone.name()
                + " ("
                + zone.id()
                + ") leads to endpoint "
                + endpoint.id()
                + ", which has lost the labels that begin with plc.: restore them, or delete the"
                + " endpoint by hand",
            ErrorDetails.of(zone.id()));
      }
    }
  }
}
