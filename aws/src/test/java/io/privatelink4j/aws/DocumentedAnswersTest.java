package io.privatelink4j.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingXPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.privatelink4j.aws.WireAws.documented;
import static io.privatelink4j.aws.WireAws.success;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.matching.StringValuePattern;
import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ResourceState;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each call's answer with the elements that the API references show, most of which our own fake
 * does not send, and each call's request as another server reads it.
 */
class DocumentedAnswersTest {
  private static final String SERVICE = "com.amazonaws.vpce.us-west-2.vpce-svc-0d1e2f3a4b5c6d7e8";
  private static final String ENDPOINT = "vpce-0e1f2a3b4c5d6e7f8";
  private static final String OTHER_ENDPOINT = "vpce-0e1f2a3b4c5d6e7f9";
  private static final String OWN = ENDPOINT + "-qwertyui";
  private static final String REST = ".vpce-svc-0d1e2f3a4b5c6d7e8.us-west-2.vpce.amazonaws.com";
  private static final String APEX = "abc.aws.example.com";
  private static final String REFERENCE = "plc1/10581234/plc-invented/ad-invented/1";
  private static final DnsZone ZONE = new DnsZone("Z0OWN", APEX, Optional.empty(), Set.of());
  private static final List<ZoneRecord> RECORDS =
      List.of(
          new ZoneRecord("", "*", OWN + REST, 60),
          new ZoneRecord("", "*.usw2-az1", OWN + "-us-west-2b" + REST, 60));
  private static final Map<String, String> ROUTE53 =
      Map.of("r", "https://route53.amazonaws.com/doc/2013-04-01/");

  private final WireAws aws = new WireAws();
  private final ClusterNetwork network = aws.network;
  private PrivateLinkDriver driver;

  @BeforeEach
  void open() {
    driver = WireAws.open(aws.options());
  }

  @AfterEach
  void close() {
    driver.close();
    aws.close();
  }

  private void answer(String document) {
    answer(success().withBody(documented(document)));
  }

  private void answer(ResponseDefinitionBuilder answer) {
    aws.server.stubFor(any(anyUrl()).willReturn(answer));
  }

  /** One request, with this action and these parameters and no other ones. */
  private void verifyEc2(String action, Map<String, String> parameters) {
    Map<String, String> expected = new TreeMap<>(parameters);
    expected.put("Action", action);
    expected.put("Version", "2016-11-15");
    RequestPatternBuilder request =
        postRequestedFor(urlEqualTo("/"))
            .withHeader("Content-Type", matching("application/x-www-form-urlencoded.*"))
            .withHeader("Authorization", signedFor("us-west-2", "ec2"));
    expected.forEach((name, value) -> request.withFormParam(name, equalTo(value)));
    aws.server.verify(1, request);
    assertThat(aws.requests())
        .singleElement()
        .satisfies(
            only ->
                assertThat(only.getFormParameters().keySet())
                    .containsExactlyInAnyOrderElementsOf(expected.keySet()));
  }

  /** One request of this kind, and no other one. */
  private void verifyRoute53(RequestPatternBuilder request) {
    aws.server.verify(1, request.withHeader("Authorization", signedFor("us-east-1", "route53")));
    assertThat(aws.requests()).hasSize(1);
  }

  private static StringValuePattern signedFor(String region, String service) {
    return matching(
        "AWS4-HMAC-SHA256 Credential="
            + WireAws.KEY_ID
            + "/\\d{8}/"
            + region
            + "/"
            + service
            + "/aws4_request, .*");
  }

  private static RequestPatternBuilder query(
      RequestPatternBuilder request, Map<String, String> parameters) {
    parameters.forEach((name, value) -> request.withQueryParam(name, equalTo(value)));
    return request;
  }

  private Set<String> queryNames() {
    return aws.requests().get(0).getQueryParams().keySet();
  }

