package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.BareAlicloud.ZONES;
import static io.privatelink4j.alicloud.BareAlicloud.text;
import static io.privatelink4j.alicloud.BareAlicloud.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What CreateVpcEndpoint checks, remembers and answers, and what may be a tag. */
class FakeAlicloudCreationTest {
  private BareAlicloud alicloud = new BareAlicloud();

  @AfterEach
  void close() {
    alicloud.close();
  }

  private void assume(Assumption... position) {
    alicloud.close();
    alicloud = new BareAlicloud(position);
  }

  private String refused(String... spec) {
    long before = alicloud.fake.endpointCount();
    String code = alicloud.refused("privatelink", "CreateVpcEndpoint", spec);
    assertThat(alicloud.fake.endpointCount()).isEqualTo(before);
    return code;
  }

  /** The spec with some values replaced, or left out where there is no new one. */
  private String[] changed(String[] spec, String... pairs) {
    List<String> changed = new ArrayList<>();
    List<String> changes = Arrays.asList(pairs);
    for (int i = 0; i < spec.length; i += 2) {
      int at = changes.indexOf(spec[i]);
      if (at < 0) {
        changed.addAll(List.of(spec[i], spec[i + 1]));
      } else if (!pairs[at + 1].isEmpty()) {
        changed.addAll(List.of(spec[i], pairs[at + 1]));
      }
    }
    return changed.toArray(new String[0]);
  }

