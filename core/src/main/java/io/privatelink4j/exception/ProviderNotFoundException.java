package io.privatelink4j.exception;

import javax.annotation.Nullable;

/**
 * No provider for the cloud is on the class path, or more than one; the message lists what was
 * found and what to add.
 */
public final class ProviderNotFoundException extends PrivateLinkException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message what happened and what to do next
   * @param details the facts
   */
  public ProviderNotFoundException(String message, ErrorDetails details) {
    this(message, details, null);
  }

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param cause what it came from; null if nothing
   */
  public ProviderNotFoundException(
      String message, ErrorDetails details, @Nullable Throwable cause) {
    super(message, details, cause);
  }
}
