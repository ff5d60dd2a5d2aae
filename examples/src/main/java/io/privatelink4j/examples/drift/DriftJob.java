package io.privatelink4j.examples.drift;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.RepairReport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** To be run for each cluster now and then, by one process at a time. */
public final class DriftJob {
  private final PrivateLinkClient links;
  private final Consumer<String> operator;
  private final Map<String, ReconcileReport> earlier = new ConcurrentHashMap<>();

  /**
   * Makes the job.
   *
   * @param links the client
   * @param operator takes what was found and what was done about it
   */
  public DriftJob(PrivateLinkClient links, Consumer<String> operator) {
    this.links = links;
    this.operator = operator;
  }

  /**
   * Mends what was there at the last run and is there still, and looks for the next run.
   *
   * @param clusterId the cluster
   */
  public void run(String clusterId) {
    if (earlier.containsKey(clusterId)) {
      mend(earlier.get(clusterId));
    }
    earlier.put(clusterId, look(clusterId));
  }

  private ReconcileReport look(String clusterId) {
    // region look
    ReconcileReport report = links.reconcile(clusterId); // writes nothing
    report.drifts().forEach(drift -> operator.accept(drift.code() + ": " + drift.advice()));
    // endregion
    return report;
  }

  private void mend(ReconcileReport report) {
    // region mend
    RepairReport repaired = links.repair(report); // looks again first
    repaired.repairs().forEach(each -> operator.accept(each.outcome() + ": " + each.message()));
    // endregion
  }
}
