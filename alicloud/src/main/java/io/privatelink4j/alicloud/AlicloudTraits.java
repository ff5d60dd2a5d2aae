package io.privatelink4j.alicloud;

import io.privatelink4j.spi.Action;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Operation;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What Alibaba Cloud documents as limits. It publishes no rates: the budgets are moderate guesses.
 */
final class AlicloudTraits {
  static final int ENDPOINTS_PER_PAGE = 1_000;
  static final int VSWITCHES_PER_PAGE = 50;
  static final int ZONES_PER_PAGE = 100;
  static final int RECORDS_PER_PAGE = 100;

  private static final CallFamily READS = new CallFamily("privatelink-read", 20, 10, false);
  private static final CallFamily WRITES = new CallFamily("privatelink-write", 10, 5, false);
  private static final CallFamily VPC = new CallFamily("vpc-read", 20, 10, false);
  private static final CallFamily STS = new CallFamily("sts", 20, 10, true);
  private static final CallFamily ZONES = new CallFamily("pvtz", 10, 5, true);

  static final DriverTraits TRAITS =
      DriverTraits.builder()
          .actions(actions())
          .idsPerRead(1)
          .idsPerFilter(1)
          .endpointsPerPage(ENDPOINTS_PER_PAGE)
          .idsPerLabelCall(50)
          .idsPerDelete(1)
          .labelsPerEndpoint(20)
          .recordsPerCall(1)
          .accountFromSubnets(false)
          .zonesInEndpoint(false)
          .zonesRemovedFirst(true)
          .zoneBoundAtCreation(false)
          .dnsSwitches(Set.of())
          .build();

  private AlicloudTraits() {}

  private static Map<Operation, Action> actions() {
    Map<Operation, Action> actions = new EnumMap<>(Operation.class);
    actions.put(Operation.READ_ACCOUNT, action("sts", "GetCallerIdentity", STS));
    actions.put(Operation.READ_SUBNETS, action("vpc", "DescribeVSwitches", VPC));
    actions.put(Operation.READ_SERVICE, read("ListVpcEndpointServicesByEndUser"));
    // GetVpcEndpointAttribute tells no tags.
    actions.put(Operation.READ_ENDPOINT, read("ListVpcEndpoints"));
    actions.put(Operation.LIST_ENDPOINTS, read("ListVpcEndpoints"));
    actions.put(Operation.READ_ENDPOINT_ZONES, read("ListVpcEndpointZones"));
    actions.put(Operation.CREATE_ENDPOINT, write("CreateVpcEndpoint"));
    actions.put(Operation.PUT_LABELS, write("TagResources"));
    actions.put(Operation.REMOVE_LABELS, write("UntagResources"));
    actions.put(Operation.REMOVE_ENDPOINT_ZONE, write("RemoveZoneFromVpcEndpoint"));
    actions.put(Operation.DELETE_ENDPOINTS, write("DeleteVpcEndpoint"));
    actions.put(Operation.LIST_ZONES, zone("DescribeZones"));
    actions.put(Operation.LIST_OWN_ZONES, zone("DescribeZones"));
    actions.put(Operation.READ_ZONE, zone("DescribeZoneInfo"));
    actions.put(Operation.CREATE_ZONE, zone("AddZone"));
    actions.put(Operation.LIST_RECORDS, zone("DescribeZoneRecords"));
    actions.put(Operation.PUT_RECORDS, zone("AddZoneRecord"));
    actions.put(Operation.REMOVE_RECORDS, zone("DeleteZoneRecord"));
    actions.put(Operation.BIND_ZONE, zone("BindZoneVpc"));
    actions.put(Operation.DELETE_ZONE, zone("DeleteZone"));
    return actions;
  }

  private static Action read(String name) {
    return action("privatelink", name, READS);
  }

  private static Action write(String name) {
    return action("privatelink", name, WRITES);
  }

  private static Action zone(String name) {
    return action("pvtz", name, ZONES);
  }

  private static Action action(String product, String name, CallFamily family) {
    return new Action(name, product + ":" + name, family);
  }
}
