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

  private final Time time;
  private final Duration window;
  private final Expiring<String, Map<String, Change>> byEndpoint;

  /**
   * What was done to a label.
   *
   * @param value the value written; empty if it was removed
   * @param at when, by the monotonic clock
   */
  private record Change(Optional<String> value, long at) {}

  RecentLabels(Time time, Duration window) {
    this.time = time;
    this.window = window;
    byEndpoint = new Expiring<>(time, window, MOST_ENDPOINTS);
  }

  void put(String endpointId, Map<String, String> labels) {
    Map<String, Change> changes = new HashMap<>();
    long now = time.nanoTime();
    labels.forEach((key, value) -> changes.put(key, new Change(Optional.of(value), now)));
    add(endpointId, changes);
  }

  void remove(String endpointId, Set<String> keys) {
    Map<String, Change> changes = new HashMap<>();
    long now = time.nanoTime();
    keys.forEach(key -> changes.put(key, new Change(Optional.empty(), now)));
    add(endpointId, changes);
  }

  private synchronized void add(String endpointId, Map<String, Change> changes) {
    Map<String, Change> all = new HashMap<>(byEndpoint.get(endpointId).orElse(Map.of()));
    all.values().removeIf(this::isOver);
    all.putAll(changes);
    byEndpoint.put(endpointId, Map.copyOf(all));
  }

  Endpoint overlay(Endpoint endpoint) {
    Optional<Map<String, Change>> changes = byEndpoint.get(endpoint.id());
    if (changes.isEmpty()) {
      return endpoint;
    }
    Map<String, String> labels = new HashMap<>(endpoint.labels());
    changes
        .get()
        .forEach(
            (key, change) -> {
              if (!isOver(change) && !isOutdated(key, change, labels)) {
                change
                    .value()
                    .ifPresentOrElse(value -> labels.put(key, value), () -> labels.remove(key));
              }
            });
    return Endpoint.builder().from(endpoint).labels(labels).build();
  }

  /**
   * The life of an attachment goes forward only: what the cloud shows may be a rival's next step.
   */
  private static boolean isOutdated(String key, Change change, Map<String, String> shown) {
    Optional<DomainEntry> own = change.value().flatMap(value -> DomainEntry.parse(key, value));
    Optional<DomainEntry> cloud =
        Optional.ofNullable(shown.get(key)).flatMap(value -> DomainEntry.parse(key, value));
    return own.isPresent()
        && cloud.isPresent()
        && cloud.get().state().compareTo(own.get().state()) > 0;
  }

  /**
   * A rival may have written since: a later write of ours to another label does not prolong this.
   */
  private boolean isOver(Change change) {
    return time.nanoTime() - change.at() >= window.toNanos();
  }
}
