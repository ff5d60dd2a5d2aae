package io.privatelink4j.exception;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import javax.annotation.Nullable;

/** The root of all that operations throw. */
public abstract class PrivateLinkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The facts; not serialized. */
  private final transient ErrorDetails details;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param cause what it came from, free of secrets; null if nothing
   */
  protected PrivateLinkException(String message, ErrorDetails details, @Nullable Throwable cause) {
    super(message, cause);
    this.details = requireNonNull(details, "details");
  }

  /** {@return what happened and what to do next} */
  @Override
  public String getMessage() {
    return requireNonNullElse(super.getMessage(), "");
  }

  /** {@return the facts of the failure} Empty after deserialization. */
  public ErrorDetails details() {
    return details == null ? ErrorDetails.NONE : details;
  }
}
