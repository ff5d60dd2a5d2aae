package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.StateReason;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.Assumption.Question;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends a wait, and with which reason, over the driver, the SDK and a socket. */
class AlicloudWaitTest {
  private static final Duration LONG = Duration.ofHours(2);

  /** More than ten polls: no more is between two looks at an endpoint's zones. */
  private static final Duration TEN_POLLS = Duration.ofMinutes(6);

  /** Whatever can come out differently for who waits. */
  private static final Set<Question> SEEN_BY_WAITS =
      EnumSet.of(
          Question.FILTER_LAG,
          Question.LABEL_LAG,
          Question.FRESH_ENDPOINT,
          Question.DELETION_SEEN,
          Question.FRESH_CONNECTION,
          Question.STATUS_WHILE_CONNECTING,
          Question.SERVICE_DELETED_ZONES);

  static Stream<List<Assumption>> positions() {
    return AlicloudLifeCycleTest.positions()
        .filter(
            position ->
                position.stream().map(Assumption::question).allMatch(SEEN_BY_WAITS::contains));
  }

  /** A connection that its owner has not answered, and somebody who waits for it. */
  private static final class Waiting implements AutoCloseable {
    final AlicloudCloud cloud;
    final PrivateLinkClient links;
    final ConnectionType type;
    final PrivateLinkConnection link;
    final CompletableFuture<PrivateLinkConnection> future;

    Waiting(List<Assumption> position) {
      cloud = new AlicloudCloud(position);
      links = cloud.links;
      type = cloud.service();
      link = links.create(AlicloudCloud.request(type, "op-1"));
      cloud.settle();
      future = links.whenActive(link, LONG);
      cloud.fake.advance(Duration.ofMinutes(10));
      assertThat(future).as("nobody has answered").isNotDone();
    }

    /** Why the wait ended. */
    ConnectionFailedException failure() {
      assertThat(future).isCompletedExceptionally();
      Throwable cause = catchThrowableOfType(CompletionException.class, future::join).getCause();
      assertThat(cause).isInstanceOf(ConnectionFailedException.class);
      return (ConnectionFailedException) cause;
    }

    @Override
    public void close() {
      cloud.close();
    }
  }

