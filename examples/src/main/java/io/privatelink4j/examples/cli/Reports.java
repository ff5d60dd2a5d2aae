package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.probe.ProbeResult;
import io.privatelink4j.kafka.BrokerListener;
import io.privatelink4j.kafka.ListenerPlan;
import io.privatelink4j.kafka.ListenerProblem;
import io.privatelink4j.kafka.PortMapping;
import io.privatelink4j.model.DomainVerification;
import io.privatelink4j.model.Drift;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.NameCheck;
import io.privatelink4j.model.Repair;
import io.privatelink4j.model.ServiceCheck;
import java.time.Instant;
import java.util.List;
import javax.annotation.Nullable;

/** JSON of what the OpenAPI has no words for. */
final class Reports {
  private Reports() {}

  /** What {@code check} prints. */
  record Check(
      boolean ok,
      String acceptance,
      List<String> serviceZoneIds,
      List<String> commonZoneIds,
      List<Finding> findings) {}

  static Check check(ServiceCheck check) {
    return new Check(
        check.ok(),
        check.acceptance().name(),
        check.serviceZoneIds(),
        check.commonZoneIds(),
        check.findings());
  }

  /** What {@code reconcile} prints of each finding. */
  record Drifted(
      String code,
      @Nullable String connectionId,
      @Nullable String attachmentId,
      List<String> resourceIds,
      String seen,
      String remedy,
      String advice,
      @Nullable String since,
      @Nullable String actsFrom) {}

  static Drifted drift(Drift drift) {
    return new Drifted(
        drift.code().name(),
        drift.connectionId().orElse(null),
        drift.attachmentId().orElse(null),
        drift.resourceIds(),
        drift.seen(),
        drift.remedy().name(),
        drift.advice(),
        drift.since().map(Instant::toString).orElse(null),
        drift.actsFrom().map(Instant::toString).orElse(null));
  }

  /** What {@code reconcile --repair} prints of each repair. */
  record Repaired(Drifted drift, String outcome, String message) {}

  static Repaired repair(Repair repair) {
    return new Repaired(drift(repair.drift()), repair.outcome().name(), repair.message());
  }

  /** What {@code verify-domain} prints. */
  record Verification(boolean ok, String apex, List<Name> names) {}

  /** Where a name leads. */
  record Name(
      String name,
      String outcome,
      @Nullable String zoneId,
      List<String> leadsTo,
      List<String> addresses,
      String message) {}

  static Verification verification(DomainVerification verification) {
    return new Verification(
        verification.ok(),
        verification.plan().apex(),
        verification.names().stream().map(Reports::name).toList());
  }

  private static Name name(NameCheck check) {
    return new Name(
        check.name(),
        check.outcome().name(),
        check.zoneId().orElse(null),
        check.leadsTo(),
        check.addresses(),
        check.message());
  }

  /** What {@code probe} prints of each address. */
  record Probed(
      String host, String address, int port, String outcome, String detail, String message) {}

  static List<Probed> probe(List<ProbeResult> results) {
    return results.stream()
        .map(
            each ->
                new Probed(
                    each.host(),
                    each.address(),
                    each.port(),
                    each.outcome().name(),
                    each.detail(),
                    each.toString()))
        .toList();
  }

  /** What {@code listeners} prints. */
  record Listeners(
      List<BrokerListener> listeners, List<PortMapping> mappings, List<Problem> problems) {}

  /** What is wrong with a listener. */
  record Problem(
      String code, String severity, String actor, @Nullable String about, String message) {}

  static Listeners listeners(ListenerPlan plan, List<ListenerProblem> problems) {
    return new Listeners(
        plan.listeners(), plan.mappings(), problems.stream().map(Reports::problem).toList());
  }

  private static Problem problem(ListenerProblem problem) {
    return new Problem(
        problem.code().name(),
        problem.severity().name(),
        problem.actor().name(),
        problem.about().orElse(null),
        problem.message());
  }
}
