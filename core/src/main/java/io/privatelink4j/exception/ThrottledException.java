package io.privatelink4j.exception;

import javax.annotation.Nullable;

/**
 * The cloud's or this library's call budget is used up for longer than the deadline allows. Repeat
 * later.
 */
public final class ThrottledException extends PrivateLinkException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message what happened and what to do next
   * @param details the facts
   */
  public ThrottledException(String message, ErrorDetails details) {
    this(message, details, null);
  }

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param cause what it came from; null if nothing
   */
  public ThrottledException(String message, ErrorDetails details, @Nullable Throwable cause) {
    super(message, details, cause);
  }
}
