package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final ManualTime time = new ManualTime();

  @Test
  void left_countsDownToZeroAndNoFurther() {
    Deadline deadline = Deadline.in(time, Duration.ofSeconds(10));
    assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(10));
    time.advance(Duration.ofSeconds(4));
    assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(6));
    time.advance(Duration.ofSeconds(60));

    assertThat(deadline.left()).isZero();
  }

  @Test
  void passed_isTrueFromTheMomentOn() {
    Deadline deadline = Deadline.in(time, Duration.ofSeconds(10));
    time.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(deadline.passed()).isFalse();
    time.advance(Duration.ofNanos(1));

    assertThat(deadline.passed()).isTrue();
  }

  @Test
  void passed_ofNoTimeAtAll_isTrueAtOnce() {
    assertThat(Deadline.in(time, Duration.ZERO).passed()).isTrue();
  }

  @Test
  void elapsed_countsOnAfterTheDeadline() {
    Deadline deadline = Deadline.in(time, Duration.ofSeconds(10));
    time.advance(Duration.ofSeconds(25));

    assertThat(deadline.elapsed()).isEqualTo(Duration.ofSeconds(25));
  }

  @Test
  void atMost_ofLessThanIsLeft_isEarlier() {
    Deadline deadline = Deadline.in(time, Duration.ofSeconds(10));
    time.advance(Duration.ofSeconds(2));

    assertThat(deadline.atMost(Duration.ofSeconds(3)).left()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void atMost_ofMoreThanIsLeft_isTheSameMoment() {
    Deadline deadline = Deadline.in(time, Duration.ofSeconds(10));
    time.advance(Duration.ofSeconds(8));

    assertThat(deadline.atMost(Duration.ofSeconds(3)).left()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void left_ofTheLongestTimeout_doesNotOverflow() {
    Deadline deadline = Deadline.in(time, Duration.ofSeconds(Long.MAX_VALUE));
    time.advance(Duration.ofSeconds(1));

    assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(Long.MAX_VALUE - 1));
    assertThat(deadline.passed()).isFalse();
  }
}
