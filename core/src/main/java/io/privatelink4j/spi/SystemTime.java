package io.privatelink4j.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Real time: the system's clocks and one daemon thread for scheduled tasks, which {@link #close}
 * ends. Thread-safe.
 */
public final class SystemTime implements Time, AutoCloseable {
  private final ScheduledThreadPoolExecutor scheduler;

  /** Starts a clock of its own; the thread begins with the first scheduled task. */
  public SystemTime() {
    scheduler =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "privatelink4j-timer");
              thread.setDaemon(true);
              return thread;
            });
    scheduler.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (!duration.isNegative() && !duration.isZero()) {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    ScheduledFuture<?> scheduled =
        scheduler.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  @Override
  public void await(CompletableFuture<?> future, Duration timeout)
      throws InterruptedException, TimeoutException {
    try {
      future.get(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException e) {
      // Complete, in whichever way: the caller looks at the future itself.
    }
  }

  /** Ends the thread; scheduled tasks that have not begun are dropped. */
  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
