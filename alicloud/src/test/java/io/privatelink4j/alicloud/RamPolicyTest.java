package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The evaluation, as far as our policies rely on it. */
class RamPolicyTest {
  private static final String KEY = "acs:ResourceTag/plc.id";
  private static final RamCheck CHECK =
      new RamCheck(
          "privatelink:TagResources",
          "acs:privatelink:ap-southeast-1:1111222233334444:vpcendpoint/ep-1",
          Map.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "StringEquals | a    |      | false",
        "StringEquals | a    | a    | true",
        "StringEquals | a    | A    | false",
        "StringEquals | a*   | ab   | false",
        "StringLike   | *    |      | false",
        "StringLike   | *    | ''   | true",
        "StringLike   | ?*   | ''   | false",
        "StringLike   | a*   | ab   | true",
        "StringLike   | a*   | ba   | false",
        "StringLike   | a?c  | abc  | true",
        "StringLike   | a.c  | abc  | false",
      })
  void condition(String operator, String value, String given, boolean expected) {
    RamCheck check = given == null ? CHECK : CHECK.with(KEY, given);

    assertThat(policy("Allow", "*", operator, value).allows(check)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "acs:privatelink:ap-southeast-1:1111222233334444:vpcendpoint/*, true",
    "acs:privatelink:*:1111222233334444:vpcendpoint/ep-?, true",
    "acs:privatelink:ap-southeast-1:1111222233334444:vpcendpointservice/*, false",
    "acs:privatelink:ap-southeast-1:9999222233334444:vpcendpoint/*, false",
    "acs:privatelink:*:vpcendpoint/*:x, false"
  })
  void resource(String resource, boolean expected) {
    RamPolicy policy = policy("Allow", resource, "StringEquals", "a");

    assertThat(policy.allows(CHECK.with(KEY, "a"))).isEqualTo(expected);
    assertThat(policy.allows(CHECK.with(KEY, "a").action("privatelink:Other"))).isFalse();
  }

  /** As PrivateZone's ARNs have it. */
  @Test
  void wildcardInThePlaceOfARegion_coversNone() {
    RamCheck zone = CHECK.with(KEY, "a").resource("acs:pvtz::1111222233334444:zone/z1");

    assertThat(
            policy("Allow", "acs:pvtz:*:1111222233334444:zone/*", "StringEquals", "a").allows(zone))
        .isTrue();
  }

  @Test
  void denial_prevails_whereItsConditionHolds() {
    RamPolicy policy =
        RamPolicy.read(
            """
            {"Version": "1", "Statement": [%s, %s]}
            """
                .formatted(
                    statement("Deny", "*", "StringLike", "b*"),
                    statement("Allow", "*", "StringLike", "*")));

    assertThat(policy.allows(CHECK.with(KEY, "a"))).isTrue();
    assertThat(policy.allows(CHECK.with(KEY, "b1"))).isFalse();
    assertThat(policy.actions()).containsExactly("privatelink:TagResources");
  }

  @Test
  void operatorThatIsNotKnown_isAnError() {
    RamPolicy policy = policy("Allow", "*", "Null", "true");

    assertThatIllegalArgumentException().isThrownBy(() -> policy.allows(CHECK));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Version': '2012-10-17', 'Statement': [STATEMENT]}",
        "{'Version': '1', 'Statement': [STATEMENT], 'Comment': 'x'}",
        "{'Version': '1', 'Version': '1', 'Statement': [STATEMENT]}",
        "{'Version': '1', 'Statement': [STATEMENT],}",
        "{'Version': '1', 'Statement': [STATEMENT]} more",
        "{'Version': '1', 'Statement': [{'Effect': 'Allow', 'Action': 'a:B'}]}",
        "{'Version': '1', 'Statement': [{'Effect': 'Maybe', 'Action': 'a:B', 'Resource': '*'}]}",
        "{'Version': '1', 'Statement': [{'Effect': 'Allow', 'Action': 'a:*', 'Resource': '*'}]}",
        "{'Version': '1', 'Statement': [{'Sid': 'A', 'Effect': 'Allow', 'Action': 'a:B', 'Resource': '*'}]}"
      })
  void malformedPolicy_isAnError(String json) {
    String good = "{'Effect': 'Allow', 'Action': 'a:B', 'Resource': '*'}";

    assertThat(read("{'Version': '1', 'Statement': [STATEMENT]}", good).actions())
        .containsExactly("a:B");
    assertThatThrownBy(() -> read(json, good)).isInstanceOf(RuntimeException.class);
  }

  private static RamPolicy read(String json, String statement) {
    return RamPolicy.read(json.replace("STATEMENT", statement).replace('\'', '"'));
  }

  private static RamPolicy policy(String effect, String resource, String operator, String value) {
    return RamPolicy.read(
        "{\"Version\": \"1\", \"Statement\": ["
            + statement(effect, resource, operator, value)
            + "]}");
  }

  private static String statement(String effect, String resource, String operator, String value) {
    return """
        {
          "Effect": "%s",
          "Action": "privatelink:TagResources",
          "Resource": ["%s"],
          "Condition": {"%s": {"%s": "%s"}}
        }
        """
        .formatted(effect, resource, operator, KEY, value);
  }
}
