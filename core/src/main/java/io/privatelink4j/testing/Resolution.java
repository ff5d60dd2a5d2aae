package io.privatelink4j.testing;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a VPC's resolver answers, and where the traffic goes. Immutable.
 *
 * @param name the name asked for: lower case, no trailing dot
 * @param status the answer's status
 * @param chain the names that CNAME records led to, in order
 * @param zoneIds ids of the zones that the traffic enters: one for a zonal name of an endpoint, all
 *     zones of the endpoint for a regional one; empty if the name does not lead to an endpoint of
 *     the asking VPC
 * @param endpointId the endpoint that the name leads to
 * @param privateZone name of the private zone that answered first; empty if none has the name
 */
public record Resolution(
    String name,
    Status status,
    List<String> chain,
    Set<String> zoneIds,
    Optional<String> endpointId,
    Optional<String> privateZone) {

  /**
   * Copies the collections.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public Resolution {
    requireNonNull(name, "name");
    requireNonNull(status, "status");
    chain = List.copyOf(chain);
    zoneIds = Set.copyOf(zoneIds);
    requireNonNull(endpointId, "endpointId");
    requireNonNull(privateZone, "privateZone");
  }

  /** {@return whether the name leads to an endpoint of the asking VPC} */
  public boolean leadsToEndpoint() {
    return status == Status.NOERROR && !zoneIds.isEmpty();
  }

  /** The status of an answer. */
  public enum Status {
    /** There are addresses. */
    NOERROR,
    /** The name exists but has no address. */
    NODATA,
    /** The name does not exist. */
    NXDOMAIN,
    /** Nobody answers: the VPC's resolver is switched off, or CNAME records form a loop. */
    SERVFAIL
  }
}
