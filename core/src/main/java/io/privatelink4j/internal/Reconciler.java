package io.privatelink4j.internal;

import io.privatelink4j.exception.ClientClosedException;
import io.privatelink4j.exception.WaitInterruptedException;
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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells in what the cloud differs from what it should be and, asked to, mends it. A drift may be
 * somebody's work that is under way: repair acts on what two looks saw alike, the quiet period
 * apart.
 */
final class Reconciler {
  /** The rest is for the next repair. */
  private static final int MOST_REPAIRS = 100;

  private static final Duration MOST_EACH = Duration.ofMinutes(2);

  /** What has to wait for labels and name servers ends in this time. */
  private static final Duration ENOUGH = Duration.ofMinutes(1);

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

  private Look look(String clusterId, Set<String> zoneIds, Deadline deadline) {
    Instant at = settings.time().now();
    List<Case> cases = finder.cases(survey.look(clusterId, zoneIds, deadline), at, deadline);
    cases.stream()
        .map(Case::drift)
        .filter(drift -> drift.code() == DriftCode.ORPHAN_ZONE)
        .forEach(notices::orphan);
    return new Look(at, cases);
  }

  ReconcileReport reconcile(String clusterId, Deadline deadline) {
    return report(clusterId, look(clusterId, Set.of(), deadline));
  }

  private static ReconcileReport report(String clusterId, Look look) {
    return new ReconcileReport(
        clusterId, look.at(), look.cases().stream().map(Case::drift).toList());
  }

  /** Acts on what the earlier report has too, if it is old enough. */
  RepairReport repair(ReconcileReport earlier, Deadline deadline) {
    Look look = look(earlier.clusterId(), resources(earlier), deadline);
    return repair(
        earlier.clusterId(),
        look,
        drift -> tooYoung(drift, earlier),
        Repairs.Manner.BESIDE_OTHERS,
        deadline);
  }

  private static Set<String> resources(ReconcileReport report) {
    return report.drifts().stream()
        .flatMap(drift -> drift.resourceIds().stream())
        .collect(Collectors.toSet());
  }

  /** Acts on everything, as nothing else is at work. */
  RepairReport repairAtOnce(String clusterId, Deadline deadline) {
    return repair(
        clusterId,
        look(clusterId, Set.of(), deadline),
        Reconciler::notAtOnce,
        Repairs.Manner.ALONE,
        deadline);
  }

  /** What nobody knows the region of may be the work of a cluster that nobody spoke of. */
  private static Optional<String> notAtOnce(Drift drift) {
    return drift.code() == DriftCode.EMPTY_ZONE
        ? Optional.of("an attach in any region may be at work on it: act on a report, later")
        : Optional.empty();
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
      String clusterId,
      Look look,
      Function<Drift, Optional<String>> whyNot,
      Repairs.Manner manner,
      Deadline deadline) {
    return repair(clusterId, look, whyNot, Optional::empty, repairs(clusterId, manner), deadline);
  }

  private Repairs repairs(String clusterId, Repairs.Manner manner) {
    List<ClusterNetwork> networks = clusters.networks(clusterId);
    return new Repairs(
        domains,
        deletion,
        new OrphanZones(survey, domains, networks),
        new Leases(settings),
        manner);
  }

  /**
   * Acts on what nothing speaks against.
   *
   * @param stop why nothing at all is to be done any more, asked before each
   */
  private RepairReport repair(
      String clusterId,
      Look look,
      Function<Drift, Optional<String>> whyNot,
      Supplier<Optional<String>> stop,
      Repairs repairs,
      Deadline deadline) {
    List<Repair> done = new ArrayList<>();
    List<Case> open = new ArrayList<>();
    for (Case drift : look.cases()) {
      Optional<String> why =
          drift.drift().remedy() == Remedy.NONE
              ? Optional.of(drift.drift().advice())
              : whyNot.apply(drift.drift());
      why.ifPresentOrElse(reason -> done.add(Repairs.left(drift, reason)), () -> open.add(drift));
    }
    List<Case> turns = turns(open, deadline);
    for (int i = 0; i < turns.size(); i++) {
      Optional<String> why =
          i < MOST_REPAIRS ? stop.get() : Optional.of("enough was done: repair again");
      Case drift = turns.get(i);
      Deadline each = deadline.atMost(share(deadline, turns.size() - i));
      done.add(
          why.map(reason -> Repairs.left(drift, reason))
              .orElseGet(() -> repairs.repair(drift, each)));
    }
    return new RepairReport(clusterId, look.at(), done);
  }

