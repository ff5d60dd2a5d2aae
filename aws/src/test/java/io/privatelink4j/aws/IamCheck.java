package io.privatelink4j.aws;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One question that AWS asks a policy: may this action be done to this resource? A request that
 * touches several resources is several questions, all of which must be answered with yes.
 *
 * @param resource an ARN, or {@code *} where the action knows no resources
 * @param context values by condition key; IAM ignores the case of keys
 */
record IamCheck(String action, String resource, Map<String, List<String>> context) {
  IamCheck {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(context);
    context = Collections.unmodifiableMap(copy);
  }

  IamCheck action(String other) {
    return new IamCheck(other, resource, context);
  }

  IamCheck resource(String other) {
    return new IamCheck(action, other, context);
  }

  IamCheck with(String key, String... values) {
    Map<String, List<String>> copy = new TreeMap<>(context);
    copy.put(key, List.of(values));
    return new IamCheck(action, resource, copy);
  }

  IamCheck without(Predicate<String> keys) {
    Map<String, List<String>> copy = new TreeMap<>(context);
    copy.keySet().removeIf(keys);
    return new IamCheck(action, resource, copy);
  }

  IamCheck without(String key) {
    return without(key::equalsIgnoreCase);
  }
}
