package io.privatelink4j.aws;

import io.privatelink4j.spi.Time;
import io.privatelink4j.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Moves a {@link ManualTime} on when all of several threads sleep, to the moment when the first of
 * them wakes; so their sleeps overlap, as in real time.
 */
final class SharedTime implements Time {
  private static final int REAL_SECONDS = 30;

  private final ManualTime time;
  private final TreeMap<Long, Integer> wakings = new TreeMap<>();
  private int busy;

  SharedTime(ManualTime time, int threads) {
    this.time = time;
    busy = threads;
  }

  /** From now on so many threads are at work. */
  synchronized void threads(int count) {
    busy = count;
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public long nanoTime() {
    return time.nanoTime();
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (duration.isNegative() || duration.isZero()) {
      return;
    }
    long waking = time.nanoTime() + duration.toNanos();
    wakings.merge(waking, 1, Integer::sum);
    done();
    while (wakings.containsKey(waking)) {
      wait();
    }
  }

  /** One of the threads has nothing more to do, or sleeps. */
  synchronized void done() {
    busy--;
    if (busy == 0 && !wakings.isEmpty()) {
      var first = wakings.pollFirstEntry();
      busy += first.getValue();
      time.advance(Duration.ofNanos(Math.max(0, first.getKey() - time.nanoTime())));
      notifyAll();
    }
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return time.schedule(delay, task);
  }

  /** Whoever completes the future makes its waiter busy again before anybody moves the clock. */
  @Override
  public void await(CompletableFuture<?> future, Duration timeout)
      throws InterruptedException, TimeoutException {
    CompletableFuture<?> unused = future.whenComplete((result, failure) -> goesOn());
    done();
    try {
      future.get(REAL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // Complete all the same.
    }
  }

  private synchronized void goesOn() {
    busy++;
  }
}
