package io.privatelink4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualTime time = new ManualTime();
  private final List<String> ran = new ArrayList<>();

  @Test
  void standsStillUntilItIsMoved() {
    long before = time.nanoTime();

    assertThat(time.now()).isEqualTo(START);
    time.advance(Duration.ofMillis(1_500));

    assertThat(time.now()).isEqualTo(START.plusMillis(1_500));
    assertThat(time.nanoTime() - before).isEqualTo(1_500_000_000L);
  }

  @Test
  void theTwoClocksCannotBeMixedUp() {
    long wallNanos = START.getEpochSecond() * 1_000_000_000L;

    assertThat(Math.abs(time.nanoTime() - wallNanos)).isGreaterThan(1_000_000_000_000L);
  }

  @Test
  void runsTasksInTheOrderOfTheirDueTimesEachAtItsMoment() {
    time.schedule(Duration.ofSeconds(3), () -> ran.add("c@" + seconds()));
    time.schedule(SECOND, () -> ran.add("a@" + seconds()));
    time.schedule(SECOND, () -> ran.add("b@" + seconds()));
    time.schedule(Duration.ofSeconds(9), () -> ran.add("d@" + seconds()));

    time.advance(Duration.ofSeconds(5));

    assertThat(ran).containsExactly("a@1", "b@1", "c@3");
    assertThat(seconds()).isEqualTo(5);
    assertThat(time.pending()).isEqualTo(1);
  }

  @Test
  void runsWhatATaskSchedulesIfItFallsDueOnTheWay() {
    time.schedule(SECOND, () -> time.schedule(SECOND, () -> ran.add("second@" + seconds())));

    time.advance(Duration.ofSeconds(2));

    assertThat(ran).containsExactly("second@2");
  }

  @Test
  void aNegativeDelayIsDueAtOnce() {
    time.schedule(SECOND.negated(), () -> ran.add("late"));

    time.advance(Duration.ZERO);

    assertThat(ran).containsExactly("late");
  }

  @Test
  void aCancelledTaskDoesNotRun() {
    Time.Cancellable task = time.schedule(SECOND, () -> ran.add("never"));

    task.cancel();
    task.cancel();
    time.advance(Duration.ofSeconds(2));

    assertThat(ran).isEmpty();
    assertThat(time.pending()).isZero();
  }

  @Test
  void doesNotRunBackwards() {
    assertThatThrownBy(() -> time.advance(SECOND.negated()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backwards");
  }

  @Test
  void aFailingTaskFailsWhoeverMovesTheClock() {
    time.schedule(
        SECOND,
        () -> {
          throw new IllegalStateException("broken task");
        });

    assertThatThrownBy(() -> time.advance(Duration.ofSeconds(2))).hasMessage("broken task");
    assertThat(seconds()).isEqualTo(1);
  }

  @Test
  void sleepMovesTheClockRunsTasksAndIsRecorded() throws InterruptedException {
    time.schedule(SECOND, () -> ran.add("on the way"));

    time.sleep(Duration.ofSeconds(2));
    time.sleep(Duration.ZERO);
    time.sleep(SECOND.negated());
    time.sleep(SECOND);

    assertThat(ran).containsExactly("on the way");
    assertThat(seconds()).isEqualTo(3);
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(2), SECOND);
  }

  @Test
  void anInterruptedThreadDoesNotSleep() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> time.sleep(SECOND)).isInstanceOf(InterruptedException.class);
    assertThat(time.sleeps()).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void awaitGoesFromTaskToTaskUntilTheFutureIsComplete() throws Exception {
    CompletableFuture<String> future = new CompletableFuture<>();
    poll(future, 5);

    time.await(future, Duration.ofMinutes(30));

    assertThat(ran).containsExactly("poll@2", "poll@4", "poll@6", "poll@8", "poll@10");
    assertThat(seconds()).isEqualTo(10);
  }

  private void poll(CompletableFuture<String> future, int times) {
    time.schedule(
        Duration.ofSeconds(2),
        () -> {
          ran.add("poll@" + seconds());
          if (times == 1) {
            future.complete("done");
          } else {
            poll(future, times - 1);
          }
        });
  }

  @Test
  void awaitReturnsAtOnceIfTheFutureIsComplete() throws Exception {
    time.await(CompletableFuture.completedFuture("done"), Duration.ZERO);

    assertThat(seconds()).isZero();
  }

  @Test
  void awaitTakesAnyCompletionAsTheEnd() throws Exception {
    CompletableFuture<String> failed = new CompletableFuture<>();
    time.schedule(SECOND, () -> failed.completeExceptionally(new IllegalStateException("no")));
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    time.schedule(Duration.ofSeconds(2), () -> cancelled.cancel(false));

    time.await(failed, Duration.ofMinutes(1));
    time.await(cancelled, Duration.ofMinutes(1));

    assertThat(seconds()).isEqualTo(2);
  }

  @Test
  void awaitGivesUpAtTheDeadlineNotBeforeAndNotLater() {
    CompletableFuture<String> future = new CompletableFuture<>();
    poll(future, 100);

    assertThatThrownBy(() -> time.await(future, Duration.ofSeconds(5)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("PT5S");
    assertThat(seconds()).isEqualTo(5);
    assertThat(ran).containsExactly("poll@2", "poll@4");
  }

  @Test
  void awaitGivesUpIfNothingIsScheduledAndNobodyElseCompletesTheFuture() {
    assertThatThrownBy(() -> time.await(new CompletableFuture<>(), Duration.ofHours(1)))
        .isInstanceOf(TimeoutException.class);
    assertThat(seconds()).isEqualTo(3_600);
  }

  @Test
  void aSingleThreadedClockWaitsForNobody() throws Exception {
    ManualTime single = ManualTime.singleThreaded();
    CompletableFuture<String> future = new CompletableFuture<>();
    for (int i = 1; i <= 10_000; i++) {
      single.schedule(Duration.ofMillis(i), () -> {});
    }
    single.schedule(Duration.ofMillis(9_999), () -> future.complete("done"));

    single.await(future, Duration.ofHours(1));

    assertThat(single.now()).isEqualTo(START.plusMillis(9_999));
    assertThat(single.pending()).isEqualTo(1);
    assertThatThrownBy(() -> single.await(new CompletableFuture<>(), SECOND))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> single.await(new CompletableFuture<>(), SECOND))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void awaitEndsWhenItsThreadIsInterrupted() {
    time.schedule(SECOND, () -> Thread.currentThread().interrupt());
    time.schedule(Duration.ofSeconds(2), () -> ran.add("never"));

    assertThatThrownBy(() -> time.await(new CompletableFuture<>(), Duration.ofHours(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(ran).isEmpty();
    assertThat(seconds()).isEqualTo(1);
  }

  @Test
  void awaitLetsAnotherThreadFinishBeforeItMovesTheClock() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<String> future = new CompletableFuture<>();
      time.schedule(Duration.ofMinutes(20), () -> ran.add("far away"));
      time.schedule(SECOND, () -> pool.execute(() -> pollOn(pool, future, 3)));

      time.await(future, Duration.ofMinutes(30));

      assertThat(ran).isEmpty();
      assertThat(seconds()).isEqualTo(7);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Each poll runs on the pool and schedules the next one from there. */
  private void pollOn(ExecutorService pool, CompletableFuture<String> future, int times) {
    if (time.nanoTime() > 0 && times == 0) {
      future.complete("done");
      return;
    }
    time.schedule(Duration.ofSeconds(2), () -> pool.execute(() -> pollOn(pool, future, times - 1)));
  }

  @Test
  void awaitIsWokenByAThreadThatNeverUsesTheClock() throws Exception {
    CompletableFuture<String> future = new CompletableFuture<>();
    Thread other = new Thread(() -> future.complete("done"));
    time.schedule(SECOND, other::start);

    time.await(future, Duration.ofMinutes(30));

    assertThat(seconds()).isEqualTo(1);
    assertThat(future.join()).isEqualTo("done");
  }

  @Test
  void awaitSeesACancelledFutureOfAnotherThread() throws Exception {
    CompletableFuture<String> future = new CompletableFuture<>();
    time.schedule(SECOND, () -> new Thread(() -> future.cancel(true)).start());

    time.await(future, Duration.ofMinutes(30));

    assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
    assertThat(seconds()).isEqualTo(1);
  }

  @Test
  void severalThreadsSleepAtTheSameTime() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int n = 0; n < 100; n++) {
                    time.sleep(Duration.ofMillis(10));
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(time.sleeps()).hasSize(800);
    assertThat(time.now()).isBetween(START.plusSeconds(1), START.plusSeconds(8));
  }

  private long seconds() {
    return Duration.between(START, time.now()).toSeconds();
  }
}
