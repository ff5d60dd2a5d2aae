package io.privatelink4j.internal;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all that belongs to a cluster, in pages: its links, the zones that bear their mark, and the
 * zones whose link has no endpoint in any state. What the lists do not tell is read one by one: an
 * endpoint's zones where the cloud keeps them apart, and a zone that no endpoint claims.
 */
final class Survey {
  private static final Logger log = LoggerFactory.getLogger(Survey.class);

  /** So that other regions' zones, which the names alone cannot tell apart, stay affordable. */
  private static final int MOST_FAR = 50;

  /** Looks read the same ones of those for so long that a repair sees what its report has. */
  private static final Duration SHORTEST_TURN = Duration.ofHours(1);

  private static final int QUIET_PERIODS_A_TURN = 4;

  private final Clusters clusters;
  private final Finder finder;
  private final DomainPlanner planner;
  private final Settings settings;

  Survey(Clusters clusters, Finder finder, DomainPlanner planner, Settings settings) {
    this.clusters = clusters;
    this.finder = finder;
    this.planner = planner;
    this.settings = settings;
  }

  /**
   * What was seen.
   *
   * @param links the cluster's links, as their lists tell them
   * @param zones the zones that bear the mark of one of the links
   * @param orphans zones in full, of links that have no endpoint
   * @param empty zones without records and networks, of links without endpoint here
   * @param unread how many zones could not be read that may be orphans
   */
  record Seen(
      List<Found> links,
      List<OwnZone> zones,
      List<OwnZone> orphans,
      List<OwnZone> empty,
      int unread) {

    List<OwnZone> zonesOf(Found found) {
      return zones.stream()
          .filter(zone -> zone.connectionId().equals(found.connectionId()))
          .filter(zone -> zone.access() == found.access())
          .toList();
    }

    /** {@return the ids of all zones that any endpoint's label names} */
    Set<String> named() {
      return Claims.of(
              links.stream()
                  .flatMap(
                      link -> Stream.concat(Stream.of(link.endpoint()), link.duplicates().stream()))
                  .toList())
          .zoneIds();
    }
  }

  /**
   * Reads everything.
   *
   * @param also ids of zones that are to be read whosever turn it is
   */
  Seen look(String clusterId, Set<String> also, Deadline deadline) {
    List<ClusterNetwork> networks = clusters.networks(clusterId);
    List<Found> links = finder.all(clusterId, deadline);
    Set<String> claimed = new HashSet<>();
    links.forEach(link -> claimed.add(link.connectionId()));
    List<OwnZone> zones = new ArrayList<>();
    List<OwnZone> unclaimed = new ArrayList<>();
    for (OwnZone zone : marked(clusterId, networks, deadline)) {
      if (claimed.contains(zone.connectionId())) {
        zones.add(zone);
      } else if (isMarked(zone)) {
        unclaimed.add(zone);
      }
    }
    List<OwnZone> orphans = new ArrayList<>();
    List<OwnZone> empty = new ArrayList<>();
    int unread = 0;
    for (OwnZone zone : toRead(unclaimed, also, networks, deadline)) {
      try {
        judge(zone, networks, deadline, orphans, empty);
      } catch (CallFailed e) {
        if (deadline.passed()) {
          throw e;
        }
        log.debug("zone {} could not be read", zone.zone().id(), e);
        unread++;
      }
    }
    return new Seen(links, zones, orphans, empty, unread);
  }

  /** What only begins like a managed name is no zone of ours unless a connection has that id. */
  private boolean isMarked(OwnZone zone) {
    return zone.reference().isPresent()
        || planner.managedOwner(zone.access().cloud(), zone.zone().name()).isPresent();
  }

  /**
   * {@return those that no endpoint claims} Names do not tell clusters apart: what has no other
   * mark and does not answer in the cluster's networks is most likely another region's, and read in
   * turns.
   */
  private List<OwnZone> toRead(
      List<OwnZone> unclaimed, Set<String> also, List<ClusterNetwork> networks, Deadline deadline) {
    if (unclaimed.isEmpty()) {
      return List.of();
    }
    Claims claims = Claims.of(anybodysEndpoints(networks, deadline));
    List<OwnZone> left = unclaimed.stream().filter(zone -> !claims.cover(zone)).toList();
    Set<String> near = new HashSet<>(also);
    left.stream()
        .filter(zone -> zone.reference().isEmpty())
        .findFirst()
        .ifPresent(zone -> near.addAll(answering(zone, networks, deadline)));
    List<OwnZone> read = new ArrayList<>();
    List<OwnZone> far = new ArrayList<>();
    for (OwnZone zone : left) {
      boolean isNear = zone.reference().isPresent() || near.contains(zone.zone().id());
      (isNear ? read : far).add(zone);
    }
    read.addAll(turn(far));
    return read;
  }

  private static Set<String> answering(
      OwnZone any, List<ClusterNetwork> networks, Deadline deadline) {
    Set<String> ids = new HashSet<>();
    for (ClusterNetwork network : networks) {
      if (network.cloud() == any.access().cloud()) {
        new ZoneWork(any.access(), network, deadline)
            .list(ZoneQuery.Scope.IN_NETWORK, any.zone().name())
            .forEach(zone -> ids.add(zone.id()));
      }
    }
    return ids;
  }

