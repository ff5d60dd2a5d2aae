package io.privatelink4j.internal;

import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * What a client was built with.
 *
 * @param time the clock
 * @param random where ids and jitter come from
 * @param consistencyWindow how long a cloud may take to show what was written
 * @param quietPeriod how long a drift is left alone, as somebody may be at work on it
 * @param maxConnectionsPerCluster how many connections a cluster may have
 * @param maxDomainsPerConnection how many domains a connection may have
 */
public record Settings(
    Time time,
    RandomGenerator random,
    Duration consistencyWindow,
    Duration quietPeriod,
    int maxConnectionsPerCluster,
    int maxDomainsPerConnection) {

  /** Whoever decides by what was read writes within this time, or looks again before the end. */
  static final Duration PROMPT = Duration.ofSeconds(5);

  /** Time of its own for taking back what must not be left behind when an operation fails. */
  static final Duration UNDO = Duration.ofSeconds(60);

  /**
   * Time of its own, after a failure, for one look, or for the label that nobody needs any more.
   */
  static final Duration LOOK = Duration.ofSeconds(5);

  /** {@return the deadline for acting on what is read now} */
  Deadline prompt() {
    return Deadline.in(time, PROMPT);
  }

  /**
   * {@return for how long two that read and then write may miss each other} The other's read may
   * not have shown what was written, its own write comes promptly after that, and shows as late.
   */
  Duration rivalsHidden() {
    return consistencyWindow.multipliedBy(2).plus(PROMPT).plusSeconds(1);
  }

  /**
   * {@return how long what was written then may still be hidden from others} Labels keep whole
   * seconds, and a clock that is ahead must not stop anybody: it is the consistency window and a
   * second at most.
   *
   * @param since when it was written
   */
  Duration hiddenFor(Instant since) {
    Duration most = consistencyWindow.plusSeconds(1);
    Duration left = most.minus(Duration.between(since, time.now()));
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return Durations.min(left, most);
  }
}
