package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.exception.ClientClosedException;
import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.ThrottledException;
import io.privatelink4j.exception.WaitInterruptedException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.RemoteCall;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.Operation.Repeat;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.testing.ManualTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteTest {
  private static final ClusterNetwork NETWORK = Fixtures.awsNetwork("subnet-1");
  private static final String SCOPE = "aws/123456789012/us-west-2";
  private static final CallFamily PLENTY = new CallFamily("plenty", 1_000_000, 1000, false);
  private static final CallFamily ONE_PER_SECOND = new CallFamily("scarce", 1, 1, false);
  private static final Set<ErrorKind> PASSING =
      EnumSet.of(ErrorKind.THROTTLED, ErrorKind.UNAVAILABLE, ErrorKind.BUSY);

  private final ManualTime time = new ManualTime();
  private final Pacing pacing = new Pacing(time);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<RemoteCall> heard = new ArrayList<>();
  private int calls;

  @AfterEach
  void clearTheInterruptFlag() {
    Thread.interrupted();
  }

  // --- what the tests are made of ---

  /** The longest jitter there is, or the shortest. */
  private record Jitter(boolean longest) implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public long nextLong(long bound) {
      return longest ? bound - 1 : 0;
    }
  }

  private static PrivateLinkDriver driver(CallFamily family) {
    DriverTraits traits = Fixtures.traits(family);
    return (PrivateLinkDriver)
        Proxy.newProxyInstance(
            RemoteTest.class.getClassLoader(),
            new Class<?>[] {PrivateLinkDriver.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "traits" -> traits;
                  case "scope" -> SCOPE;
                  default -> throw new AssertionError("not in the script: " + method);
                });
  }

  private Remote remote(CallFamily family, RandomGenerator random, Consumer<RemoteCall> listener) {
    Notices notices = new Notices(listener, change -> {}, conflict -> {}, orphan -> {});
    return new Remote(CloudProvider.AWS, driver(family), pacing, time, notices, random, closed);
  }

  private Remote remote(CallFamily family) {
    return remote(family, new Jitter(true), heard::add);
  }

  private final Remote remote = remote(PLENTY);

  private Deadline in(Duration timeout) {
    return Deadline.in(time, timeout);
  }

  private static RemoteException failure(ErrorKind kind) {
    return new RemoteException(kind, "Code", "said the cloud");
  }

  private static RemoteException failure(ErrorKind kind, Duration retryAfter) {
    return new RemoteException(kind, "Code", "said the cloud", "req-1", retryAfter, null);
  }

  /** Throws what the script holds, one after the other, and succeeds when it is at its end. */
  private Function<PrivateLinkDriver, String> script(RuntimeException... failures) {
    Deque<RuntimeException> left = new ArrayDeque<>(List.of(failures));
    return driver -> {
      calls++;
      if (!left.isEmpty()) {
        throw left.remove();
      }
      return "done";
    };
  }

  private Function<PrivateLinkDriver, String> always(RuntimeException failure) {
    return driver -> {
      calls++;
      throw failure;
    };
  }

  private String call(
      Operation operation, Duration timeout, Function<PrivateLinkDriver, String> c) {
    return remote.call(operation, NETWORK, "vpce-1", in(timeout), c);
  }

  private static CallFailed failed(org.assertj.core.api.ThrowableAssert.ThrowingCallable callable) {
    CallFailed failed = catchThrowableOfType(CallFailed.class, callable);
    assertThat(failed).as("CallFailed").isNotNull();
    return failed;
  }

  // --- one call ---

  @Test
  void call_thatSucceeds_isMadeOnceWithoutWaiting() {
    assertThat(call(Operation.READ_ENDPOINT, Duration.ofMinutes(5), script())).isEqualTo("done");
    assertThat(calls).isEqualTo(1);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void call_givesTheDriverToTheCaller() {
    String scope =
        remote.call(
            Operation.READ_ENDPOINT,
            NETWORK,
            "vpce-1",
            in(Duration.ofSeconds(1)),
            d -> d.scope(NETWORK));

    assertThat(scope).isEqualTo(SCOPE).isEqualTo(remote.scope(NETWORK));
  }

  @Test
  void run_makesTheCall() {
    remote.run(Operation.PUT_LABELS, NETWORK, "vpce-1", in(Duration.ofSeconds(1)), d -> calls++);

    assertThat(calls).isEqualTo(1);
    assertThat(heard).extracting(RemoteCall::action).containsExactly("DoPUT_LABELS");
  }

  // --- repetition ---

  static Stream<Arguments> everyFailureOfEveryOperation() {
    return Stream.of(Operation.values())
        .flatMap(o -> Stream.of(ErrorKind.values()).map(kind -> Arguments.of(o, kind)));
  }

  @ParameterizedTest
  @MethodSource("everyFailureOfEveryOperation")
  void call_thatFailsOnce_isRepeatedOnlyIfThatIsHarmless(Operation operation, ErrorKind kind) {
    boolean repeated =
        PASSING.contains(kind)
            || (kind == ErrorKind.OUTCOME_UNKNOWN && operation.repeat() == Repeat.HARMLESS);

    if (repeated) {
      assertThat(call(operation, Duration.ofMinutes(5), script(failure(kind)))).isEqualTo("done");
      assertThat(calls).isEqualTo(2);
    } else {
      CallFailed failed =
          failed(() -> call(operation, Duration.ofMinutes(5), script(failure(kind))));
      assertThat(failed.kind()).isEqualTo(kind);
      assertThat(failed.details().attempts()).isEqualTo(1);
      assertThat(calls).isEqualTo(1);
      assertThat(time.sleeps()).isEmpty();
    }
  }

  @Test
  void call_thatKeepsFailing_waitsLongerEachTimeUpToTwentySeconds() {
    RemoteException[] failures =
        Collections.nCopies(9, failure(ErrorKind.UNAVAILABLE)).toArray(new RemoteException[0]);

    assertThat(call(Operation.READ_ENDPOINT, Duration.ofMinutes(5), script(failures)))
        .isEqualTo("done");
    assertThat(time.sleeps())
        .extracting(Duration::toMillis)
        .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 20000L, 20000L, 20000L);
  }

  @Test
  void call_withTheShortestJitter_waitsAMillisecond() {
    remote(PLENTY, new Jitter(false), heard::add)
        .call(
            Operation.READ_ENDPOINT,
            NETWORK,
            "vpce-1",
            in(Duration.ofMinutes(5)),
            script(failure(ErrorKind.BUSY), failure(ErrorKind.BUSY)));

    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(1), Duration.ofMillis(1));
  }

  @Test
  void call_thatIsToldWhenToComeBack_waitsThatLong() {
    call(
        Operation.READ_ENDPOINT,
        Duration.ofMinutes(5),
        script(failure(ErrorKind.THROTTLED, Duration.ofSeconds(7))));

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void call_thatIsToldToComeBackSooner_waitsItsOwnTime() {
    call(
        Operation.READ_ENDPOINT,
        Duration.ofMinutes(5),
        script(failure(ErrorKind.THROTTLED, Duration.ofMillis(3))));

    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(500));
  }

  @Test
  void call_thatIsToldToComeBackAfterTheDeadline_failsAtOnce() {
    CallFailed failed =
        failed(
            () ->
                call(
                    Operation.READ_ENDPOINT,
                    Duration.ofSeconds(30),
                    always(failure(ErrorKind.UNAVAILABLE, Duration.ofSeconds(30)))));

    assertThat(failed.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(calls).isEqualTo(1);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void call_thatKeepsFailing_endsBeforeTheDeadline() {
    Deadline deadline = in(Duration.ofSeconds(3));

    CallFailed failed =
        failed(
            () ->
                remote.call(
                    Operation.READ_ENDPOINT,
                    NETWORK,
                    "vpce-1",
                    deadline,
                    always(failure(ErrorKind.UNAVAILABLE))));

    assertThat(failed.details().attempts()).isEqualTo(3);
    assertThat(calls).isEqualTo(3);
    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(deadline.elapsed()).isEqualTo(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"THROTTLED", "UNAVAILABLE", "BUSY", "OUTCOME_UNKNOWN"})
  void call_thatKeepsFailing_endsForEveryPassingFailure(ErrorKind kind) {
    CallFailed failed =
        failed(() -> call(Operation.READ_ENDPOINT, Duration.ofSeconds(2), always(failure(kind))));

    assertThat(failed.kind()).isEqualTo(kind);
    assertThat(failed.details().attempts()).isEqualTo(calls);
  }

  @Test
  void call_whoseOutcomeNobodyKnows_isReportedSoIfItMustNotBeRepeated() {
    CallFailed failed =
        failed(
            () ->
                call(
                    Operation.CREATE_ENDPOINT,
                    Duration.ofMinutes(5),
                    always(failure(ErrorKind.OUTCOME_UNKNOWN))));

    assertThat(failed.toPublic()).isInstanceOf(OutcomeUnknownException.class);
    assertThat(calls).isEqualTo(1);
  }

  // --- pacing ---

  @Test
  void call_beyondTheBudget_waitsForItsTurn() {
    Remote scarce = remote(ONE_PER_SECOND);
    for (int i = 0; i < 3; i++) {
      scarce.call(Operation.READ_ENDPOINT, NETWORK, "vpce-1", in(Duration.ofMinutes(5)), script());
    }

    assertThat(calls).isEqualTo(3);
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  @Test
  void call_whoseTurnComesAfterTheDeadline_failsThrottledWithoutBeingSent() {
    Remote scarce = remote(ONE_PER_SECOND);
    Deadline deadline = in(Duration.ofMillis(999));
    scarce.call(Operation.READ_ENDPOINT, NETWORK, "vpce-1", deadline, script());

    CallFailed failed =
        failed(() -> scarce.call(Operation.READ_ENDPOINT, NETWORK, "vpce-2", deadline, script()));

    assertThat(calls).isEqualTo(1);
    assertThat(heard).hasSize(1);
    assertThat(time.sleeps()).isEmpty();
    assertThat(failed.toPublic())
        .isInstanceOf(ThrottledException.class)
        .hasMessageContaining("the call budget scarce is used up beyond the deadline")
        .hasMessageContaining("share one Pacing");
    assertThat(failed.details().attempts()).isZero();
    assertThat(failed.details().resource()).contains("vpce-2");
    assertThat(failed.details().errorCode()).contains("BudgetUsedUp");
  }

  @Test
  void call_whoseTurnComesAtTheDeadline_isSent() {
    Remote scarce = remote(ONE_PER_SECOND);
    Deadline deadline = in(Duration.ofSeconds(1));
    scarce.call(Operation.READ_ENDPOINT, NETWORK, "vpce-1", deadline, script());
    scarce.call(Operation.READ_ENDPOINT, NETWORK, "vpce-1", deadline, script());

    assertThat(calls).isEqualTo(2);
  }

  @Test
  void call_thatIsThrottled_slowsItsFamilyDown() {
    Remote scarce = remote(new CallFamily("scarce", 10, 1, false));
    scarce.call(
        Operation.READ_ENDPOINT,
        NETWORK,
        "vpce-1",
        in(Duration.ofMinutes(5)),
        script(failure(ErrorKind.THROTTLED)));

    // Half a second of backoff brings a quarter of a turn at half the rate; the rest takes 1.5 s.
    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(500), Duration.ofMillis(1500));
  }

  @Test
  void call_thatIsUnavailable_doesNotSlowItsFamilyDown() {
    Remote scarce = remote(new CallFamily("scarce", 10, 1, false));
    scarce.call(
        Operation.READ_ENDPOINT,
        NETWORK,
        "vpce-1",
        in(Duration.ofMinutes(5)),
        script(failure(ErrorKind.UNAVAILABLE)));

    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(500));
  }

  // --- listener ---

  @Test
  void listener_hearsOfEachTry() {
    Function<PrivateLinkDriver, String> script = script(failure(ErrorKind.BUSY));
    call(
        Operation.DELETE_ENDPOINTS,
        Duration.ofMinutes(5),
        driver -> {
          time.advance(Duration.ofMillis(40));
          return script.apply(driver);
        });

    assertThat(heard)
        .containsExactly(
            new RemoteCall(
                CloudProvider.AWS,
                "DoDELETE_ENDPOINTS",
                1,
                Duration.ofMillis(40),
                Optional.of("BUSY Code")),
            new RemoteCall(
                CloudProvider.AWS,
                "DoDELETE_ENDPOINTS",
                2,
                Duration.ofMillis(40),
                Optional.empty()));
  }

  @Test
  void listener_thatThrows_breaksNothing() {
    Remote shouted =
        remote(
            PLENTY,
            new Jitter(true),
            call -> {
              throw new IllegalStateException("listener");
            });

    assertThat(
            shouted.call(
                Operation.READ_ENDPOINT,
                NETWORK,
                "vpce-1",
                in(Duration.ofMinutes(5)),
                script(failure(ErrorKind.BUSY))))
        .isEqualTo("done");
    assertThat(
            failed(
                    () ->
                        shouted.call(
                            Operation.READ_ENDPOINT,
                            NETWORK,
                            "vpce-1",
                            in(Duration.ofMinutes(5)),
                            always(failure(ErrorKind.QUOTA))))
                .kind())
        .isEqualTo(ErrorKind.QUOTA);
  }

  // --- a driver that breaks its contract ---

  @Test
  void call_whoseDriverThrowsAnythingElse_isNotRepeatedAndKeepsItsMessageToItself() {
    CallFailed failed =
        failed(
            () ->
                call(
                    Operation.READ_ENDPOINT,
                    Duration.ofMinutes(5),
                    always(new IllegalStateException("key=AKIA-SECRET"))));

    assertThat(calls).isEqualTo(1);
    PrivateLinkException shown = failed.toPublic();
    assertThat(shown).hasMessageContaining("java.lang.IllegalStateException");
    for (Throwable t = shown; t != null; t = t.getCause()) {
      assertThat(t.toString()).doesNotContain("SECRET");
    }
    assertThat(failed.details().errorCode()).contains("DriverFailure");
  }

  @Test
  void call_whoseDriverThrowsAnythingElse_tellsListenerAndCallerTheSame() {
    CallFailed failed =
        failed(
            () ->
                call(
                    Operation.CREATE_ENDPOINT,
                    Duration.ofMinutes(5),
                    always(new IllegalStateException())));

    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).failure().orElseThrow()).startsWith(failed.kind().name() + " ");
  }

  @Test
  void create_whoseDriverThrowsAnythingElse_mayHaveBeenCarriedOut() {
    CallFailed failed =
        failed(
            () ->
                call(
                    Operation.CREATE_ENDPOINT,
                    Duration.ofMinutes(5),
                    always(new IllegalStateException())));

    assertThat(failed.toPublic()).isInstanceOf(OutcomeUnknownException.class);
  }

  // --- interrupts and close ---

  @Test
  void pause_whenInterrupted_endsWithTheFlagSet() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(WaitInterruptedException.class)
        .isThrownBy(() -> remote.pause(Duration.ofSeconds(1)))
        .withMessage("interrupted while waiting for AWS: call the operation again to resume")
        .withCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void call_whenInterruptedBetweenTries_endsWithTheFlagSet() {
    assertThatExceptionOfType(WaitInterruptedException.class)
        .isThrownBy(
            () ->
                call(
                    Operation.READ_ENDPOINT,
                    Duration.ofMinutes(5),
                    driver -> {
                      calls++;
                      Thread.currentThread().interrupt();
                      throw failure(ErrorKind.BUSY);
                    }));
    assertThat(calls).isEqualTo(1);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void call_afterClose_isNotSent() {
    closed.set(true);

    assertThatExceptionOfType(ClientClosedException.class)
        .isThrownBy(() -> call(Operation.READ_ENDPOINT, Duration.ofMinutes(5), script()))
        .withMessage("the client is closed: nothing more is sent to AWS");
    assertThat(calls).isZero();
    assertThat(heard).isEmpty();
  }

  @Test
  void call_whenClosedBetweenTries_isNotRepeated() {
    time.schedule(Duration.ofMillis(200), () -> closed.set(true));

    assertThatExceptionOfType(ClientClosedException.class)
        .isThrownBy(
            () ->
                call(
                    Operation.READ_ENDPOINT,
                    Duration.ofMinutes(5),
                    always(failure(ErrorKind.BUSY))));
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void call_whenClosedWhileItWaitsForItsTurn_isNotSent() {
    Remote scarce = remote(ONE_PER_SECOND);
    scarce.call(Operation.READ_ENDPOINT, NETWORK, "vpce-1", in(Duration.ofMinutes(5)), script());
    time.schedule(Duration.ofMillis(200), () -> closed.set(true));

    assertThatExceptionOfType(ClientClosedException.class)
        .isThrownBy(
            () ->
                scarce.call(
                    Operation.READ_ENDPOINT,
                    NETWORK,
                    "vpce-1",
                    in(Duration.ofMinutes(5)),
                    script()));
    assertThat(calls).isEqualTo(1);
  }

  // --- pages ---

  private List<String> pages(Function<Optional<String>, Page<String>> list) {
    return remote.pages(
        Operation.LIST_ENDPOINTS,
        NETWORK,
        "cluster c1",
        in(Duration.ofMinutes(5)),
        (driver, token) -> {
          calls++;
          return list.apply(token);
        });
  }

  private static Page<String> page(String nextToken, String... items) {
    return new Page<>(List.of(items), Optional.ofNullable(nextToken));
  }

  @Test
  void pages_followsTheTokensToTheEnd() {
    List<String> all =
        pages(
            token ->
                switch (token.orElse("first")) {
                  case "first" -> page("2", "a", "b");
                  case "2" -> page("3");
                  default -> page(null, "c");
                });

    assertThat(all).containsExactly("a", "b", "c");
    assertThat(calls).isEqualTo(3);
  }

  @Test
  void pages_withAnEmptyToken_isAtTheEnd() {
    assertThat(pages(from -> page("", "a"))).containsExactly("a");
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void pages_withTheSameTokenAgain_givesUp() {
    CallFailed failed = failed(() -> pages(token -> page("again", "a")));

    assertThat(failed.kind()).isEqualTo(ErrorKind.INVALID);
    assertThat(failed.said()).isEqualTo("EndlessList: the cloud's list does not end");
    assertThat(failed.details().operation()).contains("DoLIST_ENDPOINTS");
    assertThat(failed.details().resource()).contains("cluster c1");
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void pages_withTokensInACircle_givesUp() {
    failed(() -> pages(token -> page(token.orElse("b").equals("a") ? "b" : "a")));

    assertThat(calls).isEqualTo(3);
  }

  @Test
  void pages_withEverNewTokens_givesUp() {
    CallFailed failed = failed(() -> pages(token -> page("t" + calls)));

    assertThat(failed.details().errorCode()).contains("EndlessList");
    assertThat(calls).isBetween(10_000, 10_001);
  }

  @Test
  void pages_repeatsThePageThatFailedAndNotTheOnesBefore() {
    List<String> asked = new ArrayList<>();
    List<String> all =
        pages(
            token -> {
              asked.add(token.orElse("first"));
              if (asked.size() == 2) {
                throw failure(ErrorKind.THROTTLED);
              }
              return token.isEmpty() ? page("2", "a") : page(null, "b");
            });

    assertThat(all).containsExactly("a", "b");
    assertThat(asked).containsExactly("first", "2", "2");
  }

  // --- whose budget ---

  @Test
  void call_onceTheAccountIsKnown_drawsOnTheAccountsBudgetWhateverTheCredentials() {
    Remote scarce = remote(ONE_PER_SECOND);
    scarce.accounts().put(SCOPE, "444455556666");
    scarce.call(Operation.READ_SERVICE, NETWORK, "x", in(Duration.ofMinutes(1)), d -> "done");

    assertThat(pacing.reserve("AWS/444455556666/us-west-2", ONE_PER_SECOND, Duration.ZERO))
        .as("used up by the call")
        .isEmpty();
    assertThat(pacing.reserve(SCOPE, ONE_PER_SECOND, Duration.ZERO)).contains(Duration.ZERO);
  }
}
