package io.privatelink4j.testing;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An endpoint service of a customer. Guarded by the cloud's lock. */
final class SimService {
  final String name;
  final String id;
  final String region;
  final List<String> zoneIds;
  final Set<String> allowed = new HashSet<>();
  final Set<String> consumerRegions = new HashSet<>();
  boolean automatic;
  boolean deleted;

  SimService(String name, String id, String region, List<String> zoneIds) {
    this.name = name;
    this.id = id;
    this.region = region;
    this.zoneIds = List.copyOf(zoneIds);
    consumerRegions.add(region);
  }

  /** {@return whether a caller may see the service and connect to it} */
  boolean allows(String account, Optional<String> principal) {
    return allowed.contains("*")
        || allowed.contains(account)
        || allowed.contains("arn:aws:iam::" + account + ":root")
        || principal.filter(allowed::contains).isPresent();
  }
}
