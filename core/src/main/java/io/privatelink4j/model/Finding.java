package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

/**
 * One thing that a check or a plan found.
 *
 * @param code what was found
 * @param severity how bad it is
 * @param actor who must act
 * @param message what is the matter and what to do, for people; text from outside in it is escaped
 *     and cut
 */
public record Finding(FindingCode code, Severity severity, Actor actor, String message) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public Finding {
    requireNonNull(code, "code");
    requireNonNull(severity, "severity");
    requireNonNull(actor, "actor");
    requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return severity + " " + code + " [" + actor + "] " + message;
  }
}
