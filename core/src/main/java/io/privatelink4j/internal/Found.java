package io.privatelink4j.internal;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.Endpoint;
import java.util.List;

/**
 * A connection as it was found in the cloud.
 *
 * @param access the cloud it lives in
 * @param network the cluster's network that it lives in, or another one of the same scope if the
 *     cluster has none left there
 * @param former whether the cluster's current network is another one
 * @param endpoint the endpoint
 * @param ledger its labels, read
 * @param duplicates other endpoints with the same connection id, which only the delete of the
 *     connection may touch
 */
record Found(
    CloudAccess access,
    ClusterNetwork network,
    boolean former,
    Endpoint endpoint,
    Ledger ledger,
    List<Endpoint> duplicates) {

  Found withEndpoint(Endpoint newEndpoint) {
    return new Found(
        access, network, former, newEndpoint, Ledger.read(newEndpoint.labels()), duplicates);
  }

  String clusterId() {
    return ledger.clusterId();
  }

  String connectionId() {
    return ledger.connectionId();
  }
}
