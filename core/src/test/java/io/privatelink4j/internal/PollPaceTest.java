package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollPaceTest {
  @ParameterizedTest
  @CsvSource({
    "PT2S, PT0S, PT3S",
    "PT20S, PT2M, PT30S",
    "PT30S, PT59M, PT30S",
    "PT30S, PT1H, PT30S",
    "PT30S, PT80M, PT40S",
    "PT30S, PT2H, PT45S",
    "PT59S, PT2H, PT1M",
    "PT4M, PT10H, PT5M",
    "PT5M, PT48H, PT5M"
  })
  void longer_growsByHalfUpToWhatTheTimeWaitedAllows(
      Duration pause, Duration quiet, Duration next) {
    assertThat(PollPace.longer(pause.toNanos(), quiet.toNanos())).isEqualTo(next.toNanos());
  }

  @Test
  void jittered_takesATenthAtMost() {
    Random random = new Random(1);
    LongSummaryStatistics pauses =
        LongStream.generate(() -> PollPace.jittered(1_000, random))
            .limit(10_000)
            .summaryStatistics();

    assertThat(pauses.getMin()).isEqualTo(900);
    assertThat(pauses.getMax()).isEqualTo(1_000);
    assertThat(PollPace.jittered(0, random)).isZero();
  }
}
