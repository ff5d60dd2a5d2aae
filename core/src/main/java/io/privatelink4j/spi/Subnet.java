package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * A subnet (vSwitch) of a cluster network.
 *
 * @param id its id
 * @param vpcId its VPC
 * @param zoneId the zone's id, the same in every account
 * @param zoneName the zone's name in this account; equal to the id where a cloud has no such names
 * @param ownerAccount the account that owns the subnet
 * @param freeAddresses how many addresses are free; empty if the cloud does not tell
 */
public record Subnet(
    String id,
    String vpcId,
    String zoneId,
    String zoneName,
    String ownerAccount,
    OptionalInt freeAddresses) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public Subnet {
    requireNonNull(id, "id");
    requireNonNull(vpcId, "vpcId");
    requireNonNull(zoneId, "zoneId");
    requireNonNull(zoneName, "zoneName");
    requireNonNull(ownerAccount, "ownerAccount");
    requireNonNull(freeAddresses, "freeAddresses");
  }
}
