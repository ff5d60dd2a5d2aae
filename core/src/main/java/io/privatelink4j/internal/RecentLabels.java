package io.privatelink4j.internal;

import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Labels that this process wrote or removed a moment ago. A cloud may show them late, so that a
 * detach right after an attach would not find what it is to detach; within the consistency window
 * they are laid over what is read. Thread-safe.
 */
final class RecentLabels {
  private static final int MOST_ENDPOINTS = 10_000;

  private final Expiring<String, Map<String, Optional<String>>> byEndpoint;

  RecentLabels(Time time, Duration window) {
    byEndpoint = new Expiring<>(time, window, MOST_ENDPOINTS);
  }

  void put(String endpointId, Map<String, String> labels) {
    Map<String, Optional<String>> changes = new HashMap<>();
    labels.forEach((key, value) -> changes.put(key, Optional.of(value)));
    add(endpointId, changes);
  }

  void remove(String endpointId, Set<String> keys) {
    Map<String, Optional<String>> changes = new HashMap<>();
    keys.forEach(key -> changes.put(key, Optional.empty()));
    add(endpointId, changes);
  }

  private synchronized void add(String endpointId, Map<String, Optional<String>> changes) {
    Map<String, Optional<String>> all = new HashMap<>(byEndpoint.get(endpointId).orElse(Map.of()));
    all.putAll(changes);
    byEndpoint.put(endpointId, Map.copyOf(all));
  }

  Endpoint overlay(Endpoint endpoint) {
    Optional<Map<String, Optional<String>>> changes = byEndpoint.get(endpoint.id());
    if (changes.isEmpty()) {
      return endpoint;
    }
    Map<String, String> labels = new HashMap<>(endpoint.labels());
    changes
        .get()
        .forEach(
            (key, value) ->
                value.ifPresentOrElse(
                    present -> labels.put(key, present), () -> labels.remove(key)));
    return Endpoint.builder().from(endpoint).labels(labels).build();
  }
}
