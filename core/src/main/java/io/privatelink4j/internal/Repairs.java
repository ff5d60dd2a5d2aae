package io.privatelink4j.internal;

import io.privatelink4j.exception.ClientClosedException;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.RefusedException;
import io.privatelink4j.exception.WaitInterruptedException;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.Remedy;
import io.privatelink4j.model.Repair;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ZoneRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts on drifts one by one, with the same steps that attach, detach and delete take. The endpoint
 * is read by id before each: what has moved on since it was seen is left alone. What fails does not
 * keep the others from being repaired.
 */
final class Repairs {
  private static final Logger log = LoggerFactory.getLogger(Repairs.class);

  private final Domains domains;
  private final Deletion deletion;
  private final OrphanZones orphans;
  private final Leases leases;
  private final Manner manner;

  /** Who else there may be. */
  enum Manner {
    /** Anybody may be at work at the same time. */
    BESIDE_OTHERS,
    /** Nothing else is at work, so that a lease is a dead process'. */
    ALONE,
    /** The cluster is gone, so that what serves it may go as well. */
    ABANDONED
  }

  Repairs(Domains domains, Deletion deletion, OrphanZones orphans, Leases leases, Manner manner) {
    this.domains = domains;
    this.deletion = deletion;
    this.orphans = orphans;
    this.leases = leases;
    this.manner = manner;
  }

