package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One name of a domain attachment. OpenAPI: {@code Domain}.
 *
 * @param name the name, with {@code *} where it is a wildcard
 * @param state its state
 * @param message what is in the way, if FAILED
 */
public record Domain(String name, DomainState state, Optional<String> message) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public Domain {
    requireNonNull(name, "name");
    requireNonNull(state, "state");
    requireNonNull(message, "message");
  }
}
