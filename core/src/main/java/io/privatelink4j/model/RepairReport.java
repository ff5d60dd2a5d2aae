package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What a repair did and left.
 *
 * @param clusterId the cluster
 * @param observedAt when the look that it acted on began
 * @param repairs one for each drift of that look
 */
public record RepairReport(String clusterId, Instant observedAt, List<Repair> repairs) {

  /**
   * Copies the list.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public RepairReport {
    requireNonNull(clusterId, "clusterId");
    requireNonNull(observedAt, "observedAt");
    repairs = List.copyOf(repairs);
  }

  /**
   * {@return those with an outcome}
   *
   * @param outcome which
   */
  public List<Repair> with(Repair.Outcome outcome) {
    return repairs.stream().filter(repair -> repair.outcome() == outcome).toList();
  }
}
