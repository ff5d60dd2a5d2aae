package io.privatelink4j.examples.server;

import io.privatelink4j.examples.openapi.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.Nullable;

/** The query of a request. An empty value counts as none. */
final class Query {
  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads a query.
   *
   * @throws HttpProblem if a name is not known or comes twice: a misspelt filter must not be lost
   */
  Query(@Nullable String raw, Set<String> known) {
    if (raw == null || raw.isEmpty()) {
      return;
    }
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = Route.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : Route.decodeForm(pair.substring(equals + 1));
      if (!known.contains(name)) {
        String allowed = known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known));
        throw HttpProblem.badRequest(
            "the query has " + Text.safe(name) + "; it may have: " + allowed);
      }
      if (values.put(name, value) != null) {
        throw HttpProblem.badRequest("the query has " + name + " twice");
      }
    }
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  Optional<Integer> number(String name) {
    return value(name).map(text -> parse(name, text));
  }

  private static int parse(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw HttpProblem.badRequest(name + " must be a number");
    }
  }
}
