package io.privatelink4j.internal;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.spi.Endpoint;
import java.util.List;

/**
 * A connection as it was found in the cloud.
 *
 * @param access the cloud it lives in
 * @param network the network that it lives in
 * @param networkKnown whether the directory still names that network
 * @param former whether the cluster's current network is another one
 * @param endpoint the endpoint
 * @param ledger its labels, read
 * @param duplicates other endpoints with the same connection id, which only the delete of the
 *     connection may touch
 */
record Found(
    CloudAccess access,
    ClusterNetwork network,
    boolean networkKnown,
    boolean former,
    Endpoint endpoint,
    Ledger ledger,
    List<Endpoint> duplicates) {

  /** {@return a connection without duplicates in a network that the directory names} */
  static Found of(CloudAccess access, ClusterNetwork network, boolean former, Endpoint endpoint) {
    return new Found(
        access, network, true, former, endpoint, Ledger.read(endpoint.labels()), List.of());
  }

  Found withEndpoint(Endpoint newEndpoint) {
    return new Found(
        access,
        network,
        networkKnown,
        former,
        newEndpoint,
        Ledger.read(newEndpoint.labels()),
        duplicates);
  }

  /** {@return the same, with the state of its zones as far as the cloud shows them yet} */
  Found withZones(Deadline deadline) {
    return withEndpoint(access.withZones(network, endpoint, deadline));
  }

  /**
   * {@return whether each of its attachments has a zone of its own, which tells whose it is} Where
   * zones are bound after their creation, those who attach a domain at once share one.
   */
  boolean ownsItsZones() {
    return access.traits().zoneBoundAtCreation();
  }

  ConnectionRef ref() {
    return ConnectionRef.of(clusterId(), connectionId());
  }

  String clusterId() {
    return ledger.clusterId();
  }

  String connectionId() {
    return ledger.connectionId();
  }
}
