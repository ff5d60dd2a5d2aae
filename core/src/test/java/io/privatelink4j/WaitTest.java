package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.exception.AccessDeniedException;
import io.privatelink4j.exception.ClientClosedException;
import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.WaitInterruptedException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.RemoteCall;
import io.privatelink4j.model.StateChange;
import io.privatelink4j.model.StateReason;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.Latencies;
import io.privatelink4j.testing.OwnedService;
import io.privatelink4j.testing.SimulatedCrash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A wait ends when it should, says why it did not go well, and costs nothing afterwards. */
class WaitTest {
  private static final Duration TWO_HOURS = Duration.ofHours(2);
  private static final Duration ONE_POLL = Duration.ofSeconds(31);

  /** Where the zones tell waiting from rejected, they are read with every tenth poll. */
  private static final Duration TEN_POLLS = Duration.ofSeconds(310);

  private static ConnectionFailedException failure(
      CompletableFuture<PrivateLinkConnection> future) {
    assertThat(cause(future)).isInstanceOf(ConnectionFailedException.class);
    return (ConnectionFailedException) cause(future);
  }

  private static Throwable cause(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    return catchThrowableOfType(ExecutionException.class, future::get).getCause();
  }

  // --- failures ---

  /** What happens to a link that waits for its owner, and what becomes of the wait. */
  private record Event(
      CloudProvider flavour,
      String what,
      BiConsumer<Setup, String> happens,
      Duration within,
      ReasonCode code,
      Actor actor,
      String rawStatus,
      String advice) {
    @Override
    public String toString() {
      return flavour + " " + what;
    }
  }

