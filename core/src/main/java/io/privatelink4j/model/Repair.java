package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What became of one drift.
 *
 * @param drift what was seen last
 * @param outcome whether something was done about it
 * @param message what was done, or why not, for people
 * @param failure if it failed, why: what the operation behind the repair throws, a {@code
 *     PrivateLinkException} unless a policy of the embedder's failed
 */
public record Repair(
    Drift drift, Outcome outcome, String message, Optional<RuntimeException> failure) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public Repair {
    requireNonNull(drift, "drift");
    requireNonNull(outcome, "outcome");
    requireNonNull(message, "message");
    requireNonNull(failure, "failure");
  }

  /** Whether something was done. */
  public enum Outcome {
    /** It is as it should be now. */
    DONE,
    /** Nothing was done: it is too young, has moved on, or is not for repair to do. */
    LEFT,
    /** It was tried and failed; repairing again goes on where this stopped. */
    FAILED,
    /** An outcome that this version does not know. */
    UNKNOWN
  }
}