  /** So that those that cannot end leave time for the others. */
  private static Duration share(Deadline deadline, int sharers) {
    Duration even = deadline.left().dividedBy(sharers);
    return even.compareTo(ENOUGH) < 0 ? ENOUGH : Durations.min(even, MOST_EACH);
  }

  /**
   * Stray zones of a connection come before its deletion: when the endpoint is gone, nothing tells
   * so surely any more whose a zone is. If there may not be time for all, it begins anywhere, so
   * that none waits for ever behind those that cannot end.
   */
  private List<Case> turns(List<Case> open, Deadline deadline) {
    boolean scarce =
        open.size() > MOST_REPAIRS
            || ENOUGH.multipliedBy(open.size()).compareTo(deadline.left()) > 0;
    List<Case> ends = new ArrayList<>(of(Turn.BEFORE_AN_END, open, scarce));
    ends.addAll(of(Turn.END, open, scarce));
    List<Case> others = of(Turn.ANY, open, scarce);
    boolean othersFirst = scarce && settings.random().nextBoolean();
    return Stream.of(othersFirst ? others : ends, othersFirst ? ends : others)
        .flatMap(List::stream)
        .toList();
  }

  private List<Case> of(Turn turn, List<Case> open, boolean anywhere) {
    List<Case> cases = new ArrayList<>(open);
    cases.removeIf(each -> turn(each) != turn);
    if (anywhere && !cases.isEmpty()) {
      Collections.rotate(cases, settings.random().nextInt(cases.size()));
    }
    return cases;
  }

  private enum Turn {
    BEFORE_AN_END,
    END,
    ANY
  }

  private static Turn turn(Case each) {
    return switch (each.drift().code()) {
      case ZONE_WITHOUT_ENTRY ->
          each.drift().remedy() == Remedy.REMOVE ? Turn.BEFORE_AN_END : Turn.ANY;
      case UNFINISHED_DELETE, ABANDONED_CONNECTION -> Turn.END;
      default -> Turn.ANY;
    };
  }

  private Look abandoned(String clusterId, Set<String> zoneIds, Deadline deadline) {
    Instant at = settings.time().now();
    Survey.Seen seen = survey.look(clusterId, zoneIds, deadline);
    return new Look(at, Abandoned.cases(seen, new Drifts(at, settings.quietPeriod())));
  }

  /** Tells all connections and zones of the cluster that live in its networks. */
  ReconcileReport planPurge(String clusterId, Deadline deadline) {
    return report(clusterId, abandoned(clusterId, Set.of(), deadline));
  }

  /**
   * Removes what the earlier report has too, if it is old enough.
   *
   * @param known whether the cluster is there again
   */
  RepairReport purge(ReconcileReport earlier, BooleanSupplier known, Deadline deadline) {
    return purge(
        earlier.clusterId(),
        resources(earlier),
        drift -> tooYoung(drift, earlier),
        known,
        deadline);
  }

  /** Removes everything, as nothing else is at work. */
  RepairReport purgeAtOnce(String clusterId, BooleanSupplier known, Deadline deadline) {
    return purge(clusterId, Set.of(), Reconciler::notAtOnce, known, deadline);
  }

  private RepairReport purge(
      String clusterId,
      Set<String> zoneIds,
      Function<Drift, Optional<String>> whyNot,
      BooleanSupplier known,
      Deadline deadline) {
    return repair(
        clusterId,
        abandoned(clusterId, zoneIds, deadline),
        whyNot,
        () -> whyNoPurge(known),
        repairs(clusterId, Repairs.Manner.ABANDONED),
        deadline);
  }

  private static Optional<String> whyNoPurge(BooleanSupplier known) {
    try {
      return known.getAsBoolean()
          ? Optional.of("the cluster directory knows the cluster again")
          : Optional.empty();
    } catch (ClientClosedException | WaitInterruptedException e) {
      throw e;
    } catch (RuntimeException e) {
      // What was done so far is told all the same.
      return Optional.of("the cluster directory does not answer: " + Texts.safe(e.toString()));
    }
  }
}
