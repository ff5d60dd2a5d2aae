package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.BareAlicloud.bindings;
import static io.privatelink4j.alicloud.BareAlicloud.text;
import static io.privatelink4j.alicloud.BareAlicloud.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PrivateZone: zones, their bindings, records and tags. */
class FakeAlicloudZonesTest {
  private static final String APEX = "plc-1.alicloud.tidbcloud.com";
  private BareAlicloud alicloud = new BareAlicloud();

  @AfterEach
  void close() {
    alicloud.close();
  }

  private void assume(Assumption... position) {
    alicloud.close();
    alicloud = new BareAlicloud(position);
  }

  private void advance(long seconds) {
    alicloud.fake.advance(Duration.ofSeconds(seconds));
  }

  private String vpc() {
    return alicloud.network.vpcId();
  }

  private JsonObject call(String action, String... pairs) {
    return alicloud.call("pvtz", action, pairs);
  }

  private String refused(String action, String... pairs) {
    return alicloud.refused("pvtz", action, pairs);
  }

  private List<String> names(String... pairs) {
    return texts(call("DescribeZones", pairs), "Zones", "ZoneName");
  }

  private List<String> bound(String zone) {
    return texts(call("DescribeZoneInfo", "ZoneId", zone), "BindVpcs", "VpcId");
  }

  // Zones

  @Test
  void zone_isCreatedUnbound() {
    String zone = alicloud.addZone(APEX);

    JsonObject info = call("DescribeZoneInfo", "ZoneId", zone);

    assertThat(zone).matches("[0-9a-f]{32}");
    assertThat(text(info, "ZoneName")).isEqualTo(APEX);
    assertThat(text(info, "DnsGroup")).isEqualTo("FAST_ZONE");
    assertThat(text(info, "ProxyPattern")).isEqualTo("ZONE");
    assertThat(info.get("RecordCount").getAsInt()).isZero();
    assertThat(bound(zone)).isEmpty();
  }