  @Test
  void describeSubnets() {
    answer("DescribeSubnets");

    Page<Subnet> page = driver.subnets(network, Optional.of("page+2/="));

    assertThat(page.items()).isEqualTo(subnets());
    assertThat(page.nextToken()).hasValue("eyJub3QiOiJhIHJlYWwgdG9rZW4ifQ==");
    verifyEc2(
        "DescribeSubnets",
        Map.of(
            "SubnetId.1", "subnet-0a1b2c3d4e5f60718",
            "SubnetId.2", "subnet-0b1b2c3d4e5f60719",
            "NextToken", "page+2/="));
  }

  private static List<Subnet> subnets() {
    return List.of(
        new Subnet(
            "subnet-0a1b2c3d4e5f60718",
            "vpc-0c1d2e3f4a5b6c7d8",
            "usw2-az1",
            "us-west-2b",
            "210987654321",
            OptionalInt.of(4087)),
        new Subnet(
            "subnet-0b1b2c3d4e5f60719",
            "vpc-0c1d2e3f4a5b6c7d8",
            "usw2-az2",
            "us-west-2a",
            "210987654321",
            OptionalInt.of(0)));
  }

  @Test
  void describeVpcEndpointServices() {
    answer("DescribeVpcEndpointServices");

    assertThat(driver.service(network, AwsEndpointService.of(SERVICE)))
        .hasValue(
            new ServiceDescription(
                SERVICE,
                Set.of("usw2-az1", "usw2-az2"),
                Set.of("us-west-2a", "us-west-2b"),
                Acceptance.REQUIRED));
    verifyEc2("DescribeVpcEndpointServices", Map.of("ServiceName.1", SERVICE));
  }

  @Test
  void describeVpcEndpointServices_ofAnotherRegion_namesIt() {
    answer("DescribeVpcEndpointServices");
    String elsewhere = "com.amazonaws.vpce.eu-west-1.vpce-svc-0f1e2f3a4b5c6d7e9";

    assertThat(driver.service(network, AwsEndpointService.of(elsewhere, "eu-west-1")))
        .as("what the answer names is another service")
        .isEmpty();
    verifyEc2(
        "DescribeVpcEndpointServices",
        Map.of("ServiceName.1", elsewhere, "ServiceRegion.1", "eu-west-1"));
  }

  @Test
  void describeVpcEndpoints_byId() {
    answer("DescribeVpcEndpoints");

    assertThat(driver.endpoint(network, ENDPOINT)).hasValue(available());
    verifyEc2("DescribeVpcEndpoints", Map.of("VpcEndpointId.1", ENDPOINT));
  }

  @Test
  void describeVpcEndpoints_byIds() {
    answer("DescribeVpcEndpoints");

    assertThat(driver.endpointsById(network, List.of(ENDPOINT, OTHER_ENDPOINT)))
        .containsExactly(available(), failed());
    verifyEc2(
        "DescribeVpcEndpoints",
        Map.of("VpcEndpointId.1", ENDPOINT, "VpcEndpointId.2", OTHER_ENDPOINT));
  }

  @Test
  void describeVpcEndpoints_byLabelsIdsAndService() {
    answer("DescribeVpcEndpoints");

    Page<Endpoint> page =
        driver.endpoints(
            network,
            new EndpointFilter(
                Map.of("plc.id", "plc-invented", "Name", "a b&c=d"),
                List.of(ENDPOINT, OTHER_ENDPOINT),
                Optional.of(SERVICE)),
            Optional.of("page+2/="));

    assertThat(page.items()).containsExactly(available(), failed());
    assertThat(page.nextToken()).hasValue("ZW5kcG9pbnRzIHBhZ2UgMg");
    verifyEc2(
        "DescribeVpcEndpoints",
        Map.ofEntries(
            Map.entry("Filter.1.Name", "tag:Name"),
            Map.entry("Filter.1.Value.1", "a b&c=d"),
            Map.entry("Filter.2.Name", "tag:plc.id"),
            Map.entry("Filter.2.Value.1", "plc-invented"),
            Map.entry("Filter.3.Name", "vpc-endpoint-id"),
            Map.entry("Filter.3.Value.1", ENDPOINT),
            Map.entry("Filter.3.Value.2", OTHER_ENDPOINT),
            Map.entry("Filter.4.Name", "service-name"),
            Map.entry("Filter.4.Value.1", SERVICE),
            Map.entry("MaxResults", "1000"),
            Map.entry("NextToken", "page+2/=")));
  }

