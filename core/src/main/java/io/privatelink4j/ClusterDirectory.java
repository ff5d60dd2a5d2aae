package io.privatelink4j;

import io.privatelink4j.model.ClusterNetwork;
import java.util.List;

/**
 * The embedder's knowledge of where each cluster runs. Must be thread-safe and quick: it is asked
 * by every operation.
 */
@FunctionalInterface
public interface ClusterDirectory {

  /**
   * {@return the cluster's networks: the current one first, then former ones that may still hold
   * endpoints; empty if the cluster is not known} New connections go to the first; everything else
   * looks in all.
   *
   * @param clusterId the cluster's id
   */
  List<ClusterNetwork> networks(String clusterId);
}
