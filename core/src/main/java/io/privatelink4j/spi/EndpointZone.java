package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An endpoint's foot in one zone. At least one of subnet and zone is given.
 *
 * @param subnetId the subnet it has an address in
 * @param zoneId the zone's id
 * @param link the connection's state in that zone; UNKNOWN where the cloud does not tell
 * @param dnsName the name that leads to this zone only
 */
public record EndpointZone(
    Optional<String> subnetId, Optional<String> zoneId, LinkState link, Optional<String> dnsName) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public EndpointZone {
    requireNonNull(subnetId, "subnetId");
    requireNonNull(zoneId, "zoneId");
    requireNonNull(link, "link");
    requireNonNull(dnsName, "dnsName");
  }
}
