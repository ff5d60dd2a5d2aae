package io.privatelink4j.exception;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.PrivateLinkConnection;
import java.time.Duration;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * A wait ended before the connection got there. Nothing is lost: wait again to resume. {@link
 * #details()} counts the reads that were made.
 */
public final class WaitTimeoutException extends PrivateLinkException {
  private static final long serialVersionUID = 1L;

  /** The connection as last read; not serialized. */
  private final transient @Nullable PrivateLinkConnection lastSeen;

  /** How long the wait took. */
  private final Duration elapsed;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param lastSeen the connection as last read; empty if it could not be read
   * @param elapsed how long the wait took
   */
  public WaitTimeoutException(
      String message,
      ErrorDetails details,
      Optional<PrivateLinkConnection> lastSeen,
      Duration elapsed) {
    super(message, details, null);
    this.lastSeen = requireNonNull(lastSeen, "lastSeen").orElse(null);
    this.elapsed = requireNonNull(elapsed, "elapsed");
  }

  /** {@return the connection as last read; empty if it could not be read} */
  public Optional<PrivateLinkConnection> lastSeen() {
    return Optional.ofNullable(lastSeen);
  }

  /** {@return how long the wait took} */
  public Duration elapsed() {
    return elapsed;
  }
}
