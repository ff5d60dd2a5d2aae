package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

/**
 * Which zones to list. The cloud's own call decides how much more comes with it.
 *
 * @param scope which zones
 * @param apex the name that is asked about, without a trailing dot
 */
public record ZoneQuery(Scope scope, String apex) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public ZoneQuery {
    requireNonNull(scope, "scope");
    requireNonNull(apex, "apex");
  }

  /** Which zones to list. */
  public enum Scope {
    /**
     * Zones that answer in the network, whatever their name: other accounts' and services' too,
     * where the cloud tells.
     */
    IN_NETWORK,
    /**
     * Zones of the account with exactly that name, bound or not. Only if {@link
     * DriverTraits#zoneBoundAtCreation} is false.
     */
    NAMED
  }
}
