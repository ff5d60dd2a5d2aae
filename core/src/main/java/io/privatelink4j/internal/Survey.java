package io.privatelink4j.internal;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.ZoneRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads all that belongs to a cluster, in pages: its links, the zones that bear their mark, and the
 * zones whose link has no endpoint in any state. What the lists do not tell is read one by one: an
 * endpoint's zones where the cloud keeps them apart, and a zone that no endpoint claims.
 */
final class Survey {
  /** So that other regions' zones, which the names alone cannot tell apart, stay affordable. */
  private static final int MOST_UNCLAIMED = 50;

  private final Clusters clusters;
  private final Finder finder;
  private final DomainPlanner planner;

  Survey(Clusters clusters, Finder finder, DomainPlanner planner) {
    this.clusters = clusters;
    this.finder = finder;
    this.planner = planner;
  }

  /**
   * What was seen.
   *
   * @param links the cluster's links, those of which the labels are intact with their zones
   * @param zones the zones that bear the mark of one of the links
   * @param orphans zones in full, of links that have no endpoint
   * @param unread how many zones were left unread that may be orphans
   */
  record Seen(List<Found> links, List<OwnZone> zones, List<OwnZone> orphans, int unread) {

    List<OwnZone> zonesOf(Found found) {
      return zones.stream()
          .filter(zone -> zone.connectionId().equals(found.connectionId()))
          .filter(zone -> zone.access() == found.access())
          .toList();
    }

    /** {@return the ids of all zones that any endpoint's label names} */
    Set<String> named() {
      return links.stream()
          .flatMap(link -> Stream.concat(Stream.of(link.endpoint()), link.duplicates().stream()))
          .flatMap(Survey::namedBy)
          .collect(Collectors.toSet());
    }
  }

  private static Stream<String> namedBy(Endpoint endpoint) {
    return Ledger.read(endpoint.labels()).domains().stream()
        .flatMap(entry -> entry.zoneId().stream());
  }

  Seen look(String clusterId, Deadline deadline) {
    List<ClusterNetwork> networks = clusters.networks(clusterId);
    List<Found> links =
        finder.all(clusterId, deadline).stream().map(link -> withZones(link, deadline)).toList();
    Set<String> claimed = new HashSet<>();
    links.forEach(link -> claimed.add(link.connectionId()));
    List<OwnZone> zones = new ArrayList<>();
    List<OwnZone> unclaimed = new ArrayList<>();
    for (OwnZone zone : marked(clusterId, networks, deadline)) {
      (claimed.contains(zone.connectionId()) ? zones : unclaimed).add(zone);
    }
    if (!unclaimed.isEmpty()) {
      List<Endpoint> all = anybodysEndpoints(networks, deadline);
      unclaimed.removeIf(zone -> all.stream().anyMatch(endpoint -> claims(endpoint, zone)));
    }
    List<OwnZone> orphans = new ArrayList<>();
    unclaimed.stream()
        .limit(MOST_UNCLAIMED)
        .forEach(zone -> orphan(zone, networks, deadline).ifPresent(orphans::add));
    return new Seen(links, zones, orphans, Math.max(0, unclaimed.size() - MOST_UNCLAIMED));
  }

  private static Found withZones(Found link, Deadline deadline) {
    return link.ledger().integrity() == Integrity.OK && Finder.isThere(link.endpoint())
        ? link.withEndpoint(link.access().withZones(link.network(), link.endpoint(), deadline))
        : link;
  }

  private List<OwnZone> marked(String clusterId, List<ClusterNetwork> networks, Deadline deadline) {
    // Several credentials may be one account's, and each list its zones: the first to tell counts.
    Map<String, OwnZone> marked = new LinkedHashMap<>();
    for (ClusterNetwork network : clusters.onePerAccount(networks)) {
      CloudAccess access = clusters.access(network);
      for (DnsZone zone : new ZoneWork(access, network, deadline).listOwn()) {
        OwnZone.of(access, network, zone, clusterId, planner)
            .ifPresent(own -> marked.putIfAbsent(network.cloud() + " " + zone.id(), own));
      }
    }
    return List.copyOf(marked.values());
  }

  /**
   * Whatever the cluster label says by now: an endpoint with the link's id keeps its zones, as does
   * one that names them.
   */
  static boolean claims(Endpoint endpoint, OwnZone zone) {
    return Ledger.read(endpoint.labels()).connectionId().equals(zone.connectionId())
        || namedBy(endpoint).anyMatch(zone.zone().id()::equals);
  }

  /** {@return all endpoints in the networks' scopes that are not deleted, whoever made them} */
  List<Endpoint> anybodysEndpoints(List<ClusterNetwork> networks, Deadline deadline) {
    List<Endpoint> all = new ArrayList<>();
    for (ClusterNetwork network : clusters.onePerScope(networks)) {
      clusters
          .access(network)
          .endpoints(network, EndpointFilter.ALL, network.region(), deadline)
          .stream()
          .filter(Finder::exists)
          .forEach(all::add);
    }
    return all;
  }

  /**
   * An endpoint lives where its zone answers: only in the regions that were looked at can its
   * absence be seen. Where a zone's mark does not name the cluster, its network has to.
   */
  private static Optional<OwnZone> orphan(
      OwnZone unclaimed, List<ClusterNetwork> networks, Deadline deadline) {
    ZoneWork work = new ZoneWork(unclaimed.access(), unclaimed.network(), deadline);
    Optional<DnsZone> read = work.read(unclaimed.zone().id());
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Set<DnsZone.BoundNetwork> bound = read.get().networks();
    if (bound.isEmpty()) {
      return leadsElsewhere(work.records(read.get()), networks)
          ? Optional.empty()
          : Optional.of(unclaimed.as(unclaimed.network(), read.get()));
    }
    boolean named = unclaimed.reference().isPresent();
    return networks.stream()
        .filter(network -> network.cloud() == unclaimed.access().cloud())
        .filter(
            network ->
                bound.stream()
                    .anyMatch(
                        b ->
                            b.region().equals(network.region())
                                && (named || b.vpcId().equals(network.vpcId()))))
        .findFirst()
        .map(network -> unclaimed.as(network, read.get()));
  }

  /**
   * A zone that is bound to nothing tells its region by its records only. One without any serves
   * nobody, and is made again by whoever still wants it.
   */
  private static boolean leadsElsewhere(List<ZoneRecord> records, List<ClusterNetwork> networks) {
    return !records.isEmpty()
        && records.stream()
            .map(ZoneRecord::target)
            .noneMatch(
                target -> networks.stream().anyMatch(network -> target.contains(network.region())));
  }
}
