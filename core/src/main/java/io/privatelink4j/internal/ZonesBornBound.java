package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.ZoneQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Zones that answer in the network from their creation on (Route 53). The name in the network is
 * the mutex, and the creation reference tells whose a zone is; it is accepted once and never again.
 */
final class ZonesBornBound implements DnsZones {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final Memory memory;
  private final Notices notices;

  ZonesBornBound(Memory memory, Notices notices) {
    this.memory = memory;
    this.notices = notices;
  }

  /** A zone that was found by name, with its mark, or why that could not be read. */
  private record Marked(
      DnsZone zone, Optional<ZoneReference> reference, Optional<CallFailed> unreadable) {}

  @Override
  public Ensured ensure(
      Found found, DomainEntry asked, DomainPlan plan, LabelWriter labels, Deadline deadline) {
    ZoneWork work = new ZoneWork(found, deadline);
    Ensured ensured = createOrAdopt(found, asked, plan.apex(), labels, work);
    memory.madeZone(ensured.entry().id(), ensured.zone());
    try {
      work.fill(ensured.zone(), plan, true);
    } catch (CallFailed e) {
      throw e.kind() == ErrorKind.NOT_FOUND ? removedMeanwhile(plan.apex()) : e;
    }
    return ensured;
  }

  private Ensured createOrAdopt(
      Found found, DomainEntry asked, String apex, LabelWriter labels, ZoneWork work) {
    DomainEntry entry = asked;
    while (true) {
      try {
        DnsZone zone = work.create(apex, ZoneReference.of(found, entry).text());
        return new Ensured(zone, entry, entry, false);
      } catch (CallFailed e) {
        if (e.kind() != ErrorKind.OUTCOME_UNKNOWN
            && e.kind() != ErrorKind.DOMAIN_TAKEN
            && e.kind() != ErrorKind.ALREADY_EXISTS) {
          throw e;
        }
        work.failIfLate(e, Duration.ZERO);
        Optional<Marked> holder = holder(apex, work);
        if (holder.isPresent()) {
          if (e.kind() != ErrorKind.DOMAIN_TAKEN && holder.get().unreadable().isPresent()) {
            // It may be this attachment's own: its label must not be given up for a stranger's.
            throw holder.get().unreadable().get();
          }
          return adopt(found, entry, apex, holder.get());
        }
        if (e.kind() == ErrorKind.ALREADY_EXISTS) {
          // The reference was used by a zone that is gone, and is never accepted again.
          entry = entry.nextGeneration();
          labels.write(entry);
        }
        work.pauseAfter(e, LOOK_AGAIN, "the zone " + apex + " is being made or removed by another");
      }
    }
  }

  private Ensured adopt(Found found, DomainEntry entry, String apex, Marked holder) {
    Optional<ZoneReference> owner = holder.reference();
    if (owner.isEmpty() || !owner.get().isOf(found)) {
      throw ZoneConflicts.of(found, apex, owner, notices);
    }
    if (owner.get().attachmentId().equals(entry.id())) {
      return new Ensured(holder.zone(), entry, entry, false);
    }
    DomainEntry winner =
        new DomainEntry(
            owner.get().attachmentId(),
            entry.state(),
            entry.type(),
            owner.get().generation(),
            entry.time(),
            entry.uniqueName(),
            Optional.of(holder.zone().id()));
    return new Ensured(holder.zone(), winner, entry, true);
  }

