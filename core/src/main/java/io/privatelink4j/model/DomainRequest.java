package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which domain to attach or to plan.
 *
 * @param type whose domain
 * @param uniqueName the part of the domain that is ours (managed; empty = the connection's first
 *     name) or the customer's (Confluent, required: {@code <network-id>.<region>})
 * @param beforeActive whether DNS may go live before the link is ACTIVE; default no, since names
 *     would then lead nowhere
 */
public record DomainRequest(DomainType type, Optional<String> uniqueName, boolean beforeActive) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public DomainRequest {
    requireNonNull(type, "type");
    requireNonNull(uniqueName, "uniqueName");
  }

  /**
   * {@return the connection's first managed domain: the same name in every dry run and in the real
   * call}
   */
  public static DomainRequest managed() {
    return new DomainRequest(DomainType.TIDBCLOUD_MANAGED, Optional.empty(), false);
  }

  /**
   * {@return a managed domain by its unique name}
   *
   * @param uniqueName the connection's id without {@code plc-}, or that with {@code -2}, {@code
   *     -3}, … for further ones
   */
  public static DomainRequest managed(String uniqueName) {
    return new DomainRequest(DomainType.TIDBCLOUD_MANAGED, Optional.of(uniqueName), false);
  }

  /**
   * {@return a Confluent Cloud network's domain}
   *
   * @param uniqueName {@code <network-id>.<region>}, as in {@code domnprzqrog.us-east-1}
   */
  public static DomainRequest confluent(String uniqueName) {
    return new DomainRequest(DomainType.CONFLUENT, Optional.of(uniqueName), false);
  }

  /** {@return the same request, allowed to go live before the link is ACTIVE} */
  public DomainRequest allowedBeforeActive() {
    return new DomainRequest(type, uniqueName, true);
  }
}
