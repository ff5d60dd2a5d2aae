package io.privatelink4j.examples.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reads and writes JSON. Strict with what it reads, so that a misspelt field is not lost. */
public final class ApiJson {
  /** Everything that is not ASCII is escaped: a name cannot carry commands for a terminal. */
  private static final ObjectMapper MAPPER =
      strict(JsonMapper.builder())
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private ApiJson() {}

  /**
   * {@return the builder, made strict} Fields that are unknown or come twice, values of another
   * type and what follows after the end are errors.
   *
   * @param builder a builder
   * @param <M> the mapper's type
   * @param <B> the builder's type
   */
  public static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B strict(B builder) {
    return builder
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                config
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
  }

  /**
   * {@return the value as JSON, in one line}
   *
   * @param value a value of {@link Api}
   */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * {@return the value as JSON for people}
   *
   * @param value a value of {@link Api}, or any other
   */
  public static String pretty(Object value) {
    try {
      return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * {@return what a request says}
   *
   * @param json the request's body
   * @param type its type
   * @param <T> its type
   * @throws InvalidRequestException if it is not JSON, or not of that type
   */
  public static <T> T read(InputStream json, Class<T> type) {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new InvalidRequestException("the body must be one object", ErrorDetails.of("body"));
      }
      return value;
    } catch (IOException e) {
      throw new InvalidRequestException("the body " + problem(e), ErrorDetails.of("body"));
    }
  }

  /**
   * {@return what is wrong with a text, without naming classes}
   *
   * @param problem what Jackson threw
   */
  public static String problem(IOException problem) {
    boolean wellFormed = !(problem.getCause() instanceof StreamReadException);
    if (wellFormed
        && problem instanceof JsonMappingException mapping
        && !mapping.getPath().isEmpty()) {
      String field =
          mapping.getPath().stream()
              .map(step -> Objects.requireNonNullElse(step.getFieldName(), "" + step.getIndex()))
              .collect(Collectors.joining("."));
      return "has an unknown field, or a value of a wrong type: " + Text.safe(field);
    }
    if (wellFormed && problem instanceof MismatchedInputException) {
      return "must be one object";
    }
    if (problem instanceof JsonProcessingException json && json.getLocation() != null) {
      return "cannot be read: look at line %d, column %d"
          .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr());
    }
    return "cannot be read";
  }
}
