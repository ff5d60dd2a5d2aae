package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a policy decided.
 *
 * @param denial why not; empty if allowed
 */
public record Decision(Optional<String> denial) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if the argument is null
   */
  public Decision {
    requireNonNull(denial, "denial");
  }

  /** {@return a decision that allows} */
  public static Decision allow() {
    return new Decision(Optional.empty());
  }

  /**
   * {@return a decision that denies}
   *
   * @param reason why, for the caller
   */
  public static Decision deny(String reason) {
    return new Decision(Optional.of(reason));
  }

  /** {@return whether it allows} */
  public boolean allowed() {
    return denial.isEmpty();
  }
}
