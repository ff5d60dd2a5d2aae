package io.privatelink4j.internal;

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
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.util.Optional;

/**
 * A remote call that failed for good, on its way through the engine: plans look at its {@link
 * #kind}, and what no plan expects leaves the engine as {@link #toPublic}.
 */
final class CallFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RemoteException failure;
  private final transient CloudProvider cloud;
  private final transient Action action;
  private final String subject;
  private final int attempts;

  CallFailed(
      RemoteException failure, CloudProvider cloud, Action action, String subject, int attempts) {
    super(action.name() + " failed: " + Texts.safe(failure.code()));
    this.failure = harmless(failure);
    this.cloud = cloud;
    this.action = action;
    this.subject = subject;
    this.attempts = attempts;
  }

  /** What comes from outside is escaped and cut, and no foreign cause goes along. */
  private static RemoteException harmless(RemoteException failure) {
    String message = failure.getMessage();
    RemoteException copy =
        new RemoteException(
            failure.kind(),
            Texts.safe(failure.code()),
            message == null ? "" : Texts.safe(message),
            failure.requestId().map(Texts::safe).orElse(null),
            failure.retryAfter().orElse(null),
            null);
    copy.setStackTrace(failure.getStackTrace());
    return failure.permission().map(Texts::safe).map(copy::lacking).orElse(copy);
  }

  ErrorKind kind() {
    return failure.kind();
  }

  ErrorDetails details() {
    return new ErrorDetails(
        Optional.of(cloud),
        Optional.of(action.name()),
        Optional.of(Texts.safe(subject)),
        Optional.of(Texts.safe(failure.code())),
        failure.requestId().map(Texts::safe),
        attempts);
  }

  /** {@return what the cloud said} */
  String said() {
    String message = failure.getMessage();
    return message == null || message.isEmpty() ? failure.code() : failure.code() + ": " + message;
  }

  /** The one table from kinds of failures to public exceptions. */
  PrivateLinkException toPublic() {
    String what =
        action.name()
            + " for "
            + Texts.safe(subject)
            + " failed after "
            + tries()
            + " ("
            + said()
            + "). ";
    ErrorDetails details = details();
    return switch (kind()) {
      case THROTTLED ->
          new ThrottledException(
              what
                  + "Repeat later or with a longer operation timeout; share one Pacing among the clients of an account.",
              details,
              failure);
      case UNAVAILABLE, BUSY ->
          new CloudUnavailableException(
              what + "Nothing was done by this call. Repeat later.", details, failure);
      case OUTCOME_UNKNOWN ->
          new OutcomeUnknownException(
              what
                  + "It may have been carried out. Repeat the operation: it looks first and does nothing twice.",
              details,
              failure);
      case NOT_FOUND ->
          new NotFoundException(what + "It does not exist, or not any more.", details, failure);
      case ALREADY_EXISTS, TOKEN_MISMATCH, RECORD_CONFLICT, NOT_EMPTY ->
          new ConflictException(
              what + "Another operation is or was at work on it. Read it again.", details, failure);
      case DOMAIN_TAKEN ->
          new DomainConflictException(
              what
                  + "Remove the other private zone of this name from the network, or use another domain.",
              details,
              Optional.empty());
      case ACCESS_DENIED ->
          new AccessDeniedException(
              what
                  + "Allow the action "
                  + failure.permission().orElse(action.permission())
                  + " to the credentials of this network.",
              details,
              failure);
      case BAD_CREDENTIALS ->
          new AccessDeniedException(
              what
                  + "The credentials of this network are missing, wrong or expired: check the provider's options.",
              details,
              failure);
      case QUOTA ->
          new QuotaExceededException(
              what + "Raise the quota or delete what is not used.", details, failure);
      case PRODUCT_NOT_OPENED ->
          new AccessDeniedException(
              what
                  + "Open the product for the account, with its service-linked role where the cloud has one, or have the account verified or unblocked.",
              details,
              failure);
      case BILLING_LOCKED ->
          new ConflictException(
              what + "The endpoint is locked: pay the overdue bill.", details, failure);
      case SERVICE_NOT_USABLE, ZONE_NOT_SERVED ->
          new ConflictException(
              what + "The endpoint service cannot be connected to: run check.", details, failure);
      case BAD_NETWORK ->
          new InvalidRequestException(
              what + "Correct the VPC, subnets or security groups of the cluster network.",
              details,
              failure);
      case INVALID ->
          new InvalidRequestException(what + "The cloud refused the request.", details, failure);
    };
  }

  private String tries() {
    return attempts == 1 ? "1 try" : attempts + " tries";
  }
}
