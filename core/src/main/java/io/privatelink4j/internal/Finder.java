package io.privatelink4j.internal;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.ResourceState;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds a cluster's connections. By endpoint id where one is at hand, else by label. Whatever a
 * cloud answers, the labels are compared in code: filters are patterns, they lag, and another
 * cluster's connection is nobody's to see.
 */
final class Finder {
  private static final Comparator<Endpoint> OLDEST_FIRST =
      Comparator.comparing(Endpoint::createTime).thenComparing(Endpoint::id);
  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

  private final Clusters clusters;
  private final Memory memory;
  private final Time time;
  private final Duration consistencyWindow;

  Finder(Clusters clusters, Memory memory, Time time, Duration consistencyWindow) {
    this.clusters = clusters;
    this.memory = memory;
    this.time = time;
    this.consistencyWindow = consistencyWindow;
  }

  /**
   * {@return the connection}
   *
   * @throws NotFoundException if the cluster has no such connection
   */
  Found get(ConnectionRef ref, Deadline deadline) {
    return find(ref, deadline).orElseThrow(() -> notFound(ref));
  }

  /**
   * {@return the connection, last read by id: a label filter lags, and nothing is decided by it}
   */
  Found getForChange(ConnectionRef ref, Deadline deadline) {
    Ids.checkRef(ref);
    List<ClusterNetwork> networks = clusters.networks(ref.clusterId());
    return byKnownId(ref, networks, deadline)
        .or(
            () ->
                byLabelTwice(ref, networks, deadline)
                    .flatMap(found -> reread(found, ref, deadline)))
        .orElseThrow(() -> notFound(ref));
  }

  /** {@return what was found, read by id; empty if it is gone or is not the connection any more} */
  static Optional<Found> reread(Found found, ConnectionRef ref, Deadline deadline) {
    return found
        .access()
        .endpoint(found.network(), found.endpoint().id(), deadline)
        .filter(Finder::exists)
        .filter(endpoint -> isOf(endpoint, ref))
        .map(found::withEndpoint);
  }

  static NotFoundException notFound(ConnectionRef ref) {
    return new NotFoundException(
        "cluster "
            + ref.clusterId()
            + " has no connection "
            + ref.id()
            + ": it never existed, is deleted, or is another cluster's. List the cluster's connections.",
        ErrorDetails.of(ref.id()));
  }

  Optional<Found> find(ConnectionRef ref, Deadline deadline) {
    Ids.checkRef(ref);
    List<ClusterNetwork> networks = clusters.networks(ref.clusterId());
    Optional<Found> known = byKnownId(ref, networks, deadline);
    if (known.isPresent()) {
      return known;
    }
    return byLabelTwice(ref, networks, deadline);
  }

  /** One empty answer of a label filter is not proof enough. */
  private Optional<Found> byLabelTwice(
      ConnectionRef ref, List<ClusterNetwork> networks, Deadline deadline) {
    return byLabel(ref, networks, deadline).or(() -> byLabel(ref, networks, deadline));
  }

  /**
   * {@return the connection and whatever else bears its id; the label filter shows both, the memory
   * bridges its lag}
   */
  Optional<Found> findWithDuplicates(ConnectionRef ref, Deadline deadline) {
    Ids.checkRef(ref);
    List<ClusterNetwork> networks = clusters.networks(ref.clusterId());
    return byLabel(ref, networks, deadline)
        .or(() -> byKnownId(ref, networks, deadline))
        .or(() -> byLabel(ref, networks, deadline));
  }

  private Optional<Found> byKnownId(
      ConnectionRef ref, List<ClusterNetwork> networks, Deadline deadline) {
    Optional<Memory.Known> known = memory.endpoint(ref);
    Optional<String> endpointId =
        known
            .map(Memory.Known::endpointId)
            .or(
                () ->
                    ref instanceof PrivateLinkConnection connection
                        ? Optional.of(connection.endpointId())
                        : Optional.empty());
    if (endpointId.isEmpty()) {
      return Optional.empty();
    }
    for (ClusterNetwork network : clusters.onePerScope(networks)) {
      CloudAccess access = clusters.access(network);
      boolean elsewhere =
          known.isPresent()
              ? !known.get().scope().equals(access.remote().scope(network))
              : ref instanceof PrivateLinkConnection connection
                  && connection.type().cloud() != network.cloud();
      if (elsewhere) {
        continue;
      }
      Optional<Endpoint> endpoint = readById(access, network, endpointId.get(), known, deadline);
      if (endpoint.isPresent() && isOf(endpoint.get(), ref)) {
        return Optional.of(found(access, network, networks, List.of(endpoint.get())));
      }
    }
    return Optional.empty();
  }

  /** Reads an endpoint; one that this client has only just created may take a moment to show. */
  private Optional<Endpoint> readById(
      CloudAccess access,
      ClusterNetwork network,
      String endpointId,
      Optional<Memory.Known> known,
      Deadline deadline) {
    Duration pause = FIRST_LOOK;
    while (true) {
      Optional<Endpoint> endpoint =
          access.endpoint(network, endpointId, deadline).filter(Finder::exists);
      boolean fresh =
          known
              .flatMap(Memory.Known::createdAt)
              .filter(at -> Duration.between(at, time.now()).compareTo(consistencyWindow) < 0)
              .isPresent();
      if (endpoint.isPresent() || !fresh || pause.compareTo(deadline.left()) >= 0) {
        return endpoint;
      }
      access.remote().pause(pause);
      pause = pause.multipliedBy(2);
    }
  }

