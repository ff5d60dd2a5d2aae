package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.cloud.UsageException;
import io.privatelink4j.model.Drift;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.Repair;
import io.privatelink4j.model.RepairReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "reconcile",
    description = "Looks for what is not as it should be. Writes nothing, unless told to repair.")
final class ReconcileCommand extends ClusterCommand {
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  @Option(
      names = "--repair",
      description = "Looks, waits for a quarter of an hour, and mends what is there still.")
  private boolean later;

  @Option(
      names = "--repair-at-once",
      description = "Mends without waiting: only if nothing else is at work on the cluster.")
  private boolean atOnce;

  @Override
  void before() {
    if (later && atOnce) {
      throw new UsageException("say --repair or --repair-at-once, not both");
    }
  }

  @Override
  int run(Session session, Progress progress, Output out) {
    if (atOnce) {
      return show(session.links().repairAtOnce(clusterId()), out);
    }
    ReconcileReport report = session.links().reconcile(clusterId());
    if (later && !report.isClean()) {
      progress.pause(Plc.QUIET.plus(A_MOMENT));
      return show(session.links().repair(report), out);
    }
    out.show(
        Map.of("drifts", report.drifts().stream().map(Reports::drift).toList()),
        Human.lines(report.drifts(), ReconcileCommand::line, "all is as it should be"));
    return report.isClean() ? DONE : Plc.FOUND;
  }

  private static int show(RepairReport report, Output out) {
    out.show(
        Map.of("repairs", report.repairs().stream().map(Reports::repair).toList()),
        Human.lines(report.repairs(), ReconcileCommand::line, "nothing was to be mended"));
    List<Repair> open =
        report.repairs().stream().filter(each -> each.outcome() != Repair.Outcome.DONE).toList();
    return open.isEmpty() ? DONE : Plc.FOUND;
  }

  private static String line(Drift drift) {
    return "%s %s: %s; %s"
        .formatted(drift.code(), drift.connectionId().orElse("-"), drift.seen(), drift.advice());
  }

  private static String line(Repair repair) {
    return repair.outcome() + " " + repair.drift().code() + ": " + repair.message();
  }
}
