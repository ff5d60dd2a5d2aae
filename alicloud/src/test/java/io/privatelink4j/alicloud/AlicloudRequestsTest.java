package io.privatelink4j.alicloud;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.spi.DnsZone.BoundNetwork;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.ZoneQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each call sends: these parameters and no others. */
class AlicloudRequestsTest extends DriverTestBase {

  @Test
  void everyCall_isOnePostOfItsAction_andAsksForJson() {
    calls()
        .forEach(
            (name, call) -> {
              int before = cloud.seen().size();
              call.run();
              assertThat(cloud.seen()).hasSize(before + 1);
              assertThat(cloud.last().action()).isEqualTo(name.split(" ", 2)[0]);
              assertThat(cloud.last().method()).isEqualTo("POST");
              assertThat(cloud.last().parameter("Format")).isEqualTo("JSON");
              assertThat(cloud.last().host()).isEqualTo(cloud.uri().getAuthority());
            });
  }

  @Test
  void everyCall_isOfTheVersionOfItsProduct() {
    Map<String, String> versions =
        Map.of("Get", "2015-04-01", "DescribeV", "2016-04-28", "List", "2020-04-15");
    reads().values().forEach(Runnable::run);

    assertThat(cloud.seen())
        .allSatisfy(
            request ->
                assertThat(request.parameter("Version"))
                    .isEqualTo(
                        versions.entrySet().stream()
                            .filter(version -> request.action().startsWith(version.getKey()))
                            .map(Map.Entry::getValue)
                            .findFirst()
                            .orElse("2018-01-01")));
  }

  @Test
  void create_sendsZonesGroupsAndTags_inOneCall() {
    var unused = driver.createEndpoint(network, spec(Map.of("plc.v", "1", "plc.id", "plc-x")));

    assertThat(cloud.last().own())
        .containsOnly(
            entry("RegionId", REGION),
            entry("VpcId", "vpc-1"),
            entry("ServiceName", SERVICE),
            entry("EndpointType", "Interface"),
            entry("EndpointName", "plc-x"),
            entry("ClientToken", "token-1"),
            entry("SecurityGroupId.1", "sg-1"),
            entry("Zone.1.ZoneId", REGION + "a"),
            entry("Zone.1.VSwitchId", "vsw-1"),
            entry("Zone.2.ZoneId", REGION + "b"),
            entry("Zone.2.VSwitchId", "vsw-2"),
            entry("Tag.1.Key", "plc.id"),
            entry("Tag.1.Value", "plc-x"),
            entry("Tag.2.Key", "plc.v"),
            entry("Tag.2.Value", "1"));
  }

  @Test
  void create_again_sendsTheSame() {
    var unused = driver.createEndpoint(network, spec(Map.of("b", "2", "a", "1")));
    unused = driver.createEndpoint(network, spec(Map.of("a", "1", "b", "2")));

    List<CannedCloud.Seen> seen = cloud.seen();
    assertThat(seen.get(0).own()).isEqualTo(seen.get(1).own());
    assertThat(seen.get(0).parameter("SignatureNonce"))
        .isNotEqualTo(seen.get(1).parameter("SignatureNonce"));
  }

  @Test
  void resourceGroup_isSentWithWhatIsCreated() {
    driver.close();
    driver = open(cloud.options().resourceGroupId("rg-1").build());
    calls().values().forEach(Runnable::run);

    assertThat(cloud.seen())
        .filteredOn(request -> request.parameter("ResourceGroupId").equals("rg-1"))
        .extracting(CannedCloud.Seen::action)
        .containsExactly("CreateVpcEndpoint", "AddZone");
  }

  @Test
  void service_isAskedForByItsName() {
    var unused = driver.service(network, TYPE);

    assertThat(cloud.last().own())
        .containsOnly(
            entry("RegionId", REGION), entry("ServiceName", SERVICE), entry("MaxResults", "1000"));
  }

  @Test
  void endpoint_isReadByAListOfItsId_whichTellsTheTags() {
    var unused = driver.endpoint(network, "ep-1");

    assertThat(cloud.last().own())
        .containsOnly(
            entry("RegionId", REGION), entry("EndpointId", "ep-1"), entry("MaxResults", "1000"));
  }

  @Test
  void endpoints_areFilteredByTagsServiceIdAndToken() {
    var unused =
        driver.endpoints(
            network,
            new EndpointFilter(
                Map.of("k2", "v2", "k1", "v1"), List.of("ep-1"), Optional.of(SERVICE)),
            Optional.of("next"));

    assertThat(cloud.last().own())
        .containsOnly(
            entry("RegionId", REGION),
            entry("EndpointId", "ep-1"),
            entry("ServiceName", SERVICE),
            entry("MaxResults", "1000"),
            entry("NextToken", "next"),
            entry("Tag.1.Key", "k1"),
            entry("Tag.1.Value", "v1"),
            entry("Tag.2.Key", "k2"),
            entry("Tag.2.Value", "v2"));
  }

