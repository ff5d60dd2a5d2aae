package io.privatelink4j.aws;

import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** A host whose wall clock is ahead. */
final class TimeAhead implements Time {
  private final Time time;
  private final Duration ahead;

  TimeAhead(Time time, Duration ahead) {
    this.time = time;
    this.ahead = ahead;
  }

  @Override
  public Instant now() {
    return time.now().plus(ahead);
  }

  @Override
  public long nanoTime() {
    return time.nanoTime();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    time.sleep(duration);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return time.schedule(delay, task);
  }

  @Override
  public boolean isVirtual() {
    return time.isVirtual();
  }

  @Override
  public void await(CompletableFuture<?> future, Duration timeout)
      throws InterruptedException, TimeoutException {
    time.await(future, timeout);
  }
}