  static Stream<Event> failures() {
    BiConsumer<Setup, String> reject = (setup, id) -> setup.service.reject(id);
    BiConsumer<Setup, String> serviceDeleted = (setup, id) -> setup.service.delete();
    BiConsumer<Setup, String> vanish = (setup, id) -> setup.cloud.vanish(id);
    BiConsumer<Setup, String> deleted = (setup, id) -> setup.cloud.deleteEndpointOutOfBand(id);
    return Stream.of(
        new Event(
            CloudProvider.AWS,
            "rejected",
            reject,
            ONE_POLL,
            ReasonCode.REJECTED,
            Actor.SERVICE_OWNER,
            "rejected",
            "Ask the owner, then delete this connection"),
        new Event(
            CloudProvider.AWS,
            "expired",
            (setup, id) -> setup.service.expire(id),
            ONE_POLL,
            ReasonCode.EXPIRED,
            Actor.CALLER,
            "expired",
            "Delete the connection, create a new one"),
        new Event(
            CloudProvider.AWS,
            "failed",
            (setup, id) -> setup.service.fail(id, "no\ncapacity"),
            ONE_POLL,
            ReasonCode.CLOUD_ERROR,
            Actor.CALLER,
            "failed",
            "(no\\u000acapacity). Delete the connection and create a new one"),
        new Event(
            CloudProvider.AWS,
            "service deleted",
            serviceDeleted,
            ONE_POLL,
            ReasonCode.REJECTED,
            Actor.SERVICE_OWNER,
            "rejected",
            "Ask the owner"),
        new Event(
            CloudProvider.AWS,
            "vanished",
            vanish,
            ONE_POLL,
            ReasonCode.ENDPOINT_GONE,
            Actor.CALLER,
            "",
            "Create a new connection with another request id"),
        new Event(
            CloudProvider.AWS,
            "deleted by somebody",
            deleted,
            ONE_POLL,
            ReasonCode.ENDPOINT_GONE,
            Actor.CALLER,
            "",
            "reate a new"),
        new Event(
            CloudProvider.ALICLOUD,
            "rejected",
            reject,
            TEN_POLLS,
            ReasonCode.REJECTED,
            Actor.SERVICE_OWNER,
            "Active/Disconnected",
            "Ask the owner, then delete this connection"),
        new Event(
            CloudProvider.ALICLOUD,
            "service deleted",
            serviceDeleted,
            ONE_POLL,
            ReasonCode.SERVICE_DELETED,
            Actor.SERVICE_OWNER,
            "Active/ServiceDeleted",
            "Ask its owner for the new one"),
        new Event(
            CloudProvider.ALICLOUD,
            "bill overdue",
            (setup, id) -> setup.cloud.lockBilling(id),
            ONE_POLL,
            ReasonCode.BILLING_LOCKED,
            Actor.OPERATOR,
            "Active/Disconnected",
            "Pay it"),
        new Event(
            CloudProvider.ALICLOUD,
            "vanished",
            vanish,
            ONE_POLL,
            ReasonCode.ENDPOINT_GONE,
            Actor.CALLER,
            "",
            "Create a new connection with another request id"),
        new Event(
            CloudProvider.ALICLOUD,
            "deleted by somebody",
            deleted,
            ONE_POLL,
            ReasonCode.ENDPOINT_GONE,
            Actor.CALLER,
            "",
            "reate a new"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void wait_endsSoonAfterTheLinkFails_andSaysWhoMustAct(Event event) {
    try (Setup setup = new Setup(event.flavour())) {
      PrivateLinkConnection link = setup.create();
      CompletableFuture<PrivateLinkConnection> future = setup.links.whenActive(link, TWO_HOURS);
      setup.time.advance(Duration.ofMinutes(10));
      assertThat(future).isNotDone();

      event.happens().accept(setup, link.endpointId());
      setup.time.advance(event.within());

      ConnectionFailedException failed = failure(future);
      assertThat(failed)
          .hasMessageContaining("connection " + link.id() + " will not become ACTIVE")
          .hasMessageContaining(event.advice());
      assertThat(failed.reason().code()).isEqualTo(event.code());
      assertThat(failed.reason().actor()).isEqualTo(event.actor());
      assertThat(failed.reason().rawStatus()).contains(event.rawStatus());
      assertThat(failed.details().resource()).contains(link.endpointId());
      assertThat(failed.details().attempts()).isGreaterThan(1);
      assertThat(setup.time.pending()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void get_tellsTheSame(Event event) {
    try (Setup setup = new Setup(event.flavour())) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      event.happens().accept(setup, link.endpointId());

      if (event.what().equals("vanished")) {
        assertThatThrownBy(() -> setup.links.get(link)).isInstanceOf(NotFoundException.class);
        return;
      }
      PrivateLinkConnection read = setup.links.get(link);
      assertThat(read.state())
          .isEqualTo(
              event.code() == ReasonCode.ENDPOINT_GONE
                  ? ConnectionState.DELETING
                  : ConnectionState.FAILED);
      StateReason reason = read.reason().orElseThrow();
      assertThat(reason.code()).isEqualTo(event.code());
      assertThat(reason.actor()).isEqualTo(event.actor());
      assertThat(reason.rawStatus()).contains(event.rawStatus());
      assertThat(read.message()).contains(event.advice());
      assertThat(read.ownerInstructions()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void wait_forALinkThatIsCutAfterItWasUp_endsWithinOnePoll(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.service.reject(link.endpointId());
      setup.settle();

      ConnectionFailedException failed =
          catchThrowableOfType(
              ConnectionFailedException.class, () -> setup.links.awaitActive(link, ONE_POLL));

      assertThat(failed.reason().code()).isIn(ReasonCode.REJECTED, ReasonCode.DISCONNECTED);
      assertThat(failed.reason().actor()).isEqualTo(Actor.SERVICE_OWNER);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void wait_forAConnectionThatIsBeingDeleted_fails(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      CompletableFuture<PrivateLinkConnection> future = setup.links.whenActive(link, TWO_HOURS);
      setup.client().delete(link);
      setup.time.advance(ONE_POLL);

      assertThat(failure(future).reason().actor()).isEqualTo(Actor.CALLER);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void wait_forNoConnection_isNotFound(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      ConnectionRef none = ConnectionRef.of(Setup.CLUSTER, "plc-" + "a".repeat(26));

      assertThatThrownBy(() -> setup.links.awaitActive(none, TWO_HOURS))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining(none.id());
      setup.links.awaitDeleted(none, TWO_HOURS);
      assertThat(setup.time.pending()).isZero();
    }
  }

  // --- time-outs ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void timeOut_tellsWhatWasSeen_andTheWaitCanBeResumed(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      Duration timeout = Duration.ofMinutes(3);

      WaitTimeoutException late =
          catchThrowableOfType(
              WaitTimeoutException.class, () -> setup.links.awaitActive(link, timeout));

      assertThat(late)
          .hasMessageContaining("is still PENDING_ACCEPTANCE after 180 s")
          .hasMessageContaining("Accept the endpoint connection request of " + link.endpointId());
      assertThat(late.elapsed()).isBetween(timeout, timeout.plusSeconds(1));
      assertThat(late.details().attempts()).isBetween(5, 30);
      PrivateLinkConnection seen = late.lastSeen().orElseThrow();
      assertThat(seen.id()).isEqualTo(link.id());
      assertThat(seen.state()).isEqualTo(ConnectionState.PENDING_ACCEPTANCE);
      assertThat(reason(seen)).isEqualTo(ReasonCode.AWAITING_OWNER);
      assertThat(setup.time.pending()).isZero();

      setup.service.acceptAll();
      assertThat(setup.links.awaitActive(link, timeout).state()).isEqualTo(ConnectionState.ACTIVE);
    }
  }

  private static ReasonCode reason(PrivateLinkConnection link) {
    return link.reason().map(StateReason::code).orElseThrow();
  }

  /** With the first look at the link, and with the last. */
  @Test
  void zonesThatAreReadApart_areReadTwiceInAShortWait() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.cloud.calls().clear();

      assertThatThrownBy(() -> setup.links.awaitActive(link, Duration.ofSeconds(30)))
          .isInstanceOf(WaitTimeoutException.class);

      assertThat(setup.cloud.calls().count(Operation.READ_ENDPOINT_ZONES)).isEqualTo(2);
      assertThat(setup.cloud.calls().count(Operation.READ_ENDPOINT)).isBetween(4, 8);
    }
  }

  @Test
  void zonesThatCannotBeReadInTheEnd_leaveWhatIsKnownOfTheLink() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.cloud.faults().always(Operation.READ_ENDPOINT_ZONES, Fault.THROTTLE);

      WaitTimeoutException late =
          catchThrowableOfType(
              WaitTimeoutException.class,
              () -> setup.links.awaitActive(link, Duration.ofMinutes(3)));

      assertThat(late.lastSeen().map(WaitTest::reason)).contains(ReasonCode.NOT_CONNECTED);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void noPatience_failsAsSoonAsTheOwnerMustAct(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();

      WaitTimeoutException late =
          catchThrowableOfType(
              WaitTimeoutException.class,
              () -> setup.links.awaitActive(link, TWO_HOURS, Duration.ZERO));

      assertThat(late)
          .hasMessageContaining("was not accepted in time")
          .hasMessageContaining(link.endpointId())
          .hasMessageContaining(setup.cloud.accountId())
          .hasMessageContaining(setup.service.name());
      assertThat(late.elapsed()).isLessThan(Duration.ofSeconds(60));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void somePatience_isKeptToWithinOnePoll_andOnlyForTheOwner(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      Duration patience = Duration.ofMinutes(5);

      WaitTimeoutException late =
          catchThrowableOfType(
              WaitTimeoutException.class, () -> setup.links.awaitActive(link, TWO_HOURS, patience));
      assertThat(late.elapsed())
          .isBetween(patience, patience.plus(ONE_POLL).plus(Duration.ofSeconds(30)));
      assertThat(reason(late.lastSeen().orElseThrow())).isEqualTo(ReasonCode.AWAITING_OWNER);

      setup.service.acceptAll();
      assertThat(setup.links.awaitActive(link, TWO_HOURS, patience).state())
          .isEqualTo(ConnectionState.ACTIVE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void awaitDeleted_timesOutOnWhatNobodyDeletes(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();

      WaitTimeoutException late =
          catchThrowableOfType(
              WaitTimeoutException.class,
              () -> setup.links.awaitDeleted(link, Duration.ofMinutes(2)));

      assertThat(late).hasMessageContaining(link.id()).hasMessageContaining("is still");
      assertThat(late.lastSeen()).isPresent();
      assertThat(setup.cloud.endpoints()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void whenDeleted_holdsNoThread(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      CompletableFuture<Void> gone = setup.links.whenDeleted(link, TWO_HOURS);
      CompletableFuture<Void> cancelled = setup.links.whenDeleted(link, TWO_HOURS);
      setup.time.advance(Duration.ofMinutes(5));
      assertThat(gone).isNotDone();

      assertThat(cancelled.cancel(false)).isTrue();
      setup.links.delete(link);
      setup.time.advance(Duration.ofMinutes(5));

      assertThat(gone).isCompleted();
      assertThat(cancelled).isCancelled();
      assertThat(setup.time.pending()).isZero();
    }
  }

  // --- how a wait ends otherwise ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void refresh_looksAtOnce_andOnlyIfSomebodyWaits(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      CompletableFuture<PrivateLinkConnection> future = setup.links.whenActive(link, TWO_HOURS);
      setup.time.advance(Duration.ofMinutes(10));
      setup.cloud.calls().clear();

      setup.links.refresh(ConnectionRef.of(Setup.CLUSTER, link.id()));
      setup.time.advance(Duration.ZERO);
      assertThat(setup.cloud.calls().count(Operation.READ_ENDPOINT)).isEqualTo(1);

      future.cancel(false);
      setup.time.advance(Duration.ofMinutes(1));
      setup.cloud.calls().clear();
      setup.links.refresh(link);
      setup.time.advance(Duration.ofMinutes(1));
      assertThat(setup.cloud.calls().all()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void cancelling_endsThePolling(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      CompletableFuture<PrivateLinkConnection> future = setup.links.whenActive(link, TWO_HOURS);
      setup.time.advance(Duration.ofMinutes(5));
      int calls = setup.cloud.calls().size();

      assertThat(future.cancel(true)).isTrue();
      setup.time.advance(TWO_HOURS);

      assertThat(setup.cloud.calls().size()).isEqualTo(calls);
      assertThat(setup.time.pending()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void cancellingOneOfTwo_leavesTheOther(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      CompletableFuture<PrivateLinkConnection> one = setup.links.whenActive(link, TWO_HOURS);
      CompletableFuture<PrivateLinkConnection> two = setup.links.whenActive(link, TWO_HOURS);
      setup.settle();
      one.cancel(true);
      setup.service.acceptAll();
      setup.settle();

      assertThat(two).isCompletedWithValueMatching(c -> c.state() == ConnectionState.ACTIVE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void close_endsWaits_andEverythingAfterwards(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      CompletableFuture<PrivateLinkConnection> future = setup.links.whenActive(link, TWO_HOURS);
      setup.settle();
      int calls = setup.cloud.calls().size();

      setup.links.close();
      setup.links.close();

      assertThat(cause(future))
          .isInstanceOf(ClientClosedException.class)
          .hasMessageContaining("wait again with another client");
      for (ThrowingCallable operation :
          List.<ThrowingCallable>of(
              () -> setup.links.get(link),
              () -> setup.links.zones(Setup.CLUSTER),
              () -> setup.links.list(ListRequest.of(Setup.CLUSTER)),
              () -> setup.create(),
              () -> setup.links.delete(link),
              () -> setup.links.refresh(link),
              () -> setup.links.whenActive(link, TWO_HOURS),
              () -> setup.links.awaitDeleted(link, TWO_HOURS))) {
        assertThatThrownBy(operation)
            .isInstanceOf(ClientClosedException.class)
            .hasMessageContaining("build another one");
      }
      setup.time.advance(TWO_HOURS);
      assertThat(setup.cloud.calls().size()).isEqualTo(calls);
      assertThat(setup.time.pending()).isZero();
      assertThat(setup.cloud.endpoints()).as("the cloud is left alone").hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void interrupt_endsTheWait_andKeepsTheFlag(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();

      Thread.currentThread().interrupt();
      WaitInterruptedException interrupted =
          catchThrowableOfType(
              WaitInterruptedException.class, () -> setup.links.awaitActive(link, TWO_HOURS));
      boolean flag = Thread.interrupted();

      assertThat(flag).isTrue();
      assertThat(interrupted).hasMessageContaining("wait again to resume");
      setup.time.advance(TWO_HOURS);
      assertThat(setup.time.pending()).isZero();
      setup.service.acceptAll();
      setup.links.awaitActive(link, TWO_HOURS);
    }
  }

  // --- reads that fail ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void failedReads_passAsLongAsTheyCanPass(CloudProvider flavour) {
    for (Fault fault :
        List.of(Fault.THROTTLE, Fault.SERVER_ERROR, Fault.UNAVAILABLE, Fault.TIMEOUT_BEFORE)) {
      try (Setup setup = new Setup(flavour)) {
        PrivateLinkConnection link = setup.create();
        CompletableFuture<PrivateLinkConnection> future = setup.links.whenActive(link, TWO_HOURS);
        setup.settle();
        setup.service.acceptAll();
        setup.cloud.faults().always(Operation.READ_ENDPOINT, fault);
        setup.time.advance(Duration.ofMinutes(10));
        assertThat(future).as("%s", fault).isNotDone();

        setup.cloud.faults().clear();
        setup.time.advance(Duration.ofMinutes(2));
        assertThat(future).as("%s", fault).isCompleted();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void deniedRead_endsTheWait(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      CompletableFuture<PrivateLinkConnection> future = setup.links.whenActive(link, TWO_HOURS);
      setup.settle();
      setup.cloud.faults().always(Operation.READ_ENDPOINT, Fault.DENIED);
      setup.time.advance(ONE_POLL);

      assertThat(cause(future))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("Allow the action");
      assertThat(setup.time.pending()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void unreadableCloud_endsTheWaitAtItsTimeOut(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.cloud.faults().always(Operation.READ_ENDPOINT, Fault.SERVER_ERROR);

      WaitTimeoutException late =
          catchThrowableOfType(
              WaitTimeoutException.class,
              () -> setup.links.awaitActive(link, Duration.ofMinutes(5)));

      assertThat(late).hasMessageContaining("could not be read");
      assertThat(late.lastSeen()).isEmpty();
    }
  }

  // --- the listener ---

  /** Keeps what it is told. */
  private static final class Recorder implements PrivateLinkListener {
    private final List<StateChange> changes = new ArrayList<>();
    private final List<RemoteCall> calls = new ArrayList<>();

    @Override
    public void onStateChange(StateChange change) {
      changes.add(change);
    }

    @Override
    public void onRemoteCall(RemoteCall call) {
      calls.add(call);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void listener_isToldOfEachChangeInOrder(CloudProvider flavour) {
    Recorder recorder = new Recorder();
    try (Setup setup = new Setup(flavour, b -> b.listener(recorder))) {
      PrivateLinkConnection link = setup.create();
      CompletableFuture<PrivateLinkConnection> future = setup.links.whenActive(link, TWO_HOURS);
      setup.time.advance(Duration.ofMinutes(10));
      setup.service.acceptAll();
      setup.links.refresh(link);
      setup.time.advance(Duration.ofSeconds(1));
      setup.time.advance(Duration.ofMinutes(2));

      assertThat(future).isCompleted();
      List<Optional<ConnectionState>> states =
          recorder.changes.stream()
              .filter(change -> !change.to().equals(change.from()))
              .map(StateChange::to)
              .toList();
      assertThat(states)
          .containsExactlyElementsOf(
              (flavour == CloudProvider.AWS
                      ? Stream.of(
                          ConnectionState.PENDING_ACCEPTANCE,
                          ConnectionState.CREATING,
                          ConnectionState.ACTIVE)
                      : Stream.of(
                          ConnectionState.CREATING,
                          ConnectionState.PENDING_ACCEPTANCE,
                          ConnectionState.CREATING,
                          ConnectionState.ACTIVE))
                  .map(Optional::of)
                  .toList());
      assertThat(recorder.changes.get(0).from()).isEmpty();
      for (int i = 1; i < recorder.changes.size(); i++) {
        assertThat(recorder.changes.get(i).from()).isEqualTo(recorder.changes.get(i - 1).to());
        assertThat(recorder.changes.get(i).at()).isAfterOrEqualTo(recorder.changes.get(i - 1).at());
      }
      assertThat(recorder.changes)
          .allSatisfy(
              change -> {
                assertThat(change.clusterId()).isEqualTo(Setup.CLUSTER);
                assertThat(change.connectionId()).isEqualTo(link.id());
              });
      assertThat(recorder.calls)
          .extracting(RemoteCall::action)
          .isEqualTo(setup.cloud.calls().actions());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void listener_isToldThatAnEndpointIsGone(CloudProvider flavour) {
    Recorder recorder = new Recorder();
    try (Setup setup = new Setup(flavour, b -> b.listener(recorder))) {
      PrivateLinkConnection link = setup.create();
      CompletableFuture<PrivateLinkConnection> future = setup.links.whenActive(link, TWO_HOURS);
      setup.settle();
      setup.cloud.vanish(link.endpointId());
      setup.time.advance(ONE_POLL);

      assertThat(future).isCompletedExceptionally();
      StateChange last = recorder.changes.get(recorder.changes.size() - 1);
      assertThat(last.from()).contains(ConnectionState.PENDING_ACCEPTANCE);
      assertThat(last.to()).isEmpty();
      assertThat(last.reason().orElseThrow().code()).isEqualTo(ReasonCode.ENDPOINT_GONE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void listenerThatThrows_breaksNothing(CloudProvider flavour) {
    PrivateLinkListener bad =
        new PrivateLinkListener() {
          @Override
          public void onStateChange(StateChange change) {
            throw new IllegalStateException("state");
          }

          @Override
          public void onRemoteCall(RemoteCall call) {
            throw new IllegalStateException("call");
          }

          @Override
          public void onConflict(String description) {
            throw new IllegalStateException("conflict");
          }
        };
    try (Setup setup = new Setup(flavour, b -> b.listener(bad))) {
      PrivateLinkConnection link = setup.active();
      DomainAttachment domain = setup.links.attachDomain(link, DomainRequest.managed());
      setup.links.detachDomain(link, domain.id());
      setup.links.delete(link);
      setup.links.awaitDeleted(link, TWO_HOURS);
      assertThat(setup.cloud.leftovers()).isEmpty();
    }
  }

  // --- what a link that is up can look like ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void linkThatIsBeingModified_staysActive(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.settle();
      setup.cloud.modify(link.endpointId());

      for (PrivateLinkClient client : List.of(setup.links, setup.client())) {
        PrivateLinkConnection read = client.get(link);
        assertThat(read.state()).isEqualTo(ConnectionState.ACTIVE);
        assertThat(read.reason().orElseThrow().code()).isEqualTo(ReasonCode.MODIFYING);
        assertThat(client.awaitActive(link, TWO_HOURS).state()).isEqualTo(ConnectionState.ACTIVE);
      }
      setup.settle();
      assertThat(setup.links.get(link).reason()).isEmpty();
    }
  }

  @Test
  void linkThatLostAZone_staysActive_withAReason() {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      PrivateLinkConnection link = setup.active();
      setup.settle();
      setup.cloud.partial(link.endpointId());

      PrivateLinkConnection read = setup.client().get(link);

      assertThat(read.state()).isEqualTo(ConnectionState.ACTIVE);
      assertThat(read.reason().orElseThrow().code()).isEqualTo(ReasonCode.PARTIAL);
      assertThat(read.reason().orElseThrow().rawStatus()).isEqualTo("partial");
    }
  }

  @Test
  void linkThatIsPartialWhileBuilt_isNotActiveYet() {
    Recorder recorder = new Recorder();
    try (Setup setup =
        new Setup(
            CloudProvider.AWS, b -> b.listener(recorder), Assumption.PARTIAL_WHILE_BUILDING)) {
      PrivateLinkConnection link = setup.create();
      setup.service.acceptAll();
      setup.time.advance(Duration.ofSeconds(15));

      PrivateLinkConnection read = setup.links.get(link);
      assertThat(read.state()).isEqualTo(ConnectionState.CREATING);
      assertThat(read.reason().orElseThrow().code()).isEqualTo(ReasonCode.PARTIAL);
      assertThat(setup.links.awaitActive(link, TWO_HOURS).reason()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void observedSince_lastsAsLongAsTheReason(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      Instant first = setup.links.get(link).reason().orElseThrow().observedSince().orElseThrow();
      setup.time.advance(Duration.ofMinutes(5));

      assertThat(setup.links.get(link).reason().orElseThrow().observedSince()).contains(first);
      assertThat(setup.client().get(link).reason().orElseThrow().observedSince())
          .as("each process tells what it saw itself")
          .contains(setup.time.now());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void creatingForMoreThanHalfAnHour_isStalled(CloudProvider flavour) {
    InMemoryCloud cloud =
        InMemoryCloud.builder(flavour).latencies(Latencies.all(Duration.ofHours(3))).build();
    OwnedService service = cloud.publish().allow(cloud.accountId()).acceptAutomatically();
    ClusterNetwork network = cloud.network();
    try (PrivateLinkClient links =
        PrivateLinkClient.builder()
            .provider(cloud)
            .time(cloud.time())
            .clusters(id -> List.of(network))
            .build()) {
      PrivateLinkConnection link =
          links.create(
              CreateConnectionRequest.builder()
                  .clusterId("c1")
                  .displayName("orders")
                  .type(service.type())
                  .build());
      cloud.manualTime().advance(Duration.ofMinutes(30));
      assertThat(links.get(link).reason()).isEmpty();
      cloud.manualTime().advance(Duration.ofMinutes(1));

      PrivateLinkConnection read = links.get(link);

      assertThat(read.state()).isEqualTo(ConnectionState.CREATING);
      StateReason reason = read.reason().orElseThrow();
      assertThat(reason.code()).isEqualTo(ReasonCode.STALLED);
      assertThat(reason.actor()).isEqualTo(Actor.CLOUD);
      assertThat(reason.message())
          .contains("more than 30 minutes")
          .contains("ask the cloud's support about " + link.endpointId());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void deletingForMoreThanHalfAnHour_isStalled_forEveryProcess(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.cloud.faults().onCall(Operation.DELETE_ENDPOINTS, 1, Fault.CRASH_BEFORE);
      assertThatThrownBy(() -> setup.links.delete(link)).isInstanceOf(SimulatedCrash.class);
      assertThat(setup.client().get(link).reason()).isEmpty();
      setup.time.advance(Duration.ofMinutes(31));

      PrivateLinkConnection read = setup.client().get(link);

      assertThat(read.state()).isEqualTo(ConnectionState.DELETING);
      assertThat(read.reason().orElseThrow().code()).isEqualTo(ReasonCode.STALLED);
      assertThat(read.message()).contains("Delete the connection again");
      setup.client().delete(link);
      assertThat(setup.cloud.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void linkInAFormerNetwork_isStillLookedAfter(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.links.attachDomain(link, DomainRequest.managed());
      ClusterNetwork current = setup.cloud.addNetwork();
      setup.directory.put(Setup.CLUSTER, List.of(current, setup.network));
      setup.settle();

      for (PrivateLinkClient client : List.of(setup.links, setup.client())) {
        PrivateLinkConnection read = client.get(link);
        assertThat(read.state()).isEqualTo(ConnectionState.ACTIVE);
        StateReason reason = read.reason().orElseThrow();
        assertThat(reason.code()).isEqualTo(ReasonCode.NETWORK_CHANGED);
        assertThat(reason.actor()).isEqualTo(Actor.CALLER);
        assertThat(reason.message()).contains("Create a new connection, then delete this one");
        assertThat(read.zoneIds()).containsExactly(setup.zoneIds());
        assertThat(read.domains()).hasSize(1);
        assertThat(client.list(ListRequest.of(Setup.CLUSTER)).connections())
            .singleElement()
            .satisfies(
                c ->
                    assertThat(c.reason().orElseThrow().code())
                        .isEqualTo(ReasonCode.NETWORK_CHANGED));
      }
      setup.links.delete(link);
      setup.links.awaitDeleted(link, TWO_HOURS);
      assertThat(setup.cloud.leftovers()).isEmpty();
    }
  }

  @Test
  void reason_isObservedSinceItIsThereWithoutABreak() {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      PrivateLinkConnection link = setup.active();
      List<ClusterNetwork> moved = List.of(setup.cloud.addNetwork(), setup.network);
      Supplier<Optional<Instant>> since =
          () -> setup.links.get(link).reason().flatMap(StateReason::observedSince);
      setup.directory.put(Setup.CLUSTER, moved);
      Instant first = setup.time.now();
      assertThat(since.get()).hasValue(first);
      setup.time.advance(Duration.ofHours(1));
      assertThat(since.get()).hasValue(first);

      setup.directory.put(Setup.CLUSTER, List.of(setup.network));
      assertThat(since.get()).isEmpty();
      setup.directory.put(Setup.CLUSTER, moved);

      assertThat(since.get()).hasValue(setup.time.now());
    }
  }

  static Stream<Arguments> rawStates() {
    return Stream.of(
        Arguments.of(CloudProvider.AWS, "pendingAcceptance"),
        Arguments.of(CloudProvider.ALICLOUD, "Active/Disconnected"));
  }

  @ParameterizedTest
  @MethodSource("rawStates")
  void pendingLink_keepsTheCloudsOwnWord(CloudProvider flavour, String raw) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();

      assertThat(setup.links.get(link).reason().orElseThrow().rawStatus()).isEqualTo(raw);
    }
  }
}
