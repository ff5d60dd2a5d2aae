package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

/**
 * Calls that share one budget of the cloud: a token bucket per account, and per region unless
 * global.
 *
 * @param name the family's name
 * @param capacity how many calls may come at once, at least 1
 * @param perSecond how many calls per second come back, more than 0
 * @param global whether all regions of the account share the budget
 */
public record CallFamily(String name, int capacity, double perSecond, boolean global) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public CallFamily {
    requireNonNull(name, "name");
    if (capacity < 1 || !(perSecond > 0)) {
      throw new IllegalArgumentException(
          "capacity " + capacity + " and perSecond " + perSecond + " of " + name);
    }
  }
}
