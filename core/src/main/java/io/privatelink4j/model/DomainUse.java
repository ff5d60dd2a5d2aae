package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

/**
 * What a domain policy is asked about: one cluster's wish to answer for a domain in its network.
 *
 * @param clusterId the cluster
 * @param connectionId the connection that the domain would lead to
 * @param type whose domain
 * @param uniqueName the domain's unique part
 * @param apex the whole domain
 */
public record DomainUse(
    String clusterId, String connectionId, DomainType type, String uniqueName, String apex) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public DomainUse {
    requireNonNull(clusterId, "clusterId");
    requireNonNull(connectionId, "connectionId");
    requireNonNull(type, "type");
    requireNonNull(uniqueName, "uniqueName");
    requireNonNull(apex, "apex");
  }
}
