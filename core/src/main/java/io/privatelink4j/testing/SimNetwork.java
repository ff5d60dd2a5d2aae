package io.privatelink4j.testing;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DnsZone;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A VPC. Guarded by the cloud's lock. */
final class SimNetwork {
  final String vpcId;
  final String region;
  final String securityGroupId;
  final Map<String, SimSubnet> subnets = new LinkedHashMap<>();
  final Set<DnsSwitch> switches = EnumSet.allOf(DnsSwitch.class);
  private final Set<SimEndpoint> endpoints = new HashSet<>();

  SimNetwork(String vpcId, String region, String securityGroupId) {
    this.vpcId = vpcId;
    this.region = region;
    this.securityGroupId = securityGroupId;
  }

  DnsZone.BoundNetwork bound() {
    return new DnsZone.BoundNetwork(region, vpcId);
  }

  ClusterNetwork view(CloudProvider cloud) {
    return ClusterNetwork.builder()
        .cloud(cloud)
        .region(region)
        .vpcId(vpcId)
        .subnetIds(subnets.keySet())
        .addSecurityGroupIds(securityGroupId)
        .build();
  }

  void add(SimEndpoint endpoint) {
    endpoints.add(endpoint);
  }

  /** {@return whether no more endpoints fit} Those that are being deleted do not count. */
  boolean full(int limit) {
    if (endpoints.size() >= limit) {
      endpoints.removeIf(endpoint -> !endpoint.alive());
    }
    return endpoints.size() >= limit;
  }

  /** {@return whether an endpoint of the service lives here} */
  boolean leadsTo(SimService service) {
    return endpoints.stream().anyMatch(each -> each.alive() && each.service == service);
  }
}
