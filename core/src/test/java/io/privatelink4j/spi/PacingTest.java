package io.privatelink4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.privatelink4j.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PacingTest {
  private static final String WEST = "aws/111/us-west-2";
  private static final String EAST = "aws/111/us-east-1";
  private static final String OTHER_ACCOUNT = "aws/222/us-west-2";
  private static final CallFamily CREATE = new CallFamily("ec2-create", 4, 0.3, false);
  private static final CallFamily ROUTE53 = new CallFamily("route53", 1, 3, true);
  private static final CallFamily STEADY = new CallFamily("steady", 1, 1, false);
  private static final Duration PATIENT = Duration.ofHours(1);

  private final ManualTime time = new ManualTime();
  private final Pacing pacing = new Pacing(time);

  private Duration turn(String scope, CallFamily family) {
    return pacing.reserve(scope, family, PATIENT).orElseThrow();
  }

  private static Duration nanos(double seconds) {
    return Duration.ofNanos((long) Math.ceil(seconds * 1e9));
  }

  // --- the bucket ---

  @Test
  void reserve_ofAFullBucket_needsNoWaitUpToItsCapacity() {
    for (int i = 0; i < 4; i++) {
      assertThat(turn(WEST, CREATE)).isZero();
    }

    assertThat(turn(WEST, CREATE)).isPositive();
  }

  @Test
  void reserve_ofTheFifthCreate_waitsForOneTurnToComeBack() {
    for (int i = 0; i < 4; i++) {
      turn(WEST, CREATE);
    }

    assertThat(turn(WEST, CREATE)).isEqualTo(nanos(1 / 0.3));
    assertThat(turn(WEST, CREATE).toMillis()).isEqualTo(6666);
    assertThat(turn(WEST, CREATE).toMillis()).isEqualTo(10_000);
  }

  @Test
  void reserve_afterAWhile_countsWhatCameBack() {
    for (int i = 0; i < 4; i++) {
      turn(WEST, CREATE);
    }
    time.advance(Duration.ofSeconds(2));

    assertThat(turn(WEST, CREATE).toMillis()).isEqualTo(1333);
  }

  @Test
  void reserve_afterALongTime_hasNoMoreThanTheCapacity() {
    for (int i = 0; i < 4; i++) {
      turn(WEST, CREATE);
    }
    time.advance(Duration.ofDays(1));
    for (int i = 0; i < 4; i++) {
      assertThat(turn(WEST, CREATE)).isZero();
    }

    assertThat(turn(WEST, CREATE).toMillis()).isEqualTo(3333);
  }

  @Test
  void reserve_ofThoseWhoWait_queuesThemUp() {
    assertThat(turn(WEST, STEADY)).isZero();
    for (int i = 1; i <= 5; i++) {
      assertThat(turn(WEST, STEADY)).isEqualTo(Duration.ofSeconds(i));
    }
  }

  // --- patience ---

  @Test
  void reserve_beyondThePatience_isEmptyAndTakesNoTurn() {
    turn(WEST, STEADY);

    assertThat(pacing.reserve(WEST, STEADY, Duration.ofMillis(999))).isEmpty();
    assertThat(pacing.reserve(WEST, STEADY, Duration.ofMillis(999))).isEmpty();
    assertThat(turn(WEST, STEADY)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void reserve_withJustEnoughPatience_takesTheTurn() {
    turn(WEST, STEADY);

    assertThat(pacing.reserve(WEST, STEADY, Duration.ofSeconds(1))).contains(Duration.ofSeconds(1));
  }

  @Test
  void reserve_withoutPatience_takesWhatIsFree() {
    assertThat(pacing.reserve(WEST, STEADY, Duration.ZERO)).contains(Duration.ZERO);
    assertThat(pacing.reserve(WEST, STEADY, Duration.ZERO)).isEmpty();
  }

  @Test
  void reserve_withEndlessPatience_waits() {
    turn(WEST, STEADY);

    assertThat(pacing.reserve(WEST, STEADY, Duration.ofSeconds(Long.MAX_VALUE)))
        .contains(Duration.ofSeconds(1));
  }

  // --- who shares ---

  @Test
  void reserve_ofARegionalFamily_isPerRegion() {
    turn(WEST, STEADY);

    assertThat(turn(EAST, STEADY)).isZero();
  }

  @Test
  void reserve_ofAGlobalFamily_isSharedByAnAccountsRegions() {
    assertThat(turn(WEST, ROUTE53)).isZero();
    assertThat(turn(EAST, ROUTE53)).isEqualTo(nanos(1 / 3.0));
  }

  @Test
  void reserve_ofAGlobalFamily_isNotSharedBetweenAccounts() {
    turn(WEST, ROUTE53);

    assertThat(turn(OTHER_ACCOUNT, ROUTE53)).isZero();
  }

  @Test
  void reserve_ofAnotherFamily_hasItsOwnBudget() {
    turn(WEST, STEADY);

    assertThat(turn(WEST, new CallFamily("other", 1, 1, false))).isZero();
  }

  @Test
  void reserve_onAnotherPacing_hasItsOwnBudget() {
    turn(WEST, STEADY);

    assertThat(new Pacing(time).reserve(WEST, STEADY, Duration.ZERO)).contains(Duration.ZERO);
  }

  // --- throttling ---

  @Test
  void throttled_halvesTheRateAndEmptiesTheBucket() {
    CallFamily family = new CallFamily("f", 10, 1, false);
    turn(WEST, family);
    pacing.throttled(WEST, family);

    assertThat(turn(WEST, family)).isEqualTo(Duration.ofSeconds(2));
    assertThat(turn(WEST, family)).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void throttled_leavesTheQueueAsItIs() {
    turn(WEST, STEADY);
    turn(WEST, STEADY);
    pacing.throttled(WEST, STEADY);

    // One waits already: this is the second in line, at half the rate.
    assertThat(turn(WEST, STEADY)).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void throttled_againAndAgain_isNoSlowerThanASixteenth() {
    for (int i = 0; i < 10; i++) {
      pacing.throttled(WEST, STEADY);
    }

    assertThat(turn(WEST, STEADY)).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void throttled_slowsItsOwnBucketOnly() {
    pacing.throttled(WEST, STEADY);

    assertThat(turn(EAST, STEADY)).isZero();
  }

  @Test
  void throttled_inOneRegion_slowsAGlobalFamilyEverywhere() {
    pacing.throttled(WEST, ROUTE53);

    assertThat(turn(EAST, ROUTE53)).isEqualTo(nanos(1 / 1.5));
  }

  /** Empties the bucket and tells how long a turn takes to come back. */
  private double secondsPerTurn() {
    while (pacing.reserve(WEST, STEADY, Duration.ZERO).isPresent()) {
      // Take all that is there.
    }
    Duration first = turn(WEST, STEADY);
    return turn(WEST, STEADY).minus(first).toNanos() / 1e9;
  }

  @Test
  void throttled_recoversByATenthEveryTenSeconds() {
    pacing.throttled(WEST, STEADY);
    time.advance(Duration.ofMillis(9999));
    assertThat(secondsPerTurn()).isCloseTo(1 / 0.5, org.assertj.core.data.Offset.offset(1e-6));
    time.advance(Duration.ofMillis(1));
    assertThat(secondsPerTurn()).isCloseTo(1 / 0.6, org.assertj.core.data.Offset.offset(1e-6));
    time.advance(Duration.ofSeconds(20));
    assertThat(secondsPerTurn()).isCloseTo(1 / 0.8, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void throttled_afterAMinuteOfCalm_isBackAtTheFullRate() {
    pacing.throttled(WEST, STEADY);
    time.advance(Duration.ofMinutes(1));

    assertThat(secondsPerTurn()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void throttled_againMeanwhile_beginsTheCalmAnew() {
    pacing.throttled(WEST, STEADY);
    time.advance(Duration.ofSeconds(9));
    pacing.throttled(WEST, STEADY);
    time.advance(Duration.ofSeconds(9));

    assertThat(secondsPerTurn()).isCloseTo(4, org.assertj.core.data.Offset.offset(1e-6));
  }

  // --- never too many ---

  @Property(tries = 200)
  void reserve_inAnyRhythm_neverGivesMoreThanTheBudget(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 4000) Integer> pauses) {
    ManualTime clock = new ManualTime();
    Pacing paced = new Pacing(clock);
    long start = clock.nanoTime();
    List<Double> sentAt = new ArrayList<>();
    for (int pause : pauses) {
      clock.advance(Duration.ofMillis(pause));
      Duration wait = paced.reserve(WEST, CREATE, PATIENT).orElseThrow();
      sentAt.add((clock.nanoTime() - start + wait.toNanos()) / 1e9);
    }

    for (int from = 0; from < sentAt.size(); from++) {
      for (int to = from; to < sentAt.size(); to++) {
        double seconds = sentAt.get(to) - sentAt.get(from);
        assertThat(to - from + 1).isLessThanOrEqualTo((int) Math.floor(4 + seconds * 0.3 + 1e-6));
      }
    }
  }

  @Test
  void reserve_fromManyThreads_givesEachTurnOnce() throws InterruptedException, ExecutionException {
    int threads = 8;
    int each = 250;
    CallFamily family = new CallFamily("f", 100, 10, false);
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        done.add(
            executor.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < each; i++) {
                    waits.add(turn(WEST, family));
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> future : done) {
        future.get();
      }
    } finally {
      executor.shutdownNow();
    }

    Collections.sort(waits);
    assertThat(waits).hasSize(threads * each);
    assertThat(waits.subList(0, 100)).containsOnly(Duration.ZERO);
    for (int i = 100; i < waits.size(); i++) {
      assertThat(waits.get(i).toNanos() / 1e9)
          .isCloseTo((i - 99) * 0.1, org.assertj.core.data.Offset.offset(1e-3));
    }
  }

  @Test
  void reserve_fromManyThreadsWithoutPatience_givesNoMoreThanTheCapacity()
      throws InterruptedException, ExecutionException {
    CallFamily family = new CallFamily("f", 50, 10, false);
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Future<Optional<Duration>>> turns = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        turns.add(executor.submit(() -> pacing.reserve(WEST, family, Duration.ZERO)));
      }
      int given = 0;
      for (Future<Optional<Duration>> turn : turns) {
        given += turn.get().isPresent() ? 1 : 0;
      }
      assertThat(given).isEqualTo(50);
    } finally {
      executor.shutdownNow();
    }
  }

  // --- budgets of the user's own ---

  @Test
  void reserve_withABudgetOfTheSameName_goesByThatOne() {
    Pacing raised = new Pacing(time, List.of(new CallFamily("route53", 5, 5, true)));
    for (int i = 0; i < 5; i++) {
      assertThat(raised.reserve(WEST, ROUTE53, PATIENT)).contains(Duration.ZERO);
    }

    assertThat(raised.reserve(EAST, ROUTE53, PATIENT)).contains(nanos(1 / 5.0));
    assertThat(raised.reserve(WEST, STEADY, PATIENT)).contains(Duration.ZERO);
    assertThat(raised.reserve(WEST, STEADY, PATIENT)).contains(nanos(1));
  }

  @Test
  void twoBudgetsOfOneName_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pacing(time, List.of(STEADY, STEADY)))
        .withMessageContaining("steady");
  }
}
