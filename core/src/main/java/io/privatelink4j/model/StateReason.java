package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Why a connection is in its state, and who must act. Kept below the five public states so that a
 * rejection, an expiry and a cloud failure stay apart.
 *
 * @param code the reason
 * @param rawStatus the cloud's own status text, at most 512 characters, control characters escaped
 * @param message what happened and what to do next, for people
 * @param actor who must act
 * @param observedSince since when this client has seen this reason without a break; empty on a
 *     first look
 */
public record StateReason(
    ReasonCode code,
    String rawStatus,
    String message,
    Actor actor,
    Optional<Instant> observedSince) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public StateReason {
    requireNonNull(code, "code");
    requireNonNull(rawStatus, "rawStatus");
    requireNonNull(message, "message");
    requireNonNull(actor, "actor");
    requireNonNull(observedSince, "observedSince");
  }
}
