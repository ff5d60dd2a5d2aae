package io.privatelink4j.internal;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.spi.DnsZone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Detaches domains: label, zone, label. Whoever may be attaching the domain at the same time is
 * waited for, until either sees the other.
 */
final class Detacher {
  private final Finder finder;
  private final Views views;
  private final DomainPlans plans;
  private final ZoneKinds zones;
  private final DomainLabels labels;
  private final Leases leases;
  private final Settings settings;

  Detacher(
      Finder finder,
      Views views,
      DomainPlans plans,
      ZoneKinds zones,
      DomainLabels labels,
      Leases leases,
      Settings settings) {
    this.finder = finder;
    this.views = views;
    this.plans = plans;
    this.zones = zones;
    this.labels = labels;
    this.leases = leases;
    this.settings = settings;
  }

  /**
   * Detaches a domain.
   *
   * @param guard is asked when the attachment turns out to have another id
   */
  DomainAttachment detach(
      ConnectionRef ref, String attachmentId, Consumer<String> guard, Deadline deadline) {
    Ids.checkRef(ref);
    Ids.checkAttachment(attachmentId);
    Deadline prompt = settings.prompt();
    Found found = finder.getForChange(ref, deadline);
    Writable.check(found);
    Optional<DomainEntry> entry = known(found, attachmentId);
    if (entry.isEmpty()) {
      prompt = settings.prompt();
      found = lookAgain(found, deadline).orElseThrow(() -> Finder.notFound(ref));
      entry = known(found, attachmentId);
    }
    DomainEntry there = entry.orElseThrow(() -> unknown(ref, attachmentId));
    if (leases.await(found, there.type(), there.uniqueName(), deadline)) {
      return detach(ref, attachmentId, guard, deadline);
    }
    if (!there.id().equals(attachmentId)) {
      guard.accept(there.id());
    }
    // The answer names them, as those of attach and get do.
    return detach(
        found.withZones(deadline),
        there,
        now -> detachSuccessor(now, there, guard, deadline),
        prompt,
        deadline);
  }

  /**
   * What was being attached under that id may be attached under another by now. Only who asked for
   * the detach is to lose that: a label that is left over tells nobody's wish. The first label goes
   * last, so that the detach can be repeated under its id.
   *
   * @return whether there was one
   */
  private boolean detachSuccessor(
      Found now, DomainEntry begun, Consumer<String> guard, Deadline deadline) {
    if (begun.zoneId().isPresent() || now.ownsItsZones()) {
      return false;
    }
    Optional<DomainEntry> successor =
        DomainLabels.sameName(now, begun).stream().filter(DomainEntry::isLasting).findFirst();
    if (successor.isEmpty()) {
      return false;
    }
    String id = successor.get().id();
    guard.accept(id);
    try {
      DomainAttachment unused = detach(now.ref(), id, guard, deadline);
    } catch (NotFoundException e) {
      // Somebody else was quicker.
    }
    return true;
  }

  /** An attachment may have been seen under the id that it began with. */
  private static Optional<DomainEntry> known(Found found, String attachmentId) {
    return found.ledger().domain(attachmentId).or(() -> found.ledger().begunAs(attachmentId));
  }

  /** Where an attach writes its lasting label last, that may not show yet to other processes. */
  private Optional<Found> lookAgain(Found found, Deadline deadline) {
    if (found.ownsItsZones()) {
      return Optional.of(found);
    }
    found
        .access()
        .remote()
        .pause(
            settings.consistencyWindow(),
            deadline,
            found.connectionId(),
            "an attachment that was just made may not show yet");
    return Finder.reread(found, found.ref(), deadline);
  }

  private static NotFoundException unknown(ConnectionRef ref, String attachmentId) {
    return new NotFoundException(
        "connection "
            + ref.id()
            + " has no attachment "
            + attachmentId
            + ": it is detached already, or another connection's. Get the connection to see its domains.",
        ErrorDetails.of(attachmentId));
  }

  /** Detaches a domain of a connection that was just read. */
  DomainAttachment detach(Found found, DomainEntry entry, Deadline deadline) {
    return detach(found, entry, now -> false, settings.prompt(), deadline);
  }

