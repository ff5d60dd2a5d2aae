package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a purge of a cluster that is not known any more would remove, and where. It can be kept, and
 * given to purge later, by this or another process.
 *
 * @param networks where the cluster ran
 * @param found what was found there; what it finds is not for repair
 */
public record PurgePlan(List<ClusterNetwork> networks, ReconcileReport found) {

  /**
   * Copies the list.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public PurgePlan {
    networks = List.copyOf(networks);
    requireNonNull(found, "found");
  }
}
