package io.privatelink4j.alicloud;

import io.privatelink4j.spi.SystemTime;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** Real time, in which a second can be shorter than a second. */
final class FakeTime implements Time, AutoCloseable {
  private final SystemTime time = new SystemTime();
  private final Instant began = time.now();
  private final long start = time.nanoTime();
  private final int speed;

  FakeTime(int speed) {
    this.speed = speed;
  }

  @Override
  public Instant now() {
    return began.plusNanos(nanoTime());
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
