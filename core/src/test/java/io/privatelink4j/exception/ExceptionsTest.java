package io.privatelink4j.exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.model.StateReason;
import io.privatelink4j.model.Zones;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExceptionsTest {
  private static final ErrorDetails DETAILS =
      new ErrorDetails(
          Optional.of(CloudProvider.AWS),
          Optional.of("CreateVpcEndpoint"),
          Optional.of("vpce-1"),
          Optional.of("Code"),
          Optional.of("req-1"),
          3);
  private static final StateReason REASON =
      new StateReason(
          ReasonCode.REJECTED, "rejected", "Ask the owner.", Actor.SERVICE_OWNER, Optional.empty());
  private static final ServiceCheck CHECK =
      new ServiceCheck(
          AwsEndpointService.of("svc"),
          new Zones("1", List.of(), List.of()),
          List.of(),
          List.of(),
          Acceptance.UNKNOWN,
          List.of());
  private static final PrivateLinkConnection CONNECTION =
      PrivateLinkConnection.builder()
          .clusterId("c")
          .id("plc-1")
          .displayName("n")
          .type(AwsEndpointService.of("svc"))
          .state(ConnectionState.CREATING)
          .createTime(Instant.EPOCH)
          .endpointId("vpce-1")
          .build();

  @FunctionalInterface
  private interface Maker {
    PrivateLinkException make(String message, ErrorDetails details, Throwable cause);
  }

  @FunctionalInterface
  private interface ShortMaker {
    PrivateLinkException make(String message, ErrorDetails details);
  }

  private static Arguments pair(Maker maker, ShortMaker shortMaker) {
    return arguments(maker, shortMaker);
  }

  static Stream<Arguments> plain() {
    return Stream.of(
        pair(AccessDeniedException::new, AccessDeniedException::new),
        pair(ClientClosedException::new, ClientClosedException::new),
        pair(CloudUnavailableException::new, CloudUnavailableException::new),
        pair(ConflictException::new, ConflictException::new),
        pair(InvalidRequestException::new, InvalidRequestException::new),
        pair(NotFoundException::new, NotFoundException::new),
        pair(OutcomeUnknownException::new, OutcomeUnknownException::new),
        pair(ProviderNotFoundException::new, ProviderNotFoundException::new),
        pair(QuotaExceededException::new, QuotaExceededException::new),
        pair(RefusedException::new, RefusedException::new),
        pair(ThrottledException::new, ThrottledException::new),
        pair(UnsupportedDomainException::new, UnsupportedDomainException::new),
        pair(WaitInterruptedException::new, WaitInterruptedException::new));
  }

  @ParameterizedTest
  @MethodSource("plain")
  void exception_keepsMessageDetailsAndCause(Maker maker, ShortMaker shortMaker) {
    Exception cause = new Exception("cause");

    assertThat(maker.make("message", DETAILS, cause)).hasMessage("message").hasCause(cause);
    assertThat(maker.make("message", DETAILS, cause).details()).isEqualTo(DETAILS);
    assertThat(shortMaker.make("message", DETAILS)).hasMessage("message").hasNoCause();
    assertThat(shortMaker.make("message", DETAILS).details()).isEqualTo(DETAILS);
  }

  @ParameterizedTest
  @MethodSource("plain")
  void exception_withoutDetails_isRefused(Maker maker, ShortMaker shortMaker) {
    assertThatNullPointerException()
        .isThrownBy(() -> shortMaker.make("message", null))
        .withMessage("details");
    assertThatNullPointerException()
        .isThrownBy(() -> maker.make("message", null, null))
        .withMessage("details");
  }

  @ParameterizedTest
  @MethodSource("plain")
  void exception_afterSerialization_hasItsMessageAndEmptyDetails(
      Maker maker, ShortMaker shortMaker) {
    PrivateLinkException copy = copy(shortMaker.make("message", DETAILS));

    assertThat(copy).hasMessage("message");
    assertThat(copy.details()).isEqualTo(ErrorDetails.NONE);
  }

  @Test
  void inUse_keepsTheUsers_untilItIsSerialized() {
    InUseException e = new InUseException("message", DETAILS, List.of("changefeed cf-1"));

    assertThat(e).hasMessage("message").hasNoCause();
    assertThat(e.details()).isEqualTo(DETAILS);
    assertThat(e.users()).containsExactly("changefeed cf-1");
    assertThat(copy(e).users()).isEmpty();
    assertThatNullPointerException().isThrownBy(() -> new InUseException("message", DETAILS, null));
  }

  @Test
  void connectionFailed_keepsItsReason() {
    ConnectionFailedException e = new ConnectionFailedException("message", DETAILS, REASON);

    assertThat(e).hasMessage("message").hasNoCause();
    assertThat(e.details()).isEqualTo(DETAILS);
    assertThat(e.reason()).isEqualTo(REASON);
    assertThatNullPointerException()
        .isThrownBy(() -> new ConnectionFailedException("message", DETAILS, null))
        .withMessage("reason");
  }

  @Test
  void serviceNotUsable_keepsItsCheck() {
    Exception cause = new Exception("cause");
    ServiceNotUsableException e = new ServiceNotUsableException("message", DETAILS, CHECK, cause);

    assertThat(e).hasMessage("message").hasCause(cause);
    assertThat(e.details()).isEqualTo(DETAILS);
    assertThat(e.check()).isEqualTo(CHECK);
    assertThatNullPointerException()
        .isThrownBy(() -> new ServiceNotUsableException("message", DETAILS, null, null))
        .withMessage("check");
  }

  @Test
  void waitTimeout_keepsWhatWasSeenAndHowLongItTook() {
    WaitTimeoutException e =
        new WaitTimeoutException(
            "message", DETAILS, Optional.of(CONNECTION), Duration.ofMinutes(30));

    assertThat(e).hasMessage("message").hasNoCause();
    assertThat(e.details().attempts()).isEqualTo(3);
    assertThat(e.lastSeen()).contains(CONNECTION);
    assertThat(e.elapsed()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void waitTimeout_withANull_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> new WaitTimeoutException("m", DETAILS, null, Duration.ZERO))
        .withMessage("lastSeen");
    assertThatNullPointerException()
        .isThrownBy(() -> new WaitTimeoutException("m", DETAILS, Optional.empty(), null))
        .withMessage("elapsed");
  }

  @Test
  void waitTimeout_afterSerialization_hasSeenNothing() {
    WaitTimeoutException copy =
        copy(
            new WaitTimeoutException(
                "message", DETAILS, Optional.of(CONNECTION), Duration.ofMinutes(30)));

    assertThat(copy.elapsed()).isEqualTo(Duration.ofMinutes(30));
    assertThat(copy.details()).isEqualTo(ErrorDetails.NONE);
    assertThat(copy.lastSeen()).isEmpty();
  }

  @Test
  void domainConflict_keepsTheOwnerThatMayBeTold() {
    assertThat(new DomainConflictException("m", DETAILS, Optional.of("plc-2")).ownerConnectionId())
        .contains("plc-2");
    assertThat(new DomainConflictException("m", DETAILS, Optional.empty()).ownerConnectionId())
        .isEmpty();
    assertThat(
            copy(new DomainConflictException("m", DETAILS, Optional.of("plc-2")))
                .ownerConnectionId())
        .contains("plc-2");
  }

  @Test
  void errorDetails_ofAResource_nameNothingElse() {
    assertThat(ErrorDetails.of("vpce-1"))
        .isEqualTo(
            new ErrorDetails(
                Optional.empty(),
                Optional.empty(),
                Optional.of("vpce-1"),
                Optional.empty(),
                Optional.empty(),
                0));
  }

  @Test
  void errorDetails_withAnotherResource_keepTheRest() {
    assertThat(DETAILS.withResource("vpce-2"))
        .isEqualTo(
            new ErrorDetails(
                Optional.of(CloudProvider.AWS),
                Optional.of("CreateVpcEndpoint"),
                Optional.of("vpce-2"),
                Optional.of("Code"),
                Optional.of("req-1"),
                3));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T copy(T original) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(original);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (T) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
