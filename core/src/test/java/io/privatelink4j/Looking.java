package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.Drift;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.Repair;
import io.privatelink4j.model.RepairReport;
import java.time.Duration;
import java.util.List;

/** Looks and repairs that prove that they wrote nothing. */
final class Looking {
  static final Duration QUIET = Duration.ofMinutes(15);

  private Looking() {}

  /** What a new client, as another process would have it, sees without writing anything. */
  static ReconcileReport look(Setup setup) {
    return look(setup, Setup.CLUSTER);
  }

  static ReconcileReport look(Setup setup, String clusterId) {
    setup.cloud.calls().clear();
    ReconcileReport report = setup.client().reconcile(clusterId);
    assertThat(setup.cloud.calls().writes()).as("writes of a look").isEmpty();
    return report;
  }

  static Drift only(ReconcileReport report) {
    assertThat(report.drifts()).hasSize(1);
    return report.drifts().get(0);
  }

  static List<DriftCode> codes(ReconcileReport report) {
    return report.drifts().stream().map(Drift::code).toList();
  }

  /** What another process repairs, as nothing else is at work. */
  static RepairReport repair(Setup setup) {
    setup.cloud.calls().clear();
    return setup.client().repairAtOnce(Setup.CLUSTER);
  }

  /** What becomes of a disorder that no repair may touch. */
  static Repair untouched(Setup setup) {
    RepairReport report = repair(setup);
    assertThat(setup.cloud.calls().writes()).as("writes of a repair that may not").isEmpty();
    assertThat(report.repairs()).hasSize(1);
    return report.repairs().get(0);
  }
}
