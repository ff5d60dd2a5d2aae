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

  /** A zone that was just created may be unknown to the next call for a while. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Memory memory;
  private final Notices notices;

  ZonesBornBound(Memory memory, Notices notices) {
    this.memory = memory;
    this.notices = notices;
  }

  /** A zone that was found by name, with its mark. */
  private record Marked(DnsZone zone, Optional<ZoneReference> reference) {}

  @Override
  public Ensured ensure(
      Found found, DomainEntry asked, DomainPlan plan, LabelWriter labels, Deadline deadline) {
    ZoneWork work = new ZoneWork(found, deadline);
    DomainEntry entry = asked;
    Optional<Ensured> ensured = Optional.empty();
    while (ensured.isEmpty()) {
      try {
        DnsZone zone = work.create(plan.apex(), ZoneReference.of(found, entry).text());
        ensured = Optional.of(new Ensured(zone, entry));
      } catch (CallFailed e) {
        switch (e.kind()) {
          case OUTCOME_UNKNOWN -> {
            // The reference makes a second try safe: if the first one was carried out, it is
            // refused.
            work.pauseOrGiveUp(
                LOOK_AGAIN, "whether the zone " + plan.apex() + " was created is not known");
          }
          case DOMAIN_TAKEN -> ensured = adopt(found, entry, plan.apex(), work);
          case ALREADY_EXISTS -> {
            ensured = adopt(found, entry, plan.apex(), work);
            if (ensured.isEmpty()) {
              entry = entry.nextGeneration();
              labels.write(entry);
            }
          }
          default -> throw e;
        }
      }
    }
    DnsZone zone = ensured.get().zone();
    memory.madeZone(ensured.get().entry().id(), zone);
    try {
      fill(zone, plan, work, deadline.atMost(FRESH));
    } catch (CallFailed e) {
      memory.forgetZone(ensured.get().entry().id());
      throw e.kind() == ErrorKind.NOT_FOUND ? removedMeanwhile(plan.apex()) : e;
    }
    return ensured.get();
  }

  private static void fill(DnsZone zone, DomainPlan plan, ZoneWork work, Deadline patience) {
    while (true) {
      try {
        work.fill(zone, plan, true);
        return;
      } catch (CallFailed e) {
        if (e.kind() != ErrorKind.NOT_FOUND || patience.passed()) {
          throw e;
        }
      }
      work.pauseOrGiveUp(LOOK_AGAIN, "the new zone " + plan.apex() + " cannot be filled yet");
    }
  }

  private Optional<Ensured> adopt(Found found, DomainEntry entry, String apex, ZoneWork work) {
    Optional<Marked> holder = holder(apex, work);
    if (holder.isEmpty()) {
      work.pauseOrGiveUp(
          LOOK_AGAIN, "the zone " + apex + " is being made or removed by somebody else");
      return holder(apex, work).flatMap(late -> adopt(found, entry, apex, late));
    }
    return adopt(found, entry, apex, holder.get());
  }

  private Optional<Ensured> adopt(Found found, DomainEntry entry, String apex, Marked holder) {
    Optional<ZoneReference> owner = holder.reference();
    if (owner.isEmpty() || !owner.get().isOf(found)) {
      throw ZoneConflicts.of(found, apex, owner, notices);
    }
    if (owner.get().attachmentId().equals(entry.id())) {
      return Optional.of(new Ensured(holder.zone(), entry));
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
    return Optional.of(new Ensured(holder.zone(), winner));
  }

  /** {@return the zone of that name that answers in the network} */
  private static Optional<Marked> holder(String apex, ZoneWork work) {
    List<DnsZone> same = work.named(ZoneQuery.Scope.IN_NETWORK, apex);
    if (same.isEmpty()) {
      return Optional.empty();
    }
    Optional<DnsZone> full = work.read(same.get(0).id());
    return Optional.of(
        new Marked(
            full.orElse(same.get(0)),
            full.flatMap(DnsZone::reference).flatMap(ZoneReference::parse)));
  }

  @Override
  public void remove(
      Found found, DomainEntry entry, String apex, Optional<DomainPlan> plan, Deadline deadline) {
    ZoneWork work = new ZoneWork(found, deadline);
    Optional<DnsZone> zone = memory.zone(entry.id());
    if (zone.isEmpty()) {
      zone = verified(found, entry, apex, work);
    }
    if (zone.isPresent()) {
      work.empty(zone.get(), plan.map(ZoneWork::wanted).orElse(List.of()));
      work.delete(zone.get());
      memory.forgetZone(entry.id());
    }
  }

  /**
   * The label's zone id is a hint and the name a filter: only the zone's own mark makes it ours to
   * delete.
   */
  private static Optional<DnsZone> verified(
      Found found, DomainEntry entry, String apex, ZoneWork work) {
    Optional<DnsZone> hinted =
        entry.zoneId().flatMap(work::read).filter(zone -> isOf(found, entry, apex, zone));
    return hinted.isPresent()
        ? hinted
        : holder(apex, work).map(Marked::zone).filter(zone -> isOf(found, entry, apex, zone));
  }

  private static boolean isOf(Found found, DomainEntry entry, String apex, DnsZone zone) {
    return zone.name().equals(apex)
        && zone.reference()
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
