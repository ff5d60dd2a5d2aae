package io.privatelink4j.exception;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import javax.annotation.Nullable;

/** Another zone answers for the domain in the cluster network. It is never overwritten. */
public final class DomainConflictException extends PrivateLinkException {
  private static final long serialVersionUID = 1L;

  /** The connection of the same cluster that holds the domain, if one does. */
  private final @Nullable String ownerConnectionId;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param ownerConnectionId the connection of the same cluster that holds the domain; empty if it
   *     is anybody else's
   */
  public DomainConflictException(
      String message, ErrorDetails details, Optional<String> ownerConnectionId) {
    super(message, details, null);
    this.ownerConnectionId = requireNonNull(ownerConnectionId, "ownerConnectionId").orElse(null);
  }

  /**
   * {@return the connection of the same cluster that holds the domain; empty if the zone is anybody
   * else's}
   */
  public Optional<String> ownerConnectionId() {
    return Optional.ofNullable(ownerConnectionId);
  }
}