  /** The reference says that the last page's token is empty, not that it is absent. */
  @Test
  void describeVpcEndpoints_withAnEmptyToken_isTheLastPage() {
    answer(
        success()
            .withBody(
                "<DescribeVpcEndpointsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
                    + "<requestId>1</requestId><vpcEndpointSet/><nextToken></nextToken>"
                    + "</DescribeVpcEndpointsResponse>"));

    assertThat(driver.endpoints(network, EndpointFilter.label("plc.v", "1"), Optional.empty()))
        .isEqualTo(new Page<Endpoint>(List.of(), Optional.empty()));
  }

  private static Endpoint available() {
    return Endpoint.builder()
        .id(ENDPOINT)
        .serviceName(SERVICE)
        .vpcId("vpc-0c1d2e3f4a5b6c7d8")
        .resource(ResourceState.READY)
        .link(LinkState.CONNECTED)
        .rawStatus("available")
        .createTime(Instant.parse("2026-03-04T05:06:07.089Z"))
        .labels(Map.of("plc.id", "plc-invented", "Name", "Auftr\u00e4ge <1> & mehr", "empty", ""))
        .dnsName(Optional.of(OWN + REST))
        .zonalDnsNames(
            Map.of(
                "us-west-2a", OWN + "-us-west-2a" + REST,
                "us-west-2b", OWN + "-us-west-2b" + REST))
        .zones(List.of(foot("subnet-0b1b2c3d4e5f60719"), foot("subnet-0a1b2c3d4e5f60718")))
        .build();
  }

  private static EndpointZone foot(String subnetId) {
    return new EndpointZone(
        Optional.of(subnetId), Optional.empty(), LinkState.UNKNOWN, Optional.empty());
  }

  private static Endpoint failed() {
    return Endpoint.builder()
        .id(OTHER_ENDPOINT)
        .serviceName("com.amazonaws.vpce.eu-west-1.vpce-svc-0f1e2f3a4b5c6d7e9")
        .serviceRegion(Optional.of("eu-west-1"))
        .vpcId("vpc-0c1d2e3f4a5b6c7d8")
        .resource(ResourceState.FAILED)
        .link(LinkState.UNKNOWN)
        .rawStatus("failed")
        .failure(Optional.of("InvalidState: The load balancer is gone.: Could not be attached."))
        .createTime(Instant.parse("2026-03-04T05:06:07Z"))
        .build();
  }

  @Test
  void createVpcEndpoint() {
    answer("CreateVpcEndpoint");

    Endpoint endpoint =
        driver.createEndpoint(
            network,
            new EndpointSpec(
                "name",
                AwsEndpointService.of(SERVICE),
                subnets(),
                new TreeMap<>(Map.of("plc.id", "plc-invented", "Name", "Auftr\u00e4ge & mehr")),
                "token-1"));

    assertThat(endpoint)
        .isEqualTo(
            Endpoint.builder()
                .id(ENDPOINT)
                .serviceName(SERVICE)
                .vpcId("vpc-0c1d2e3f4a5b6c7d8")
                .resource(ResourceState.CREATING)
                .link(LinkState.AWAITING_OWNER)
                .rawStatus("pendingAcceptance")
                .createTime(Instant.parse("2026-03-04T05:06:07Z"))
                .labels(Map.of("plc.id", "plc-invented"))
                .dnsName(Optional.of(OWN + REST))
                .zonalDnsNames(Map.of("us-west-2a", OWN + "-us-west-2a" + REST))
                .zones(List.of(foot("subnet-0b1b2c3d4e5f60719")))
                .build());
    verifyEc2(
        "CreateVpcEndpoint",
        Map.ofEntries(
            Map.entry("VpcEndpointType", "Interface"),
            Map.entry("VpcId", "vpc-0c1d2e3f4a5b6c7d8"),
            Map.entry("ServiceName", SERVICE),
            Map.entry("SubnetId.1", "subnet-0a1b2c3d4e5f60718"),
            Map.entry("SubnetId.2", "subnet-0b1b2c3d4e5f60719"),
            Map.entry("SecurityGroupId.1", "sg-0a9b8c7d6e5f40312"),
            Map.entry("PrivateDnsEnabled", "false"),
            Map.entry("ClientToken", "token-1"),
            Map.entry("TagSpecification.1.ResourceType", "vpc-endpoint"),
            Map.entry("TagSpecification.1.Tag.1.Key", "Name"),
            Map.entry("TagSpecification.1.Tag.1.Value", "Auftr\u00e4ge & mehr"),
            Map.entry("TagSpecification.1.Tag.2.Key", "plc.id"),
            Map.entry("TagSpecification.1.Tag.2.Value", "plc-invented")));
  }

