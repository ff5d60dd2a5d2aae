package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A watched connection was seen in another state, or in the same state for another reason.
 *
 * @param clusterId the cluster
 * @param connectionId the connection
 * @param from the state before; empty on the first look
 * @param to the state now; empty if the endpoint is gone
 * @param reason why
 * @param at when it was seen
 */
public record StateChange(
    String clusterId,
    String connectionId,
    Optional<ConnectionState> from,
    Optional<ConnectionState> to,
    Optional<StateReason> reason,
    Instant at) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public StateChange {
    requireNonNull(clusterId, "clusterId");
    requireNonNull(connectionId, "connectionId");
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    requireNonNull(reason, "reason");
    requireNonNull(at, "at");
  }
}
