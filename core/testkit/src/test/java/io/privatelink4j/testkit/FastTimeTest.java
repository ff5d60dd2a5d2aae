package io.privatelink4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FastTimeTest {
  private static final int HOUR_IN_36_MILLIS = 100_000;

  @Test
  void hour_passesInAMoment() throws Exception {
    try (FastTime time = new FastTime(Instant.now(), HOUR_IN_36_MILLIS)) {
      Instant before = time.now();
      long nanosBefore = time.nanoTime();
      CompletableFuture<Instant> told = new CompletableFuture<>();
      time.schedule(Duration.ofHours(2), () -> told.complete(time.now()));

      time.sleep(Duration.ofHours(1));
      time.await(told, Duration.ofDays(365));

      assertThat(Duration.between(before, told.join())).isGreaterThan(Duration.ofHours(2));
      assertThat(Duration.ofNanos(time.nanoTime() - nanosBefore))
          .isGreaterThan(Duration.ofHours(2));
    }
  }

  @Test
  void processes_thatAgreeOnTheBeginning_agreeOnTheTime() {
    Instant began = Instant.now().minusSeconds(3600);
    try (FastTime one = new FastTime(began, 10);
        FastTime other = new FastTime(began, 10)) {
      Instant earlier = one.now();
      Instant between = other.now();
      Instant later = one.now();

      assertThat(earlier).isAfter(began.plusSeconds(36_000));
      // The wall clock is not as fine as the other one.
      assertThat(between).isBetween(earlier.minusSeconds(1), later.plusSeconds(1));
    }
  }
}
