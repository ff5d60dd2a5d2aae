package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.ZoneQuery;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Zones that are created unbound, filled, and then bound to the network (PrivateZone), so that no
 * name fails in between. A zone's name proves its owner, as it begins with the connection's id; the
 * binding is the mutex. Losers delete their own zone. A list of bindings that holds others is never
 * rewritten.
 */
final class ZonesBoundLater implements DnsZones {
  private static final Duration FIRST_BINDING_LOOK = Duration.ofSeconds(1);
  private static final Duration BINDING_LOOK = Duration.ofSeconds(4);
  private static final int MOST_LOOKS = 4;
  private static final int MOST_ROUNDS = 5;

  private final Notices notices;

  ZonesBoundLater(Notices notices) {
    this.notices = notices;
  }

  @Override
  public Ensured ensure(
      Found found, DomainEntry entry, DomainPlan plan, LabelWriter labels, Deadline deadline) {
    ZoneWork work = new ZoneWork(found, deadline);
    for (int round = 1; ; round++) {
      try {
        return ensureOnce(found, entry, plan, work);
      } catch (CallFailed e) {
        // A rival removed or took what this round worked on: look at the world again.
        boolean rival =
            switch (e.kind()) {
              case NOT_FOUND, ALREADY_EXISTS, OUTCOME_UNKNOWN -> true;
              default -> false;
            };
        if (!rival || round == MOST_ROUNDS) {
          throw e;
        }
        work.pauseAfter(e, Duration.ofSeconds(round), "the zone " + plan.apex() + " is not there");
      }
    }
  }

  private Ensured ensureOnce(Found found, DomainEntry entry, DomainPlan plan, ZoneWork work) {
    List<DnsZone> mine = candidates(plan.apex(), work);
    Optional<DnsZone> bound = mine.stream().filter(zone -> isBoundHere(zone, work)).findFirst();
    if (bound.isPresent()) {
      work.fill(bound.get(), plan, false);
      return ensured(found, entry, bound.get(), true);
    }
    Optional<DnsZone> unbound = mine.stream().filter(zone -> zone.networks().isEmpty()).findFirst();
    boolean fresh = unbound.isEmpty();
    DnsZone zone =
        unbound.orElseGet(() -> work.create(plan.apex(), ZoneReference.of(found, entry).text()));
    work.fill(zone, plan, fresh);
    try {
      work.bind(zone, Set.of(work.here()), fresh);
    } catch (CallFailed e) {
      if (e.kind() == ErrorKind.DOMAIN_TAKEN) {
        return ensured(found, entry, yieldToWinner(found, plan, zone, work), true);
      }
      throw e;
    }
    awaitBound(zone, work);
    return ensured(found, entry, zone, false);
  }

  /**
   * Nothing in a zone tells whose it is, and labels show too late to agree upon an attachment by
   * them. But all have the zone in common: the attachment's id follows from its. Only what its
   * caller knows already by an id keeps that.
   */
  private Ensured ensured(Found found, DomainEntry own, DnsZone zone, boolean adopted) {
    DomainEntry agreed =
        own.state() == DomainEntry.State.ATTACHED
            ? own
            : own.succeededBy(Ids.attachmentOf(found.connectionId(), zone.id()), zone.id());
    return new Ensured(zone, agreed, own, adopted);
  }

  /** The winner's binding is told by the refusal; that it is shown may take the cloud a moment. */
  private DnsZone yieldToWinner(Found found, DomainPlan plan, DnsZone loser, ZoneWork work) {
    work.delete(loser);
    for (int look = 1; ; look++) {
      Optional<DnsZone> winner =
          candidates(plan.apex(), work).stream()
              .filter(zone -> isBoundHere(zone, work))
              .findFirst();
      if (winner.isPresent()) {
        work.fill(winner.get(), plan, false);
        return winner.get();
      }
      if (look == MOST_LOOKS) {
        throw ZoneConflicts.of(found, plan.apex(), Optional.empty(), notices);
      }
      work.pause(BINDING_LOOK, "who holds " + plan.apex() + " does not show yet");
    }
  }

