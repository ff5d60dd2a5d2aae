package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What a look at one cluster's connections and DNS zones found. It can be kept, and given to repair
 * later, by this or another process.
 *
 * @param clusterId the cluster
 * @param observedAt when the look began
 * @param drifts everything that is not as it should be, by connection
 */
public record ReconcileReport(String clusterId, Instant observedAt, List<Drift> drifts) {

  /**
   * Copies the list.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public ReconcileReport {
    requireNonNull(clusterId, "clusterId");
    requireNonNull(observedAt, "observedAt");
    drifts = List.copyOf(drifts);
  }

  /** {@return whether everything is as it should be} */
  public boolean isClean() {
    return drifts.isEmpty();
  }
}