  private Optional<Found> byLabel(
      ConnectionRef ref, List<ClusterNetwork> networks, Deadline deadline) {
    for (ClusterNetwork network : clusters.onePerScope(networks)) {
      CloudAccess access = clusters.access(network);
      List<Endpoint> matches =
          list(
              access,
              network,
              EndpointFilter.label(Ledger.ID, ref.id()),
              ref.id(),
              e -> isOf(e, ref),
              deadline);
      if (!matches.isEmpty()) {
        Found found = found(access, network, networks, matches);
        memory.found(
            ref.clusterId(), ref.id(), found.endpoint().id(), access.remote().scope(network));
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** {@return every connection of the cluster, in any state, each with its duplicates} */
  List<Found> all(String clusterId, Deadline deadline) {
    List<ClusterNetwork> networks = clusters.networks(clusterId);
    List<Found> all = new ArrayList<>();
    // Several credentials may be one account's, and each list its endpoints.
    Set<String> listed = new HashSet<>();
    for (ClusterNetwork network : clusters.onePerScope(networks)) {
      CloudAccess access = clusters.access(network);
      List<Endpoint> endpoints =
          list(
              access,
              network,
              EndpointFilter.label(Ledger.CLUSTER, Ledger.clusterValue(clusterId)),
              clusterId,
              e -> Ledger.read(e.labels()).belongsTo(clusterId),
              deadline);
      endpoints.stream()
          .filter(endpoint -> listed.add(network.cloud() + " " + endpoint.id()))
          .collect(
              java.util.stream.Collectors.groupingBy(
                  e -> identity(e), java.util.TreeMap::new, java.util.stream.Collectors.toList()))
          .values()
          .forEach(same -> all.add(found(access, network, networks, same)));
    }
    return all;
  }

  /** {@return whether another cluster has an endpoint to the service, in the network's scope} */
  boolean othersLink(
      ClusterNetwork network, String serviceName, String clusterId, Deadline deadline) {
    return !list(
            clusters.access(network),
            network,
            EndpointFilter.service(serviceName),
            serviceName,
            e ->
                e.serviceName().equals(serviceName)
                    && Ledger.isPresent(e.labels())
                    && !Ledger.read(e.labels()).belongsTo(clusterId),
            deadline)
        .isEmpty();
  }

  /** Endpoints whose id label was damaged stand for themselves. */
  private static String identity(Endpoint endpoint) {
    String id = Ledger.read(endpoint.labels()).connectionId();
    return Ids.isConnection(id) ? id : endpoint.id();
  }

  private static List<Endpoint> list(
      CloudAccess access,
      ClusterNetwork network,
      EndpointFilter filter,
      String subject,
      Predicate<Endpoint> matches,
      Deadline deadline) {
    return access.endpoints(network, filter, subject, deadline).stream()
        .filter(Finder::exists)
        .filter(matches)
        .sorted(OLDEST_FIRST)
        .toList();
  }

  /** {@return an endpoint that was read by id, in the network that it lives in} */
  Found home(CloudAccess access, ClusterNetwork asked, ConnectionRef ref, Endpoint endpoint) {
    return found(access, asked, clusters.networks(ref.clusterId()), List.of(endpoint));
  }

  /** The oldest intact endpoint is the connection; others of its id are duplicates, or damaged. */
  private static Found found(
      CloudAccess access,
      ClusterNetwork asked,
      List<ClusterNetwork> networks,
      List<Endpoint> oldestFirst) {
    // One ledger each, so that nothing is parsed or judged twice.
    List<Ledger> ledgers = oldestFirst.stream().map(e -> Ledger.read(e.labels())).toList();
    int chosen = firstIntact(ledgers);
    Endpoint endpoint = oldestFirst.get(chosen);
    Optional<ClusterNetwork> home =
        networks.stream().filter(n -> n.vpcId().equals(endpoint.vpcId())).findFirst();
    boolean former = !networks.get(0).vpcId().equals(endpoint.vpcId());
    return new Found(
        access,
        home.orElseGet(() -> forgotten(asked, endpoint)),
        home.isPresent(),
        former,
        endpoint,
        ledgers.get(chosen),
        oldestFirst.stream().filter(e -> !e.id().equals(endpoint.id())).toList());
  }

  /** {@return its place; the first of all if none is intact} */
  private static int firstIntact(List<Ledger> ledgers) {
    for (int i = 0; i < ledgers.size(); i++) {
      if (ledgers.get(i).integrity() != Integrity.TAMPERED) {
        return i;
      }
    }
    return 0;
  }

  /** {@return the endpoint's own network, which the directory does not name any more} */
  private static ClusterNetwork forgotten(ClusterNetwork sameScope, Endpoint endpoint) {
    List<String> subnets =
        endpoint.zones().stream().flatMap(zone -> zone.subnetId().stream()).toList();
    return Clusters.forgotten(sameScope, sameScope.region(), endpoint.vpcId(), subnets);
  }

  static boolean isOf(Endpoint endpoint, ConnectionRef ref) {
    Ledger ledger = Ledger.read(endpoint.labels());
    return ledger.connectionId().equals(ref.id()) && ledger.belongsTo(ref.clusterId());
  }

  /** {@return whether it is there and stays} */
  static boolean isThere(Endpoint endpoint) {
    return exists(endpoint) && endpoint.resource() != ResourceState.DELETING;
  }

  static boolean exists(Endpoint endpoint) {
    return endpoint.resource() != ResourceState.DELETED;
  }
}
