package io.privatelink4j.examples.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiSchemaTest {
  private static final String GOOD =
      """
      {"clusterId": "1", "displayName": "a", "type": "AWS_ENDPOINT_SERVICE", "state": "ACTIVE",
       "createTime": "2026-01-01T00:00:00Z", "awsEndpointService": {"name": "x"}}""";

  private final ApiSchema schema = new ApiSchema();

  @Test
  void aValueOfTheApi_isValid() {
    assertThat(schema.problems("PrivateLinkConnection", GOOD)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACTIVE->UNKNOWN",
        "displayName->display_name",
        "2026-01-01T00:00:00Z->yesterday",
        "{\"name\": \"x\"}->{}",
        "{\"name\": \"x\"}->{\"name\": 5}",
        "\"clusterId\": \"1\", ->"
      })
  void whatIsNotTheApis_isFound(String change) {
    String[] fromTo = change.split("->", -1);
    String bad = GOOD.replace(fromTo[0], fromTo[1]);

    assertThat(bad).isNotEqualTo(GOOD);
    assertThat(schema.problems("PrivateLinkConnection", bad)).isNotEmpty();
  }

  @Test
  void anAnswer_isJudgedByItsPathAndStatus() {
    String path = "/v1beta1/clusters/1/privateLinkConnections/plc-1";

    assertThat(schema.operations()).isEqualTo(7);
    assertThat(schema.problems("GET", path, 200, GOOD)).isEmpty();
    assertThat(schema.problems("GET", path, 404, GOOD)).isNotEmpty();
    assertThat(schema.problems("GET", path + ":attachDomains", 200, GOOD)).isNotEmpty();
  }
}
