package io.privatelink4j.alicloud;

/** A token bucket in virtual time. */
final class FakeBucket {
  private final double capacity;
  private final double perSecond;
  private double tokens;
  private long at;

  FakeBucket(double capacity, double perSecond, long now) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    tokens = capacity;
    at = now;
  }

  boolean take(long now) {
    tokens = Math.min(capacity, tokens + (now - at) / 1e9 * perSecond);
    at = now;
    // A full token, but for the error of adding fractions up.
    if (tokens < 1 - 1e-9) {
      return false;
    }
    tokens--;
    return true;
  }
}
