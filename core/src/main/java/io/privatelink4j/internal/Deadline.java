package io.privatelink4j.internal;

import io.privatelink4j.spi.Time;
import java.time.Duration;

/** The moment by which an operation has to end. */
public final class Deadline {
  private final Time time;
  private final long startNanos;
  private final Duration timeout;

  private Deadline(Time time, Duration timeout) {
    this.time = time;
    this.startNanos = time.nanoTime();
    this.timeout = timeout;
  }

  /**
   * {@return a deadline from now on}
   *
   * @param time the clock
   * @param timeout how long from now
   */
  public static Deadline in(Time time, Duration timeout) {
    return new Deadline(time, timeout);
  }

  /** {@return how much time is left, never negative} */
  Duration left() {
    Duration left = timeout.minus(elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  Duration elapsed() {
    return Duration.ofNanos(time.nanoTime() - startNanos);
  }

  boolean passed() {
    return left().isZero();
  }

  /** {@return the earlier of this deadline and one from now on} */
  Deadline atMost(Duration timeoutFromNow) {
    return new Deadline(time, Durations.min(left(), timeoutFromNow));
  }
}
