package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.DomainConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.RefusedException;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainUse;
import io.privatelink4j.model.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The domains of connections: what is asked of them from outside, and who does it. */
final class Domains {
  private final DomainPlans plans;
  private final DnsSurroundings surroundings;
  private final AttachRules rules;
  private final ZoneKinds zones;
  private final Attacher attacher;
  private final Detacher detacher;

  Domains(
      Finder finder,
      Views views,
      DomainPlanner planner,
      Memory memory,
      Notices notices,
      Optional<Function<DomainUse, Decision>> policy,
      Settings settings) {
    DomainLabels labels = new DomainLabels(settings);
    Leases leases = new Leases(settings);
    this.plans = new DomainPlans(planner, settings.time());
    this.surroundings = new DnsSurroundings(settings.time());
    this.rules = new AttachRules(policy, settings);
    this.zones = new ZoneKinds(memory, notices);
    this.detacher = new Detacher(finder, views, plans, zones, labels, leases, settings);
    this.attacher =
        new Attacher(
            finder, views, plans, surroundings, rules, zones, labels, leases, detacher, settings);
  }

  DomainPlan plan(ConnectionRef ref, DomainRequest request, Deadline deadline) {
    DomainTarget target = attacher.target(ref, request, deadline);
    List<Finding> findings = new ArrayList<>(target.plan().findings());
    findings.addAll(surroundings.findings(target.found(), target.plan().apex(), deadline));
    DomainPlan plan = target.plan();
    return new DomainPlan(
        plan.type(), plan.uniqueName(), plan.apex(), plan.records(), plan.coverage(), findings);
  }

  DomainAttachment attach(ConnectionRef ref, DomainRequest request, Deadline deadline) {
    return attacher.attach(ref, request, deadline);
  }

  /** Detaches a domain; what is asked before the detach of an id that has become another one. */
  DomainAttachment detach(
      ConnectionRef ref, String attachmentId, Consumer<String> guard, Deadline deadline) {
    return detacher.detach(ref, attachmentId, guard, deadline);
  }

  /** Detaches a domain of a connection that was just read. */
  void detach(Found found, DomainEntry entry, Deadline deadline) {
    detacher.detach(found, entry, deadline);
  }

  /**
   * Plans what {@link #restore} is to make, and asks whether it may be.
   *
   * @param entry as its label has it, or is to have it
   * @throws ConflictException if the connection cannot have domains now, or the zone is there under
   *     another name
   * @throws RefusedException if the policy does
   */
  DomainTarget restorable(Found seen, DomainEntry entry, Deadline deadline) {
    NetworkView view = seen.access().view(seen.network(), deadline);
    Found found = seen.withZones(deadline);
    DomainRequest request = DomainPlans.request(entry, false);
    DomainTarget target = new DomainTarget(found, view, plans.plan(found, view, request));
    checkSameSuffix(target, entry, deadline);
    rules.check(target, request, Optional.of(entry));
    return target;
  }

  /** What the label names is found by nothing else: it is not given up for a second zone. */
  private static void checkSameSuffix(DomainTarget target, DomainEntry entry, Deadline deadline) {
    String apex = target.plan().apex();
    ZoneWork work = new ZoneWork(target.found(), deadline);
    entry
        .zoneId()
        .flatMap(work::read)
        .filter(zone -> !zone.name().equals(apex))
        .filter(zone -> zone.name().startsWith(entry.uniqueName() + "."))
        .ifPresent(
            zone -> {
              throw new ConflictException(
                  "the zone of attachment "
                      + entry.id()
                      + " is there as "
                      + zone.name()
                      + ", not as "
                      + apex
                      + ": configure the suffix that it was attached under, or detach it",
                  ErrorDetails.of(zone.id()));
            });
  }

  /**
   * Goes on with an attachment under the id that it has, or makes what was attached whole again,
   * under the lease on the domain.
   *
   * @throws DomainConflictException if another zone answers for the domain by now
   */
  void restore(DomainTarget target, DomainEntry entry, Deadline deadline) {
    attacher.restore(target, entry, deadline);
  }

  /** Takes back what nobody was told that it is attached, under the lease on the domain. */
  void takeBack(Found found, DomainEntry entry, Deadline deadline) {
    detacher.takeBack(found, entry, deadline);
  }

  /** Removes an attachment's zone, and whatever bears its name, for good; leaves its label. */
  void removeZone(Found found, NetworkView view, DomainEntry entry, Deadline deadline) {
    detacher.removeZone(found, view, entry, deadline);
  }

  DomainPlans plans() {
    return plans;
  }

  DnsZones zones(CloudAccess access) {
    return zones.of(access);
  }
}
