package io.privatelink4j.aws;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An identity-based policy, evaluated as IAM does it. It knows what our policies use and throws at
 * everything else, so that nothing is taken for harmless that was not understood.
 */
record IamPolicy(List<Statement> statements) {
  IamPolicy {
    statements = List.copyOf(statements);
  }

  static IamPolicy read(String json) {
    // A variable would be a value that no test here fills in.
    check(!json.contains("${"), "a policy without variables");
    Map<?, ?> policy = object(Json.read(json), Set.of("Version", "Statement"), Set.of());
    check("2012-10-17".equals(policy.get("Version")), "the newest version of the language");
    List<Statement> statements = new ArrayList<>();
    Set<String> sids = new HashSet<>();
    for (Object each : (List<?>) policy.get("Statement")) {
      Statement statement = Statement.read(each);
      check(sids.add(statement.sid), "each Sid once, not " + statement.sid + " again");
      statements.add(statement);
    }
    return new IamPolicy(statements);
  }

  boolean allows(IamCheck check) {
    return statements.stream().anyMatch(statement -> statement.allows(check));
  }

  Set<String> actions() {
    return statements.stream()
        .flatMap(statement -> statement.actions.stream())
        .collect(Collectors.toSet());
  }

  /** With the other's statements in the place of those of the same Sid. */
  IamPolicy replacing(IamPolicy other) {
    Map<String, Statement> bySid = new LinkedHashMap<>();
    statements.forEach(statement -> bySid.put(statement.sid, statement));
    for (Statement statement : other.statements) {
      check(bySid.replace(statement.sid, statement) != null, "a Sid to replace: " + statement.sid);
    }
    return new IamPolicy(List.copyOf(bySid.values()));
  }

  /** Every policy that grants one thing less, by what it lacks. */
  Map<String, IamPolicy> grantingLess() {
    Map<String, IamPolicy> policies = new LinkedHashMap<>();
    for (Statement s : statements) {
      for (String action : s.actions) {
        policies.put(
            s.sid + " " + action,
            with(new Statement(s.sid, less(s.actions, action), s.resources, s.conditions)));
      }
      for (String resource : s.resources) {
        policies.put(
            s.sid + " " + resource,
            with(new Statement(s.sid, s.actions, less(s.resources, resource), s.conditions)));
      }
      for (Condition condition : s.conditions) {
        for (String value : condition.values) {
          if (condition.values.size() > 1) {
            Condition narrower =
                new Condition(condition.operator, condition.key, less(condition.values, value));
            policies.put(
                s.sid + " " + condition.key + " " + value,
                with(s.mapping(each -> each.equals(condition) ? narrower : each)));
          }
        }
      }
    }
    return policies;
  }

  /** Every policy that lacks one condition, by that condition. */
  Map<String, IamPolicy> demandingLess() {
    Map<String, IamPolicy> policies = new LinkedHashMap<>();
    for (Statement s : statements) {
      for (Condition condition : s.conditions) {
        policies.put(
            s.sid + " " + condition.operator + " " + condition.key,
            with(new Statement(s.sid, s.actions, s.resources, less(s.conditions, condition))));
      }
    }
    return policies;
  }

  private IamPolicy with(Statement changed) {
    return new IamPolicy(
        statements.stream().map(each -> each.sid.equals(changed.sid) ? changed : each).toList());
  }

  private static <T> List<T> less(List<T> list, T one) {
    return list.stream().filter(each -> !each.equals(one)).toList();
  }

  private static Map<?, ?> object(Object json, Set<String> required, Set<String> optional) {
    Map<?, ?> object = (Map<?, ?>) json;
    check(object.keySet().containsAll(required), required + " in " + object);
    check(
        object.keySet().stream().allMatch(key -> required.contains(key) || optional.contains(key)),
        required + " and " + optional + " alone in " + object);
    return object;
  }

  /** IAM takes one string as a list of it. */
  private static List<String> strings(Object json) {
    return json instanceof List<?> list
        ? list.stream().map(String.class::cast).toList()
        : List.of((String) json);
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

  /** What allows something. */
  record Statement(
      String sid, List<String> actions, List<String> resources, List<Condition> conditions) {

    static Statement read(Object json) {
      Map<?, ?> statement =
          object(json, Set.of("Sid", "Effect", "Action", "Resource"), Set.of("Condition"));
      String sid = (String) statement.get("Sid");
      check(sid.matches("[A-Za-z0-9]+"), "a Sid of letters and digits, not " + sid);
      check("Allow".equals(statement.get("Effect")), "statements that allow");
      List<String> actions = strings(statement.get("Action"));
      check(
          actions.stream().allMatch(action -> action.matches("[a-z0-9]+:[A-Za-z0-9]+")),
          "actions by their full names, not " + actions);
      List<Condition> conditions = new ArrayList<>();
      Optional.ofNullable((Map<?, ?>) statement.get("Condition")).stream()
          .flatMap(map -> map.entrySet().stream())
          .forEach(
              operator ->
                  ((Map<?, ?>) operator.getValue())
                      .forEach(
                          (key, values) ->
                              conditions.add(
                                  new Condition(
                                      (String) operator.getKey(), (String) key, strings(values)))));
      return new Statement(sid, actions, strings(statement.get("Resource")), conditions);
    }

    Statement mapping(UnaryOperator<Condition> change) {
      return new Statement(sid, actions, resources, conditions.stream().map(change).toList());
    }

    boolean allows(IamCheck check) {
      return actions.stream().anyMatch(check.action()::equalsIgnoreCase)
          && resources.stream().anyMatch(resource -> covers(resource, check.resource()))
          && conditions.stream().allMatch(condition -> condition.holds(check.context()));
    }

    /** A wildcard does not reach over a colon; only {@code *} covers what has no ARN. */
    private static boolean covers(String pattern, String arn) {
      if (pattern.equals("*")) {
        return true;
      }
      String[] patterns = pattern.split(":", 6);
      String[] parts = arn.split(":", 6);
      check(patterns.length == 6, "an ARN, not " + pattern);
      return parts.length == 6
          && Stream.of(0, 1, 2, 3, 4, 5).allMatch(i -> like(patterns[i], parts[i]));
    }
  }

  /** What must hold besides; of several all. */
  record Condition(String operator, String key, List<String> values) {

    boolean holds(Map<String, List<String>> context) {
      List<String> given = context.getOrDefault(key, List.of());
      return switch (operator) {
        case "Null" -> values.equals(List.of(String.valueOf(given.isEmpty())));
        case "StringEquals" -> only(given).filter(values::contains).isPresent();
        case "StringLike" -> only(given).filter(this::isLike).isPresent();
        // True of nothing as well, which is IAM's trap.
        case "ForAllValues:StringEquals" -> values.containsAll(given);
        case "ForAllValues:StringLike" -> given.stream().allMatch(this::isLike);
        default -> throw new IllegalArgumentException("Unknown operator " + operator);
      };
    }

    private boolean isLike(String value) {
      return values.stream().anyMatch(pattern -> like(pattern, value));
    }

    private Optional<String> only(List<String> given) {
      check(given.size() <= 1, "a set operator, as " + key + " has several values");
      return given.stream().findFirst();
    }
  }
}
