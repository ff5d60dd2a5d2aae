package io.privatelink4j.internal;

import io.privatelink4j.exception.ClientClosedException;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.WaitInterruptedException;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.Remedy;
import io.privatelink4j.model.Repair;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ZoneRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts on drifts one by one, with the same steps that attach, detach and delete take. The endpoint
 * is read by id before each: what has moved on since it was seen is left alone. What fails does not
 * keep the others from being repaired.
 */
final class Repairs {
  private static final Logger log = LoggerFactory.getLogger(Repairs.class);

  /** So that one that cannot end leaves time for the others. */
  private static final Duration EACH = Duration.ofMinutes(2);

  private final Domains domains;
  private final Deletion deletion;
  private final OrphanZones orphans;

  Repairs(Domains domains, Deletion deletion, OrphanZones orphans) {
    this.domains = domains;
    this.deletion = deletion;
    this.orphans = orphans;
  }

  Repair repair(Case drift, Deadline deadline) {
    if (deadline.passed()) {
      return left(drift, "the time was over: repair again");
    }
    try {
      Deadline each = deadline.atMost(EACH);
      Optional<String> why =
          drift.link().isPresent()
              ? ofLink(drift, drift.link().get(), each)
              : orphans.remove(drift.zone().orElseThrow(), each);
      log.debug("repair of {}: {}", drift.drift(), why.orElse("done"));
      return why.map(reason -> left(drift, reason)).orElseGet(() -> done(drift));
    } catch (ClientClosedException | WaitInterruptedException e) {
      throw e;
    } catch (CallFailed e) {
      return failed(drift, e.toPublic());
    } catch (PrivateLinkException e) {
      return failed(drift, e);
    }
  }

  static Repair left(Case drift, String why) {
    return new Repair(drift.drift(), Repair.Outcome.LEFT, why, Optional.empty());
  }

  private static Repair done(Case drift) {
    return new Repair(drift.drift(), Repair.Outcome.DONE, drift.drift().advice(), Optional.empty());
  }

  private static Repair failed(Case drift, PrivateLinkException e) {
    log.warn("repair of {} failed: {}", drift.drift(), e.getMessage());
    return new Repair(drift.drift(), Repair.Outcome.FAILED, e.getMessage(), Optional.of(e));
  }

  /** {@return why nothing was done; empty if it was} */
  private Optional<String> ofLink(Case drift, Found seen, Deadline deadline) {
    ConnectionRef ref = ConnectionRef.of(seen.clusterId(), seen.connectionId());
    Optional<Found> read =
        Finder.reread(seen, ref, deadline).filter(f -> Finder.isThere(f.endpoint()));
    if (read.isEmpty()) {
      return Optional.of("its endpoint is gone, or is being deleted by the cloud");
    }
    Found now = read.get();
    if (now.ledger().integrity() != Integrity.OK) {
      return Optional.of("its labels were edited, or are a newer version's");
    }
    if (now.ledger().deleting() != seen.ledger().deleting()) {
      return Optional.of("it is being deleted by now");
    }
    Optional<String> moved = moved(drift, now);
    if (moved.isPresent()) {
      return moved;
    }
    act(drift, now, ref, deadline);
    return Optional.empty();
  }

  private static Optional<String> moved(Case drift, Found now) {
    if (drift.entry().isEmpty()) {
      return Optional.empty();
    }
    Optional<DomainEntry> entry = now.ledger().domain(drift.entry().get().id());
    boolean same =
        drift.drift().code() == DriftCode.ZONE_WITHOUT_ENTRY
            ? entry.isEmpty()
            : entry.equals(drift.entry());
    return same ? Optional.empty() : Optional.of("its label has moved on since");
  }

