package io.privatelink4j.alicloud;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One question that Alibaba Cloud asks a policy: may this action be done to this resource? A
 * request that touches several resources is several questions, all of which must be answered with
 * yes.
 *
 * @param context values by condition key
 */
record RamCheck(String action, String resource, Map<String, String> context) {
  RamCheck {
    context = Map.copyOf(context);
  }

  RamCheck action(String other) {
    return new RamCheck(other, resource, context);
  }

  RamCheck resource(String other) {
    return new RamCheck(action, other, context);
  }

  RamCheck with(String key, String value) {
    Map<String, String> copy = new TreeMap<>(context);
    copy.put(key, value);
    return new RamCheck(action, resource, copy);
  }

  RamCheck without(Predicate<String> keys) {
    Map<String, String> copy = new TreeMap<>(context);
    copy.keySet().removeIf(keys);
    return new RamCheck(action, resource, copy);
  }

  RamCheck without(String key) {
    return without(key::equals);
  }
}