  private static ReasonCode reason(PrivateLinkConnection link) {
    return link.reason().map(StateReason::code).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("positions")
  void waitingAndRejected_areToldApart(List<Assumption> position) {
    try (Waiting waiting = new Waiting(position)) {
      AlicloudCloud cloud = waiting.cloud;
      PrivateLinkConnection other =
          waiting.links.create(AlicloudCloud.request(cloud.service(), "op-2"));
      cloud.settle();
      cloud.fake.reject(waiting.link.endpointId());
      cloud.settle();

      PrivateLinkConnection rejected = waiting.links.get(waiting.link);
      assertThat(rejected.state()).isEqualTo(ConnectionState.FAILED);
      assertThat(reason(rejected)).isEqualTo(ReasonCode.REJECTED);
      assertThat(rejected.ownerInstructions()).isEmpty();
      PrivateLinkConnection pending = waiting.links.get(other);
      assertThat(pending.state()).isEqualTo(ConnectionState.PENDING_ACCEPTANCE);
      assertThat(reason(pending)).isEqualTo(ReasonCode.AWAITING_OWNER);
      assertThat(cloud.fake.endpoints())
          .as("their own status is the same")
          .extracting(each -> each.connection(cloud.fake.time().nanoTime()))
          .containsExactly("Disconnected", "Disconnected");
    }
  }

  @ParameterizedTest
  @MethodSource("positions")
  void rejection_endsTheWait_andNoOtherOne(List<Assumption> position) {
    try (Waiting waiting = new Waiting(position)) {
      AlicloudCloud cloud = waiting.cloud;
      PrivateLinkConnection other =
          waiting.links.create(AlicloudCloud.request(cloud.service(), "op-2"));
      CompletableFuture<PrivateLinkConnection> wait = waiting.links.whenActive(other, LONG);
      cloud.settle();
      cloud.fake.reject(waiting.link.endpointId());

      cloud.fake.advance(TEN_POLLS);

      assertThat(waiting.failure().reason().code()).isEqualTo(ReasonCode.REJECTED);
      assertThat(wait).isNotDone();
      cloud.fake.accept(other.endpointId());
      cloud.fake.advance(Duration.ofMinutes(1));
      assertThat(wait).isCompletedWithValueMatching(link -> link.state() == ConnectionState.ACTIVE);
    }
  }

  @ParameterizedTest
  @MethodSource("positions")
  void ownerWhoDoesNotAnswer_letsTheWaitTimeOut(List<Assumption> position) {
    try (AlicloudCloud cloud = new AlicloudCloud(position)) {
      PrivateLinkConnection link =
          cloud.links.create(AlicloudCloud.request(cloud.service(), "op-1"));
      cloud.settle();

      WaitTimeoutException impatient =
          catchThrowableOfType(
              WaitTimeoutException.class, () -> cloud.links.awaitActive(link, LONG, Duration.ZERO));
      WaitTimeoutException late =
          catchThrowableOfType(
              WaitTimeoutException.class, () -> cloud.links.awaitActive(link, TEN_POLLS));

      assertThat(reason(impatient.lastSeen().orElseThrow())).isEqualTo(ReasonCode.AWAITING_OWNER);
      assertThat(impatient).hasMessageContaining(link.endpointId());
      assertThat(late.elapsed()).isBetween(TEN_POLLS, TEN_POLLS.plusMinutes(1));
      assertThat(late.lastSeen().orElseThrow().state())
          .isEqualTo(ConnectionState.PENDING_ACCEPTANCE);
      assertThat(reason(late.lastSeen().orElseThrow())).isEqualTo(ReasonCode.AWAITING_OWNER);
      assertThat(reason(cloud.links.get(link))).isEqualTo(ReasonCode.AWAITING_OWNER);
    }
  }

  @ParameterizedTest
  @MethodSource("positions")
  void connectionThatWasCut_isToldFromOneThatWasRejected(List<Assumption> position) {
    try (AlicloudCloud cloud = new AlicloudCloud(position)) {
      PrivateLinkConnection link = cloud.active(AlicloudCloud.request(cloud.service(), "op-1"));
      cloud.settle();
      cloud.fake.reject(link.endpointId());
      cloud.settle();

      ConnectionFailedException failure =
          catchThrowableOfType(
              ConnectionFailedException.class,
              () -> cloud.links.awaitActive(link, Duration.ofMinutes(30)));

      assertThat(reason(cloud.links.get(link))).isEqualTo(ReasonCode.DISCONNECTED);
      assertThat(failure.reason().code()).isEqualTo(ReasonCode.DISCONNECTED);
    }
  }

  @ParameterizedTest
  @MethodSource("positions")
  void deletedService_endsTheWait(List<Assumption> position) {
    try (Waiting waiting = new Waiting(position)) {
      waiting.cloud.fake.deleteService(waiting.type.serviceName());

      waiting.cloud.fake.advance(Duration.ofMinutes(1));

      assertThat(waiting.failure().reason().code()).isEqualTo(ReasonCode.SERVICE_DELETED);
      assertThat(reason(waiting.links.get(waiting.link))).isEqualTo(ReasonCode.SERVICE_DELETED);
    }
  }

  @ParameterizedTest
  @MethodSource("positions")
  void overdueBill_endsTheWait_andThePaidOneLetsGoOn(List<Assumption> position) {
    try (Waiting waiting = new Waiting(position)) {
      AlicloudCloud cloud = waiting.cloud;
      cloud.fake.lock(waiting.link.endpointId(), true);

      cloud.fake.advance(Duration.ofMinutes(1));

      assertThat(waiting.failure().reason().code()).isEqualTo(ReasonCode.BILLING_LOCKED);
      assertThat(reason(waiting.links.get(waiting.link))).isEqualTo(ReasonCode.BILLING_LOCKED);

      cloud.fake.lock(waiting.link.endpointId(), false);
      cloud.fake.accept(waiting.link.endpointId());
      assertThat(waiting.links.awaitActive(waiting.link, Duration.ofMinutes(5)).state())
          .isEqualTo(ConnectionState.ACTIVE);
    }
  }

  @ParameterizedTest
  @MethodSource("positions")
  void endpointDeletedBehindOurBack_endsTheWait(List<Assumption> position) {
    try (Waiting waiting = new Waiting(position)) {
      waiting.cloud.fake.deleteEndpoint(waiting.link.endpointId());

      waiting.cloud.fake.advance(Duration.ofMinutes(3));

      assertThat(waiting.failure().reason().code()).isEqualTo(ReasonCode.ENDPOINT_GONE);
    }
  }
}