  private void act(Case drift, Found now, ConnectionRef ref, Deadline deadline) {
    switch (drift.drift().code()) {
      case UNFINISHED_DELETE, ABANDONED_CONNECTION -> deletion.resume(ref, deadline);
      case DUPLICATE_ENDPOINT ->
          deletion.removeDuplicate(now, drift.duplicate().orElseThrow(), deadline);
      case RECORD_MISSING, RECORD_CHANGED -> fill(drift, now, deadline);
      case RECORD_EXTRA -> prune(drift, now, deadline);
      case ZONE_WITHOUT_ENTRY -> {
        if (drift.drift().remedy() == Remedy.REMOVE) {
          removeStray(drift.zone().orElseThrow(), now, deadline);
        } else {
          restore(drift, now, ref, deadline);
        }
      }
      case UNFINISHED_DETACH -> domains.detach(now, drift.entry().orElseThrow(), deadline);
      case UNFINISHED_ATTACH -> {
        if (drift.drift().remedy() == Remedy.UNDO) {
          domains.detach(now, drift.entry().orElseThrow(), deadline);
        } else {
          restore(drift, now, ref, deadline);
        }
      }
      case ENTRY_WITHOUT_ZONE, ZONE_NOT_BOUND -> restore(drift, now, ref, deadline);
      default -> throw new IllegalStateException("nothing is to be done about " + drift.drift());
    }
  }

  /** A deletion that began meanwhile has seen the label, but perhaps not the zone. */
  private void restore(Case drift, Found now, ConnectionRef ref, Deadline deadline) {
    DomainEntry entry = drift.entry().orElseThrow();
    domains.restore(now, entry, deadline);
    if (Finder.reread(now, ref, deadline).filter(f -> Finder.isThere(f.endpoint())).isEmpty()) {
      domains.removeZone(now, now.access().knownView(now.network(), deadline), entry, deadline);
      throw new ConflictException(
          "connection " + ref.id() + " was deleted while its domain was repaired",
          ErrorDetails.of(ref.id()));
    }
  }

  private void fill(Case drift, Found now, Deadline deadline) {
    ZoneWork work = new ZoneWork(now, deadline);
    DnsZone zone = verified(drift.zone().orElseThrow(), now, work);
    work.fill(zone, plan(drift, withZones(now, deadline), deadline), false);
  }

  private void prune(Case drift, Found now, Deadline deadline) {
    ZoneWork work = new ZoneWork(now, deadline);
    DnsZone zone = verified(drift.zone().orElseThrow(), now, work);
    Found full = withZones(now, deadline);
    RecordDiff.Wanted wanted =
        RecordDiff.Wanted.of(full, plan(drift, full, deadline))
            .orElseThrow(() -> unnamed(now.connectionId()));
    List<ZoneRecord> extra = RecordDiff.extras(wanted, work.records(zone));
    Pieces.of(extra, now.access().traits().recordsPerCall())
        .forEach(some -> work.remove(zone, some));
  }

  private static Found withZones(Found now, Deadline deadline) {
    return now.withEndpoint(now.access().withZones(now.network(), now.endpoint(), deadline));
  }

  private DomainPlan plan(Case drift, Found full, Deadline deadline) {
    NetworkView view = full.access().view(full.network(), deadline);
    return domains
        .currentPlan(full, view, drift.entry().orElseThrow())
        .orElseThrow(() -> unnamed(full.connectionId()));
  }

  private static ConflictException unnamed(String connectionId) {
    return new ConflictException(
        "the domain of connection " + connectionId + " cannot be planned any more: detach it",
        ErrorDetails.of(connectionId));
  }

  private void removeStray(OwnZone stray, Found now, Deadline deadline) {
    ZoneWork work = new ZoneWork(now, deadline);
    domains.zones(now).removeStray(verified(stray, now, work), work);
  }

  /** {@return the zone in full, if it is still the connection's and answers nowhere else} */
  private static DnsZone verified(OwnZone seen, Found now, ZoneWork work) {
    DnsZone zone =
        work.read(seen.zone().id())
            .filter(read -> read.name().equals(seen.zone().name()))
            .filter(read -> read.reference().equals(seen.zone().reference()))
            .orElseThrow(
                () ->
                    new ConflictException(
                        "the zone " + seen.zone().name() + " is gone by now: reconcile again",
                        ErrorDetails.of(seen.zone().id())));
    if (!Set.of(work.here()).containsAll(zone.networks())) {
      throw new ConflictException(
          "the zone "
              + zone.name()
              + " ("
              + zone.id()
              + ") answers in other networks than "
              + now.network().vpcId()
              + " too, which this library never makes: unbind those by hand",
          ErrorDetails.of(zone.id()));
    }
    return zone;
  }
}
