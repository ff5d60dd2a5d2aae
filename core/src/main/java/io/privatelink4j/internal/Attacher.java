package io.privatelink4j.internal;

import io.privatelink4j.exception.DomainConflictException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.Finding;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attaches domains, and makes attached ones whole again. An attachment's label is written before
 * its zone exists, so whatever exists can be found from the endpoint; {@link AttachConfirmation}
 * ends it.
 */
final class Attacher {
  private static final Logger log = LoggerFactory.getLogger(Attacher.class);

  private final Finder finder;
  private final Views views;
  private final DomainPlans plans;
  private final DnsSurroundings surroundings;
  private final AttachRules rules;
  private final ZoneKinds zones;
  private final DomainLabels labels;
  private final Leases leases;
  private final Detacher detacher;
  private final AttachConfirmation confirmation;
  private final Settings settings;

  Attacher(
      Finder finder,
      Views views,
      DomainPlans plans,
      DnsSurroundings surroundings,
      AttachRules rules,
      ZoneKinds zones,
      DomainLabels labels,
      Leases leases,
      Detacher detacher,
      Settings settings) {
    this.finder = finder;
    this.views = views;
    this.plans = plans;
    this.surroundings = surroundings;
    this.rules = rules;
    this.zones = zones;
    this.labels = labels;
    this.leases = leases;
    this.detacher = detacher;
    this.confirmation = new AttachConfirmation(views, zones, leases, detacher, settings);
    this.settings = settings;
  }

  DomainAttachment attach(ConnectionRef ref, DomainRequest request, Deadline deadline) {
    Deadline prompt = settings.prompt();
    DomainTarget target = target(ref, request, deadline);
    Found found = target.found();
    Writable.check(found);
    DomainPlan plan = target.plan();
    if (leases.await(found, plan.type(), plan.uniqueName(), deadline)) {
      return attach(ref, request, deadline);
    }
    Optional<DomainEntry> existing = existing(found, plan);
    Optional<DomainEntry> attached =
        existing.flatMap(
            entry ->
                DomainLabels.sameName(found, entry).stream()
                    .filter(other -> isInPlace(found, other, deadline))
                    .findFirst());
    if (attached.isPresent()) {
      // Its attach may have died before it could do so.
      attached
          .flatMap(DomainEntry::origin)
          .flatMap(found.ledger()::domain)
          .filter(first -> first.state() == DomainEntry.State.ATTACHING)
          .ifPresent(first -> confirmation.removeSuperseded(found, List.of(first), deadline));
      return views.attachment(found, target.view(), attached.get(), List.of());
    }
    rules.check(target, request, existing);
    List<Finding> findings = new ArrayList<>(plan.findings());
    findings.addAll(surroundings.findings(found, plan.apex(), deadline));
    if (prompt.passed()) {
      prompt = settings.prompt();
      if (!isUnchanged(found, deadline)) {
        return attach(ref, request, deadline);
      }
    }
    if (existing.isPresent() && existing.get().state() != DomainEntry.State.ATTACHING) {
      // A detach began and did not end, or its end does not show yet, or somebody removed the zone.
      // A new life begins when the old one has ended.
      if (detacher.takeOver(target, existing.get(), deadline)) {
        return attach(ref, request, deadline);
      }
      existing = Optional.empty();
    }
    DomainLabels.Writer writer = labels.writer(found, deadline);
    DomainEntry entry =
        existing.map(begun -> resume(begun, writer)).orElseGet(() -> begin(plan, writer));
    // A repair that began meanwhile, and could not see the label in time, may remove the zone.
    boolean late = prompt.passed();
    DnsZones.Ensured ensured = makeZone(target, entry, writer, deadline);
    return confirmation.confirm(
        target,
        ensured,
        writer,
        late,
        own -> ensureZone(target, own, writer, deadline),
        findings,
        deadline);
  }

  DomainTarget target(ConnectionRef ref, DomainRequest request, Deadline deadline) {
    Ids.checkRef(ref);
    Found found = finder.getForChange(ref, deadline);
    NetworkView view = found.access().view(found.network(), deadline);
    if (!found.access().traits().zonesInEndpoint()) {
      found = found.withZones(deadline);
    }
    return new DomainTarget(found, view, plans.plan(found, view, request));
  }

  /**
   * {@return the domain's oldest label, rather of one that is being attached than of one that is
   * attached, and of those rather than of one that is being detached}
   */
  private static Optional<DomainEntry> existing(Found found, DomainPlan plan) {
    return found.ledger().domains().stream()
        .filter(entry -> entry.isAbout(plan.type(), plan.uniqueName()))
        .min(Comparator.comparing(DomainEntry::state));
  }

