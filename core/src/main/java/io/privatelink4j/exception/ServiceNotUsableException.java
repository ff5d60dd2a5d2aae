package io.privatelink4j.exception;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.ServiceCheck;
import javax.annotation.Nullable;

/**
 * The endpoint service cannot be connected to; the check tells everything that stands in the way.
 */
public final class ServiceNotUsableException extends PrivateLinkException {
  private static final long serialVersionUID = 1L;

  /** Everything that was found; not serialized. */
  private final transient ServiceCheck check;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param check everything that was found
   * @param cause what it came from; null if nothing
   */
  public ServiceNotUsableException(
      String message, ErrorDetails details, ServiceCheck check, @Nullable Throwable cause) {
    super(message, details, cause);
    this.check = requireNonNull(check, "check");
  }

  /** {@return everything that was found} */
  public ServiceCheck check() {
    return check;
  }
}
