package io.privatelink4j.internal;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.Zones;
import io.privatelink4j.spi.Subnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the cloud tells of a cluster network.
 *
 * @param network the network
 * @param account the account that its credentials belong to
 * @param subnets the subnets that the network names, sorted by id
 * @param missing the subnets that the network names and the cloud does not know
 */
record NetworkView(
    ClusterNetwork network, String account, List<Subnet> subnets, List<String> missing) {

  static NetworkView of(ClusterNetwork network, String account, List<Subnet> seen) {
    List<Subnet> named = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String id : network.subnetIds().stream().distinct().sorted().toList()) {
      Optional<Subnet> found = seen.stream().filter(subnet -> subnet.id().equals(id)).findFirst();
      found.ifPresentOrElse(named::add, () -> missing.add(id));
    }
    return new NetworkView(network, account, List.copyOf(named), List.copyOf(missing));
  }

  /** {@return the first subnet by id of each zone, by zone id: clouds take one per zone} */
  Map<String, Subnet> subnetsByZone() {
    Map<String, Subnet> byZone = new TreeMap<>();
    subnets.stream()
        .sorted(Comparator.comparing(Subnet::id))
        .forEach(subnet -> byZone.putIfAbsent(subnet.zoneId(), subnet));
    return byZone;
  }

  List<String> zoneIds() {
    return List.copyOf(subnetsByZone().keySet());
  }

  // Asked several times for each endpoint read, so without streams.

  Optional<String> zoneIdOfSubnet(String subnetId) {
    for (Subnet subnet : subnets) {
      if (subnet.id().equals(subnetId)) {
        return Optional.of(subnet.zoneId());
      }
    }
    return Optional.empty();
  }

  Optional<String> zoneIdOfName(String zoneName) {
    for (Subnet subnet : subnets) {
      if (subnet.zoneName().equals(zoneName)) {
        return Optional.of(subnet.zoneId());
      }
    }
    return Optional.empty();
  }

  Zones zones() {
    List<String> principals = new ArrayList<>();
    network.principal().ifPresent(principals::add);
    if (account.isEmpty()) {
      return new Zones(account, principals, zoneIds());
    }
    if (network.cloud() == CloudProvider.AWS) {
      principals.add("arn:" + partition(network.region()) + ":iam::" + account + ":root");
    } else {
      principals.add(account);
    }
    return new Zones(account, principals, zoneIds());
  }

  private static String partition(String region) {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    if (region.startsWith("eusc-")) {
      return "aws-eusc";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }
}
