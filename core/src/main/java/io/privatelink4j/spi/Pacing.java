package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Keeps calls within the clouds' published budgets: one token bucket per account (and region,
 * unless global) and call family. One object per client by default; clients of one process that use
 * the same accounts should share one. Thread-safe; holds no lock while anybody waits.
 *
 * <p>A throttling answer halves a bucket's rate, down to a sixteenth; ten seconds without another
 * one add a tenth of the full rate back.
 */
public final class Pacing {
  private static final double SLOWEST = 1.0 / 16;
  private static final double RECOVERY_STEP = 0.1;
  private static final double RECOVERY_SECONDS = 10;

  private final Time time;
  private final Map<String, CallFamily> budgets;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * Makes full buckets with the budgets that the drivers declare.
   *
   * @param time the clock; the same as the clients'
   */
  public Pacing(Time time) {
    this(time, List.of());
  }

  /**
   * Makes full buckets, some with other budgets than the drivers declare: the cloud may have raised
   * an account's limit, or nobody else may use the account.
   *
   * @param time the clock; the same as the clients'
   * @param budgets each replaces the driver's family of the same name; the names are listed in
   *     {@code docs/performance.md}
   * @throws IllegalArgumentException if two have the same name
   */
  public Pacing(Time time, Collection<CallFamily> budgets) {
    this.time = requireNonNull(time, "time");
    Map<String, CallFamily> byName = new HashMap<>();
    for (CallFamily budget : budgets) {
      if (byName.put(budget.name(), budget) != null) {
        throw new IllegalArgumentException("two budgets are named " + budget.name());
      }
    }
    this.budgets = Map.copyOf(byName);
  }

  /**
   * Takes a turn.
   *
   * @param owner whose budget it is: account and region, the text before the last {@code /} being
   *     equal for all regions of an account
   * @param family the budget
   * @param patience how long the caller can wait
   * @return how long to wait before the call; empty, and no turn taken, if that is longer than the
   *     patience
   */
  public Optional<Duration> reserve(String owner, CallFamily family, Duration patience) {
    return bucket(owner, family).reserve(time.nanoTime(), nanos(patience)).map(Duration::ofNanos);
  }

  /**
   * Tells that the cloud refused a call for being one too many.
   *
   * @param owner whose budget it is, as in {@link #reserve}
   * @param family the budget
   */
  public void throttled(String owner, CallFamily family) {
    bucket(owner, family).throttled(time.nanoTime());
  }

  /** A patience of centuries is as good as one of three. */
  private static long nanos(Duration patience) {
    return patience.toSeconds() >= TimeUnit.NANOSECONDS.toSeconds(Long.MAX_VALUE)
        ? Long.MAX_VALUE
        : patience.toNanos();
  }

  private Bucket bucket(String owner, CallFamily declared) {
    CallFamily family = budgets.getOrDefault(declared.name(), declared);
    String payer =
        family.global() ? owner.substring(0, Math.max(0, owner.lastIndexOf('/'))) : owner;
    return buckets.computeIfAbsent(
        payer + '|' + family.name(), key -> new Bucket(family, time.nanoTime()));
  }

  /** Tokens may go below zero: that is the queue of those who wait. */
  private static final class Bucket {
    private final CallFamily family;
    private double tokens;
    private double rateFactor = 1;
    private long refilledAt;
    private long slowedAt;

    Bucket(CallFamily family, long now) {
      this.family = family;
      tokens = family.capacity();
      refilledAt = now;
      slowedAt = now;
    }

    synchronized Optional<Long> reserve(long now, long patienceNanos) {
      refill(now);
      double rate = family.perSecond() * rateFactor;
      double missing = 1 - tokens;
      long waitNanos = missing <= 0 ? 0 : (long) Math.ceil(missing / rate * 1e9);
      if (waitNanos > patienceNanos) {
        return Optional.empty();
      }
      tokens -= 1;
      return Optional.of(waitNanos);
    }

    synchronized void throttled(long now) {
      refill(now);
      rateFactor = Math.max(SLOWEST, rateFactor / 2);
      tokens = Math.min(tokens, 0);
      slowedAt = now;
    }

    private void refill(long now) {
      double seconds = Math.max(0, (now - refilledAt) / 1e9);
      tokens = Math.min(family.capacity(), tokens + seconds * family.perSecond() * rateFactor);
      refilledAt = Math.max(refilledAt, now);
      double calmSeconds = (now - slowedAt) / 1e9;
      if (rateFactor < 1 && calmSeconds >= RECOVERY_SECONDS) {
        double steps = Math.floor(calmSeconds / RECOVERY_SECONDS);
        rateFactor = Math.min(1, rateFactor + steps * RECOVERY_STEP);
        slowedAt += (long) (steps * RECOVERY_SECONDS * 1e9);
      }
    }
  }
}
