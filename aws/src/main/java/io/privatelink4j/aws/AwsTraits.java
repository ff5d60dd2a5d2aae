package io.privatelink4j.aws;

import io.privatelink4j.spi.Action;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Operation;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/** What AWS documents as limits and budgets. */
final class AwsTraits {
  static final int ENDPOINTS_PER_PAGE = 1_000;
  static final int ZONES_PER_PAGE = 100;
  static final int RECORDS_PER_PAGE = 300;

  private static final CallFamily READS = new CallFamily("ec2-read", 100, 20, false);
  private static final CallFamily TAGS = new CallFamily("ec2-tags", 100, 10, false);
  private static final CallFamily CREATE = new CallFamily("ec2-create-endpoint", 4, 0.3, false);
  private static final CallFamily DELETE = new CallFamily("ec2-delete-endpoints", 4, 0.3, false);

  /** The account's 5 calls per second, of which a client takes 3: others share them. */
  private static final CallFamily ROUTE_53 = new CallFamily("route53", 5, 3, true);

  /** A change takes 1,000 records, and an UPSERT counts twice. */
  private static final int RECORDS_PER_CHANGE = 500;

  static final DriverTraits TRAITS =
      DriverTraits.builder()
          .actions(actions())
          .idsPerRead(ENDPOINTS_PER_PAGE)
          .idsPerFilter(200)
          .endpointsPerPage(ENDPOINTS_PER_PAGE)
          .idsPerLabelCall(1_000)
          .idsPerDelete(25)
          .labelsPerEndpoint(50)
          .recordsPerCall(RECORDS_PER_CHANGE)
          .accountFromSubnets(true)
          .zonesInEndpoint(true)
          .zonesRemovedFirst(false)
          .zoneBoundAtCreation(true)
          .dnsSwitches(EnumSet.allOf(DnsSwitch.class))
          .build();

  private AwsTraits() {}

  private static Map<Operation, Action> actions() {
    Map<Operation, Action> actions = new EnumMap<>(Operation.class);
    actions.put(Operation.READ_SUBNETS, ec2("DescribeSubnets", READS));
    actions.put(Operation.READ_SERVICE, ec2("DescribeVpcEndpointServices", READS));
    actions.put(Operation.READ_ENDPOINT, ec2("DescribeVpcEndpoints", READS));
    actions.put(Operation.LIST_ENDPOINTS, ec2("DescribeVpcEndpoints", READS));
    actions.put(Operation.READ_DNS_SWITCH, ec2("DescribeVpcAttribute", READS));
    actions.put(Operation.CREATE_ENDPOINT, ec2("CreateVpcEndpoint", CREATE));
    actions.put(Operation.PUT_LABELS, ec2("CreateTags", TAGS));
    actions.put(Operation.REMOVE_LABELS, ec2("DeleteTags", TAGS));
    actions.put(Operation.DELETE_ENDPOINTS, ec2("DeleteVpcEndpoints", DELETE));
    actions.put(Operation.LIST_ZONES, route53("ListHostedZonesByVPC"));
    actions.put(Operation.LIST_OWN_ZONES, route53("ListHostedZones"));
    actions.put(Operation.READ_ZONE, route53("GetHostedZone"));
    actions.put(Operation.CREATE_ZONE, route53("CreateHostedZone"));
    actions.put(Operation.LIST_RECORDS, route53("ListResourceRecordSets"));
    actions.put(Operation.PUT_RECORDS, route53("ChangeResourceRecordSets"));
    actions.put(Operation.REMOVE_RECORDS, route53("ChangeResourceRecordSets"));
    actions.put(Operation.READ_CHANGE, route53("GetChange"));
    actions.put(Operation.DELETE_ZONE, route53("DeleteHostedZone"));
    return actions;
  }

  private static Action ec2(String name, CallFamily family) {
    return new Action(name, "ec2:" + name, family);
  }

  private static Action route53(String name) {
    return new Action(name, "route53:" + name, ROUTE_53);
  }
}