  /**
   * What is attached and whole goes at once. What somebody may be making or mending goes when they
   * cannot be hidden any more.
   *
   * @param successor detaches what the domain is attached by instead, and tells whether there was
   *     any
   * @param prompt until when what was read may be acted upon
   */
  private DomainAttachment detach(
      Found found,
      DomainEntry entry,
      Predicate<Found> successor,
      Deadline prompt,
      Deadline deadline) {
    NetworkView view = found.access().knownView(found.network(), deadline);
    DomainEntry detaching = entry.with(DomainEntry.State.DETACHING);
    DomainAttachment attachment = views.attachment(found, view, detaching, List.of());
    if (entry.state() != DomainEntry.State.DETACHING) {
      labels.write(found, detaching, deadline);
    }
    if (isInNobodysHands(entry) && !prompt.passed()) {
      boolean removed = removeOwnZone(found, view, detaching, deadline);
      if (removed || entry.state() == DomainEntry.State.DETACHING) {
        removeLabels(found, detaching, deadline);
        return attachment;
      }
    }
    Settled settled = settle(found, detaching, deadline);
    if (successor.test(settled.found())) {
      // The zone of that name, if there is one by now, is the next life's.
      DomainLabels.remove(settled.found(), detaching, deadline);
    } else if (!settled.ended()) {
      finishDetach(settled.found(), view, entry, deadline);
    }
    return attachment;
  }

  /** What began a moment ago may have been begun by another at once, who has not ended it yet. */
  private boolean isInNobodysHands(DomainEntry entry) {
    Duration age = Duration.between(entry.time(), settings.time().now());
    return entry.state() != DomainEntry.State.ATTACHING
        && entry.zoneId().isPresent()
        && age.compareTo(settings.rivalsHidden().multipliedBy(2)) > 0;
  }

  /**
   * A connection when nobody who is at work on the domain can be hidden any more.
   *
   * @param ended whether somebody else has ended the detach
   */
  private record Settled(Found found, boolean ended) {}

  /**
   * Whoever is still attaching reads the endpoint once more before the end: until that read cannot
   * have missed our label, and what they wrote before cannot be hidden from us, their zone and
   * label may come after all.
   *
   * @return the connection as it is then
   */
  private Settled settle(Found found, DomainEntry detaching, Deadline deadline) {
    while (true) {
      leases.settle(found, deadline);
      Optional<Found> now = Finder.reread(found, found.ref(), deadline);
      if (now.isEmpty()) {
        // What is left of it has nothing else that leads to it.
        return new Settled(found, false);
      }
      Optional<DomainEntry> label = now.get().ledger().domain(detaching.id());
      if (label.isEmpty()) {
        return new Settled(now.get(), true);
      }
      if (leases.await(now.get(), detaching.type(), detaching.uniqueName(), deadline)) {
        continue;
      }
      if (label.get().state() == DomainEntry.State.DETACHING) {
        return new Settled(now.get(), false);
      }
      labels.write(now.get(), label.get().with(DomainEntry.State.DETACHING), deadline);
    }
  }

  /** Takes back what nobody was told that it is attached, under the lease on the domain. */
  void takeBack(Found found, DomainEntry entry, Deadline deadline) {
    NetworkView view = found.access().knownView(found.network(), deadline);
    DomainEntry detaching = entry.with(DomainEntry.State.DETACHING);
    labels.write(found, detaching, deadline);
    removeOwnZone(found, view, detaching, deadline);
    removeLabels(found, detaching, deadline);
  }

  /**
   * Takes back an attachment that lost its label before it was attached. Others may have adopted
   * its zone, and do not show yet: it is detached as any other is.
   */
  void retract(Found found, DomainEntry own, DnsZone zone) {
    Deadline grace = Deadline.in(settings.time(), Settings.UNDO.plus(settings.rivalsHidden()));
    NetworkView view = found.access().knownView(found.network(), grace);
    DomainEntry detaching = own.with(DomainEntry.State.DETACHING);
    labels.write(found, detaching, grace);
    Found now = settle(found, detaching, grace).found();
    if (!sharesItsName(now, detaching)) {
      removeOwnZone(now, view, detaching.withZone(zone.id()), grace);
    }
    DomainLabels.remove(now, detaching, grace);
  }

