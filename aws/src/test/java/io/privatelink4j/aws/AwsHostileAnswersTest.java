package io.privatelink4j.aws;

import static io.privatelink4j.aws.WireAws.documented;

import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import io.privatelink4j.testing.ManualTime;
import io.privatelink4j.testkit.faults.FaultyCloud;
import io.privatelink4j.testkit.hostile.HostileAnswers;
import io.privatelink4j.testkit.hostile.HostileCall;
import io.privatelink4j.testkit.hostile.Markup;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class AwsHostileAnswersTest extends HostileAnswers {
  private static final String SERVICE = "com.amazonaws.vpce.us-west-2.vpce-svc-0d1e2f3a4b5c6d7e8";
  private static final AwsEndpointService TYPE = AwsEndpointService.of(SERVICE);
  private static final String ENDPOINT = "vpce-0e1f2a3b4c5d6e7f8";
  private static final String OTHER_ENDPOINT = "vpce-0e1f2a3b4c5d6e7f9";
  private static final String APEX = "abc.aws.example.com";
  private static final DnsZone ZONE = new DnsZone("Z0OWN", APEX, Optional.empty(), Set.of());
  private static final List<ZoneRecord> RECORDS =
      List.of(new ZoneRecord("", "*", "t.example.com", 60));
  private static final Map<String, String> LABELS = Map.of("plc.v", "1");
  private static final ClusterNetwork NETWORK =
      ClusterNetwork.builder()
          .cloud(CloudProvider.AWS)
          .region("us-west-2")
          .vpcId("vpc-0c1d2e3f4a5b6c7d8")
          .addSubnetIds("subnet-0a1b2c3d4e5f60718")
          .addSecurityGroupIds("sg-0a9b8c7d6e5f40312")
          .build();
  private static final EndpointSpec SPEC =
      new EndpointSpec(
          "name",
          TYPE,
          List.of(
              new Subnet(
                  "subnet-0a1b2c3d4e5f60718",
                  NETWORK.vpcId(),
                  "usw2-az1",
                  "us-west-2b",
                  "210987654321",
                  OptionalInt.empty())),
          new TreeMap<>(LABELS),
          "token-1");

  AwsHostileAnswersTest() {
    super("aws", Markup.XML);
  }

  @Override
  protected List<HostileCall> calls() {
    EndpointFilter labelled = EndpointFilter.label("plc.v", "1");
    ZoneQuery inNetwork = new ZoneQuery(ZoneQuery.Scope.IN_NETWORK, APEX);
    return List.of(
        read("DescribeSubnets", d -> d.subnets(NETWORK, Optional.empty())),
        read("DescribeVpcEndpointServices", d -> d.service(NETWORK, TYPE)),
        read("DescribeVpcEndpoints", d -> d.endpoint(NETWORK, ENDPOINT)),
        read(
            "DescribeVpcEndpoints",
            d -> d.endpointsById(NETWORK, List.of(ENDPOINT, OTHER_ENDPOINT))),
        read("DescribeVpcEndpoints", d -> d.endpoints(NETWORK, labelled, Optional.empty())),
        read(
            "DescribeVpcAttribute-enableDnsSupport", d -> d.dnsSwitch(NETWORK, DnsSwitch.RESOLVER)),
        read("ListHostedZonesByVPC", d -> d.zones(NETWORK, inNetwork, Optional.empty())),
        read("ListHostedZones", d -> d.ownZones(NETWORK, Optional.empty())),
        read("GetHostedZone", d -> d.zone(NETWORK, "Z0OWN")),
        read("ListResourceRecordSets", d -> d.records(NETWORK, ZONE, Optional.empty())),
        read("GetChange", d -> d.changeDone(NETWORK, "C0RECORDS")),
        write("CreateVpcEndpoint", d -> d.createEndpoint(NETWORK, SPEC)),
        done("CreateTags", d -> d.putLabels(NETWORK, List.of(ENDPOINT), LABELS)),
        done("DeleteTags", d -> d.removeLabels(NETWORK, ENDPOINT, LABELS)),
        write(
            "DeleteVpcEndpoints",
            d -> d.deleteEndpoints(NETWORK, List.of(ENDPOINT, OTHER_ENDPOINT))),
        write("CreateHostedZone", d -> d.createZone(NETWORK, APEX, "plc1/a/b/c/1")),
        write("ChangeResourceRecordSets", d -> d.putRecords(NETWORK, ZONE, RECORDS)),
        done("ChangeResourceRecordSets", d -> d.removeRecords(NETWORK, ZONE, RECORDS)),
        done("DeleteHostedZone", d -> d.deleteZone(NETWORK, "Z0OWN")));
  }

  private static HostileCall read(String document, Function<PrivateLinkDriver, Object> call) {
    return new HostileCall(document, false, documented(document), call);
  }

  private static HostileCall write(String document, Function<PrivateLinkDriver, Object> call) {
    return new HostileCall(document, true, documented(document), call);
  }

  private static HostileCall done(String document, Consumer<PrivateLinkDriver> call) {
    return write(
        document,
        driver -> {
          call.accept(driver);
          return "done";
        });
  }

  @Override
  protected List<String> refusals() {
    return List.of(
        FakeReply.ec2Error(400, "UnauthorizedOperation", "You are not authorized to perform this")
            .body(),
        FakeReply.route53Error(400, "NoSuchHostedZone", "No hosted zone found.").body(),
        FakeReply.invalidChangeBatch("not permitted in zone", "invalid").body());
  }

  /** The secret itself is never sent. */
  @Override
  protected List<String> heard() {
    return List.of(FakeAws.KEY_ID);
  }

  @Override
  protected FaultyCloud openCloud() {
    return new AwsHarness(List.of());
  }

  @Override
  protected URI uri(FaultyCloud cloud) {
    return ((AwsHarness) cloud).uri();
  }

  @Override
  protected PrivateLinkDriver open(URI uri) {
    AwsOptions options =
        AwsOptions.builder()
            .credentials(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(FakeAws.KEY_ID, FakeAws.SECRET)))
            .ec2Endpoint(uri)
            .route53Endpoint(uri)
            .build();
    return new AwsPrivateLinkProvider(options).open(new DriverContext(new ManualTime()));
  }
}
