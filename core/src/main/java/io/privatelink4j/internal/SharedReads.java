package io.privatelink4j.internal;

import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Keeps what was read for a while, and lets those who want it at the same moment share one read.
 * Thread-safe; no lock is held while anybody reads.
 */
final class SharedReads<K, V> {
  private final Expiring<K, V> kept;
  private final Map<K, CompletableFuture<Boolean>> underway = new ConcurrentHashMap<>();

  SharedReads(Time time, Duration keep, int most) {
    kept = new Expiring<>(time, keep, most);
  }

  /**
   * {@return what is kept, or else what is read now} If whoever reads fails, the others read for
   * themselves: a failure may be of its caller's own making.
   *
   * @param what what it is, for the message if the deadline comes first
   */
  V get(K key, Remote remote, Deadline deadline, String what, Supplier<V> read) {
    while (true) {
      Optional<V> known = kept.get(key);
      if (known.isPresent()) {
        return known.get();
      }
      CompletableFuture<Boolean> own = new CompletableFuture<>();
      CompletableFuture<Boolean> other = underway.putIfAbsent(key, own);
      if (other == null) {
        return read(key, own, read);
      }
      Boolean unused = remote.await(other, deadline, what, what + " is being read");
    }
  }

  private V read(K key, CompletableFuture<Boolean> own, Supplier<V> read) {
    try {
      // Somebody may have ended just before this read began.
      Optional<V> known = kept.get(key);
      if (known.isPresent()) {
        return known.get();
      }
      V value = read.get();
      kept.put(key, value);
      return value;
    } finally {
      underway.remove(key, own);
      own.complete(Boolean.TRUE);
    }
  }

  void forget(K key) {
    kept.remove(key);
  }
}
