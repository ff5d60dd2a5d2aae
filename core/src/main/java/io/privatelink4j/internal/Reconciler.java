package io.privatelink4j.internal;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.Drift;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.Remedy;
import io.privatelink4j.model.Repair;
import io.privatelink4j.model.RepairReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Tells in what the cloud differs from what it should be and, asked to, mends it. A drift may be
 * somebody's work that is under way: repair acts on what two looks saw alike, the quiet period
 * apart.
 */
final class Reconciler {
  /** The rest is for the next repair. */
  private static final int MOST_REPAIRS = 100;

  private final Clusters clusters;
  private final Survey survey;
  private final DriftFinder finder;
  private final Domains domains;
  private final Deletion deletion;
  private final Notices notices;
  private final Settings settings;

  Reconciler(
      Clusters clusters,
      Survey survey,
      Domains domains,
      Deletion deletion,
      Notices notices,
      Settings settings) {
    this.clusters = clusters;
    this.survey = survey;
    this.finder = new DriftFinder(domains, settings);
    this.domains = domains;
    this.deletion = deletion;
    this.notices = notices;
    this.settings = settings;
  }

  /** What one look found, with what is needed to act on it. */
  private record Look(Instant at, List<Case> cases) {}

  private Look look(String clusterId, Deadline deadline) {
    Instant at = settings.time().now();
    List<Case> cases = finder.cases(survey.look(clusterId, deadline), at, deadline);
    cases.stream()
        .map(Case::drift)
        .filter(drift -> drift.code() == DriftCode.ORPHAN_ZONE)
        .forEach(notices::orphan);
    return new Look(at, cases);
  }

  ReconcileReport reconcile(String clusterId, Deadline deadline) {
    Look look = look(clusterId, deadline);
    return new ReconcileReport(
        clusterId, look.at(), look.cases().stream().map(Case::drift).toList());
  }

  /** Acts on what the earlier report has too, if it is old enough. */
  RepairReport repair(ReconcileReport earlier, Deadline deadline) {
    Look look = look(earlier.clusterId(), deadline);
    return repair(earlier.clusterId(), look, drift -> tooYoung(drift, earlier), deadline);
  }

  /** Acts on everything, as nothing else is at work. */
  RepairReport repairAtOnce(String clusterId, Deadline deadline) {
    return repair(clusterId, look(clusterId, deadline), drift -> Optional.empty(), deadline);
  }

  private Optional<String> tooYoung(Drift drift, ReconcileReport earlier) {
    Optional<Drift> before = earlier.drifts().stream().filter(drift::isSame).findFirst();
    if (before.isEmpty()) {
      return Optional.of("the earlier report does not have it: somebody may be at work on it");
    }
    Instant since =
        drift.since().filter(earlier.observedAt()::isAfter).orElse(earlier.observedAt());
    Duration age = Duration.between(since, settings.time().now());
    return age.compareTo(settings.quietPeriod()) < 0
        ? Optional.of("seen for less than " + settings.quietPeriod() + ": repair later")
        : Optional.empty();
  }

  private RepairReport repair(
      String clusterId, Look look, Function<Drift, Optional<String>> whyNot, Deadline deadline) {
    List<ClusterNetwork> networks = clusters.networks(clusterId);
    Repairs repairs = new Repairs(domains, deletion, new OrphanZones(survey, domains, networks));
    List<Repair> done = new ArrayList<>();
    int acted = 0;
    for (Case drift : strayZonesFirst(look.cases())) {
      Optional<String> why =
          drift.drift().remedy() == Remedy.NONE
              ? Optional.of(drift.drift().advice())
              : whyNot.apply(drift.drift());
      if (why.isEmpty() && acted == MOST_REPAIRS) {
        why = Optional.of("enough was done: repair again");
      }
      if (why.isPresent()) {
        done.add(Repairs.left(drift, why.get()));
      } else {
        acted++;
        done.add(repairs.repair(drift, deadline));
      }
    }
    return new RepairReport(clusterId, look.at(), done);
  }

  /** When the endpoint is gone, nothing tells so surely any more whose a zone is. */
  private static List<Case> strayZonesFirst(List<Case> cases) {
    return cases.stream()
        .sorted(Comparator.comparing(c -> c.drift().code() != DriftCode.ZONE_WITHOUT_ENTRY))
        .toList();
  }

  /**
   * Removes all connections and zones of the cluster that live in its networks.
   *
   * @param known whether the cluster is there again
   */
  RepairReport purge(String clusterId, BooleanSupplier known, Deadline deadline) {
    Instant at = settings.time().now();
    Survey.Seen seen = survey.look(clusterId, deadline);
    List<Case> cases = Abandoned.cases(seen, new Drifts(at, Duration.ZERO));
    return repair(
        clusterId,
        new Look(at, cases),
        drift ->
            known.getAsBoolean()
                ? Optional.of("the cluster directory knows the cluster again")
                : Optional.empty(),
        deadline);
  }
}
