package io.privatelink4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The one test class in which real time passes: some milliseconds. */
class SystemTimeTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final SystemTime time = new SystemTime();

  @AfterEach
  void close() {
    Thread.interrupted();
    time.close();
  }

  @Test
  void now_isTheSystemsTime() {
    assertThat(time.now()).isCloseTo(Instant.now(), within(30, ChronoUnit.SECONDS));
  }

  @Test
  void nanoTime_runsOn() {
    long before = time.nanoTime();

    assertThat(time.nanoTime() - before).isNotNegative();
  }

  @Test
  void sleep_takesAtLeastItsTime() throws InterruptedException {
    long before = time.nanoTime();
    time.sleep(Duration.ofMillis(5));

    assertThat(time.nanoTime() - before).isGreaterThanOrEqualTo(5_000_000L);
  }

  @Test
  void sleep_ofNothing_returnsAtOnceEvenIfInterrupted() {
    Thread.currentThread().interrupt();

    assertThatNoException()
        .isThrownBy(
            () -> {
              time.sleep(Duration.ZERO);
              time.sleep(Duration.ofSeconds(-1));
            });
  }

  @Test
  void sleep_whenInterrupted_ends() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> time.sleep(LONG));
  }

  @Test
  void schedule_runsTheTaskOnADaemonThread() throws Exception {
    CompletableFuture<Boolean> daemon = new CompletableFuture<>();
    time.schedule(Duration.ofMillis(1), () -> daemon.complete(Thread.currentThread().isDaemon()));

    assertThat(daemon.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void schedule_intoThePast_runsTheTaskAtOnce() throws Exception {
    CompletableFuture<String> ran = new CompletableFuture<>();
    time.schedule(Duration.ofSeconds(-5), () -> ran.complete("yes"));

    assertThat(ran.get(30, TimeUnit.SECONDS)).isEqualTo("yes");
  }

  @Test
  void schedule_whenCancelled_doesNotRun() throws Exception {
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    CompletableFuture<String> later = new CompletableFuture<>();
    Time.Cancellable handle = time.schedule(Duration.ofMillis(10), () -> cancelled.complete("ran"));
    handle.cancel();
    time.schedule(Duration.ofMillis(20), () -> later.complete("ran"));

    assertThat(later.get(30, TimeUnit.SECONDS)).isEqualTo("ran");
    assertThat(cancelled).isNotDone();
  }

  @Test
  void await_ofACompleteFuture_returnsHoweverItEnded() {
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    cancelled.cancel(false);

    assertThatNoException()
        .isThrownBy(
            () -> {
              time.await(CompletableFuture.completedFuture("x"), Duration.ZERO);
              time.await(CompletableFuture.failedFuture(new IllegalStateException()), LONG);
              time.await(cancelled, LONG);
            });
  }

  @Test
  void await_ofAFutureThatCompletes_returns() {
    CompletableFuture<String> future = new CompletableFuture<>();
    time.schedule(Duration.ofMillis(5), () -> future.complete("x"));

    assertThatNoException().isThrownBy(() -> time.await(future, LONG));
    assertThat(future).isCompletedWithValue("x");
  }

  @Test
  void await_ofAFutureThatDoesNot_timesOut() {
    CompletableFuture<String> future = new CompletableFuture<>();

    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> time.await(future, Duration.ofMillis(5)));
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> time.await(future, Duration.ofSeconds(-1)));
    assertThat(future).isNotDone();
  }

  @Test
  void await_whenInterrupted_ends() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> time.await(new CompletableFuture<>(), LONG));
  }

  @Test
  void close_dropsWhatHasNotBegunAndCanBeRepeated() {
    CompletableFuture<String> future = new CompletableFuture<>();
    time.schedule(Duration.ofMillis(10), () -> future.complete("ran"));
    time.close();
    time.close();

    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> time.await(future, Duration.ofMillis(30)));
  }
}
