package io.privatelink4j.examples.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Judges JSON by the feature's OpenAPI file, and allows no property that the file does not have.
 */
public final class ApiSchema {
  private static final String FILE = "/openapi/private-link-connection.v1beta1.swagger.json";
  private static final String REF = "$ref";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNode api;
  private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V4);
  private final SchemaValidatorsConfig config =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  /** Reads the file. */
  public ApiSchema() {
    try (InputStream in = ApiSchema.class.getResourceAsStream(FILE)) {
      api = MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (JsonNode definition : api.get("definitions")) {
      if (definition.has("properties") && !definition.has("additionalProperties")) {
        ((ObjectNode) definition).put("additionalProperties", false);
      }
    }
  }

  /**
   * {@return what is wrong with an answer; nothing if it is as the file says}
   *
   * @param method the request's method
   * @param path the request's path
   * @param status the answer's HTTP status
   * @param json the answer
   */
  public List<String> problems(String method, String path, int status, String json) {
    Optional<JsonNode> operation =
        api.get("paths").properties().stream()
            .filter(each -> template(each.getKey()).matcher(path).matches())
            .map(Map.Entry::getValue)
            .findFirst()
            .flatMap(each -> Optional.ofNullable(each.get(method.toLowerCase(Locale.ROOT))));
    if (operation.isEmpty()) {
      return problems("Status", json);
    }
    JsonNode answers = operation.get().get("responses");
    JsonNode answer = answers.has("" + status) ? answers.get("" + status) : answers.get("default");
    String reference = answer.get("schema").get(REF).textValue();
    return problems(reference.substring(reference.lastIndexOf('/') + 1), json);
  }

  private static Pattern template(String path) {
    return Pattern.compile(path.replaceAll("\\{\\w+}", "[^/:]+"));
  }

  /**
   * {@return what is wrong with a value}
   *
   * @param definition the definition that it should follow
   * @param json the value
   */
  public List<String> problems(String definition, String json) {
    ObjectNode schema = MAPPER.createObjectNode();
    schema.set("definitions", api.get("definitions"));
    schema.putArray("allOf").addObject().put(REF, "#/definitions/" + definition);
    try {
      return factory.getSchema(schema, config).validate(MAPPER.readTree(json)).stream()
          .map(ValidationMessage::getMessage)
          .toList();
    } catch (IOException e) {
      return List.of("not JSON: " + json);
    }
  }

  /** {@return how many operations the file has} */
  public int operations() {
    return StreamSupport.stream(api.get("paths").spliterator(), false)
        .mapToInt(JsonNode::size)
        .sum();
  }
}
