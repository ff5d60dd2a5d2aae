package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.DomainConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.Finding;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.ErrorKind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attaches domains, and makes attached ones whole again. An attachment's label is written before
 * its zone exists, so whatever exists can be found from the endpoint; and the endpoint is read once
 * more at the end, so that an attachment that was overtaken by a delete undoes itself.
 */
final class Attacher {
  private static final Logger log = LoggerFactory.getLogger(Attacher.class);

  /** Time of its own for taking back what must not be left behind. */
  private static final Duration UNDO = Duration.ofSeconds(60);

  /** Time of its own for seeing whether there is anything to take back. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** How often a label is tried to be written that the endpoint has no room for. */
  private static final int MOST_REFUSALS = 4;

  private final Finder finder;
  private final Views views;
  private final DomainPlans plans;
  private final DnsSurroundings surroundings;
  private final AttachRules rules;
  private final ZoneKinds zones;
  private final DomainLabels labels;
  private final Leases leases;
  private final Detacher detacher;
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
          .ifPresent(first -> removeSuperseded(found, List.of(first), deadline));
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
    return confirm(target, ensured, writer, late, findings, deadline);
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
      Deadline grace = Deadline.in(settings.time(), LOOK);
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
   * Reads the endpoint once more, when nothing that a rival wrote before our label can be hidden
   * any more, and only then marks the domain as attached: whoever deletes or detaches either sees
   * our label, or is seen here. What a repair may have removed meanwhile is made again.
   */
  private DomainAttachment confirm(
      DomainTarget target,
      DnsZones.Ensured made,
      DomainLabels.Writer writer,
      boolean disturbed,
      List<Finding> findings,
      Deadline deadline) {
    DnsZones.Ensured ensured = made;
    boolean doubtful = disturbed;
    int refusals = 0;
    while (true) {
      Found found = heldAfterAll(target, ensured, writer, deadline);
      boolean waited =
          leases.await(found, target.plan().type(), target.plan().uniqueName(), deadline);
      boolean exposed = ensured.adopted() || writer.hasStoodStill();
      if (!waited
          && !doubtful
          && (!exposed || zones.of(found).isStillThere(found, ensured, deadline))) {
        try {
          return attached(target, found, ensured, writer, findings, deadline);
        } catch (CallFailed e) {
          boolean second = !ensured.entry().id().equals(ensured.own().id());
          if (e.kind() != ErrorKind.QUOTA || !second) {
            throw e;
          }
          makeRoom(found, ensured.own(), ++refusals, e, deadline);
          continue;
        }
      }
      if (!waited) {
        ensured = ensureZone(target, ensured.own(), writer, deadline);
      }
      doubtful = waited;
    }
  }

  /** {@return the connection, on which the attachment is to be marked as attached} */
  private Found heldAfterAll(
      DomainTarget target,
      DnsZones.Ensured ensured,
      DomainLabels.Writer writer,
      Deadline deadline) {
    Found before = target.found();
    Duration unsettled = writer.unsettled();
    if (!unsettled.isZero()) {
      before
          .access()
          .remote()
          .pause(
              unsettled,
              deadline,
              before.connectionId(),
              "what others did to the connection may not show yet");
    }
    Optional<Endpoint> now =
        before
            .access()
            .endpoint(before.network(), before.endpoint().id(), deadline)
            .filter(Finder::isThere);
    if (now.isEmpty() || Ledger.read(now.get().labels()).deleting()) {
      throw undone(target, ensured, "was deleted");
    }
    Found found = before.withEndpoint(now.get());
    if (!zones.of(found).isHeld(found, ensured, deadline)) {
      throw detached(target, found, ensured);
    }
    return found;
  }

