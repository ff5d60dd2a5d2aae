package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.ZoneQuery;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Zones that are created unbound, filled, and then bound to the network (PrivateZone), so that no
 * name fails in between. A zone's name proves its owner, as it begins with the connection's id; the
 * binding is the mutex. Losers delete their own zone. A list of bindings that holds others is never
 * rewritten.
 */
final class ZonesBoundLater implements DnsZones {
  private static final Duration FIRST_BINDING_LOOK = Duration.ofSeconds(1);
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
        return new Ensured(ensureOnce(found, entry, plan, work), entry);
      } catch (CallFailed e) {
        // A rival removed or took what this round worked on: look at the world again.
        boolean rival =
            e.kind() == ErrorKind.NOT_FOUND
                || e.kind() == ErrorKind.ALREADY_EXISTS
                || (e.kind() == ErrorKind.OUTCOME_UNKNOWN);
        if (!rival || round == MOST_ROUNDS) {
          throw e;
        }
        work.pauseOrGiveUp(
            Duration.ofSeconds(round), "the zone " + plan.apex() + " is not there yet");
      }
    }
  }

  private DnsZone ensureOnce(Found found, DomainEntry entry, DomainPlan plan, ZoneWork work) {
    List<DnsZone> mine = candidates(plan.apex(), work);
    Optional<DnsZone> bound =
        mine.stream().filter(zone -> zone.networks().contains(work.here())).findFirst();
    if (bound.isPresent()) {
      work.fill(bound.get(), plan, false);
      return bound.get();
    }
    Optional<DnsZone> unbound = mine.stream().filter(zone -> zone.networks().isEmpty()).findFirst();
    DnsZone zone =
        unbound.orElseGet(() -> work.create(plan.apex(), ZoneReference.of(found, entry).text()));
    work.fill(zone, plan, unbound.isEmpty());
    try {
      work.bind(zone, Set.of(work.here()));
    } catch (CallFailed e) {
      if (e.kind() == ErrorKind.DOMAIN_TAKEN) {
        return yieldToWinner(found, plan, zone, work);
      }
      throw e;
    }
    awaitBinding(zone, work, true);
    return zone;
  }

  private DnsZone yieldToWinner(Found found, DomainPlan plan, DnsZone loser, ZoneWork work) {
    work.delete(loser);
    DnsZone winner =
        candidates(plan.apex(), work).stream()
            .filter(zone -> zone.networks().contains(work.here()))
            .findFirst()
            .orElseThrow(() -> ZoneConflicts.of(found, plan.apex(), Optional.empty(), notices));
    work.fill(winner, plan, false);
    return winner;
  }

  /**
   * {@return the account's zones of that name, with their bindings, in an order that all rivals
   * share}
   */
  private static List<DnsZone> candidates(String apex, ZoneWork work) {
    return work.named(ZoneQuery.Scope.NAMED, apex).stream()
        .sorted(Comparator.comparing(DnsZone::id))
        .map(zone -> work.read(zone.id()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static void awaitBinding(DnsZone zone, ZoneWork work, boolean wanted) {
    Duration pause = FIRST_BINDING_LOOK;
    while (true) {
      Optional<DnsZone> now = work.read(zone.id());
      if (now.isEmpty() && wanted) {
        throw ZonesBornBound.removedMeanwhile(zone.name());
      }
      if (now.isEmpty() || now.get().networks().contains(work.here()) == wanted) {
        return;
      }
      work.pauseOrGiveUp(pause, "the binding of zone " + zone.name() + " has not changed yet");
      pause = pause.multipliedBy(2);
    }
  }

  @Override
  public void remove(
      Found found, DomainEntry entry, String apex, Optional<DomainPlan> plan, Deadline deadline) {
    ZoneWork work = new ZoneWork(found, deadline);
    for (DnsZone zone : candidates(apex, work)) {
      boolean here = zone.networks().contains(work.here());
      if (here && zone.networks().size() > 1) {
        throw new ConflictException(
            "zone "
                + apex
                + " ("
                + zone.id()
                + ") is bound to other networks too, which this library never does:"
                + " unbind "
                + work.here().vpcId()
                + " by hand, then detach again",
            ErrorDetails.of(zone.id()));
      }
      if (here) {
        work.bind(zone, Set.of());
        awaitBinding(zone, work, false);
      }
      if (here || zone.networks().isEmpty()) {
        work.delete(zone);
      }
    }
  }
}
