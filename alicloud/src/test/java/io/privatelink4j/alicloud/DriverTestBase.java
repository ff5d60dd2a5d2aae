package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import io.privatelink4j.testing.ManualTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A driver, {@link CannedCloud}, and one call of each kind. */
abstract class DriverTestBase {
  static final String REGION = "ap-southeast-1";
  static final String SERVICE = "com.aliyuncs.privatelink." + REGION + ".epsrv-t4n1";
  static final AlicloudEndpointService TYPE = AlicloudEndpointService.of(SERVICE);
  static final DnsZone ZONE = new DnsZone("z1", "a.example.com", Optional.empty(), Set.of());
  static final ZoneRecord RECORD = new ZoneRecord("7", "*", "t.example.com", 60);

  final CannedCloud cloud = new CannedCloud();
  final ClusterNetwork network = network("vpc-1");
  PrivateLinkDriver driver = open(cloud.options().build());

  @AfterEach
  void close() {
    driver.close();
    cloud.close();
  }

  static PrivateLinkDriver open(AlicloudOptions options) {
    return new AlicloudPrivateLinkProvider(options).open(new DriverContext(new ManualTime()));
  }

  static ClusterNetwork network(String vpcId, String... principal) {
    ClusterNetwork.Builder network =
        ClusterNetwork.builder()
            .cloud(CloudProvider.ALICLOUD)
            .region(REGION)
            .vpcId(vpcId)
            .addSubnetIds("vsw-1")
            .addSecurityGroupIds("sg-1");
    Stream.of(principal).forEach(network::principal);
    return network.build();
  }

  static EndpointSpec spec(Map<String, String> labels) {
    Subnet a = new Subnet("vsw-1", "vpc-1", REGION + "a", REGION + "a", "1", OptionalInt.empty());
    Subnet b = new Subnet("vsw-2", "vpc-1", REGION + "b", REGION + "b", "1", OptionalInt.empty());
    return new EndpointSpec("plc-x", TYPE, List.of(a, b), new TreeMap<>(labels), "token-1");
  }

  static RemoteException failureOf(Runnable call) {
    return catchThrowableOfType(RemoteException.class, call::run);
  }

  Map<String, Runnable> writes() {
    Map<String, Runnable> writes = new LinkedHashMap<>();
    writes.put(
        "CreateVpcEndpoint", () -> driver.createEndpoint(network, spec(Map.of("plc.v", "1"))));
    writes.put(
        "TagResources", () -> driver.putLabels(network, List.of("ep-1"), Map.of("plc.v", "1")));
    writes.put("UntagResources", () -> driver.removeLabels(network, "ep-1", Map.of("plc.v", "1")));
    writes.put(
        "RemoveZoneFromVpcEndpoint",
        () -> driver.removeEndpointZone(network, "ep-1", REGION + "a"));
    writes.put("DeleteVpcEndpoint", () -> delete("ep-1"));
    writes.put("AddZone", () -> driver.createZone(network, "a.example.com", "reference"));
    writes.put("AddZoneRecord", () -> driver.putRecords(network, ZONE, List.of(RECORD)));
    writes.put("DeleteZoneRecord", () -> driver.removeRecords(network, ZONE, List.of(RECORD)));
    writes.put(
        "BindZoneVpc",
        () -> driver.bindZone(network, "z1", Set.of(new DnsZone.BoundNetwork(REGION, "vpc-1"))));
    writes.put("DeleteZone", () -> driver.deleteZone(network, "z1"));
    return writes;
  }

  /** A deletion tells some failures apart by endpoint. */
  private void delete(String endpointId) {
    driver.deleteEndpoints(network, List.of(endpointId)).values().stream()
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  Map<String, Runnable> reads() {
    Map<String, Runnable> reads = new LinkedHashMap<>();
    reads.put("GetCallerIdentity", () -> driver.account(network));
    reads.put("DescribeVSwitches", () -> driver.subnets(network, Optional.empty()));
    reads.put("ListVpcEndpointServicesByEndUser", () -> driver.service(network, TYPE));
    reads.put("ListVpcEndpoints", () -> driver.endpoint(network, "ep-1"));
    reads.put(
        "ListVpcEndpoints by label",
        () -> driver.endpoints(network, EndpointFilter.label("a", "b"), Optional.empty()));
    reads.put("ListVpcEndpointZones", () -> driver.endpointZones(network, "ep-1"));
    reads.put("DescribeZones", () -> zones(ZoneQuery.Scope.NAMED));
    reads.put("DescribeZones in network", () -> zones(ZoneQuery.Scope.IN_NETWORK));
    reads.put("DescribeZoneInfo", () -> driver.zone(network, "z1"));
    reads.put("DescribeZoneRecords", () -> driver.records(network, ZONE, Optional.empty()));
    return reads;
  }

  private void zones(ZoneQuery.Scope scope) {
    driver.zones(network, new ZoneQuery(scope, "a.example.com"), Optional.empty());
  }

  Map<String, Runnable> calls() {
    Map<String, Runnable> calls = new LinkedHashMap<>(reads());
    calls.putAll(writes());
    return calls;
  }
}
