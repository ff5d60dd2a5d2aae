package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

/**
 * What the core lends to a driver.
 *
 * @param time the only clock that a driver may use
 */
public record DriverContext(Time time) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public DriverContext {
    requireNonNull(time, "time");
  }
}
