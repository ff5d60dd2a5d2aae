package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;

/**
 * What a service policy is asked about: one cluster's wish to connect to an endpoint service.
 *
 * @param clusterId the cluster
 * @param type the endpoint service
 * @param acceptance whether the owner accepts each connection by hand
 * @param linkedByOtherCluster tells whether another cluster of the same account has a link to the
 *     service already; the first question costs a remote read, later ones nothing
 */
public record ServiceUse(
    String clusterId,
    ConnectionType type,
    Acceptance acceptance,
    BooleanSupplier linkedByOtherCluster) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public ServiceUse {
    requireNonNull(clusterId, "clusterId");
    requireNonNull(type, "type");
    requireNonNull(acceptance, "acceptance");
    requireNonNull(linkedByOtherCluster, "linkedByOtherCluster");
  }
}
