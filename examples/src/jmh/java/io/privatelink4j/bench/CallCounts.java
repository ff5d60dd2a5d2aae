package io.privatelink4j.bench;

import io.privatelink4j.aws.AwsCounts;

/**
 * (f) Remote calls of an operation, polls included, beside those of Terraform's provider for AWS
 * for the same goal: an endpoint with three network interfaces, a zone with four records.
 */
final class CallCounts {
  private static final int INTERFACES = 3;
  private static final int RECORDS = 4;

  private CallCounts() {}

  static void measure(Table table) {
    AwsCounts counts = AwsCounts.measured();
    // CreateVpcEndpoint, one poll after 5 s, and a read: DescribeVpcEndpoints, DescribePrefixLists,
    // and one DescribeNetworkInterfaces for each.
    int create = 1 + 1 + 2 + INTERFACES;
    // CreateHostedZone, one GetChange, ChangeTagsForResource, GetHostedZone; for each record
    // GetHostedZone, ChangeResourceRecordSets, one GetChange, GetHostedZone,
    // ListResourceRecordSets.
    int attach = 4 + 5 * RECORDS;
    // GetHostedZone, ListResourceRecordSets, ChangeResourceRecordSets, one GetChange for each
    // record, and DeleteHostedZone.
    int detach = 4 * RECORDS + 1;
    // DeleteVpcEndpoints and one poll.
    int delete = 1 + 1;
    table.compare("(f) create, calls beside Terraform's", counts.create(), create, "", "");
    table.compare(
        "(f) attach with 3 zones, calls beside Terraform's", counts.attach(), attach, "", "fewer");
    table.compare("(f) detach, calls beside Terraform's", counts.detach(), detach, "", "");
    table.compare("(f) delete, calls beside Terraform's", counts.delete(), delete, "", "");
  }
}