  private List<OwnZone> turn(List<OwnZone> far) {
    if (far.size() <= MOST_FAR) {
      return far;
    }
    int turns = (far.size() + MOST_FAR - 1) / MOST_FAR;
    Duration each =
        Durations.max(SHORTEST_TURN, settings.quietPeriod().multipliedBy(QUIET_PERIODS_A_TURN));
    long turn = settings.time().now().getEpochSecond() / each.toSeconds() % turns;
    return far.stream()
        .sorted(Comparator.comparing(zone -> zone.zone().id()))
        .skip(turn * MOST_FAR)
        .limit(MOST_FAR)
        .toList();
  }

  private List<OwnZone> marked(String clusterId, List<ClusterNetwork> networks, Deadline deadline) {
    // Several credentials may be one account's, and each list its zones.
    Map<String, OwnZone> marked = new LinkedHashMap<>();
    for (ClusterNetwork network : clusters.onePerAccount(networks)) {
      CloudAccess access = clusters.access(network);
      for (DnsZone zone : new ZoneWork(access, network, deadline).listOwn()) {
        OwnZone.of(access, network, zone, clusterId, planner)
            .ifPresent(
                own -> marked.merge(network.cloud() + " " + zone.id(), own, OwnZone::alsoListedBy));
      }
    }
    return List.copyOf(marked.values());
  }

  /**
   * What endpoints lay claim to, whatever their cluster label says by now: one with a link's id
   * keeps its zones, as does one that names them.
   *
   * @param connectionIds the ids of their links
   * @param zoneIds the zones that their labels name
   */
  record Claims(Set<String> connectionIds, Set<String> zoneIds) {
    static Claims of(List<Endpoint> endpoints) {
      Set<String> connections = new HashSet<>();
      Set<String> zones = new HashSet<>();
      for (Endpoint endpoint : endpoints) {
        Ledger ledger = Ledger.read(endpoint.labels());
        connections.add(ledger.connectionId());
        ledger.domains().forEach(entry -> entry.zoneId().ifPresent(zones::add));
      }
      return new Claims(connections, zones);
    }

    boolean cover(OwnZone zone) {
      return connectionIds.contains(zone.connectionId()) || zoneIds.contains(zone.zone().id());
    }
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
  private void judge(
      OwnZone unclaimed,
      List<ClusterNetwork> networks,
      Deadline deadline,
      List<OwnZone> orphans,
      List<OwnZone> empty) {
    ZoneWork work = new ZoneWork(unclaimed.access(), unclaimed.network(), deadline);
    Optional<DnsZone> read = work.read(unclaimed.zone().id());
    if (read.isEmpty()) {
      return;
    }
    if (!read.get().networks().isEmpty()) {
      home(unclaimed, read.get().networks(), networks)
          .ifPresent(home -> orphans.add(unclaimed.as(home, read.get())));
      return;
    }
    List<ZoneRecord> records = work.records(read.get());
    if (leadsHere(unclaimed, records, networks)) {
      orphans.add(unclaimed.as(unclaimed.network(), read.get()));
    } else if (records.isEmpty()) {
      empty.add(unclaimed.as(unclaimed.network(), read.get()));
    }
  }

  /**
   * {@return the network that the zone answers in: the cluster's, or one that the directory does
   * not name any more, if the zone names the cluster and its region was looked at}
   */
  private Optional<ClusterNetwork> home(
      OwnZone zone, Set<DnsZone.BoundNetwork> bound, List<ClusterNetwork> networks) {
    Optional<ClusterNetwork> known =
        networks.stream()
            .filter(n -> n.cloud() == zone.access().cloud())
            .filter(n -> bound.contains(new DnsZone.BoundNetwork(n.region(), n.vpcId())))
            .findFirst();
    if (known.isPresent() || zone.reference().isEmpty()) {
      return known;
    }
    return bound.stream()
        .sorted(Comparator.comparing(DnsZone.BoundNetwork::vpcId))
        .flatMap(
            b ->
                ofItsAccounts(zone, networks)
                    .filter(n -> n.region().equals(b.region()))
                    .map(n -> Clusters.forgotten(n, b.region(), b.vpcId(), List.of())))
        .findFirst();
  }

  /** {@return the networks whose credentials list the zone} */
  private Stream<ClusterNetwork> ofItsAccounts(OwnZone zone, List<ClusterNetwork> networks) {
    Set<String> accounts = new HashSet<>();
    zone.listedBy().forEach(network -> accounts.add(clusters.account(network)));
    return networks.stream().filter(network -> accounts.contains(clusters.account(network)));
  }

  /**
   * {@return whether the records prove that their endpoint is in a region of the networks} A zone
   * that is bound to nothing tells its region by its records only.
   */
  boolean leadsHere(OwnZone zone, List<ZoneRecord> records, List<ClusterNetwork> networks) {
    Set<String> regions =
        ofItsAccounts(zone, networks).map(ClusterNetwork::region).collect(Collectors.toSet());
    return records.stream()
        .filter(ZoneRecord::isCname)
        .flatMap(record -> Stream.of(RecordDiff.normal(record.target()).split("\\.")))
        .anyMatch(regions::contains);
  }
}
