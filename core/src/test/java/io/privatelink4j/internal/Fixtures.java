package io.privatelink4j.internal;

import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Action;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.ResourceState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Values that several tests begin with. The ids go together as the library makes them. */
final class Fixtures {
  static final String CLUSTER = "10581234";
  static final String REQUEST_ID = "op-7731";
  static final String CONNECTION = "plc-mxbvjx5hpb5oy3gg23ypgn4eup";
  static final String ATTACHMENT = "ad-abcdefgh234567ab";
  static final String REGION = "us-west-2";
  static final String SERVICE = "com.amazonaws.vpce.us-west-2.vpce-svc-0a1b2c3d4e5f60718";
  static final ConnectionType TYPE = AwsEndpointService.of(SERVICE);
  static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private Fixtures() {}

  static CreateConnectionRequest request() {
    return requestBuilder().build();
  }

  static CreateConnectionRequest.Builder requestBuilder() {
    return CreateConnectionRequest.builder()
        .clusterId(CLUSTER)
        .displayName("orders-kafka")
        .type(TYPE)
        .requestId(REQUEST_ID);
  }

  static ClusterNetwork awsNetwork(String... subnetIds) {
    return ClusterNetwork.builder()
        .cloud(CloudProvider.AWS)
        .region(REGION)
        .vpcId("vpc-1")
        .addSubnetIds(subnetIds)
        .build();
  }

  static Endpoint.Builder endpointBuilder(String id) {
    return Endpoint.builder()
        .id(id)
        .serviceName(SERVICE)
        .vpcId("vpc-1")
        .resource(ResourceState.READY)
        .link(LinkState.CONNECTED)
        .rawStatus("available")
        .createTime(CREATED);
  }

  static PrivateLinkConnection connection(Instant createTime, String id, String endpointId) {
    return PrivateLinkConnection.builder()
        .clusterId(CLUSTER)
        .id(id)
        .displayName("orders-kafka")
        .type(TYPE)
        .state(ConnectionState.ACTIVE)
        .createTime(createTime)
        .endpointId(endpointId)
        .build();
  }

  static DriverTraits traits(CallFamily family) {
    return traits(family, 25);
  }

  static DriverTraits traits(CallFamily family, int idsPerDelete) {
    Map<Operation, Action> actions = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      actions.put(operation, new Action("Do" + operation, "cloud:Do" + operation, family));
    }
    return traits(actions, 50, idsPerDelete);
  }

  static DriverTraits traits(Map<Operation, Action> actions, int labelsPerEndpoint) {
    return traits(actions, labelsPerEndpoint, 25);
  }

  private static DriverTraits traits(
      Map<Operation, Action> actions, int labelsPerEndpoint, int idsPerDelete) {
    return DriverTraits.builder()
        .actions(actions)
        .idsPerRead(1000)
        .idsPerFilter(200)
        .endpointsPerPage(1000)
        .idsPerLabelCall(1000)
        .idsPerDelete(idsPerDelete)
        .labelsPerEndpoint(labelsPerEndpoint)
        .recordsPerCall(100)
        .accountFromSubnets(true)
        .zonesInEndpoint(true)
        .zonesRemovedFirst(false)
        .zoneBoundAtCreation(true)
        .dnsSwitches(Set.of())
        .build();
  }

  /** Any well-formed text of 1 to 64 Unicode code points. */
  static Arbitrary<String> unicodeNames() {
    Arbitrary<Integer> codePoints =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(0x20, 0x7e)),
            net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0x00, 0x7ff)),
            net.jqwik.api.Tuple.of(
                2,
                Arbitraries.integers()
                    .between(0x800, 0xffff)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0x10000, 0x10ffff)));
    return codePoints
        .list()
        .ofMinSize(1)
        .ofMaxSize(64)
        .map(list -> new String(list.stream().mapToInt(c -> c).toArray(), 0, list.size()));
  }
}
