package io.privatelink4j.exception;

import javax.annotation.Nullable;

/** A limit of the cloud or of this library is reached. */
public final class QuotaExceededException extends PrivateLinkException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message what happened and what to do next
   * @param details the facts
   */
  public QuotaExceededException(String message, ErrorDetails details) {
    this(message, details, null);
  }

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param cause what it came from; null if nothing
   */
  public QuotaExceededException(String message, ErrorDetails details, @Nullable Throwable cause) {
    super(message, details, cause);
  }
}
