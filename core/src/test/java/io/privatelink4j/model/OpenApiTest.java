package io.privatelink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The model's words are those of the feature's OpenAPI, so that a service can expose it one to one.
 */
class OpenApiTest {
  private static final Pattern WORD = Pattern.compile("\"([A-Z_]+)\"");
  private final String api = read();

  private static String read() {
    String file = "/openapi/private-link-connection.v1beta1.swagger.json";
    try (InputStream in = OpenApiTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The values of an enum that the API defines. */
  private List<String> values(String definition) {
    int start = api.indexOf('"' + definition + "\": {");
    assertThat(start).as(definition).isPositive();
    int from = api.indexOf("\"enum\": [", start);
    Matcher words = WORD.matcher(api.substring(from + 8, api.indexOf(']', from)));
    List<String> values = new ArrayList<>();
    while (words.find()) {
      values.add(words.group(1));
    }
    return values;
  }

  private static List<String> known(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(Enum::name)
        .filter(name -> !name.equals("UNKNOWN"))
        .toList();
  }

  @Test
  void states_areTheApis() {
    assertThat(known(ConnectionState.values()))
        .containsExactlyInAnyOrderElementsOf(values("PrivateLinkConnectionState.Enum"));
  }

  @Test
  void domainTypes_areTheApis() {
    assertThat(known(DomainType.values()))
        .containsExactlyInAnyOrderElementsOf(values("PrivateLinkConnectionDomainType.Enum"));
  }

  @Test
  void connectionTypes_areTheApis() {
    assertThat(
            List.of(
                AwsEndpointService.of("x").typeName(), AlicloudEndpointService.of("x").typeName()))
        .containsExactlyInAnyOrderElementsOf(values("PrivateLinkConnectionType.Enum"));
  }
}
