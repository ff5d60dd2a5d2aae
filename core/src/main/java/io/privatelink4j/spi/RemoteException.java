package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * A failed remote call, as a driver throws it. The core decides whether to repeat the call, and
 * turns the rest into the public exceptions. Neither the message nor a cause may hold a credential,
 * a signature or a signed URL.
 */
public final class RemoteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the failure means. */
  private final ErrorKind kind;

  /** The cloud's error code. */
  private final String code;

  /** The cloud's id of the request. */
  private final @Nullable String requestId;

  /** How long the cloud asks to wait. */
  private final @Nullable Duration retryAfter;

  /** What a policy must allow. */
  private final @Nullable String permission;

  /**
   * Makes an exception.
   *
   * @param kind what the failure means
   * @param code the cloud's error code, or a word of the driver's where the cloud gave none
   * @param message the cloud's message
   * @param requestId the cloud's id of the request; null if unknown
   * @param retryAfter how long the cloud asks to wait; null if it does not
   * @param cause what it came from, free of secrets; null if nothing
   */
  public RemoteException(
      ErrorKind kind,
      String code,
      String message,
      @Nullable String requestId,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    this(kind, code, message, requestId, retryAfter, cause, null);
  }

  private RemoteException(
      ErrorKind kind,
      String code,
      @Nullable String message,
      @Nullable String requestId,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause,
      @Nullable String permission) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind");
    this.code = requireNonNull(code, "code");
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.permission = permission;
  }

  /**
   * {@return the same failure, saying which permission is missing} Clouds sometimes ask for another
   * one than the call's own.
   *
   * @param missing what the cloud says a policy must allow
   */
  public RemoteException lacking(String missing) {
    RemoteException copy =
        new RemoteException(
            kind,
            code,
            getMessage(),
            requestId,
            retryAfter,
            getCause(),
            requireNonNull(missing, "missing"));
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /**
   * Makes an exception from what most failures have.
   *
   * @param kind what the failure means
   * @param code the cloud's error code
   * @param message the cloud's message
   */
  public RemoteException(ErrorKind kind, String code, String message) {
    this(kind, code, message, null, null, null);
  }

  /** {@return what the failure means} */
  public ErrorKind kind() {
    return kind;
  }

  /** {@return the cloud's error code} */
  public String code() {
    return code;
  }

  /** {@return the cloud's id of the request} */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** {@return how long the cloud asks to wait} */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** {@return the permission that the cloud says is missing} */
  public Optional<String> permission() {
    return Optional.ofNullable(permission);
  }
}
