package io.privatelink4j.internal;

import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A small map whose entries are forgotten after a while, the oldest first when it is full.
 * Thread-safe.
 */
final class Expiring<K, V> {
  private final Time time;
  private final long keepNanos;
  private final int most;
  private final Map<K, Kept<V>> entries = new LinkedHashMap<>();

  private record Kept<V>(V value, long since) {}

  Expiring(Time time, Duration keep, int most) {
    this.time = time;
    this.keepNanos = keep.toNanos();
    this.most = most;
  }

  synchronized Optional<V> get(K key) {
    Kept<V> kept = entries.get(key);
    if (kept == null) {
      return Optional.empty();
    }
    if (time.nanoTime() - kept.since() >= keepNanos) {
      entries.remove(key);
      return Optional.empty();
    }
    return Optional.of(kept.value());
  }

  synchronized void put(K key, V value) {
    entries.remove(key);
    entries.put(key, new Kept<>(value, time.nanoTime()));
    if (entries.size() > most) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  /** Changes a value without making it younger. */
  synchronized void replace(K key, V value) {
    entries.computeIfPresent(key, (k, kept) -> new Kept<>(value, kept.since()));
  }

  synchronized void remove(K key) {
    entries.remove(key);
  }
}
