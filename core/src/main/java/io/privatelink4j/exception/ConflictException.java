package io.privatelink4j.exception;

import javax.annotation.Nullable;

/**
 * The thing is in a state that does not allow the operation, or another operation won. The message
 * says which.
 */
public final class ConflictException extends PrivateLinkException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message what happened and what to do next
   * @param details the facts
   */
  public ConflictException(String message, ErrorDetails details) {
    this(message, details, null);
  }

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param cause what it came from; null if nothing
   */
  public ConflictException(String message, ErrorDetails details, @Nullable Throwable cause) {
    super(message, details, cause);
  }
}