  /**
   * Ends an earlier life of the domain.
   *
   * @return whether the connection has to be read again, as that took time
   */
  boolean takeOver(DomainTarget target, DomainEntry old, Deadline deadline) {
    Found found = target.found();
    removeOwnZone(found, target.view(), old, deadline);
    removeLabels(found, old, deadline);
    if (isKnownById(found, old)) {
      return false;
    }
    leaveTheName(found, deadline);
    return true;
  }

  private void finishDetach(Found now, NetworkView view, DomainEntry entry, Deadline deadline) {
    DomainEntry detaching =
        now.ledger().domain(entry.id()).orElse(entry).with(DomainEntry.State.DETACHING);
    removeOwnZone(now, view, detaching, deadline);
    removeLabels(now, detaching, other -> isOfSameLife(now, other, detaching), deadline);
    if (!isKnownById(now, detaching)) {
      leaveTheName(now, deadline);
    }
  }

  /** What began later may be the next life, and be about to make a zone of its own. */
  private static boolean isOfSameLife(Found now, DomainEntry other, DomainEntry detached) {
    if (other.zoneId().isPresent()) {
      return other.zoneId().equals(detached.zoneId());
    }
    return detached.zoneId().isPresent()
        && !now.ownsItsZones()
        && other.state() == DomainEntry.State.ATTACHING
        && !other.time().isAfter(detached.time());
  }

  /** Who else detaches it finds the zone by its name alone, for as long as the label shows. */
  private void leaveTheName(Found found, Deadline deadline) {
    found
        .access()
        .remote()
        .pause(
            settings.consistencyWindow().plus(Settings.PROMPT.multipliedBy(2)),
            deadline,
            found.connectionId(),
            "whoever detaches the domain may not see yet that it is done");
  }

  /** {@return whether there was anything, be it another attachment's} */
  private boolean removeOwnZone(
      Found found, NetworkView view, DomainEntry entry, Deadline deadline) {
    if (!isKnownById(found, entry) && sharesItsName(found, entry)) {
      return true;
    }
    return zones
        .of(found)
        .remove(
            found,
            entry,
            plans.apex(found, entry),
            plans.currentPlan(found, view, entry),
            deadline);
  }

  private static void removeLabels(Found found, DomainEntry entry, Deadline deadline) {
    // Rivals may have attached the same name at once; they shared the zone that is gone now.
    boolean shared = !found.ownsItsZones() && entry.zoneId().isPresent();
    removeLabels(
        found,
        entry,
        other -> shared && (other.zoneId().isEmpty() || other.zoneId().equals(entry.zoneId())),
        deadline);
  }

  /** Removes an attachment's label, and then those others of its name. */
  private static void removeLabels(
      Found found, DomainEntry entry, Predicate<DomainEntry> others, Deadline deadline) {
    DomainLabels.remove(found, entry, deadline);
    DomainLabels.sameName(found, entry).stream()
        .filter(other -> !other.id().equals(entry.id()))
        .filter(others)
        .forEach(other -> DomainLabels.remove(found, other, deadline));
  }

  /**
   * {@return whether a zone that only its name tells may be another attachment's: this one is left
   * over from a rival or an earlier life}
   */
  private static boolean sharesItsName(Found found, DomainEntry entry) {
    return DomainLabels.live(found, entry).stream()
        .anyMatch(other -> !other.id().equals(entry.id()));
  }

  /** Whether the zone of this attachment cannot be taken for one of another life of the domain. */
  private static boolean isKnownById(Found found, DomainEntry entry) {
    return found.ownsItsZones() || entry.zoneId().isPresent();
  }

  /** Removes an attachment's zone, and whatever bears its name, for good; leaves its label. */
  void removeZone(Found found, NetworkView view, DomainEntry entry, Deadline deadline) {
    zones
        .of(found)
        .removeAll(
            found,
            entry,
            plans.apex(found, entry),
            plans.currentPlan(found, view, entry),
            deadline);
  }
}