  @Test
  void createTags() {
    answer("CreateTags");

    driver.putLabels(
        network, List.of(ENDPOINT, OTHER_ENDPOINT), Map.of("plc.up", "1", "plc.del", ""));

    verifyEc2(
        "CreateTags",
        Map.of(
            "ResourceId.1", ENDPOINT,
            "ResourceId.2", OTHER_ENDPOINT,
            "Tag.1.Key", "plc.del",
            "Tag.1.Value", "",
            "Tag.2.Key", "plc.up",
            "Tag.2.Value", "1"));
  }

  @Test
  void deleteTags_namesTheValue() {
    answer("DeleteTags");

    driver.removeLabels(network, ENDPOINT, Map.of("plc.up", "1"));

    verifyEc2(
        "DeleteTags", Map.of("ResourceId.1", ENDPOINT, "Tag.1.Key", "plc.up", "Tag.1.Value", "1"));
  }

  @Test
  void deleteVpcEndpoints_tellsWhatWasNotDeleted() {
    answer("DeleteVpcEndpoints");

    Map<String, RemoteException> failures =
        driver.deleteEndpoints(network, List.of(ENDPOINT, OTHER_ENDPOINT));

    assertThat(failures).containsOnlyKeys(OTHER_ENDPOINT);
    assertThat(failures.get(OTHER_ENDPOINT))
        .hasMessage("The endpoint vpce-0e1f2a3b4c5d6e7f9 is not there.")
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_FOUND);
              assertThat(failure.code()).isEqualTo("InvalidVpcEndpoint.NotFound");
              assertThat(failure.requestId()).hasValue("1f0e2d3c-delete");
            });
    verifyEc2(
        "DeleteVpcEndpoints",
        Map.of("VpcEndpointId.1", ENDPOINT, "VpcEndpointId.2", OTHER_ENDPOINT));
  }

  @Test
  void deleteVpcEndpoints_withAnEmptyList_haveAllSucceeded() {
    answer(
        success()
            .withBody(
                "<DeleteVpcEndpointsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
                    + "<unsuccessful/><requestId>1</requestId></DeleteVpcEndpointsResponse>"));

    assertThat(driver.deleteEndpoints(network, List.of(ENDPOINT))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"RESOLVER, enableDnsSupport, true", "HOST_NAMES, enableDnsHostnames, false"})
  void describeVpcAttribute(DnsSwitch which, String attribute, boolean on) {
    answer("DescribeVpcAttribute-" + attribute);

    assertThat(driver.dnsSwitch(network, which)).isEqualTo(on);
    verifyEc2("DescribeVpcAttribute", Map.of("VpcId", network.vpcId(), "Attribute", attribute));
  }

  @Test
  void listHostedZonesByVpc() {
    answer("ListHostedZonesByVPC");

    Page<DnsZone> page =
        driver.zones(
            network, new ZoneQuery(ZoneQuery.Scope.IN_NETWORK, APEX), Optional.of("a+b/="));

    assertThat(page.items())
        .containsExactly(
            new DnsZone("Z0OWN", APEX, Optional.empty(), Set.of()),
            new DnsZone("Z0OTHER", "example.net", Optional.empty(), Set.of()),
            new DnsZone(
                "Z0SERVICE",
                "fs-0a1b2c3d.efs.us-west-2.amazonaws.com",
                Optional.empty(),
                Set.of()));
    assertThat(page.nextToken()).hasValue("bmV4dCBwYWdl+/=");
    verifyRoute53(
        query(
            getRequestedFor(urlPathEqualTo("/2013-04-01/hostedzonesbyvpc")),
            Map.of(
                "vpcid", network.vpcId(),
                "vpcregion", "us-west-2",
                "maxitems", "100",
                "nexttoken", "a+b/=")));
    assertThat(queryNames())
        .containsExactlyInAnyOrder("vpcid", "vpcregion", "maxitems", "nexttoken");
  }

  @Test
  void listHostedZones_leavesPublicZonesOut() {
    answer("ListHostedZones");

    Page<DnsZone> page = driver.ownZones(network, Optional.of("Z0PAGE"));

    assertThat(page.items())
        .containsExactly(
            new DnsZone("Z0OWN", APEX, Optional.of(REFERENCE), Set.of()),
            new DnsZone("Z0LINKED", APEX, Optional.of("made by a service"), Set.of()));
    assertThat(page.nextToken()).hasValue("Z0NEXT");
    verifyRoute53(
        query(
            getRequestedFor(urlPathEqualTo("/2013-04-01/hostedzone")),
            Map.of("maxitems", "100", "marker", "Z0PAGE")));
    assertThat(queryNames()).containsExactlyInAnyOrder("maxitems", "marker");
  }

  @Test
  void getHostedZone() {
    answer("GetHostedZone");

    assertThat(driver.zone(network, "Z0OWN"))
        .hasValue(
            new DnsZone(
                "Z0OWN",
                APEX,
                Optional.of(REFERENCE),
                Set.of(
                    new DnsZone.BoundNetwork("us-west-2", network.vpcId()),
                    new DnsZone.BoundNetwork("xx-future-9", "vpc-0aaaaaaaaaaaaaaaa"))));
    verifyRoute53(getRequestedFor(urlEqualTo("/2013-04-01/hostedzone/Z0OWN")));
  }

  @Test
  void createHostedZone() {
    answer(
        success()
            .withStatus(201)
            .withHeader("Location", "https://route53.amazonaws.com/2013-04-01/hostedzone/Z0OWN")
            .withBody(documented("CreateHostedZone")));

    assertThat(driver.createZone(network, APEX, REFERENCE))
        .isEqualTo(
            new DnsZone(
                "Z0OWN",
                APEX,
                Optional.of(REFERENCE),
                Set.of(new DnsZone.BoundNetwork("us-west-2", network.vpcId()))));
    verifyRoute53(
        postRequestedFor(urlEqualTo("/2013-04-01/hostedzone"))
            .withHeader("Content-Type", matching("application/xml.*"))
            .withRequestBody(
                xml(
                    "/r:CreateHostedZoneRequest[count(*)=4]"
                        + "[r:Name='"
                        + APEX
                        + "'][r:CallerReference='"
                        + REFERENCE
                        + "'][r:HostedZoneConfig/r:PrivateZone='true']"
                        + "[string-length(r:HostedZoneConfig/r:Comment)>0]"
                        + "[count(r:VPC)=1]/r:VPC[r:VPCRegion='us-west-2'][r:VPCId='"
                        + network.vpcId()
                        + "']")));
  }

  private static StringValuePattern xml(String path) {
    return matchingXPath(path, ROUTE53);
  }

  @Test
  void listResourceRecordSets() {
    answer("ListResourceRecordSets");

    Page<ZoneRecord> page =
        driver.records(
            network,
            ZONE,
            Optional.of(new RecordToken("CNAME", "\\052.y." + APEX + ".", "a/b c").text()));

    assertThat(page.items())
        .as("all but what Route 53 itself put at the apex")
        .containsExactly(
            new ZoneRecord("", "@", "A", "", 0),
            RECORDS.get(0),
            RECORDS.get(1),
            new ZoneRecord("", "weighted", "special CNAME", "", 30),
            new ZoneRecord("", "near", "special CNAME", "", 0),
            new ZoneRecord("", "note", "TXT", "", 300));
    assertThat(page.items()).filteredOn(ZoneRecord::isCname).isEqualTo(RECORDS);
    assertThat(page.nextToken().map(RecordToken::parse))
        .hasValue(new RecordToken("CNAME", "\\052.z." + APEX + ".", "blue/green"));
    verifyRoute53(
        query(
            getRequestedFor(urlPathEqualTo("/2013-04-01/hostedzone/Z0OWN/rrset")),
            Map.of(
                "type", "CNAME",
                "name", "\\052.y." + APEX + ".",
                "identifier", "a/b c",
                "maxitems", "300")));
    assertThat(queryNames()).containsExactlyInAnyOrder("type", "name", "identifier", "maxitems");
  }

  @Test
  void changeResourceRecordSets_setsAllRecordsInOneChange() {
    answer("ChangeResourceRecordSets");

    assertThat(driver.putRecords(network, ZONE, RECORDS)).hasValue("C0RECORDS");
    verifyRoute53(change("UPSERT"));
  }

  @Test
  void changeResourceRecordSets_removesRecordsWithAllTheirValues() {
    answer("ChangeResourceRecordSets");

    driver.removeRecords(network, ZONE, RECORDS);

    verifyRoute53(change("DELETE"));
  }

  private static RequestPatternBuilder change(String action) {
    RequestPatternBuilder request =
        postRequestedFor(urlEqualTo("/2013-04-01/hostedzone/Z0OWN/rrset/"))
            .withHeader("Content-Type", matching("application/xml.*"))
            .withRequestBody(
                xml("/r:ChangeResourceRecordSetsRequest/r:ChangeBatch/r:Changes[count(*)=2]"));
    for (int k = 0; k < RECORDS.size(); k++) {
      ZoneRecord record = RECORDS.get(k);
      request.withRequestBody(
          xml(
              "/r:ChangeResourceRecordSetsRequest/r:ChangeBatch/r:Changes/r:Change["
                  + (k + 1)
                  + "][r:Action='"
                  + action
                  + "']/r:ResourceRecordSet[count(*)=4][r:Name='"
                  + record.host()
                  + "."
                  + APEX
                  + ".'][r:Type='CNAME'][r:TTL='60']/r:ResourceRecords[count(*)=1]"
                  + "/r:ResourceRecord[r:Value='"
                  + record.target()
                  + "']"));
    }
    return request;
  }

  @ParameterizedTest
  @CsvSource({"INSYNC, true", "PENDING, false", "SOMETHING_NEW, false"})
  void getChange(String status, boolean done) {
    answer(success().withBody(documented("GetChange").replace("INSYNC", status)));

    assertThat(driver.changeDone(network, "C0RECORDS")).isEqualTo(done);
    verifyRoute53(getRequestedFor(urlEqualTo("/2013-04-01/change/C0RECORDS")));
  }

  @Test
  void deleteHostedZone() {
    answer("DeleteHostedZone");

    driver.deleteZone(network, "Z0OWN");

    verifyRoute53(
        deleteRequestedFor(urlEqualTo("/2013-04-01/hostedzone/Z0OWN"))
            .withHeader("Content-Length", equalTo("0")));
  }

  /** Every action that a driver's traits name has its test here. */
  @Test
  void everyActionOfTheDriver_isAnsweredHere() {
    Set<String> actions =
        AwsTraits.TRAITS.actions().values().stream()
            .map(action -> action.name())
            .collect(Collectors.toSet());

    assertThat(actions)
        .containsExactlyInAnyOrder(
            "DescribeSubnets",
            "DescribeVpcEndpointServices",
            "DescribeVpcEndpoints",
            "CreateVpcEndpoint",
            "CreateTags",
            "DeleteTags",
            "DeleteVpcEndpoints",
            "DescribeVpcAttribute",
            "ListHostedZonesByVPC",
            "ListHostedZones",
            "GetHostedZone",
            "CreateHostedZone",
            "ChangeResourceRecordSets",
            "ListResourceRecordSets",
            "GetChange",
            "DeleteHostedZone");
  }
}
