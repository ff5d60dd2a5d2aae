package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * A private DNS zone.
 *
 * @param id the cloud's id, without any path before it
 * @param name its name: lower case, no trailing dot
 * @param reference the reference it was created with; empty where the cloud has none or the call
 *     does not tell
 * @param networks the VPCs it answers in; empty if none, or if {@link PrivateLinkDriver#zones} does
 *     not tell
 */
public record DnsZone(
    String id, String name, Optional<String> reference, Set<BoundNetwork> networks) {

  /**
   * Copies the set.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public DnsZone {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(reference, "reference");
    networks = Set.copyOf(networks);
  }

  /**
   * A VPC that a zone answers in.
   *
   * @param region its region
   * @param vpcId its id
   */
  public record BoundNetwork(String region, String vpcId) {

    /**
     * Checks that nothing is null.
     *
     * @throws NullPointerException if an argument is null
     */
    public BoundNetwork {
      requireNonNull(region, "region");
      requireNonNull(vpcId, "vpcId");
    }
  }
}
