package io.privatelink4j.exception;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.StateReason;

/**
 * A wait ended because the connection will not get there unless somebody acts; the reason says who.
 */
public final class ConnectionFailedException extends PrivateLinkException {
  private static final long serialVersionUID = 1L;

  /** Why the connection failed; not serialized. */
  private final transient StateReason reason;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param reason why the connection failed
   */
  public ConnectionFailedException(String message, ErrorDetails details, StateReason reason) {
    super(message, details, null);
    this.reason = requireNonNull(reason, "reason");
  }

  /** {@return why the connection failed} */
  public StateReason reason() {
    return reason;
  }
}
