package io.privatelink4j.testing;

import io.privatelink4j.spi.CallFamily;
import java.util.HashMap;
import java.util.Map;

/** The cloud's own token buckets, which refuse a call instead of letting it wait. */
final class Budgets {
  private final Map<String, Bucket> buckets = new HashMap<>();

  /** {@return whether a call may come now} */
  boolean take(CallFamily family, String region, long now) {
    String key = family.global() ? family.name() : family.name() + '/' + region;
    return buckets.computeIfAbsent(key, unused -> new Bucket(family, now)).take(now);
  }

  private static final class Bucket {
    private final CallFamily family;
    private double tokens;
    private long filledAt;

    Bucket(CallFamily family, long now) {
      this.family = family;
      tokens = family.capacity();
      filledAt = now;
    }

    boolean take(long now) {
      tokens = Math.min(family.capacity(), tokens + (now - filledAt) / 1e9 * family.perSecond());
      filledAt = now;
      if (tokens < 1) {
        return false;
      }
      tokens -= 1;
      return true;
    }
  }
}
