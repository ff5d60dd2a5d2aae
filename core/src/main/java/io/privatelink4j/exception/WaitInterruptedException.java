package io.privatelink4j.exception;

import javax.annotation.Nullable;

/**
 * The thread was interrupted while it waited; its interrupt flag is set again. What was begun can
 * be resumed.
 */
public final class WaitInterruptedException extends PrivateLinkException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message what happened and what to do next
   * @param details the facts
   */
  public WaitInterruptedException(String message, ErrorDetails details) {
    this(message, details, null);
  }

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param cause what it came from; null if nothing
   */
  public WaitInterruptedException(String message, ErrorDetails details, @Nullable Throwable cause) {
    super(message, details, cause);
  }
}
