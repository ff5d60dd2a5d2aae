package io.privatelink4j.internal;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One cloud as the engine sees it: its remote calls, what is worth caching of its networks, and the
 * labels that this process has just written, which the cloud may not show yet.
 */
final class CloudAccess {
  private static final Duration KEEP_SUBNETS = Duration.ofMinutes(5);

  private static final int MOST_NETWORKS = 10_000;

  private static final int MOST_FRESH = 10_000;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Remote remote;
  private final RecentLabels recentLabels;
  private final SharedDeletes deletes;
  private final Expiring<String, Boolean> fresh;
  private final SharedReads<ClusterNetwork, NetworkView> views;
  private final Expiring<ClusterNetwork, NetworkView> refusedViews;

  CloudAccess(Remote remote, Time time, Duration consistencyWindow) {
    this.remote = remote;
    this.deletes = new SharedDeletes(remote);
    this.fresh = new Expiring<>(time, consistencyWindow, MOST_FRESH);
    this.recentLabels = new RecentLabels(time, consistencyWindow);
    this.views = new SharedReads<>(time, KEEP_SUBNETS, MOST_NETWORKS);
    this.refusedViews = new Expiring<>(time, KEEP_SUBNETS, MOST_NETWORKS);
  }

  CloudProvider cloud() {
    return remote.cloud();
  }

  Remote remote() {
    return remote;
  }

  DriverTraits traits() {
    return remote.traits();
  }

  NetworkView view(ClusterNetwork network, Deadline deadline) {
    return views.get(
        network, remote, deadline, "network " + network.vpcId(), () -> readView(network, deadline));
  }

  private NetworkView readView(ClusterNetwork network, Deadline deadline) {
    List<Subnet> subnets =
        remote.pages(
            Operation.READ_SUBNETS,
            network,
            network.vpcId(),
            deadline,
            (d, token) -> d.subnets(network, token));
    return NetworkView.of(network, account(network, subnets, deadline), subnets);
  }

  /**
   * {@return the view, as far as there is one} Of a network that the cluster has left, subnets may
   * be gone, and the cloud may refuse to name the others; its links have to be shown and deleted
   * even so.
   */
  NetworkView knownView(ClusterNetwork network, Deadline deadline) {
    Optional<NetworkView> refused = refusedViews.get(network);
    if (refused.isPresent()) {
      return refused.get();
    }
    try {
      return view(network, deadline);
    } catch (CallFailed e) {
      if (e.kind() != ErrorKind.BAD_NETWORK) {
        throw e;
      }
      NetworkView view = withoutSubnets(network);
      refusedViews.put(network, view);
      return view;
    }
  }

  NetworkView withoutSubnets(ClusterNetwork network) {
    return new NetworkView(
        network,
        remote.accounts().of(remote.scope(network)).orElse(""),
        List.of(),
        List.copyOf(network.subnetIds()));
  }

  /** Forgets what is known of a network: the cloud disagrees with it. */
  void forget(ClusterNetwork network) {
    views.forget(network);
    refusedViews.remove(network);
  }

  private String account(ClusterNetwork network, List<Subnet> subnets, Deadline deadline) {
    Optional<String> known = remote.accounts().of(remote.scope(network));
    if (known.isPresent()) {
      return known.get();
    }
    String account =
        traits().accountFromSubnets()
            ? subnets.stream().map(Subnet::ownerAccount).findFirst().orElse("")
            : remote.call(
                Operation.READ_ACCOUNT,
                network,
                network.region(),
                deadline,
                d -> d.account(network));
    if (!account.isEmpty()) {
      remote.accounts().put(remote.scope(network), account);
    }
    return account;
  }

  Optional<Endpoint> endpoint(ClusterNetwork network, String endpointId, Deadline deadline) {
    return remote
        .call(
            Operation.READ_ENDPOINT,
            network,
            endpointId,
            deadline,
            d -> d.endpoint(network, endpointId))
        .map(recentLabels::overlay);
  }

  List<Endpoint> endpoints(
      ClusterNetwork network, EndpointFilter filter, String subject, Deadline deadline) {
    return remote
        .pages(
            Operation.LIST_ENDPOINTS,
            network,
            subject,
            deadline,
            (d, token) -> d.endpoints(network, filter, token))
        .stream()
        .map(recentLabels::overlay)
        .toList();
  }

  /** {@return the endpoint with the state of its zones, as far as the cloud shows them yet} */
  Endpoint withZones(ClusterNetwork network, Endpoint endpoint, Deadline deadline) {
    if (traits().zonesInEndpoint()) {
      return endpoint;
    }
    try {
      return Endpoint.builder()
          .from(endpoint)
          .zones(zones(network, endpoint.id(), deadline))
          .build();
    } catch (CallFailed e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return endpoint;
      }
      throw e;
    }
  }

  /** {@return the zones, where they are read apart from the endpoint} */
  List<EndpointZone> zones(ClusterNetwork network, String endpointId, Deadline deadline) {
    return remote.call(
        Operation.READ_ENDPOINT_ZONES,
        network,
        endpointId,
        deadline,
        d -> d.endpointZones(network, endpointId));
  }

  /** Tells that this process has just created an endpoint, so that it surely exists. */
  void created(String endpointId) {
    fresh.put(endpointId, Boolean.TRUE);
  }

  /** Not all calls may know a new endpoint yet. */
  private void onEndpoints(List<String> endpointIds, Deadline deadline, Runnable call) {
    remote.whileHidden(
        () -> endpointIds.stream().allMatch(id -> fresh.get(id).isPresent()),
        LOOK_AGAIN,
        deadline,
        String.join(",", endpointIds),
        "the new endpoint is not known to all calls yet",
        call);
  }

  void putLabels(
      ClusterNetwork network,
      List<String> endpointIds,
      Map<String, String> labels,
      Deadline deadline) {
    onEndpoints(
        endpointIds,
        deadline,
        () ->
            remote.run(
                Operation.PUT_LABELS,
                network,
                String.join(",", endpointIds),
                deadline,
                d -> d.putLabels(network, endpointIds, labels)));
    endpointIds.forEach(id -> recentLabels.put(id, labels));
  }

  void removeLabels(
      ClusterNetwork network, String endpointId, Map<String, String> labels, Deadline deadline) {
    onEndpoints(
        List.of(endpointId),
        deadline,
        () ->
            remote.run(
                Operation.REMOVE_LABELS,
                network,
                endpointId,
                deadline,
                d -> d.removeLabels(network, endpointId, labels)));
    recentLabels.remove(endpointId, labels.keySet());
  }

  /** {@return what could not be deleted, and why; see {@link SharedDeletes#delete}} */
  Map<String, RemoteException> deleteEndpoints(
      ClusterNetwork network, List<String> endpointIds, Deadline deadline) {
    return deletes.delete(network, endpointIds, deadline);
  }
}
