package io.privatelink4j.internal;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.ProviderNotFoundException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** From a cluster's id to its networks and their clouds. */
final class Clusters {
  private final Function<String, List<ClusterNetwork>> directory;
  private final Map<CloudProvider, Supplier<CloudAccess>> openers;
  private final Map<CloudProvider, CloudAccess> opened;

  Clusters(
      Function<String, List<ClusterNetwork>> directory,
      Map<CloudProvider, Supplier<CloudAccess>> openers) {
    this(directory, Map.copyOf(openers), new ConcurrentHashMap<>());
  }

  private Clusters(
      Function<String, List<ClusterNetwork>> directory,
      Map<CloudProvider, Supplier<CloudAccess>> openers,
      Map<CloudProvider, CloudAccess> opened) {
    this.directory = directory;
    this.openers = openers;
    this.opened = opened;
  }

  /** {@return the same clouds, and a directory that knows one cluster only} */
  Clusters knowing(String clusterId, List<ClusterNetwork> networks) {
    return new Clusters(id -> id.equals(clusterId) ? networks : List.of(), openers, opened);
  }

  boolean isKnown(String clusterId) {
    return !directory.apply(clusterId).isEmpty();
  }

  /**
   * {@return the cluster's networks, the current one first}
   *
   * @throws NotFoundException if the directory knows none
   */
  List<ClusterNetwork> networks(String clusterId) {
    Ids.checkCluster(clusterId);
    List<ClusterNetwork> networks = List.copyOf(directory.apply(clusterId));
    if (networks.isEmpty()) {
      throw new NotFoundException(
          "cluster " + clusterId + " is not known: the cluster directory names no network for it",
          ErrorDetails.of(clusterId));
    }
    return networks;
  }

  ClusterNetwork current(String clusterId) {
    return networks(clusterId).get(0);
  }

  /** {@return the cloud of a network; its driver is opened with the first use} */
  CloudAccess access(ClusterNetwork network) {
    CloudProvider cloud = network.cloud();
    Supplier<CloudAccess> opener = openers.get(cloud);
    if (opener == null) {
      throw new ProviderNotFoundException(
          "no provider for "
              + cloud.displayName()
              + " among "
              + openers.keySet()
              + ": add privatelink4j-"
              + cloud.name().toLowerCase(Locale.ROOT)
              + " to the class path, or give the builder a provider",
          ErrorDetails.NONE);
    }
    return opened.computeIfAbsent(cloud, c -> opener.get());
  }

  /**
   * {@return one network of each scope, so that one list call each shows all endpoints of the
   * cluster}
   */
  List<ClusterNetwork> onePerScope(List<ClusterNetwork> networks) {
    Set<String> seen = new HashSet<>();
    List<ClusterNetwork> chosen = new ArrayList<>();
    for (ClusterNetwork network : networks) {
      if (seen.add(network.cloud() + " " + access(network).remote().scope(network))) {
        chosen.add(network);
      }
    }
    return chosen;
  }

  /**
   * {@return one network of each account's credentials: what is the same in all regions is read
   * once} Credentials that are told apart may be one account's after all.
   */
  List<ClusterNetwork> onePerAccount(List<ClusterNetwork> networks) {
    Set<String> seen = new HashSet<>();
    List<ClusterNetwork> chosen = new ArrayList<>();
    for (ClusterNetwork network : networks) {
      if (seen.add(account(network))) {
        chosen.add(network);
      }
    }
    return chosen;
  }

  /** {@return a text that is equal for networks with the same account and credentials} */
  String account(ClusterNetwork network) {
    String scope = access(network).remote().scope(network);
    return network.cloud() + " " + scope.substring(0, scope.lastIndexOf('/'));
  }

  /** {@return a network that the directory does not name any more, of the same account} */
  static ClusterNetwork forgotten(
      ClusterNetwork sameAccount, String region, String vpcId, List<String> subnetIds) {
    ClusterNetwork.Builder network =
        ClusterNetwork.builder()
            .cloud(sameAccount.cloud())
            .region(region)
            .vpcId(vpcId)
            .subnetIds(subnetIds.isEmpty() ? sameAccount.subnetIds() : subnetIds);
    sameAccount.principal().ifPresent(network::principal);
    return network.build();
  }
}