  /**
   * A label alone is no proof: it may be left over from a detach, or be older than what it tells.
   */
  private boolean isInPlace(Found found, DomainEntry entry, Deadline deadline) {
    return entry.state() == DomainEntry.State.ATTACHED
        && zones.of(found).exists(found, entry, deadline);
  }

  /** What labels say has to be acted upon promptly, or to be read again. */
  private static boolean isUnchanged(Found found, Deadline deadline) {
    return Finder.reread(found, found.ref(), deadline)
        .filter(now -> now.endpoint().labels().equals(found.endpoint().labels()))
        .isPresent();
  }

  private DomainEntry begin(DomainPlan plan, DomainLabels.Writer writer) {
    DomainEntry entry =
        new DomainEntry(
            Ids.newAttachment(settings.random()),
            DomainEntry.State.ATTACHING,
            plan.type(),
            1,
            settings.time().now().truncatedTo(ChronoUnit.SECONDS),
            plan.uniqueName(),
            Optional.empty());
    writer.write(entry);
    return entry;
  }

  /**
   * Tells repairs that the attach goes on. A young label tells that as it is; and as long as a
   * rival may not see it, rivals go by its time.
   */
  private DomainEntry resume(DomainEntry begun, DomainLabels.Writer writer) {
    if (!settings.hiddenFor(begun.time()).isZero()) {
      return begun;
    }
    DomainEntry again = begun.begunAt(settings.time().now());
    writer.write(again);
    return again;
  }

  private DnsZones.Ensured makeZone(
      DomainTarget target, DomainEntry entry, DomainLabels.Writer writer, Deadline deadline) {
    try {
      return ensureZone(target, entry, writer, deadline);
    } catch (DomainConflictException e) {
      Deadline grace = Deadline.in(settings.time(), Settings.LOOK);
      try {
        DomainLabels.remove(target.found(), writer.last().orElse(entry), grace);
      } catch (CallFailed | PrivateLinkException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  private DnsZones.Ensured ensureZone(
      DomainTarget target, DomainEntry entry, DomainLabels.Writer writer, Deadline deadline) {
    Found found = target.found();
    try {
      return zones.of(found).ensure(found, entry, target.plan(), writer::writeAgain, deadline);
    } catch (DomainConflictException e) {
      throw e;
    } catch (CallFailed | PrivateLinkException e) {
      undoIfOrphaned(target, entry);
      throw e;
    }
  }

  /**
   * An attach that gives up leaves its label, so that others find the zone; without it, nobody
   * does.
   */
  private void undoIfOrphaned(DomainTarget target, DomainEntry entry) {
    Found found = target.found();
    try {
      boolean anchored =
          found
              .access()
              .endpoint(
                  found.network(),
                  found.endpoint().id(),
                  Deadline.in(settings.time(), Settings.LOOK))
              .filter(Finder::isThere)
              .isPresent();
      if (!anchored) {
        zones
            .of(found)
            .remove(
                found,
                entry,
                target.plan().apex(),
                Optional.of(target.plan()),
                Deadline.in(settings.time(), Settings.UNDO));
      }
    } catch (CallFailed | PrivateLinkException e) {
      log.warn(
          "the attach of {} to {} failed, and whether it left a zone could not be seen: {}",
          target.plan().apex(),
          found.connectionId(),
          e.toString());
    }
  }

  /**
   * Goes on with an attachment under the id that it has, or makes what was attached whole again,
   * under the lease on the domain.
   *
   * @throws DomainConflictException if another zone answers for the domain by now
   */
  void restore(DomainTarget target, DomainEntry entry, Deadline deadline) {
    Found found = target.found();
    DomainLabels.Writer writer = labels.writer(found, deadline);
    if (entry.state() == DomainEntry.State.ATTACHED) {
      DomainEntry again = entry.withoutZone();
      writer.write(again);
      confirmation.confirmUnderLease(
          target, ensureZone(target, again, writer, deadline), writer, deadline);
      return;
    }
    DomainEntry begun = entry;
    if (found.ledger().domain(entry.id()).isPresent()) {
      begun = resume(entry, writer);
    } else {
      writer.write(entry);
    }
    confirmation.confirmUnderLease(
        target, makeZone(target, begun, writer, deadline), writer, deadline);
  }
}
