package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.privatelink4j.exception.AccessDeniedException;
import io.privatelink4j.exception.CloudUnavailableException;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.DomainConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.QuotaExceededException;
import io.privatelink4j.exception.ThrottledException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.Action;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallFailedTest {
  private static final Action ACTION =
      new Action(
          "CreateVpcEndpoint",
          "ec2:CreateVpcEndpoint",
          new CallFamily("ec2-create", 4, 0.3, false));

  private static CallFailed failed(ErrorKind kind, int attempts) {
    RemoteException failure =
        new RemoteException(kind, "TheCode", "the cloud's words", "req-1", null, null);
    return new CallFailed(failure, CloudProvider.AWS, ACTION, "vpce-1", attempts);
  }

  static Stream<Arguments> table() {
    return Stream.of(
        arguments(ErrorKind.THROTTLED, ThrottledException.class, "Repeat later"),
        arguments(ErrorKind.UNAVAILABLE, CloudUnavailableException.class, "Repeat later"),
        arguments(ErrorKind.OUTCOME_UNKNOWN, OutcomeUnknownException.class, "Repeat the operation"),
        arguments(ErrorKind.BUSY, CloudUnavailableException.class, "Repeat later"),
        arguments(ErrorKind.NOT_FOUND, NotFoundException.class, "does not exist, or not any more"),
        arguments(ErrorKind.ALREADY_EXISTS, ConflictException.class, "Read it again"),
        arguments(ErrorKind.TOKEN_MISMATCH, ConflictException.class, "Read it again"),
        arguments(
            ErrorKind.DOMAIN_TAKEN,
            DomainConflictException.class,
            "Remove the other private zone of this name from the network, or use another domain"),
        arguments(ErrorKind.RECORD_CONFLICT, ConflictException.class, "Read it again"),
        arguments(ErrorKind.NOT_EMPTY, ConflictException.class, "Read it again"),
        arguments(
            ErrorKind.ACCESS_DENIED,
            AccessDeniedException.class,
            "Allow the action ec2:CreateVpcEndpoint"),
        arguments(
            ErrorKind.BAD_CREDENTIALS, AccessDeniedException.class, "check the provider's options"),
        arguments(ErrorKind.QUOTA, QuotaExceededException.class, "Raise the quota or delete"),
        arguments(ErrorKind.SERVICE_NOT_USABLE, ConflictException.class, "run check"),
        arguments(ErrorKind.ZONE_NOT_SERVED, ConflictException.class, "run check"),
        arguments(ErrorKind.PRODUCT_NOT_OPENED, AccessDeniedException.class, "Open the product"),
        arguments(ErrorKind.BILLING_LOCKED, ConflictException.class, "pay the overdue bill"),
        arguments(
            ErrorKind.BAD_NETWORK,
            InvalidRequestException.class,
            "Correct the VPC, subnets or security groups"),
        arguments(ErrorKind.INVALID, InvalidRequestException.class, "refused the request"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void toPublic_byTheTable(
      ErrorKind kind, Class<? extends PrivateLinkException> type, String whatToDo) {
    PrivateLinkException e = failed(kind, 2).toPublic();

    assertThat(e).isExactlyInstanceOf(type);
    assertThat(e.getMessage())
        .startsWith(
            "CreateVpcEndpoint for vpce-1 failed after 2 tries (TheCode: the cloud's words). ")
        .contains(whatToDo);
    assertThat(e.details())
        .isEqualTo(
            new ErrorDetails(
                Optional.of(CloudProvider.AWS),
                Optional.of("CreateVpcEndpoint"),
                Optional.of("vpce-1"),
                Optional.of("TheCode"),
                Optional.of("req-1"),
                2));
  }

  @Test
  void table_isComplete() {
    assertThat(table().map(row -> row.get()[0]))
        .containsExactlyInAnyOrder((Object[]) ErrorKind.values());
  }

  @ParameterizedTest
  @EnumSource(value = ErrorKind.class, mode = EnumSource.Mode.EXCLUDE, names = "DOMAIN_TAKEN")
  void toPublic_keepsTheCause(ErrorKind kind) {
    assertThat(failed(kind, 1).toPublic()).hasCauseExactlyInstanceOf(RemoteException.class);
  }

  @Test
  void toPublic_ofATakenDomain_namesNoOwner() {
    DomainConflictException e =
        (DomainConflictException) failed(ErrorKind.DOMAIN_TAKEN, 1).toPublic();

    assertThat(e.ownerConnectionId()).isEmpty();
  }

  @Test
  void toPublic_countsOneTry() {
    assertThat(failed(ErrorKind.QUOTA, 1).toPublic()).hasMessageContaining("failed after 1 try (");
  }

  @Test
  void toPublic_ofTextFromOutside_escapesIt() {
    RemoteException failure =
        new RemoteException(ErrorKind.QUOTA, "Co\nde", "wo\u001b[31mrds", "req\r1", null, null);
    PrivateLinkException e =
        new CallFailed(failure, CloudProvider.AWS, ACTION, "na\nme", 1).toPublic();

    assertThat(e.getMessage())
        .contains("na\\u000ame")
        .contains("(Co\\u000ade: wo\\u001b[31mrds)")
        .doesNotContain("\n");
    assertThat(e.details().errorCode()).contains("Co\\u000ade");
    assertThat(e.details().requestId()).contains("req\\u000d1");
  }

  @Test
  void details_escapeTheResourceToo() {
    CallFailed failed =
        new CallFailed(
            new RemoteException(ErrorKind.QUOTA, "C", "m"), CloudProvider.AWS, ACTION, "na\nme", 1);

    assertThat(failed.details().resource().orElseThrow()).doesNotContain("\n");
  }

  @Test
  void said_ofAFailureWithoutMessage_isTheCode() {
    CallFailed failed =
        new CallFailed(
            new RemoteException(ErrorKind.QUOTA, "TheCode", null),
            CloudProvider.AWS,
            ACTION,
            "vpce-1",
            1);

    assertThat(failed.said()).isEqualTo("TheCode");
    assertThat(failed.details().requestId()).isEmpty();
  }

  @Test
  void message_namesActionAndCode() {
    assertThat(failed(ErrorKind.QUOTA, 1)).hasMessage("CreateVpcEndpoint failed: TheCode");
  }
}