  /**
   * {@return the zone of that name that answers in the network, with its mark if it is readable}
   */
  private static Optional<Marked> holder(String apex, ZoneWork work) {
    Optional<DnsZone> listed = work.named(ZoneQuery.Scope.IN_NETWORK, apex).stream().findFirst();
    if (listed.isEmpty()) {
      return Optional.empty();
    }
    Optional<DnsZone> full = Optional.empty();
    Optional<CallFailed> unreadable = Optional.empty();
    try {
      full = work.readListed(listed.get());
    } catch (CallFailed e) {
      if (e.kind() != ErrorKind.ACCESS_DENIED) {
        throw e;
      }
      unreadable = Optional.of(e);
    }
    if (full.isEmpty() && !isStillListed(listed.get(), work)) {
      // It was removed meanwhile; who has the name by now, the next look tells.
      return Optional.empty();
    }
    return Optional.of(
        new Marked(
            full.orElse(listed.get()),
            full.flatMap(DnsZone::reference).flatMap(ZoneReference::parse),
            unreadable));
  }

  private static boolean isStillListed(DnsZone zone, ZoneWork work) {
    return work.named(ZoneQuery.Scope.IN_NETWORK, zone.name()).stream()
        .anyMatch(now -> now.id().equals(zone.id()));
  }

  @Override
  public boolean exists(Found found, DomainEntry entry, Deadline deadline) {
    ZoneWork work = new ZoneWork(found, deadline);
    return entry.zoneId().flatMap(work::read).filter(zone -> isOf(found, entry, zone)).isPresent();
  }

  /** A zone of ours that has lost its label gets it back. */
  @Override
  public boolean isHeld(Found now, Ensured ensured, Deadline deadline) {
    return now.ledger()
        .domain(ensured.entry().id())
        .map(label -> label.state() != DomainEntry.State.DETACHING)
        .orElseGet(
            () ->
                ensured.adopted()
                    && exists(now, ensured.entry().withZone(ensured.zone().id()), deadline));
  }

  /** A zone that is held bears the holder's mark. */
  @Override
  public boolean isStillThere(Found now, Ensured ensured, Deadline deadline) {
    return true;
  }

  /** The zone's mark has decided. */
  @Override
  public DomainEntry agreed(Found now, Ensured ensured) {
    return ensured.entry();
  }

  @Override
  public boolean remove(
      Found found, DomainEntry entry, String apex, Optional<DomainPlan> plan, Deadline deadline) {
    ZoneWork work = new ZoneWork(found, deadline);
    Optional<DnsZone> made = memory.zone(entry.id());
    Optional<DnsZone> zone = made.filter(entry::names).or(() -> verified(found, entry, work));
    if (zone.isPresent()) {
      work.empty(zone.get(), plan.map(ZoneWork::wanted).orElse(List.of()));
      work.delete(zone.get());
    }
    memory.forgetZone(entry.id());
    return zone.isPresent();
  }

  @Override
  public void removeStray(DnsZone zone, ZoneWork work) {
    work.empty(zone, List.of());
    work.delete(zone);
  }

  /**
   * The label's zone id is a hint and the name a filter: only the zone's own mark makes it ours to
   * delete. Its name may end in a suffix that this process is not configured with.
   */
  private static Optional<DnsZone> verified(Found found, DomainEntry entry, ZoneWork work) {
    Optional<DnsZone> hinted =
        entry.zoneId().flatMap(work::read).filter(zone -> isOf(found, entry, zone));
    if (hinted.isPresent()) {
      return hinted;
    }
    String beginning = entry.uniqueName() + ".";
    return work.list(ZoneQuery.Scope.IN_NETWORK, entry.uniqueName()).stream()
        .filter(zone -> zone.name().startsWith(beginning))
        .map(work::readListed)
        .flatMap(Optional::stream)
        .filter(zone -> isOf(found, entry, zone))
        .findFirst();
  }

  private static boolean isOf(Found found, DomainEntry entry, DnsZone zone) {
    return zone.reference()
        .flatMap(ZoneReference::parse)
        .filter(reference -> reference.isOf(found))
        .filter(reference -> reference.attachmentId().equals(entry.id()))
        .isPresent();
  }

  static ConflictException removedMeanwhile(String apex) {
    return new ConflictException(
        "the zone "
            + apex
            + " was removed while it was being filled: another detach or delete is at work. Read the"
            + " connection again.",
        ErrorDetails.of(apex));
  }
}
