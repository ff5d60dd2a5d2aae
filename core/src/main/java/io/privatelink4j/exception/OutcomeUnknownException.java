package io.privatelink4j.exception;

import javax.annotation.Nullable;

/**
 * A write was sent and its outcome is not known. Repeat it with the same request id: nothing is
 * done twice.
 */
public final class OutcomeUnknownException extends PrivateLinkException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message what happened and what to do next
   * @param details the facts
   */
  public OutcomeUnknownException(String message, ErrorDetails details) {
    this(message, details, null);
  }

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param cause what it came from; null if nothing
   */
  public OutcomeUnknownException(String message, ErrorDetails details, @Nullable Throwable cause) {
    super(message, details, cause);
  }
}
