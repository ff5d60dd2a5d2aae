package io.privatelink4j.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a wait pauses between two reads: seldom enough to be cheap, often enough to be news.
 *
 * <p>The n-th pause after the last news (the wait's begin, another public state than before, or a
 * refresh) is {@code min(2 s × 1.5^n, longest)}, less a random part of up to a tenth of it, where
 * {@code longest = clamp(quiet / 120, 30 s, 5 min)} and {@code quiet} is the time since that news.
 * So a change is noticed within 30 s in the first hour, and later within a hundredth of the time
 * that was waited for it.
 */
final class PollPace {
  static final Duration FIRST = Duration.ofSeconds(2);

  /** The longest pause as long as the last news is not older than an hour. */
  static final Duration LONGEST_AT_FIRST = Duration.ofSeconds(30);

  static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int QUIET_PER_PAUSE = 120;
  private static final int JITTER = 10;

  private PollPace() {}

  /**
   * {@return the pause that follows another one without news, before jitter}
   *
   * @param pause the last one, in nanoseconds
   * @param quiet how long ago the last news was, in nanoseconds
   */
  static long longer(long pause, long quiet) {
    long longest =
        Math.max(LONGEST_AT_FIRST.toNanos(), Math.min(LONGEST.toNanos(), quiet / QUIET_PER_PAUSE));
    return Math.min(longest, pause * 3 / 2);
  }

  /**
   * {@return a pause, shortened a little so that clients that began together do not stay so}
   *
   * @param pause in nanoseconds
   */
  static long jittered(long pause, RandomGenerator random) {
    return pause - random.nextLong(1 + pause / JITTER);
  }
}
