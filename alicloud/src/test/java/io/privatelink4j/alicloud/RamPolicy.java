package io.privatelink4j.alicloud;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A policy, evaluated as RAM does it: what is allowed and not denied. It knows what our policies
 * use and throws at everything else, so that nothing is taken for harmless that was not understood.
 */
record RamPolicy(List<Statement> statements) {
  RamPolicy {
    statements = List.copyOf(statements);
  }

  static RamPolicy read(String json) {
    JsonElement read;
    try {
      read = new Gson().getAdapter(JsonElement.class).fromJson(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Gson forgets the first of two equal names.
    check(read.toString().equals(json.replaceAll("\\s", "")), "everything said once");
    JsonObject policy = object(read, Set.of("Version", "Statement"), Set.of());
    check(policy.get("Version").getAsString().equals("1"), "the version of the language");
    List<Statement> statements = new ArrayList<>();
    policy.getAsJsonArray("Statement").forEach(each -> statements.add(Statement.read(each)));
    return new RamPolicy(statements);
  }

  boolean allows(RamCheck check) {
    return statements.stream().anyMatch(each -> !each.denies && each.matches(check))
        && statements.stream().noneMatch(each -> each.denies && each.matches(check));
  }

  /** What it allows some of. */
  Set<String> actions() {
    return statements.stream()
        .filter(statement -> !statement.denies)
        .flatMap(statement -> statement.actions.stream())
        .collect(Collectors.toSet());
  }

  /** With the other's statements in the place of those with the same actions and resources. */
  RamPolicy replacing(RamPolicy other) {
    List<Statement> replaced = new ArrayList<>(statements);
    for (Statement statement : other.statements) {
      List<Integer> places =
          IntStream.range(0, replaced.size())
              .filter(i -> replaced.get(i).actions.equals(statement.actions))
              .filter(i -> replaced.get(i).resources.equals(statement.resources))
              .boxed()
              .toList();
      check(places.size() == 1, "one statement to replace by that of " + statement.actions);
      replaced.set(places.get(0), statement);
    }
    return new RamPolicy(replaced);
  }

  /** Every policy that grants one thing less or denies more, by what it lacks. */
  Map<String, RamPolicy> grantingLess() {
    Map<String, RamPolicy> policies = new LinkedHashMap<>();
    for (int i = 0; i < statements.size(); i++) {
      Statement s = statements.get(i);
      if (s.denies) {
        for (Condition condition : s.conditions) {
          policies.put(i + " condition " + condition, with(i, s.without(condition)));
        }
        continue;
      }
      for (String action : s.actions) {
        policies.put(
            i + " " + action,
            with(i, new Statement(false, less(s.actions, action), s.resources, s.conditions)));
      }
      for (String resource : s.resources) {
        policies.put(
            i + " " + resource,
            with(i, new Statement(false, s.actions, less(s.resources, resource), s.conditions)));
      }
    }
    return policies;
  }

  /** Every policy that demands one thing less, or does not deny it, by what it lacks. */
  Map<String, RamPolicy> demandingLess() {
    Map<String, RamPolicy> policies = new LinkedHashMap<>();
    for (int i = 0; i < statements.size(); i++) {
      Statement s = statements.get(i);
      if (s.denies) {
        policies.put(i + " denial " + s.conditions, new RamPolicy(less(statements, s)));
      } else {
        for (Condition condition : s.conditions) {
          policies.put(i + " " + condition, with(i, s.without(condition)));
        }
      }
    }
    return policies;
  }

  private RamPolicy with(int place, Statement changed) {
    List<Statement> copy = new ArrayList<>(statements);
    copy.set(place, changed);
    return new RamPolicy(copy);
  }

  private static <T> List<T> less(List<T> list, T one) {
    return list.stream().filter(each -> !each.equals(one)).toList();
  }

  private static JsonObject object(JsonElement json, Set<String> required, Set<String> optional) {
    JsonObject object = json.getAsJsonObject();
    check(object.keySet().containsAll(required), required + " in " + object);
    check(
        object.keySet().stream().allMatch(key -> required.contains(key) || optional.contains(key)),
        required + " and " + optional + " alone in " + object);
    return object;
  }

  /** RAM takes one string as a list of it. */
  private static List<String> strings(JsonElement json) {
    if (!json.isJsonArray()) {
      return List.of(json.getAsString());
    }
    List<String> strings = new ArrayList<>();
    json.getAsJsonArray().forEach(each -> strings.add(each.getAsString()));
    return strings;
  }

  private static void check(boolean condition, String wanted) {
    if (!condition) {
      throw new IllegalArgumentException("Expected " + wanted);
    }
  }

  /** {@code *} and {@code ?}. */
  private static boolean like(String pattern, String value) {
    String regex =
        pattern
            .chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL).matcher(value).matches();
  }

  /** What allows or denies something. */
  record Statement(
      boolean denies, List<String> actions, List<String> resources, List<Condition> conditions) {

    static Statement read(JsonElement json) {
      JsonObject statement =
          object(json, Set.of("Effect", "Action", "Resource"), Set.of("Condition"));
      String effect = statement.get("Effect").getAsString();
      check(Set.of("Allow", "Deny").contains(effect), "an effect, not " + effect);
      List<String> actions = strings(statement.get("Action"));
      check(
          actions.stream().allMatch(action -> action.matches("[a-z]+:[A-Za-z]+")),
          "actions by their full names, not " + actions);
      List<Condition> conditions = new ArrayList<>();
      Optional.ofNullable(statement.getAsJsonObject("Condition")).stream()
          .flatMap(operators -> operators.entrySet().stream())
          .forEach(
              operator ->
                  operator
                      .getValue()
                      .getAsJsonObject()
                      .entrySet()
                      .forEach(
                          key ->
                              conditions.add(
                                  new Condition(
                                      operator.getKey(), key.getKey(), strings(key.getValue())))));
      return new Statement(
          effect.equals("Deny"), actions, strings(statement.get("Resource")), conditions);
    }

    Statement without(Condition condition) {
      return new Statement(denies, actions, resources, less(conditions, condition));
    }

    boolean matches(RamCheck check) {
      return actions.contains(check.action())
          && resources.stream().anyMatch(resource -> covers(resource, check.resource()))
          && conditions.stream().allMatch(condition -> condition.holds(check.context()));
    }

    /** A wildcard is not trusted to reach over a colon; only {@code *} covers what has no ARN. */
    private static boolean covers(String pattern, String arn) {
      if (pattern.equals("*")) {
        return true;
      }
      String[] patterns = pattern.split(":", 5);
      String[] parts = arn.split(":", 5);
      check(patterns.length == 5, "an ARN, not " + pattern);
      return parts.length == 5
          && Stream.of(0, 1, 2, 3, 4).allMatch(i -> like(patterns[i], parts[i]));
    }
  }

  /** What must hold besides; of several all. */
  record Condition(String operator, String key, List<String> values) {

    boolean holds(Map<String, String> context) {
      Optional<String> given = Optional.ofNullable(context.get(key));
      return switch (operator) {
        case "StringEquals" -> given.filter(values::contains).isPresent();
        case "StringLike" -> given.filter(this::isLike).isPresent();
        default -> throw new IllegalArgumentException("Unknown operator " + operator);
      };
    }

    private boolean isLike(String value) {
      return values.stream().anyMatch(pattern -> like(pattern, value));
    }
  }
}