  @Test
  void endpoints_fromTheStart_sendNoToken() {
    var unused = driver.endpoints(network, EndpointFilter.label("k", "v"), Optional.empty());
    assertThat(cloud.last().parameters()).doesNotContainKey("NextToken");
  }

  @Test
  void tags_areBodyParameters() {
    driver.putLabels(network, List.of("ep-1", "ep-2"), Map.of("k", "v"));

    assertThat(cloud.last().own())
        .containsOnly(
            entry("RegionId", REGION),
            entry("ResourceType", "vpcendpoint"),
            entry("ResourceId.1", "ep-1"),
            entry("ResourceId.2", "ep-2"),
            entry("Tag.1.Key", "k"),
            entry("Tag.1.Value", "v"));
    assertThat(cloud.last().query()).doesNotContainKeys("RegionId", "ResourceId.1", "Tag.1.Key");
  }

  @Test
  void untagging_namesTheKeysOnly_andNeverAll() {
    driver.removeLabels(network, "ep-1", Map.of("b", "2", "a", "1"));

    assertThat(cloud.last().own())
        .containsOnly(
            entry("RegionId", REGION),
            entry("ResourceType", "vpcendpoint"),
            entry("ResourceId.1", "ep-1"),
            entry("TagKey.1", "a"),
            entry("TagKey.2", "b"));
  }

  @Test
  void subnets_areThoseOfTheVpc() {
    var unused = driver.subnets(network, Optional.empty());

    assertThat(cloud.last().own())
        .containsOnly(
            entry("RegionId", REGION),
            entry("VpcId", "vpc-1"),
            entry("PageNumber", "1"),
            entry("PageSize", "50"));
  }

  @Test
  void account_needsNothing() {
    assertThat(driver.account(network)).isEqualTo("1968132000123456");
    assertThat(cloud.last().own()).isEmpty();
  }

  @Test
  void zones_areAskedForByExactNameOrByVpc() {
    var unused =
        driver.zones(
            network, new ZoneQuery(ZoneQuery.Scope.NAMED, "a.example.com"), Optional.empty());
    assertThat(cloud.last().own())
        .containsOnly(
            entry("Keyword", "a.example.com"),
            entry("SearchMode", "EXACT"),
            entry("PageNumber", "1"),
            entry("PageSize", "100"));

    unused =
        driver.zones(
            network, new ZoneQuery(ZoneQuery.Scope.IN_NETWORK, "a.example.com"), Optional.empty());
    assertThat(cloud.last().own())
        .containsOnly(
            entry("QueryVpcId", "vpc-1"),
            entry("QueryRegionId", REGION),
            entry("PageNumber", "1"),
            entry("PageSize", "100"));
  }

  @Test
  void zone_isCreatedByItsNameAlone() {
    var unused = driver.createZone(network, "a.example.com", "r".repeat(128));

    assertThat(cloud.last().own()).containsOnly(entry("ZoneName", "a.example.com"));
  }

  @Test
  void record_isACname_andIsRemovedById() {
    var unused = driver.putRecords(network, ZONE, List.of(RECORD));
    assertThat(cloud.last().own())
        .containsOnly(
            entry("ZoneId", "z1"),
            entry("Rr", "*"),
            entry("Type", "CNAME"),
            entry("Value", "t.example.com"),
            entry("Ttl", "60"));

    driver.removeRecords(network, ZONE, List.of(RECORD));
    assertThat(cloud.last().own()).containsOnly(entry("RecordId", "7"));
  }

  @Test
  void binding_isTheWholeList_andNoneUnbinds() {
    driver.bindZone(
        network,
        "z1",
        Set.of(new BoundNetwork(REGION, "vpc-2"), new BoundNetwork(REGION, "vpc-1")));
    assertThat(cloud.last().own())
        .containsOnly(
            entry("ZoneId", "z1"),
            entry("Vpcs.1.RegionId", REGION),
            entry("Vpcs.1.VpcId", "vpc-1"),
            entry("Vpcs.2.RegionId", REGION),
            entry("Vpcs.2.VpcId", "vpc-2"));

    driver.bindZone(network, "z1", Set.of());
    assertThat(cloud.last().own()).containsOnly(entry("ZoneId", "z1"));
  }

  @Test
  void userAgent_namesTheLibraryAndTheEmbedder() {
    driver.close();
    driver = open(cloud.options().userAgentSuffix("my-service/1.4").build());

    var unused = driver.account(network);

    assertThat(cloud.last().headers().get("user-agent"))
        .startsWith("AlibabaCloud")
        .endsWith("privatelink4j my-service/1.4");
  }
}