  private DomainAttachment attached(
      DomainTarget target,
      Found found,
      DnsZones.Ensured ensured,
      DomainLabels.Writer writer,
      List<Finding> findings,
      Deadline deadline) {
    DomainEntry attached;
    try {
      attached = mark(found, ensured, writer);
    } catch (CallFailed e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        throw undone(target, ensured, "was deleted");
      }
      throw e;
    }
    removeSuperseded(found, superseded(found, attached), deadline);
    return views.attachment(
        found.withEndpoint(withZonesOf(target, found.endpoint())),
        target.view(),
        attached,
        findings);
  }

  /** {@return the attachment, as its label says now that it is attached} */
  private DomainEntry mark(Found found, DnsZones.Ensured ensured, DomainLabels.Writer writer) {
    String zoneId = ensured.zone().id();
    DomainEntry attached =
        zones
            .of(found)
            .agreed(found, ensured)
            .with(DomainEntry.State.ATTACHED)
            .withZone(zoneId)
            .begunAt(settings.time().now());
    Optional<DomainEntry> marked =
        found
            .ledger()
            .domain(attached.id())
            .filter(label -> label.state() == DomainEntry.State.ATTACHED)
            .filter(label -> label.zoneId().equals(attached.zoneId()));
    if (marked.isPresent()) {
      // It may be detached by now, and must not come back.
      return marked.get();
    }
    writer.write(attached);
    return attached;
  }

  /**
   * A crowd at one domain has used up the labels: all but the first of them by its id, which they
   * agree upon, leave, and that one waits for it.
   */
  private void makeRoom(
      Found found, DomainEntry own, int refusals, CallFailed full, Deadline deadline) {
    boolean first =
        DomainLabels.live(found, own).stream()
            .filter(other -> other.state() == DomainEntry.State.ATTACHING)
            .noneMatch(other -> other.id().compareTo(own.id()) < 0);
    if (!first) {
      DomainLabels.remove(found, own, deadline);
    }
    if (!first || refusals == MOST_REFUSALS) {
      throw full;
    }
    found
        .access()
        .remote()
        .pause(
            settings.consistencyWindow(),
            deadline,
            found.connectionId(),
            "its endpoint takes no more labels");
  }

  /** It is attached, whatever comes of these: the next attach, detach or repair removes them. */
  private void removeSuperseded(Found found, List<DomainEntry> others, Deadline deadline) {
    for (DomainEntry other : others) {
      try {
        DomainLabels.remove(found, other, deadline.atMost(UNDO));
      } catch (CallFailed | PrivateLinkException e) {
        log.warn("label {} of {} was left: {}", other.key(), found.connectionId(), e.toString());
        return;
      }
    }
  }

  /**
   * {@return the other labels of an attached domain} Where the name is the mutex, no other has a
   * zone any more, and all go. Where it is not, those that are being detached are their detacher's
   * to end.
   */
  private static List<DomainEntry> superseded(Found found, DomainEntry attached) {
    List<DomainEntry> sameName =
        found.ownsItsZones()
            ? DomainLabels.sameName(found, attached)
            : DomainLabels.live(found, attached);
    return sameName.stream().filter(other -> !other.id().equals(attached.id())).toList();
  }

  /** The endpoint as read last; its zones, where they are read apart, as read first. */
  private static Endpoint withZonesOf(DomainTarget target, Endpoint endpoint) {
    return target.found().access().traits().zonesInEndpoint()
        ? endpoint
        : Endpoint.builder().from(endpoint).zones(target.found().endpoint().zones()).build();
  }

  /**
   * The attachment was detached before it was attached. Its zone goes, unless it is another's by
   * now.
   */
  private ConflictException detached(DomainTarget target, Found found, DnsZones.Ensured ensured) {
    if (found.ownsItsZones() && !ensured.adopted()) {
      return undone(target, ensured, "had the domain detached");
    }
    ConflictException overtaken =
        new ConflictException(
            target.plan().apex()
                + " was detached while it was being attached: attach it again if it is wanted",
            ErrorDetails.of(ensured.entry().id()));
    try {
      if (found.ownsItsZones() || isNamed(found, ensured.zone())) {
        DomainLabels.remove(found, ensured.own(), Deadline.in(settings.time(), LOOK));
      } else {
        detacher.retract(found, ensured.own(), ensured.zone());
      }
    } catch (CallFailed | PrivateLinkException e) {
      // The label that is left tells what is to be ended.
      overtaken.addSuppressed(e);
    }
    return overtaken;
  }

  private static boolean isNamed(Found found, DnsZone zone) {
    return found.ledger().domains().stream().anyMatch(entry -> entry.names(zone));
  }

  /** Takes an attachment back that was overtaken by a delete or a detach. */
  private ConflictException undone(DomainTarget target, DnsZones.Ensured ensured, String how) {
    Found found = target.found();
    Deadline grace = Deadline.in(settings.time(), UNDO);
    zones
        .of(found)
        .remove(
            found,
            ensured.entry().withZone(ensured.zone().id()),
            target.plan().apex(),
            Optional.of(target.plan()),
            grace);
    DomainLabels.remove(found, ensured.own(), grace);
    return new ConflictException(
        "connection "
            + found.connectionId()
            + " "
            + how
            + " while "
            + target.plan().apex()
            + " was being attached: the attachment was undone",
        ErrorDetails.of(found.connectionId()));
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
              .endpoint(found.network(), found.endpoint().id(), Deadline.in(settings.time(), LOOK))
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
                Deadline.in(settings.time(), UNDO));
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
      restored(target, ensureZone(target, again, writer, deadline), writer, deadline);
      return;
    }
    DomainEntry begun = entry;
    if (found.ledger().domain(entry.id()).isPresent()) {
      begun = resume(entry, writer);
    } else {
      writer.write(entry);
    }
    restored(target, makeZone(target, begun, writer, deadline), writer, deadline);
  }

  private void restored(
      DomainTarget target,
      DnsZones.Ensured ensured,
      DomainLabels.Writer writer,
      Deadline deadline) {
    Found found = heldAfterAll(target, ensured, writer, deadline);
    attached(target, found, ensured, writer, List.of(), deadline);
  }
}
