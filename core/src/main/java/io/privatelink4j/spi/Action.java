package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

/**
 * How one cloud names a call, what permits it, and which budget it draws on.
 *
 * @param name the cloud's name of the call, such as {@code CreateVpcEndpoint}
 * @param permission what a policy must allow, such as {@code ec2:CreateVpcEndpoint}
 * @param family the budget
 */
public record Action(String name, String permission, CallFamily family) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public Action {
    requireNonNull(name, "name");
    requireNonNull(permission, "permission");
    requireNonNull(family, "family");
  }
}
