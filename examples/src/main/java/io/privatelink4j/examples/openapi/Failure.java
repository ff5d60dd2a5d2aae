package io.privatelink4j.examples.openapi;

import io.privatelink4j.exception.AccessDeniedException;
import io.privatelink4j.exception.ClientClosedException;
import io.privatelink4j.exception.CloudUnavailableException;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.exception.DomainConflictException;
import io.privatelink4j.exception.InUseException;
import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.ProviderNotFoundException;
import io.privatelink4j.exception.QuotaExceededException;
import io.privatelink4j.exception.RefusedException;
import io.privatelink4j.exception.ServiceNotUsableException;
import io.privatelink4j.exception.ThrottledException;
import io.privatelink4j.exception.UnsupportedDomainException;
import io.privatelink4j.exception.WaitInterruptedException;
import io.privatelink4j.exception.WaitTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * What can go wrong: the one table of exit codes of the command line and of codes of the server.
 * The server's codes are gRPC's, and their HTTP statuses those of its gateway, as the API's own
 * server has them.
 */
public enum Failure {
  INTERNAL(null, 1, 13, 500, "something unexpected: a defect"),
  INVALID_REQUEST(InvalidRequestException.class, 2, 3, 400, "an argument is wrong"),
  NOT_FOUND(NotFoundException.class, 3, 5, 404, "no such cluster, connection or attachment"),
  CONFLICT(ConflictException.class, 4, 10, 409, "its state does not allow it, or another won"),
  DOMAIN_CONFLICT(DomainConflictException.class, 5, 6, 409, "another zone answers for the domain"),
  SERVICE_NOT_USABLE(
      ServiceNotUsableException.class, 6, 9, 400, "something is in the way of the service"),
  REFUSED(RefusedException.class, 7, 7, 403, "a policy said no"),
  ACCESS_DENIED(AccessDeniedException.class, 8, 13, 500, "our credentials may not do it"),
  QUOTA_EXCEEDED(QuotaExceededException.class, 9, 8, 429, "a limit is reached"),
  THROTTLED(ThrottledException.class, 10, 8, 429, "too many calls: repeat later"),
  CLOUD_UNAVAILABLE(
      CloudUnavailableException.class, 11, 14, 503, "the cloud is not reached: repeat"),
  OUTCOME_UNKNOWN(
      OutcomeUnknownException.class, 12, 4, 504, "may be done or not: repeat, same request id"),
  CONNECTION_FAILED(
      ConnectionFailedException.class, 13, 9, 400, "a wait saw that somebody has to act"),
  WAIT_TIMEOUT(WaitTimeoutException.class, 14, 4, 504, "time ran out: wait or repeat"),
  IN_USE(InUseException.class, 15, 9, 400, "something uses the connection"),
  UNSUPPORTED_DOMAIN(
      UnsupportedDomainException.class, 16, 3, 400, "that cloud has no domains of that type"),
  PROVIDER_NOT_FOUND(
      ProviderNotFoundException.class, 17, 13, 500, "no driver for the cluster's cloud"),
  INTERRUPTED(WaitInterruptedException.class, 130, 1, 499, "interrupted"),
  CLIENT_CLOSED(ClientClosedException.class, 131, 14, 503, "shutting down: repeat elsewhere");

  private final @Nullable Class<? extends PrivateLinkException> exception;
  private final int exitCode;
  private final int grpcCode;
  private final int httpStatus;
  private final String meaning;

  Failure(
      @Nullable Class<? extends PrivateLinkException> exception,
      int exitCode,
      int grpcCode,
      int httpStatus,
      String meaning) {
    this.exception = exception;
    this.exitCode = exitCode;
    this.grpcCode = grpcCode;
    this.httpStatus = httpStatus;
    this.meaning = meaning;
  }

  /**
   * {@return what an exception means; INTERNAL if it is not one of the library's}
   *
   * @param thrown any exception
   */
  public static Failure of(Throwable thrown) {
    return Arrays.stream(values())
        .filter(failure -> thrown.getClass() == failure.exception)
        .findFirst()
        .orElse(INTERNAL);
  }

  /** {@return the library's exception; empty for what it does not throw} */
  public Optional<Class<? extends PrivateLinkException>> exception() {
    return Optional.ofNullable(exception);
  }

  /** {@return with what the command line exits} */
  public int exitCode() {
    return exitCode;
  }

  /** {@return the code of the server's {@code Status}} */
  public int grpcCode() {
    return grpcCode;
  }

  /** {@return the server's HTTP status} */
  public int httpStatus() {
    return httpStatus;
  }

  /** {@return what it means, in a few words} */
  public String meaning() {
    return meaning;
  }

  /**
   * {@return whether only the operator can mend it} Then the message names accounts and permissions
   * of the service, which are not the business of its users.
   */
  public boolean isOperatorsOwn() {
    return httpStatus == 500;
  }
}