  /**
   * {@return the account's zones of that name, with their bindings, in an order that all rivals
   * share}
   */
  private static List<DnsZone> candidates(String apex, ZoneWork work) {
    return work.named(ZoneQuery.Scope.NAMED, apex).stream()
        .sorted(Comparator.comparing(DnsZone::id))
        .map(work::readListed)
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean isBoundHere(DnsZone zone, ZoneWork work) {
    return zone.networks().contains(work.here());
  }

  private static void awaitBound(DnsZone zone, ZoneWork work) {
    Duration pause = FIRST_BINDING_LOOK;
    while (true) {
      Optional<DnsZone> now = work.readListed(zone);
      if (now.isEmpty()) {
        throw ZonesBornBound.removedMeanwhile(zone.name());
      }
      if (isBoundHere(now.get(), work)) {
        return;
      }
      work.pause(pause, "the binding of zone " + zone.name() + " does not show yet");
      pause = Durations.min(pause.multipliedBy(2), BINDING_LOOK);
    }
  }

  @Override
  public boolean exists(Found found, DomainEntry entry, Deadline deadline) {
    ZoneWork work = new ZoneWork(found, deadline);
    return entry.zoneId().flatMap(work::read).filter(zone -> isBoundHere(zone, work)).isPresent();
  }

  @Override
  public boolean isHeld(Found now, Ensured ensured, Deadline deadline) {
    return naming(now, ensured)
        .or(() -> now.ledger().domain(ensured.own().id()))
        .filter(label -> label.state() != DomainEntry.State.DETACHING)
        .isPresent();
  }

  @Override
  public boolean isStillThere(Found now, Ensured ensured, Deadline deadline) {
    return naming(now, ensured).isPresent()
        || exists(now, ensured.entry().withZone(ensured.zone().id()), deadline);
  }

  /** A zone that was made again belongs to the attachment whose first one is gone. */
  @Override
  public DomainEntry agreed(Found now, Ensured ensured) {
    return naming(now, ensured).orElse(ensured.entry());
  }

  /** {@return the label that names the zone} */
  private static Optional<DomainEntry> naming(Found now, Ensured ensured) {
    return now.ledger().domains().stream().filter(label -> label.names(ensured.zone())).findFirst();
  }

  @Override
  public boolean remove(
      Found found, DomainEntry entry, String apex, Optional<DomainPlan> plan, Deadline deadline) {
    ZoneWork work = new ZoneWork(found, deadline);
    // Those of a later life of the name are not this one's. What only the name tells has to be
    // found soon after the label was read, or not at all.
    List<DnsZone> zones =
        entry.zoneId().isPresent()
            ? named(entry, work).stream().toList()
            : ofName(entry, apex, new ZoneWork(found, deadline.atMost(Settings.PROMPT)), work);
    zones.forEach(zone -> remove(zone, false, work));
    return !zones.isEmpty();
  }

  /** {@return the zone that the label names, under whatever suffix} */
  private static Optional<DnsZone> named(DomainEntry entry, ZoneWork work) {
    return entry.zoneId().flatMap(work::read).filter(zone -> isOf(entry, zone));
  }

  private static boolean isOf(DomainEntry entry, DnsZone zone) {
    return zone.name().startsWith(entry.uniqueName() + ".");
  }

  @Override
  public void removeAll(
      Found found, DomainEntry entry, String apex, Optional<DomainPlan> plan, Deadline deadline) {
    ZoneWork work = new ZoneWork(found, deadline);
    ofName(entry, apex, work, work).forEach(zone -> remove(zone, false, work));
  }

  @Override
  public void removeStray(DnsZone zone, ZoneWork work) {
    remove(zone, zone.networks().isEmpty(), work);
  }

  /**
   * {@return all that bears the attachment's name} It may have been made under a suffix that this
   * process is not configured with: what the label names is found by that; without, all zones are
   * looked through, as a managed name proves its owner whatever the suffix.
   *
   * @param prompt for what a later life of the name could be taken for
   */
  private static List<DnsZone> ofName(
      DomainEntry entry, String apex, ZoneWork prompt, ZoneWork work) {
    Map<String, DnsZone> zones = new TreeMap<>();
    candidates(apex, prompt).forEach(zone -> zones.put(zone.id(), zone));
    if (entry.zoneId().isPresent()) {
      if (!zones.containsKey(entry.zoneId().get())) {
        named(entry, work).ifPresent(zone -> zones.put(zone.id(), zone));
      }
    } else if (entry.type() == DomainType.TIDBCLOUD_MANAGED) {
      work.listOwn().stream()
          .filter(zone -> isOf(entry, zone) && !zone.name().equals(apex))
          .map(work::readListed)
          .flatMap(Optional::stream)
          .forEach(zone -> zones.put(zone.id(), zone));
    }
    return List.copyOf(zones.values());
  }

  /**
   * Bindings show late, both ways: as long as the zone cannot be deleted, they are looked at again.
   *
   * @param idle a zone that no label vouches for, and that showed no binding: that it cannot be
   *     deleted may mean that it is bound, so its records stay until enough looks saw none
   */
  private static void remove(DnsZone seen, boolean idle, ZoneWork work) {
    Optional<DnsZone> zone = Optional.of(seen);
    boolean unbound = false;
    int looks = 0;
    int refusals = 0;
    Duration pause = FIRST_BINDING_LOOK;
    while (zone.isPresent()) {
      boolean here = isBoundHere(zone.get(), work);
      if (zone.get().networks().size() > (here ? 1 : 0)) {
        throw boundElsewhere(zone.get(), work);
      }
      if (here && idle) {
        throw boundMeanwhile(zone.get(), work);
      }
      // A rival may have bound it again; a lagging answer looks the same for a while.
      if (here && (!unbound || ++looks % MOST_LOOKS == 0)) {
        unbound = work.tryUnbind(zone.get());
      } else if (!here && work.tryDelete(zone.get())) {
        return;
      } else if (!here && (!idle || ++refusals >= MOST_LOOKS)) {
        work.empty(zone.get(), List.of());
        unbound = false;
      }
      work.pause(pause, "the zone " + seen.name() + " cannot be deleted yet");
      pause = Durations.min(pause.multipliedBy(2), BINDING_LOOK);
      zone = work.read(seen.id());
    }
  }

  private static ConflictException boundMeanwhile(DnsZone zone, ZoneWork work) {
    return new ConflictException(
        "zone "
            + zone.name()
            + " ("
            + zone.id()
            + ") has been bound to "
            + work.here().vpcId()
            + " meanwhile: somebody is at work on it, reconcile again",
        ErrorDetails.of(zone.id()));
  }

  private static ConflictException boundElsewhere(DnsZone zone, ZoneWork work) {
    return new ConflictException(
        "zone "
            + zone.name()
            + " ("
            + zone.id()
            + ") is bound to other networks too than "
            + work.here().vpcId()
            + ", which this library never does: unbind those by hand, then detach again",
        ErrorDetails.of(zone.id()));
  }
}
