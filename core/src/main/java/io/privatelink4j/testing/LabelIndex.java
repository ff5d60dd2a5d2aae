package io.privatelink4j.testing;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which endpoints have or once had a label, so that a filter need not look at all of an account's.
 * Guarded by the cloud's lock.
 */
final class LabelIndex {
  private final Map<String, NavigableMap<String, SimEndpoint>> byLabel = new HashMap<>();
  private final Map<String, Set<String>> labelsOf = new HashMap<>();

  void add(SimEndpoint endpoint, Map<String, String> labels) {
    Set<String> known = labelsOf.computeIfAbsent(endpoint.id, id -> new HashSet<>());
    labels.forEach(
        (key, value) -> {
          String label = label(key, value);
          if (known.add(label)) {
            byLabel.computeIfAbsent(label, fresh -> new TreeMap<>()).put(endpoint.id, endpoint);
          }
        });
  }

  void remove(SimEndpoint endpoint) {
    Set<String> known = labelsOf.remove(endpoint.id);
    if (known != null) {
      for (String label : known) {
        byLabel.computeIfPresent(
            label,
            (same, endpoints) -> {
              endpoints.remove(endpoint.id);
              return endpoints.isEmpty() ? null : endpoints;
            });
      }
    }
  }

  /** {@return all that may have the label, by id, and some that had it before} */
  NavigableMap<String, SimEndpoint> with(String key, String value) {
    return byLabel.getOrDefault(label(key, value), Collections.emptyNavigableMap());
  }

  private static String label(String key, String value) {
    return key + '\n' + value;
  }
}
