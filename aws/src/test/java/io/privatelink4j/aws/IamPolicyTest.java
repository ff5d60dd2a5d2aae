package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The evaluation, where IAM's rules are not what one would guess. */
class IamPolicyTest {
  private static final String ARN = "arn:aws:ec2:us-west-2:111122223333:vpc-endpoint/vpce-1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Nothing at all satisfies a set operator, and no other operator.
        "ForAllValues:StringEquals | a    |      | true",
        "ForAllValues:StringLike   | a*   |      | true",
        "StringEquals              | a    |      | false",
        "StringLike                | *    |      | false",
        "Null                      | true |      | true",
        "Null                      | false|      | false",
        "Null                      | true | a    | false",
        "Null                      | false| a    | true",
        "ForAllValues:StringEquals | a    | a    | true",
        "ForAllValues:StringEquals | a    | a b  | false",
        "ForAllValues:StringEquals | a*   | ab   | false",
        "ForAllValues:StringLike   | a*   | a ab | true",
        "ForAllValues:StringLike   | a*   | a b  | false",
        "StringEquals              | a    | A    | false",
        "StringEquals              | a*   | ab   | false",
        "StringLike                | a?c  | abc  | true",
        "StringLike                | a.c  | abc  | false",
      })
  void condition(String operator, String value, String given, boolean expected) {
    Map<String, List<String>> context =
        given == null ? Map.of() : Map.of("aws:tagkeys", List.of(given.split(" ", -1)));

    assertThat(policy("ec2:CreateTags", "*", operator, value).allows(check(context)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "arn:aws:ec2:us-west-2:111122223333:vpc-endpoint/*, true",
    "arn:aws:ec2:*:111122223333:vpc-endpoint/vpce-?, true",
    "arn:aws:ec2:us-west-2:111122223333:vpc/*, false",
    "arn:aws:ec2:us-west-2:444455556666:vpc-endpoint/*, false",
    "arn:aws:ec2:*:vpc-endpoint/*:x, false"
  })
  void resource_ofAWildcard_staysBetweenColons(String resource, boolean expected) {
    assertThat(policy("ec2:CreateTags", resource, "Null", "true").allows(check(Map.of())))
        .isEqualTo(expected);
  }

  @Test
  void actionWithoutResources_isNotCoveredByAnArn() {
    IamCheck check = check(Map.of()).resource("*");

    assertThat(policy("ec2:CreateTags", ARN, "Null", "true").allows(check)).isFalse();
    assertThat(policy("ec2:CreateTags", "*", "Null", "true").allows(check)).isTrue();
    assertThat(policy("ec2:DeleteTags", "*", "Null", "true").allows(check)).isFalse();
  }

  @Test
  void severalValues_withoutSetOperator_areAnError() {
    IamPolicy policy = policy("ec2:CreateTags", "*", "StringEquals", "a");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.allows(check(Map.of("aws:TagKeys", List.of("a", "b")))));
  }

  @Test
  void operatorThatIsNotKnown_isAnError() {
    IamPolicy policy = policy("ec2:CreateTags", "*", "StringEqualsIfExists", "a");

    assertThatIllegalArgumentException().isThrownBy(() -> policy.allows(check(Map.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Version': '2012-10-17', 'Statement': []}",
        "{'Version': '2012-10-17', 'Statement': [{'Sid': 'A', 'Effect': 'Allow', 'Action': 'a:B'}]}",
        "{'Version': '2008-10-17', 'Statement': [STATEMENT]}",
        "{'Version': '2012-10-17', 'Statement': [STATEMENT, STATEMENT]}",
        "{'Version': '2012-10-17', 'Statement': [STATEMENT],}",
        "{'Version': '2012-10-17', 'Statement': [STATEMENT]} more",
        "{'Version': '2012-10-17', 'Version': '2012-10-17', 'Statement': [STATEMENT]}",
        "{'Version': '2012-10-17', 'Statement': [STATEMENT], 'Comment': 'x'}"
      })
  void malformedPolicy_isAnError(String json) {
    String statement = "{'Sid': 'A', 'Effect': 'Allow', 'Action': 'a:B', 'Resource': '*'}";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> IamPolicy.read(json.replace("STATEMENT", statement).replace('\'', '"')));
  }

  private static IamCheck check(Map<String, List<String>> context) {
    return new IamCheck("ec2:CreateTags", ARN, context);
  }

  private static IamPolicy policy(String action, String resource, String operator, String value) {
    return IamPolicy.read(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "One",
              "Effect": "Allow",
              "Action": "%s",
              "Resource": ["%s"],
              "Condition": {"%s": {"aws:TagKeys": "%s"}}
            }
          ]
        }
        """
            .formatted(action, resource, operator, value));
  }
}
