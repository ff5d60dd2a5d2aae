package io.privatelink4j.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * The only way by which time enters the library, so that tests run in virtual time. Thread-safe.
 *
 * @see SystemTime
 */
public interface Time {

  /** {@return the wall clock, for times that people read} */
  Instant now();

  /**
   * {@return a monotonic clock, for measuring and for deadlines; only differences mean something}
   */
  long nanoTime();

  /**
   * Waits.
   *
   * @param duration how long; zero or less returns at once
   * @throws InterruptedException if the thread is interrupted
   */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Runs a task later. The task must be short and must not throw: long work belongs on an executor.
   *
   * @param delay how long to wait first
   * @param task what to run
   * @return a handle with which the task can be cancelled as long as it has not begun
   */
  Cancellable schedule(Duration delay, Runnable task);

  /**
   * {@return whether time passes only as its callers move it, default no} With a virtual clock, a
   * client without an executor of its own works on the thread that moves the clock.
   */
  default boolean isVirtual() {
    return false;
  }

  /**
   * Waits for a future. A virtual clock moves on while its caller waits here.
   *
   * @param future what to wait for
   * @param timeout how long at most
   * @throws InterruptedException if the thread is interrupted
   * @throws TimeoutException if the future is not complete by then
   */
  void await(CompletableFuture<?> future, Duration timeout)
      throws InterruptedException, TimeoutException;

  /** A task that has not begun yet. */
  @FunctionalInterface
  interface Cancellable {
    /** Cancels the task; without effect once it has begun. */
    void cancel();
  }
}