  @Test
  void name_isInLowerCase() {
    assertThat(text(call("AddZone", "ZoneName", "A.Example.COM."), "ZoneName"))
        .isEqualTo("a.example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"com", "a..com", "-a.com", "a b.com", "*.a.com"})
  void name_thatIsNone_isRefused(String name) {
    assertThat(refused("AddZone", "ZoneName", name)).isEqualTo("Zone.Invalid.Name");
    assertThat(call("CheckZoneName", "ZoneName", name).get("Check").getAsBoolean()).isFalse();
    assertThat(refused("AddZone")).isEqualTo("Zone.Invalid.Name");
  }

  @Test
  void name_canBeThereTwice_orNot() {
    assertThat(alicloud.addZone(APEX)).isNotEqualTo(alicloud.addZone(APEX));
    assertThat(alicloud.fake.zoneCount()).isEqualTo(2);

    assume(Assumption.ZONE_NAME_UNIQUE);
    alicloud.addZone(APEX);
    assertThat(refused("AddZone", "ZoneName", APEX)).isEqualTo("Zone.Exists");
    alicloud.fake.addStrangersZone(vpc(), "plc-2.alicloud.tidbcloud.com");
    alicloud.addZone("plc-2.alicloud.tidbcloud.com");
  }

  @Test
  void clientToken_givesTheSameZone() {
    String[] request = {"ZoneName", APEX, "ClientToken", "t-1"};
    String zone = text(call("AddZone", request), "ZoneId");

    assertThat(text(call("AddZone", request), "ZoneId")).isEqualTo(zone);
    assertThat(refused("AddZone", "ZoneName", "b." + APEX, "ClientToken", "t-1"))
        .isEqualTo("IdempotentParameterMismatch");
    assertThat(alicloud.fake.zoneCount()).isOne();
  }

  @Test
  void clientToken_maybeIsNotRemembered() {
    assume(Assumption.TOKEN_MEMORY_NONE);
    String[] request = {"ZoneName", APEX, "ClientToken", "t-1"};

    assertThat(text(call("AddZone", request), "ZoneId"))
        .isNotEqualTo(text(call("AddZone", request), "ZoneId"));
  }

  @Test
  void freshZone_canBeHiddenFromCallsThatNameIt() {
    assume(Assumption.FRESH_ZONE_MISSING_3S);
    String zone = alicloud.addZone(APEX);

    assertThat(names()).containsExactly(APEX);
    assertThat(refused("DescribeZoneInfo", "ZoneId", zone)).isEqualTo("Zone.NotExists");
    assertThat(refused("BindZoneVpc", bindings(zone, vpc()))).isEqualTo("Zone.NotExists");
    assertThat(refused("AddZoneRecord", record(zone, "*"))).isEqualTo("Zone.NotExists");
    advance(3);
    assertThat(bound(zone)).isEmpty();
  }

  @Test
  void zone_thatIsNotThere_isTold() {
    assertThat(refused("DescribeZoneInfo", "ZoneId", "0".repeat(32))).isEqualTo("Zone.NotExists");
    assertThat(refused("DescribeZoneInfo", "ZoneId", "zone-1")).isEqualTo("Zone.Invalid.Id");
  }

  @Test
  void quota_isOfTheAccount() {
    alicloud.fake.limitZones(1);
    alicloud.addZone(APEX);

    assertThat(refused("AddZone", "ZoneName", "b." + APEX)).isEqualTo("QuotaExceeded.Zone");
  }

  @Test
  void list_searchesByName() {
    alicloud.addZone(APEX);
    alicloud.addZone("plc-12.alicloud.tidbcloud.com");
    alicloud.addZone("other.example.com");

    assertThat(names()).hasSize(3);
    assertThat(names("Keyword", "PLC-1")).hasSize(2);
    assertThat(names("Keyword", "PLC-1", "SearchMode", "LIKE")).hasSize(2);
    assertThat(names("Keyword", "plc-1", "SearchMode", "EXACT")).isEmpty();
    assertThat(names("Keyword", "PLC-1.Alicloud.tidbcloud.com", "SearchMode", "EXACT"))
        .containsExactly(APEX);
    assertThat(refused("DescribeZones", "SearchMode", "COMBINE")).isEqualTo("InvalidParameter");
  }

  @Test
  void list_comesInNumberedPages() {
    for (int i = 0; i < 25; i++) {
      alicloud.addZone("plc-" + i + ".alicloud.tidbcloud.com");
    }

    JsonObject second = call("DescribeZones", "PageNumber", "2");

    assertThat(names()).hasSize(20);
    assertThat(texts(second, "Zones", "ZoneName")).hasSize(5);
    assertThat(second.get("TotalItems").getAsInt()).isEqualTo(25);
    assertThat(second.get("TotalPages").getAsInt()).isEqualTo(2);
    assertThat(names("PageSize", "100")).hasSize(25);
    assertThat(names("PageNumber", "3")).isEmpty();
    assertThat(refused("DescribeZones", "PageSize", "101")).isEqualTo("InvalidParameter");
    alicloud.fake.limitPages(10);
    assertThat(names("PageSize", "100", "PageNumber", "3")).hasSize(5);
  }

  @Test
  void delete_isForUnboundZones() {
    String zone = alicloud.addZone(APEX);
    alicloud.bind(zone, vpc());

    assertThat(refused("DeleteZone", "ZoneId", zone)).isEqualTo("Zone.VpcExists");
    alicloud.settle();
    alicloud.bind(zone);
    assertThat(refused("DeleteZone", "ZoneId", zone)).isEqualTo("Zone.VpcExists");
    advance(3);
    call("DeleteZone", "ZoneId", zone);
    assertThat(refused("DeleteZone", "ZoneId", zone)).isEqualTo("Zone.NotExists");
    assertThat(names()).isEmpty();
  }

  @Test
  void delete_ofAZoneWithRecords_isPossible_orNot() {
    String zone = alicloud.addZone(APEX);
    addRecord(zone, "*");
    call("DeleteZone", "ZoneId", zone);

    assume(Assumption.ZONE_WITH_RECORDS_KEPT);
    zone = alicloud.addZone(APEX);
    String record = addRecord(zone, "*");
    assertThat(refused("DeleteZone", "ZoneId", zone)).isEqualTo("Zone.RecordExists");
    call("DeleteZoneRecord", "RecordId", record);
    call("DeleteZone", "ZoneId", zone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a=b", "a b", "a/b", "{}"})
  void remark_hasFewCharacters(String remark) {
    String zone = alicloud.addZone(APEX);
    call("UpdateZoneRemark", "ZoneId", zone, "Remark", "owner-1_2,x.y");

    assertThat(refused("UpdateZoneRemark", "ZoneId", zone, "Remark", remark))
        .isEqualTo("Zone.Remark");
    assertThat(refused("UpdateZoneRemark", "ZoneId", zone, "Remark", "a".repeat(51)))
        .isEqualTo("Zone.Remark");
    assertThat(text(call("DescribeZoneInfo", "ZoneId", zone), "Remark")).isEqualTo("owner-1_2,x.y");
  }

  // Bindings

  @Test
  void binding_setsTheWholeList() {
    String zone = alicloud.addZone(APEX);
    String other = alicloud.fake.addNetwork().vpcId();

    alicloud.bind(zone, vpc());
    advance(3);
    assertThat(bound(zone)).containsExactly(vpc());
    alicloud.bind(zone, other);
    advance(3);
    assertThat(bound(zone)).containsExactly(other);
    alicloud.bind(zone, vpc(), other);
    advance(3);
    assertThat(bound(zone)).containsExactlyInAnyOrder(vpc(), other);
    alicloud.bind(zone);
    advance(3);
    assertThat(bound(zone)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"BINDING_LAG_0S, 0", "BINDING_LAG_3S, 3", "BINDING_LAG_10S, 10"})
  void binding_takesEffectLate(Assumption position, long lag) {
    assume(position);
    String zone = alicloud.addZone(APEX);
    addRecord(zone, "*");
    alicloud.settle();
    alicloud.bind(zone, vpc());

    if (lag > 0) {
      advance(lag - 1);
      assertThat(bound(zone)).isEmpty();
      assertThat(names("QueryVpcId", vpc())).isEmpty();
      assertThat(alicloud.fake.resolve(vpc(), "a." + APEX)).isEmpty();
      advance(1);
    }
    assertThat(bound(zone)).containsExactly(vpc());
    assertThat(names("QueryVpcId", vpc(), "QueryRegionId", "ap-southeast-1")).containsExactly(APEX);
    assertThat(names("QueryRegionId", "cn-hangzhou")).isEmpty();
    assertThat(alicloud.fake.resolve(vpc(), "a." + APEX)).contains("ep.example.com");
    assertThat(alicloud.fake.resolve("vpc-1", "a." + APEX)).isEmpty();
  }

  @Test
  void binding_ofOneVpcToTwoZonesOfAName_isRefusedAtOnce() {
    String first = alicloud.addZone(APEX);
    String second = alicloud.addZone(APEX);
    alicloud.bind(first, vpc());

    assertThat(refused("BindZoneVpc", bindings(second, vpc()))).isEqualTo("ZoneVpc.Zone.Repeated");
    alicloud.bind(first, vpc());
    alicloud.bind(second, alicloud.fake.addNetwork().vpcId());
    alicloud.bind(first);
    alicloud.bind(second, vpc());
  }

  @Test
  void strangersZone_isNotSeen_butInTheWay() {
    alicloud.fake.addStrangersZone(vpc(), APEX);
    String zone = alicloud.addZone(APEX);
    alicloud.settle();

    assertThat(names()).containsExactly(APEX);
    assertThat(names("QueryVpcId", vpc())).isEmpty();
    assertThat(refused("BindZoneVpc", bindings(zone, vpc()))).isEqualTo("ZoneVpc.Zone.Repeated");
    assertThat(alicloud.fake.zoneCount()).isOne();
  }

  @Test
  void binding_ofAVpcThatIsNotThere_isRefused_andChangesNothing() {
    String zone = alicloud.addZone(APEX);
    alicloud.bind(zone, vpc());

    assertThat(refused("BindZoneVpc", bindings(zone, "vpc-1")))
        .isEqualTo("ZoneVpc.NotExists.VpcId");
    assertThat(
            refused(
                "BindZoneVpc",
                "ZoneId",
                zone,
                "Vpcs.1.RegionId",
                "cn-hangzhou",
                "Vpcs.1.VpcId",
                vpc()))
        .isEqualTo("ZoneVpc.NotExists.VpcId");
    alicloud.settle();
    assertThat(bound(zone)).containsExactly(vpc());
  }

  @Test
  void binding_ofAnotherAccountsVpc_tellsWhoseItIs() {
    String zone = alicloud.addZone(APEX);
    String theirs = alicloud.fake.addStrangersVpc();

    alicloud.bind(zone, vpc(), theirs);
    alicloud.settle();

    assertThat(bound(zone)).containsExactlyInAnyOrder(vpc(), theirs);
    assertThat(texts(call("DescribeZoneInfo", "ZoneId", zone), "BindVpcs", "VpcUserId"))
        .containsExactlyInAnyOrder(FakeAlicloud.ACCOUNT, FakeWorld.STRANGER);
  }

  @Test
  void binding_isLimited() {
    String zone = alicloud.addZone(APEX);
    List<String> many = new ArrayList<>();
    for (int i = 0; i <= 100; i++) {
      many.add(alicloud.fake.addNetwork(1).vpcId());
    }

    assertThat(refused("BindZoneVpc", bindings(zone, many.toArray(new String[0]))))
        .isEqualTo("QuotaExceeded.ZoneVpc");
    alicloud.bind(zone, many.subList(0, 100).toArray(new String[0]));
  }

  // Records

  private static String[] record(String zone, String rr, String... more) {
    List<String> pairs =
        new ArrayList<>(
            List.of("ZoneId", zone, "Rr", rr, "Type", "CNAME", "Value", "ep.example.com"));
    for (int i = 0; i < more.length; i += 2) {
      int at = pairs.indexOf(more[i]);
      if (at < 0) {
        pairs.addAll(List.of(more[i], more[i + 1]));
      } else {
        pairs.set(at + 1, more[i + 1]);
      }
    }
    return pairs.toArray(new String[0]);
  }

  private String addRecord(String zone, String rr, String... more) {
    return text(call("AddZoneRecord", record(zone, rr, more)), "RecordId");
  }

  private List<String> hosts(String zone, String... pairs) {
    List<String> all = new ArrayList<>(List.of("ZoneId", zone));
    all.addAll(List.of(pairs));
    return texts(call("DescribeZoneRecords", all.toArray(new String[0])), "Records", "Rr");
  }

  @Test
  void record_isAddedListedAndDeleted() {
    String zone = alicloud.addZone(APEX);

    String id = addRecord(zone, "*.AZ-1", "Value", "EP.Example.com.");

    assertThat(Long.parseLong(id)).isGreaterThan(Integer.MAX_VALUE);
    JsonObject listed =
        call("DescribeZoneRecords", "ZoneId", zone)
            .getAsJsonObject("Records")
            .getAsJsonArray("Record")
            .get(0)
            .getAsJsonObject();
    assertThat(text(listed, "RecordId")).isEqualTo(id);
    assertThat(text(listed, "Rr")).isEqualTo("*.az-1");
    assertThat(text(listed, "Value")).isEqualTo("ep.example.com");
    assertThat(listed.get("Ttl").getAsInt()).isEqualTo(60);
    assertThat(text(listed, "Status")).isEqualTo("ENABLE");
    call("DeleteZoneRecord", "RecordId", id);
    assertThat(hosts(zone)).isEmpty();
    assertThat(refused("DeleteZoneRecord", "RecordId", id)).isEqualTo("Record.NotExists");
  }

  @ParameterizedTest
  @CsvSource({
    "Ttl, 61",
    "Ttl, 300",
    "Type, SPF",
    "Value, no name",
    "Rr, a b",
    "Rr, a.*",
    "Rr, -a",
    "Rr, @"
  })
  void record_thatCannotBe_isRefused(String name, String value) {
    String zone = alicloud.addZone(APEX);

    assertThat(refused("AddZoneRecord", record(zone, "*", name, value)))
        .isEqualTo("InvalidParameter");
    assertThat(hosts(zone)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 30, 60, 3_600, 43_200, 86_400})
  void record_hasOneOfAFewTtls(int ttl) {
    addRecord(alicloud.addZone(APEX), "*", "Ttl", String.valueOf(ttl));
  }

  @Test
  void cname_isAloneAtItsHost() {
    String zone = alicloud.addZone(APEX);
    addRecord(zone, "*");

    assertThat(refused("AddZoneRecord", record(zone, "*"))).isEqualTo("Record.Invalid.Conflict");
    assertThat(refused("AddZoneRecord", record(zone, "*", "Value", "other.example.com")))
        .isEqualTo("Record.Invalid.Conflict");
    assertThat(refused("AddZoneRecord", record(zone, "*", "Type", "A", "Value", "10.0.0.1")))
        .isEqualTo("Record.Invalid.Conflict");
    addRecord(zone, "a", "Type", "A", "Value", "10.0.0.1");
    addRecord(zone, "a", "Type", "A", "Value", "10.0.0.2");
    assertThat(refused("AddZoneRecord", record(zone, "a"))).isEqualTo("Record.Invalid.Conflict");
    addRecord(alicloud.addZone(APEX), "*");
  }

  @Test
  void record_canBeChanged() {
    String zone = alicloud.addZone(APEX);
    alicloud.bind(zone, vpc());
    alicloud.settle();
    String id = addRecord(zone, "*");

    call(
        "UpdateZoneRecord",
        "RecordId",
        id,
        "Rr",
        "*",
        "Type",
        "CNAME",
        "Value",
        "other.example.com");
    assertThat(alicloud.fake.resolve(vpc(), "a." + APEX)).contains("other.example.com");
    call("SetZoneRecordStatus", "RecordId", id, "Status", "DISABLE");
    assertThat(alicloud.fake.resolve(vpc(), "a." + APEX)).isEmpty();
    call("UpdateRecordRemark", "RecordId", id, "Remark", "mine");
    assertThat(call("DescribeZoneRecords", "ZoneId", zone).toString())
        .contains("\"Remark\":\"mine\"", "\"Status\":\"DISABLE\"");
  }

  @Test
  void records_areSearchedByHost() {
    String zone = alicloud.addZone(APEX);
    addRecord(zone, "*");
    addRecord(zone, "az");
    addRecord(zone, "*.az");

    assertThat(hosts(zone)).hasSize(3);
    assertThat(hosts(zone, "Keyword", "az")).containsExactly("az");
    assertThat(hosts(zone, "Keyword", "AZ", "SearchMode", "LIKE")).containsExactly("az", "*.az");
    assertThat(hosts(zone, "PageSize", "2", "PageNumber", "2")).hasSize(1);
    assertThat(refused("DescribeZoneRecords", "ZoneId", zone, "PageSize", "101"))
        .isEqualTo("InvalidParameter");
  }

  @ParameterizedTest
  @CsvSource({
    "WILDCARD_RFC4592, true, true, false",
    "WILDCARD_ONE_LABEL, true, false, false",
    "WILDCARD_REACHES_THROUGH, true, true, true"
  })
  void wildcard_reachesAsFarAsIsAssumed(
      Assumption position, boolean oneLabel, boolean twoLabels, boolean emptyHost) {
    assume(position);
    String zone = alicloud.addZone(APEX);
    addRecord(zone, "*");
    addRecord(zone, "*.az", "Value", "az.example.com");
    alicloud.bind(zone, vpc());
    alicloud.settle();

    assertThat(alicloud.fake.resolve(vpc(), "a." + APEX).isPresent()).isEqualTo(oneLabel);
    assertThat(alicloud.fake.resolve(vpc(), "a.b." + APEX).isPresent()).isEqualTo(twoLabels);
    assertThat(alicloud.fake.resolve(vpc(), "az." + APEX).isPresent()).isEqualTo(emptyHost);
    assertThat(alicloud.fake.resolve(vpc(), "a.az." + APEX)).contains("az.example.com");
    assertThat(alicloud.fake.resolve(vpc(), APEX)).isEmpty();
    assertThat(alicloud.fake.resolve(vpc(), "a.example.com")).isEmpty();
  }

  // Tags

  private String[] tagging(String zone, String key, String value, String... more) {
    List<String> pairs =
        new ArrayList<>(
            List.of(
                "ResourceType",
                "ZONE",
                "ResourceId.1",
                zone,
                "Tag.1.Key",
                key,
                "Tag.1.Value",
                value));
    pairs.addAll(List.of(more));
    return pairs.toArray(new String[0]);
  }

  private List<String> values(String zone) {
    return texts(
        call("ListTagResources", "ResourceType", "ZONE", "ResourceId.1", zone),
        "TagResources",
        "TagValue");
  }

  @Test
  void tags_areOfZones() {
    String zone = alicloud.addZone(APEX);
    alicloud.addZone("b." + APEX);

    call("TagResources", tagging(zone, "owner", "plc-1"));
    call("TagResources", tagging(zone, "more", "x"));

    assertThat(values(zone)).containsExactlyInAnyOrder("plc-1", "x");
    assertThat(names("ResourceTag.1.Key", "owner", "ResourceTag.1.Value", "plc-1"))
        .containsExactly(APEX);
    assertThat(names("ResourceTag.1.Key", "owner", "ResourceTag.1.Value", "plc-2")).isEmpty();
    call("TagResources", tagging(zone, "only", "y", "OverWrite", "true"));
    assertThat(values(zone)).containsExactly("y");
    call("UntagResources", "ResourceType", "ZONE", "ResourceId.1", zone, "TagKey.1", "only");
    assertThat(values(zone)).isEmpty();
    assertThat(refused("TagResources", tagging("0".repeat(32), "k", "v")))
        .isEqualTo("Zone.NotExists");
  }

  @Test
  void tags_comeInPages() {
    String zone = alicloud.addZone(APEX);
    call("TagResources", tagging(zone, "a", "1", "Tag.2.Key", "b", "Tag.2.Value", "2"));
    String[] first = {"ResourceType", "ZONE", "ResourceId.1", zone, "Size", "1"};

    JsonObject page = call("ListTagResources", first);
    JsonObject next =
        call(
            "ListTagResources",
            "ResourceType",
            "ZONE",
            "ResourceId.1",
            zone,
            "Size",
            "1",
            "NextToken",
            text(page, "NextToken"));

    assertThat(texts(page, "TagResources", "TagValue")).containsExactly("1");
    assertThat(texts(next, "TagResources", "TagValue")).containsExactly("2");
  }
}