  /** Tells that nothing is to be done any more, or that it cannot be judged, and why. */
  private static final class MovedOn extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    MovedOn(String why) {
      super(why, null, false, false);
      this.why = why;
    }
  }

  Repair repair(Case drift, Deadline deadline) {
    if (deadline.passed()) {
      return left(drift, "the time was over: repair again");
    }
    String what = drift.drift().advice();
    try {
      if (drift.link().isPresent()) {
        Found seen = drift.link().get();
        ConnectionRef ref = seen.ref();
        what = act(drift, fresh(drift, seen, ref, deadline), ref, deadline).orElse(what);
      } else {
        OwnZone zone = drift.zone().orElseThrow();
        Optional<String> why =
            drift.drift().code() == DriftCode.EMPTY_ZONE
                ? orphans.removeEmpty(zone, deadline)
                : orphans.remove(zone, deadline);
        if (why.isPresent()) {
          throw new MovedOn(why.get());
        }
      }
      log.debug("repaired {}", drift.drift());
      return new Repair(drift.drift(), Repair.Outcome.DONE, what, Optional.empty());
    } catch (MovedOn e) {
      log.debug("left {}: {}", drift.drift(), e.why);
      return left(drift, e.why);
    } catch (ClientClosedException | WaitInterruptedException e) {
      throw e;
    } catch (CallFailed e) {
      return failed(drift, e.toPublic());
    } catch (RuntimeException e) {
      // Whatever it is, an embedder's policy that fails for instance: the others are not to blame.
      return failed(drift, e);
    }
  }

  static Repair left(Case drift, String why) {
    return new Repair(drift.drift(), Repair.Outcome.LEFT, why, Optional.empty());
  }

  private static Repair failed(Case drift, RuntimeException e) {
    log.warn("repair of {} failed: {}", drift.drift(), e.toString());
    String message = e instanceof PrivateLinkException ? e.getMessage() : Texts.safe(e.toString());
    return new Repair(
        drift.drift(), Repair.Outcome.FAILED, String.valueOf(message), Optional.of(e));
  }

  /** {@return the connection as it is now, if what is to be done is still to be done} */
  private static Found fresh(Case drift, Found seen, ConnectionRef ref, Deadline deadline)
      throws MovedOn {
    Found now = reread(seen, ref, deadline);
    checkUnmoved(drift, seen, now);
    return now;
  }

  private static Found reread(Found seen, ConnectionRef ref, Deadline deadline) throws MovedOn {
    return Finder.reread(seen, ref, deadline)
        .filter(found -> Finder.isThere(found.endpoint()))
        .orElseThrow(() -> new MovedOn("its endpoint is gone, or is being deleted by the cloud"));
  }

  private static void checkUnmoved(Case drift, Found seen, Found now) throws MovedOn {
    if (now.ledger().integrity() != Integrity.OK) {
      throw new MovedOn("its labels were edited, or are a newer version's");
    }
    if (now.ledger().deleting() != seen.ledger().deleting()) {
      throw new MovedOn("it is being deleted by now");
    }
    if (drift.drift().code() == DriftCode.ZONE_WITHOUT_ENTRY) {
      checkWithoutLabel(drift, drift.zone().orElseThrow(), now);
    } else if (drift.entry().isPresent()
        && !now.ledger().domain(drift.entry().get().id()).equals(drift.entry())) {
      throw new MovedOn("its label has moved on since");
    }
  }

  /** Somebody may have attached the domain since: the zone is theirs, under their id. */
  private static void checkWithoutLabel(Case drift, OwnZone zone, Found now) throws MovedOn {
    Stream<DomainEntry> ofDuplicates =
        now.duplicates().stream().flatMap(each -> Ledger.read(each.labels()).domains().stream());
    boolean labelled =
        Stream.concat(now.ledger().domains().stream(), ofDuplicates)
            .filter(entry -> zone.isOf(entry) || sharesName(drift, entry))
            .anyMatch(entry -> drift.drift().remedy() != Remedy.REMOVE || !isSpare(zone, entry));
    if (labelled) {
      throw new MovedOn("it has a label by now");
    }
  }

  private static boolean sharesName(Case drift, DomainEntry entry) {
    return drift.entry().filter(entry::hasNameOf).isPresent();
  }

  /** Whether the attachment is served by another zone, so that this one only shares its name. */
  private static boolean isSpare(OwnZone zone, DomainEntry entry) {
    return entry.state() == DomainEntry.State.ATTACHED
        && entry.zoneId().filter(id -> !id.equals(zone.zone().id())).isPresent();
  }

  /** {@return what was done, if not what was announced} */
  private Optional<String> act(Case drift, Found now, ConnectionRef ref, Deadline deadline)
      throws MovedOn {
    switch (drift.drift().code()) {
      case UNFINISHED_DELETE, ABANDONED_CONNECTION -> deletion.resume(ref, deadline);
      case DUPLICATE_ENDPOINT ->
          deletion.removeDuplicate(now, drift.duplicate().orElseThrow(), deadline);
      case RECORD_MISSING, RECORD_CHANGED -> fill(drift, now, deadline);
      case UNFINISHED_DETACH -> domains.detach(now, drift.entry().orElseThrow(), deadline);
      case ZONE_WITHOUT_ENTRY, UNFINISHED_ATTACH, ENTRY_WITHOUT_ZONE, ZONE_NOT_BOUND -> {
        return mend(drift, now, ref, deadline);
      }
      default -> throw new IllegalStateException("nothing is to be done about " + drift.drift());
    }
    return Optional.empty();
  }

  private Optional<String> mend(Case drift, Found now, ConnectionRef ref, Deadline deadline)
      throws MovedOn {
    return switch (drift.drift().remedy()) {
      case REMOVE -> {
        OwnZone stray = drift.zone().orElseThrow();
        if (isDoomed(now)) {
          removeStray(stray, now, deadline);
        } else {
          leased(drift, now, ref, deadline, found -> removeStray(stray, found, deadline));
        }
        yield Optional.empty();
      }
      case UNDO -> {
        takeBack(drift, now, ref, deadline);
        yield Optional.empty();
      }
      case FINISH, RESTORE -> restore(drift, now, ref, deadline);
      case NONE, UNKNOWN ->
          throw new IllegalStateException("nothing is to be done about " + drift.drift());
    };
  }

  private void takeBack(Case drift, Found now, ConnectionRef ref, Deadline deadline)
      throws MovedOn {
    DomainEntry entry = drift.entry().orElseThrow();
    leased(drift, now, ref, deadline, found -> domains.takeBack(found, entry, deadline));
  }

  /** Work on a connection that was just read. */
  private interface Work {
    void on(Found found) throws MovedOn;
  }

  /**
   * Works on a domain when nobody else can be at work on it, and if nothing has moved on until
   * then.
   */
  private void leased(Case drift, Found now, ConnectionRef ref, Deadline deadline, Work work)
      throws MovedOn {
    if (manner != Manner.ALONE && leases.isHeld(now)) {
      throw new MovedOn("another repair is at work on the connection");
    }
    if (deadline.left().compareTo(leases.least()) < 0) {
      throw new MovedOn("the time left does not suffice: repair again");
    }
    Lease lease = leases.take(now, drift.entry().orElseThrow(), deadline);
    boolean held = true;
    try {
      leases.settle(now, deadline);
      Found later = reread(now, ref, deadline);
      held = leases.holds(lease, later);
      if (!held) {
        throw new MovedOn("another repair is at work on the connection");
      }
      checkUnmoved(drift, now, later);
      work.on(later);
    } catch (MovedOn | RuntimeException e) {
      if (held) {
        leases.release(now, lease);
      }
      throw e;
    }
    leases.release(now, lease);
  }

  /** A deletion that began meanwhile has seen the label, but perhaps not the zone. */
  private Optional<String> restore(Case drift, Found now, ConnectionRef ref, Deadline deadline)
      throws MovedOn {
    DomainEntry entry = drift.entry().orElseThrow();
    DomainTarget target;
    try {
      target = domains.restorable(now, entry, deadline);
    } catch (RefusedException e) {
      if (drift.drift().code() != DriftCode.UNFINISHED_ATTACH) {
        throw e;
      }
      // Nobody was told that it is attached, and nobody may attach it any more.
      takeBack(drift, fresh(drift, now, ref, deadline), ref, deadline);
      return Optional.of("taken back: " + e.getMessage());
    }
    // Planning and asking took time, in which others may have detached it.
    Found later = fresh(drift, now, ref, deadline);
    leased(drift, later, ref, deadline, found -> restore(target, entry, found, ref, deadline));
    return Optional.empty();
  }

  private void restore(
      DomainTarget target, DomainEntry entry, Found now, ConnectionRef ref, Deadline deadline) {
    domains.restore(target, entry, deadline);
    if (Finder.reread(now, ref, deadline).filter(f -> Finder.isThere(f.endpoint())).isEmpty()) {
      domains.removeZone(now, now.access().knownView(now.network(), deadline), entry, deadline);
      throw new ConflictException(
          "connection " + ref.id() + " was deleted while its domain was repaired",
          ErrorDetails.of(ref.id()));
    }
  }

  private void fill(Case drift, Found now, Deadline deadline) throws MovedOn {
    ZoneWork work = new ZoneWork(now, deadline);
    DnsZone zone = verified(drift.zone().orElseThrow(), now, work);
    work.fill(zone, plan(drift, now.withZones(deadline), deadline), false);
  }

  private DomainPlan plan(Case drift, Found full, Deadline deadline) {
    NetworkView view = full.access().view(full.network(), deadline);
    return domains
        .plans()
        .currentPlan(full, view, drift.entry().orElseThrow())
        .orElseThrow(() -> unnamed(full.connectionId()));
  }

  private static ConflictException unnamed(String connectionId) {
    return new ConflictException(
        "the domain of connection " + connectionId + " cannot be planned any more: detach it",
        ErrorDetails.of(connectionId));
  }

  private void removeStray(OwnZone stray, Found now, Deadline deadline) throws MovedOn {
    ZoneWork work = new ZoneWork(now, deadline);
    DnsZone zone = verified(stray, now, work);
    List<ZoneRecord> records = work.records(zone);
    ZoneWork.checkNoOthers(zone, records);
    if (!isDoomed(now) && zone.networks().contains(work.here())) {
      checkServesNobody(stray, now, records, deadline);
    }
    domains.zones(now.access()).removeStray(zone, work);
  }

  private boolean isDoomed(Found now) {
    return manner == Manner.ABANDONED || now.ledger().deleting();
  }

  /** What answers and leads to the endpoint, or cannot be told to lead elsewhere, stays. */
  private void checkServesNobody(
      OwnZone stray, Found now, List<ZoneRecord> records, Deadline deadline) throws MovedOn {
    if (records.isEmpty()) {
      return;
    }
    if (stray.isOfAny(now.ledger())) {
      throw new MovedOn("it answers in the network by now, and its name is attached");
    }
    Found full = now.withZones(deadline);
    NetworkView view = full.access().view(full.network(), deadline);
    Optional<RecordDiff.Wanted> wanted =
        domains
            .plans()
            .entryFor(stray)
            .flatMap(entry -> domains.plans().currentPlan(full, view, entry))
            .flatMap(plan -> RecordDiff.Wanted.of(full, plan));
    if (wanted.isEmpty()) {
      throw new MovedOn("it answers, and whether it serves its connection cannot be told");
    }
    if (RecordDiff.of(wanted.get(), records).missing().isEmpty()) {
      throw new MovedOn("it serves its connection by now: reconcile again");
    }
  }

  /** {@return the zone in full, if it is still the connection's and answers nowhere else} */
  private static DnsZone verified(OwnZone seen, Found now, ZoneWork work) throws MovedOn {
    DnsZone zone =
        work.read(seen.zone().id())
            .filter(read -> read.name().equals(seen.zone().name()))
            .filter(read -> read.reference().equals(seen.zone().reference()))
            .orElseThrow(() -> new MovedOn("its zone is gone by now: reconcile again"));
    if (!Set.of(work.here()).containsAll(zone.networks())) {
      throw new MovedOn(
          "the zone "
              + zone.name()
              + " ("
              + zone.id()
              + ") answers in other networks than "
              + now.network().vpcId()
              + ", which this library never makes: unbind those by hand");
    }
    return zone;
  }
}
