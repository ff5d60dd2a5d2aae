package io.privatelink4j.testkit;

import io.privatelink4j.spi.SystemTime;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Real time, in which a second can be shorter than a second. Processes that agree on when it began
 * and on its speed agree on what time it is. Thread-safe.
 */
public final class FastTime implements Time, AutoCloseable {
  private final SystemTime time = new SystemTime();
  private final long start = time.nanoTime();
  private final Instant atStart;
  private final int speed;

  /**
   * Makes a clock.
   *
   * @param began when it showed the right time; from then on it has been fast
   * @param speed how many of its seconds pass in a second, at least 1
   */
  public FastTime(Instant began, int speed) {
    this.speed = speed;
    atStart = began.plus(Duration.between(began, time.now()).multipliedBy(speed));
  }

  @Override
  public Instant now() {
    return atStart.plusNanos(nanoTime());
  }

  @Override
  public long nanoTime() {
    return (time.nanoTime() - start) * speed;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    time.sleep(duration.dividedBy(speed));
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return time.schedule(delay.dividedBy(speed), task);
  }

  @Override
  public void await(CompletableFuture<?> future, Duration timeout)
      throws InterruptedException, TimeoutException {
    time.await(future, timeout.dividedBy(speed));
  }

  @Override
  public void close() {
    time.close();
  }
}