  @Test
  void create_answersWithWhatIsMadeOfIt() {
    String service = alicloud.service();

    JsonObject made = alicloud.call("privatelink", "CreateVpcEndpoint", alicloud.spec(service, 3));

    assertThat(text(made, "EndpointId")).matches("ep-[0-9a-z]{20}");
    assertThat(text(made, "EndpointStatus")).isEqualTo("Creating");
    assertThat(text(made, "ConnectionStatus")).isEqualTo("Disconnected");
    assertThat(text(made, "EndpointBusinessStatus")).isEqualTo("Normal");
    assertThat(text(made, "ServiceName")).isEqualTo(service);
    assertThat(service).endsWith(text(made, "ServiceId"));
    assertThat(text(made, "VpcId")).isEqualTo(alicloud.network.vpcId());
    assertThat(text(made, "CreateTime")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  }

  @Test
  void service_canBeNamedByItsId() {
    String service = alicloud.service();
    String[] spec =
        changed(
            alicloud.spec(service, 1, "ServiceId", service.replaceAll(".*\\.", "")),
            "ServiceName",
            "");

    assertThat(text(alicloud.call("privatelink", "CreateVpcEndpoint", spec), "ServiceName"))
        .isEqualTo(service);
  }

  @Test
  void service_mustBeNamed_beThere_andAllowTheAccount() {
    String[] spec = alicloud.spec(alicloud.service(), 1);
    String closed = alicloud.fake.publish(ZONES, true);

    assertThat(refused(changed(spec, "ServiceName", ""))).isEqualTo("MissingParam.ServiceId");
    assertThat(refused(changed(spec, "ServiceName", "com.aliyuncs.privatelink.r.epsrv-1")))
        .isEqualTo("EndpointServiceNotFound");
    assertThat(refused(changed(spec, "ServiceName", closed)))
        .isEqualTo("EndpointServiceNotAuthorized");
  }

  @Test
  void zones_mustBeTheServices_andTheNetworks() {
    String service = alicloud.fake.publish(ZONES.subList(0, 1), true);
    alicloud.fake.allow(service);
    String[] spec = alicloud.spec(service, 2);
    String[] one = alicloud.spec(service, 1);
    String other = alicloud.vSwitch(ZONES.get(1));

    assertThat(refused(spec)).isEqualTo("EndpointServiceNotSupportedZone");
    assertThat(refused(changed(one, "Zone.1.VSwitchId", "vsw-1"))).isEqualTo("VSwitchNotFound");
    assertThat(refused(changed(one, "Zone.1.VSwitchId", other))).isEqualTo("VSwitchNotFound");
    assertThat(
            refused(
                changed(
                    spec,
                    "Zone.2.ZoneId",
                    ZONES.get(0),
                    "Zone.2.VSwitchId",
                    alicloud.vSwitch(ZONES.get(0)))))
        .isEqualTo("EndpointZoneDuplicated");
    assertThat(refused(changed(one, "VpcId", "vpc-1"))).isEqualTo("VpcNotFound");
    assertThat(refused(changed(one, "VpcId", alicloud.fake.addStrangersVpc())))
        .isEqualTo("VpcNotFound");
  }

  @Test
  void vSwitch_mustBeAvailable_andHaveAddresses() {
    String[] spec = alicloud.spec(alicloud.service(), 1);
    String full = alicloud.fake.addSubnet(alicloud.network.vpcId(), ZONES.get(0), 1);
    String[] last = changed(spec, "Zone.1.VSwitchId", full);

    alicloud.fake.changeSubnet(full, true);
    assertThat(refused(last)).isEqualTo("VSwitchStatusNotAllowed");
    alicloud.fake.changeSubnet(full, false);
    String id = text(alicloud.call("privatelink", "CreateVpcEndpoint", last), "EndpointId");
    assertThat(refused(last)).isEqualTo("ResourceNotEnough.VSwitchIp");
    alicloud.settle();
    alicloud.call(
        "privatelink", "RemoveZoneFromVpcEndpoint", "EndpointId", id, "ZoneId", ZONES.get(0));
    assertThat(refused(last)).isEqualTo("ResourceNotEnough.VSwitchIp");
    alicloud.settle();
    alicloud.call("privatelink", "CreateVpcEndpoint", last);
  }

  @Test
  void securityGroups_areNeeded_ofOneType_andOfTheNetwork() {
    String[] spec = alicloud.spec(alicloud.service(), 1);
    String[] two =
        alicloud.spec(
            alicloud.service(),
            1,
            "SecurityGroupId.2",
            alicloud.fake.addSecurityGroup(alicloud.network.vpcId(), "enterprise"));
    String elsewhere = alicloud.fake.addNetwork().securityGroupIds().get(0);

    assertThat(refused(changed(spec, "SecurityGroupId.1", "")))
        .isEqualTo("EndpointMustContainSecurityGroup");
    assertThat(refused(changed(spec, "SecurityGroupId.1", elsewhere)))
        .isEqualTo("SecurityGroupNotFound");
    assertThat(refused(two)).isEqualTo("SecurityGroupTypeOnlySingleTypeSupporteded");
    List<String> many = new ArrayList<>(List.of(spec));
    for (int i = 2; i <= 11; i++) {
      many.add("SecurityGroupId." + i);
      many.add(alicloud.fake.addSecurityGroup(alicloud.network.vpcId(), "normal"));
    }
    assertThat(refused(many.toArray(new String[0]))).isEqualTo("IllegalParam.SecurityGroupId");
  }

  @ParameterizedTest
  @CsvSource({
    "EndpointName, a, IllegalParamFormat.EndpointName",
    "EndpointName, 1a, IllegalParamFormat.EndpointName",
    "EndpointName, a b, IllegalParamFormat.EndpointName",
    "EndpointType, Gateway, IllegalParam.EndpointType",
    "EndpointType, Reverse, Mismatch.EndpointType"
  })
  void value_thatCannotBe_isRefused(String name, String value, String code) {
    assertThat(refused(changed(alicloud.spec(alicloud.service(), 1), name, value))).isEqualTo(code);
  }

  @Test
  void description_isNoAddress() {
    String service = alicloud.service();

    assertThat(refused(alicloud.spec(service, 1, "EndpointDescription", "https://example.com")))
        .isEqualTo("IllegalParamFormat.EndpointDescription");
    alicloud.create(service, 1, "EndpointDescription", "by example.com");
  }

  @Test
  void dryRun_isNoEndpoint() {
    assertThat(refused(alicloud.spec(alicloud.service(), 1, "DryRun", "true")))
        .isEqualTo("DryRunOperation");
  }

  @Test
  void quotaAndRole_areChecked() {
    String service = alicloud.service();
    alicloud.fake.limitEndpoints(1);
    String[] spec = alicloud.spec(service, 1);

    alicloud.fake.linkRole(false);
    assertThat(refused(spec)).isEqualTo("CheckServiceLinkRoleError");
    alicloud.fake.linkRole(true);
    alicloud.create(service, 1);
    assertThat(refused(spec)).isEqualTo("QuotaExceeded.totalEpPerVpc");
  }

  @Test
  void elevenZones_areTooMany() {
    List<String> spec = new ArrayList<>(List.of(alicloud.spec(alicloud.service(), 0)));
    for (int i = 1; i <= 11; i++) {
      spec.addAll(List.of("Zone." + i + ".ZoneId", "z" + i, "Zone." + i + ".VSwitchId", "v" + i));
    }

    assertThat(refused(spec.toArray(new String[0]))).isEqualTo("QuotaExceeded.epZonePerEndpoint");
  }

  // Repetition

  @Test
  void secondEndpointOfAService_isAllowed_orNot() {
    String service = alicloud.service();
    assertThat(alicloud.create(service, 1)).isNotEqualTo(alicloud.create(service, 1));

    assume(Assumption.DUPLICATE_ENDPOINT_REFUSED);
    service = alicloud.service();
    String[] spec = alicloud.spec(service, 1, "ClientToken", "t-1");
    String id = text(alicloud.call("privatelink", "CreateVpcEndpoint", spec), "EndpointId");

    assertThat(refused(alicloud.spec(service, 1, "ClientToken", "t-2")))
        .isEqualTo("EndpointDuplicated");
    assertThat(text(alicloud.call("privatelink", "CreateVpcEndpoint", spec), "EndpointId"))
        .isEqualTo(id);
    alicloud.create(alicloud.service(), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "TOKEN_MEMORY_10_MIN, PT9M, true",
    "TOKEN_MEMORY_10_MIN, PT10M, false",
    "TOKEN_MEMORY_NONE, PT0S, false",
    "TOKEN_MEMORY_FOREVER, P365D, true"
  })
  void clientToken_isRememberedForAWhile(Assumption position, Duration later, boolean same) {
    assume(position);
    String service = alicloud.service();
    String id = alicloud.create(service, 2, "ClientToken", "t-1");

    alicloud.fake.advance(later);

    assertThat(alicloud.create(service, 2, "ClientToken", "t-1").equals(id)).isEqualTo(same);
    assertThat(alicloud.fake.endpointCount()).isEqualTo(same ? 1 : 2);
  }

  @ParameterizedTest
  @CsvSource({"TOKEN_OF_DELETED_RETURNS_IT, true", "TOKEN_OF_DELETED_CREATES_ANEW, false"})
  void clientToken_ofADeletedEndpoint(Assumption position, boolean same) {
    assume(position);
    String service = alicloud.service();
    String id = alicloud.create(service, 1, "ClientToken", "t-1");
    alicloud.fake.deleteEndpoint(id);
    alicloud.settle();

    assertThat(alicloud.create(service, 1, "ClientToken", "t-1").equals(id)).isEqualTo(same);
    assertThat(alicloud.fake.endpointCount()).isEqualTo(same ? 0 : 1);
  }

  @Test
  void clientToken_withOtherParameters_isRefused() {
    String service = alicloud.service();
    alicloud.create(service, 1, "ClientToken", "t-1");

    assertThat(refused(alicloud.spec(service, 2, "ClientToken", "t-1")))
        .isEqualTo("IdempotentParameterMismatch");
    assertThat(
            refused(
                alicloud.spec(
                    service, 1, "ClientToken", "t-1", "Tag.1.Key", "k", "Tag.1.Value", "v")))
        .isEqualTo("IdempotentParameterMismatch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "été"})
  void clientToken_isAscii(String token) {
    assertThat(refused(alicloud.spec(alicloud.service(), 1, "ClientToken", token)))
        .isEqualTo("IllegalParamFormat.ClientToken");
  }

  @Test
  void clientToken_hasAtMost64Characters() {
    String service = alicloud.service();
    alicloud.create(service, 1, "ClientToken", "t".repeat(64));

    assertThat(refused(alicloud.spec(service, 1, "ClientToken", "t".repeat(65))))
        .isEqualTo("IllegalParamFormat.ClientToken");
  }

  // Tags

  private String[] tagging(String id, String... keysAndValues) {
    List<String> pairs =
        new ArrayList<>(List.of("ResourceType", "VpcEndpoint", "ResourceId.1", id));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      pairs.addAll(
          List.of(
              "Tag." + (i / 2 + 1) + ".Key", keysAndValues[i],
              "Tag." + (i / 2 + 1) + ".Value", keysAndValues[i + 1]));
    }
    return pairs.toArray(new String[0]);
  }

  private List<String> tags(String id) {
    JsonObject answer =
        alicloud.call(
            "privatelink", "ListTagResources", "ResourceType", "vpcendpoint", "ResourceId.1", id);
    List<String> values = texts(answer, "TagResources", "TagValue");
    List<String> keys = texts(answer, "TagResources", "TagKey");
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      tags.add(keys.get(i) + "=" + values.get(i));
    }
    return tags;
  }

  @Test
  void tags_areThereFromTheBeginning_changedAndTakenAway() {
    String id = alicloud.create(alicloud.service(), 1, "Tag.1.Key", "a", "Tag.1.Value", "1");
    assertThat(tags(id)).containsExactly("a=1");

    alicloud.call("privatelink", "TagResources", tagging(id, "a", "2", "b", "3"));
    assertThat(tags(id)).containsExactly("a=2", "b=3");

    alicloud.call(
        "privatelink",
        "UntagResources",
        "ResourceType",
        "vpcendpoint",
        "ResourceId.1",
        id,
        "TagKey.1",
        "a",
        "TagKey.2",
        "nothing");
    assertThat(tags(id)).containsExactly("b=3");

    alicloud.call(
        "privatelink",
        "UntagResources",
        "ResourceType",
        "vpcendpoint",
        "ResourceId.1",
        id,
        "All",
        "true");
    assertThat(tags(id)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LABEL_LAG_2S, 2", "LABEL_LAG_10S, 10"})
  void tags_canLag_butNotThoseOfTheBeginning(Assumption position, long lag) {
    assume(position);
    String id = alicloud.create(alicloud.service(), 1, "Tag.1.Key", "a", "Tag.1.Value", "1");
    alicloud.call("privatelink", "TagResources", tagging(id, "a", "2"));

    alicloud.fake.advance(Duration.ofSeconds(lag - 1));
    assertThat(tags(id)).containsExactly("a=1");
    assertThat(alicloud.call("privatelink", "ListVpcEndpoints", "Tag.1.Key", "a").toString())
        .contains("\"Value\":\"1\"");
    alicloud.fake.advance(Duration.ofSeconds(1));
    assertThat(tags(id)).containsExactly("a=2");
    assertThat(alicloud.call("privatelink", "ListVpcEndpoints", "Tag.1.Key", "a").toString())
        .contains("\"Value\":\"2\"");
  }

  @ParameterizedTest
  @CsvSource({
    "aliyunKey, v, IllegalTagKeyParam",
    "Acs:key, v, IllegalTagKeyParam",
    "1key, v, IllegalTagKeyParam",
    "key/1, v, IllegalTagKeyParam",
    "k, aliyun, IllegalTagValueParam",
    "k, acs:v, IllegalTagValueParam",
    "k, see http://example.com, IllegalTagValueParam",
    "k, a b, IllegalTagValueParam"
  })
  void tag_thatCannotBe_isRefused(String key, String value, String code) {
    String service = alicloud.service();
    String id = alicloud.create(service, 1);

    assertThat(alicloud.refused("privatelink", "TagResources", tagging(id, key, value)))
        .isEqualTo(code);
    assertThat(refused(alicloud.spec(service, 1, "Tag.1.Key", key, "Tag.1.Value", value)))
        .isEqualTo(code);
  }

  @Test
  void tagValue_maybeHasToBeginWithALetter() {
    String id = alicloud.create(alicloud.service(), 1);
    alicloud.call("privatelink", "TagResources", tagging(id, "k", "1a", "l", ""));

    assume(Assumption.LABEL_VALUE_LETTER_FIRST);
    id = alicloud.create(alicloud.service(), 1);
    assertThat(alicloud.refused("privatelink", "TagResources", tagging(id, "k", "1a")))
        .isEqualTo("IllegalTagValueParam");
    alicloud.call("privatelink", "TagResources", tagging(id, "k", "a1", "l", ""));
  }

  @Test
  void tags_areAtMost20() {
    String[] tags = new String[42];
    for (int i = 0; i < 42; i += 2) {
      tags[i] = "k" + i;
      tags[i + 1] = "v";
    }
    String id = alicloud.create(alicloud.service(), 1);

    assertThat(alicloud.refused("privatelink", "TagResources", tagging(id, tags)))
        .isEqualTo("QuotaExceed.TagsPerResource");
    alicloud.call("privatelink", "TagResources", tagging(id, Arrays.copyOf(tags, 40)));
    assertThat(tags(id)).hasSize(20);
    assertThat(alicloud.refused("privatelink", "TagResources", tagging(id, "one.more", "v")))
        .isEqualTo("QuotaExceed.TagsPerResource");
    alicloud.call("privatelink", "TagResources", tagging(id, "k0", "w"));
  }

  @Test
  void tags_ofSeveralEndpoints_allOrNone() {
    String service = alicloud.service();
    String first = alicloud.create(service, 1);
    String second = alicloud.create(service, 1);
    String[] both = {
      "ResourceType",
      "vpcendpoint",
      "ResourceId.1",
      first,
      "ResourceId.2",
      second,
      "Tag.1.Key",
      "k",
      "Tag.1.Value",
      "v"
    };

    assertThat(alicloud.refused("privatelink", "TagResources", changed(both, "ResourceId.2", "ep")))
        .isEqualTo("InvalidResourceId.NotFound");
    assertThat(tags(first)).isEmpty();
    alicloud.call("privatelink", "TagResources", both);
    assertThat(tags(first)).isEqualTo(tags(second)).containsExactly("k=v");
  }

  @Test
  void tagging_hasItsFormsAndLimits() {
    String id = alicloud.create(alicloud.service(), 1);
    List<String> many = new ArrayList<>(List.of("ResourceType", "vpcendpoint"));
    for (int i = 1; i <= 51; i++) {
      many.addAll(List.of("ResourceId." + i, id));
    }
    many.addAll(List.of("Tag.1.Key", "k", "Tag.1.Value", "v"));

    assertThat(alicloud.refused("privatelink", "TagResources", many.toArray(new String[0])))
        .isEqualTo("IllegalParam.ResourceId");
    assertThat(alicloud.refused("privatelink", "TagResources", tagging(id, "k", "v", "k", "w")))
        .isEqualTo("DuplicatedTagKey");
    assertThat(
            alicloud.refused(
                "privatelink",
                "TagResources",
                changed(tagging(id, "k", "v"), "ResourceType", "vpc")))
        .isEqualTo("IllegalParam.ResourceType");
    assertThat(
            alicloud.refused(
                "privatelink", "TagResources", changed(tagging(id, "k", "v"), "Tag.1.Value", "")))
        .isEqualTo("MissingTagValueParam");
    assertThat(alicloud.refused("privatelink", "ListTagResources", "ResourceType", "vpcendpoint"))
        .isEqualTo("MissingResourceIdOrTagParam");
  }

  // Networks

  private JsonObject vSwitches(String... pairs) {
    return alicloud.call("vpc", "DescribeVSwitches", pairs);
  }

  @Test
  void vSwitches_areThoseOfTheNetwork() {
    alicloud.fake.addNetwork();
    String vpc = alicloud.network.vpcId();

    JsonObject answer = vSwitches("VpcId", vpc);

    assertThat(texts(answer, "VSwitches", "VSwitchId"))
        .containsExactlyInAnyOrderElementsOf(alicloud.network.subnetIds());
    assertThat(texts(answer, "VSwitches", "ZoneId")).containsExactlyInAnyOrderElementsOf(ZONES);
    assertThat(texts(answer, "VSwitches", "Status")).containsOnly("Available");
    assertThat(answer.get("TotalCount").getAsInt()).isEqualTo(3);
    assertThat(texts(vSwitches(), "VSwitches", "VpcId")).hasSize(6);
    assertThat(texts(vSwitches("VSwitchId", "vsw-1"), "VSwitches", "VpcId")).isEmpty();
    assertThat(alicloud.refused("vpc", "DescribeVSwitches", "VpcId", "vpc-1"))
        .isEqualTo("Forbidden.VpcNotFound");
  }

  @Test
  void vSwitches_tellHowManyAddressesAreFree() {
    String vSwitch = alicloud.fake.addSubnet(alicloud.network.vpcId(), ZONES.get(0), 5);
    alicloud.call(
        "privatelink",
        "CreateVpcEndpoint",
        changed(alicloud.spec(alicloud.service(), 1), "Zone.1.VSwitchId", vSwitch));

    assertThat(texts(vSwitches("VSwitchId", vSwitch), "VSwitches", "AvailableIpAddressCount"))
        .containsExactly("4");
  }

  @Test
  void vSwitches_comeInNumberedPages() {
    String vpc = alicloud.network.vpcId();
    for (int i = 0; i < 9; i++) {
      alicloud.fake.addSubnet(vpc, ZONES.get(0), 5);
    }

    assertThat(texts(vSwitches("VpcId", vpc), "VSwitches", "VSwitchId")).hasSize(10);
    assertThat(texts(vSwitches("VpcId", vpc, "PageNumber", "2"), "VSwitches", "VSwitchId"))
        .hasSize(2);
    assertThat(texts(vSwitches("VpcId", vpc, "PageSize", "50"), "VSwitches", "VSwitchId"))
        .hasSize(12);
    assertThat(alicloud.refused("vpc", "DescribeVSwitches", "VpcId", vpc, "PageSize", "51"))
        .isEqualTo("InvalidPageSize");
    alicloud.fake.limitPages(5);
    JsonObject last = vSwitches("VpcId", vpc, "PageSize", "50", "PageNumber", "3");
    assertThat(texts(last, "VSwitches", "VSwitchId")).hasSize(2);
    assertThat(last.get("PageSize").getAsInt()).isEqualTo(5);
  }
}
