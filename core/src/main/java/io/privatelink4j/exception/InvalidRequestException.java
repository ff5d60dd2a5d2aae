package io.privatelink4j.exception;

import javax.annotation.Nullable;

/**
 * An argument is wrong, or the cloud refused the cluster network's own ids. Correct it; repeating
 * does not help.
 */
public final class InvalidRequestException extends PrivateLinkException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message what happened and what to do next
   * @param details the facts
   */
  public InvalidRequestException(String message, ErrorDetails details) {
    this(message, details, null);
  }

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param cause what it came from; null if nothing
   */
  public InvalidRequestException(String message, ErrorDetails details, @Nullable Throwable cause) {
    super(message, details, cause);
  }
}
