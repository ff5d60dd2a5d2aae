package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.DnsRecord;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Remote calls on one connection's DNS zones, and the record work that is alike on all clouds. */
final class ZoneWork {
  private static final Duration FIRST_SYNC_LOOK = Duration.ofSeconds(5);
  private static final Duration LONGEST_SYNC_PAUSE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final int OTHERS_NAMED = 5;

  /** How often records are listed again because somebody else changes them too. */
  private static final int MOST_ROUNDS = 5;

  private static final Duration LISTED_BUT_HIDDEN = Duration.ofSeconds(10);

  private static final Duration BEFORE_A_LOOK = Duration.ofSeconds(30);

  /** A zone that was just created may be unknown to the next calls for a while. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Remote remote;
  private final ClusterNetwork network;
  private final Deadline deadline;

  ZoneWork(Found found, Deadline deadline) {
    this(found.access(), found.network(), deadline);
  }

  ZoneWork(CloudAccess access, ClusterNetwork network, Deadline deadline) {
    this.remote = access.remote();
    this.network = network;
    this.deadline = deadline;
  }

  /** {@return zones of exactly that name} */
  List<DnsZone> named(ZoneQuery.Scope scope, String apex) {
    return list(scope, apex).stream().filter(zone -> zone.name().equals(apex)).toList();
  }

  List<DnsZone> list(ZoneQuery.Scope scope, String apex) {
    return remote.pages(
        Operation.LIST_ZONES,
        network,
        apex,
        deadline,
        (d, token) -> d.zones(network, new ZoneQuery(scope, apex), token));
  }

  /** {@return the account's zones, whatever their name} */
  List<DnsZone> listOwn() {
    return remote.pages(
        Operation.LIST_OWN_ZONES,
        network,
        network.vpcId(),
        deadline,
        (d, token) -> d.ownZones(network, token));
  }

  /**
   * {@return the zone in full; empty if it does not exist} A credential that may not read zones is
   * an error, not an absence: what cannot be read must not be taken for gone.
   */
  Optional<DnsZone> read(String zoneId) {
    try {
      return remote.call(
          Operation.READ_ZONE, network, zoneId, deadline, d -> d.zone(network, zoneId));
    } catch (CallFailed e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * {@return the zone in full; empty if a list shows it and it cannot be read, for as long as a new
   * zone may hide: it is gone by now, or another account's}
   */
  Optional<DnsZone> readListed(DnsZone listed) {
    Deadline patience = deadline.atMost(LISTED_BUT_HIDDEN);
    while (true) {
      Optional<DnsZone> zone = read(listed.id());
      if (zone.isPresent() || patience.passed()) {
        return zone;
      }
      pause(LOOK_AGAIN, "the zone " + listed.name() + " cannot be read yet");
    }
  }

  DnsZone create(String apex, String reference) {
    return remote.call(
        Operation.CREATE_ZONE,
        network,
        apex,
        deadline,
        d -> d.createZone(network, apex, reference));
  }

  /** Makes the zone hold the plan's records and waits until they are served. */
  void fill(DnsZone zone, DomainPlan plan, boolean fresh) {
    List<String> changes = new ArrayList<>();
    onZone(
        zone,
        fresh,
        () -> {
          if (remote.traits().recordsPerCall() > 1) {
            put(zone, wanted(plan)).ifPresent(changes::add);
          } else {
            changes.addAll(fillOneByOne(zone, plan, fresh));
          }
        });
    changes.forEach(change -> awaitChange(zone, change));
  }

  /**
   * Does something to a zone; to a fresh one, again and again as long as the cloud may not know it.
   */
  private void onZone(DnsZone zone, boolean fresh, Runnable work) {
    Deadline patience = deadline.atMost(FRESH);
    remote.whileHidden(
        () -> fresh && !patience.passed(),
        LOOK_AGAIN,
        deadline,
        network.vpcId(),
        "the new zone " + zone.name() + " is not known to all calls yet",
        work);
  }

  /** Where a record cannot be replaced in one step, only what differs is touched. */
  private List<String> fillOneByOne(DnsZone zone, DomainPlan plan, boolean fresh) {
    List<String> changes = new ArrayList<>();
    List<ZoneRecord> present = fresh ? List.of() : records(zone);
    for (ZoneRecord record : wanted(plan)) {
      try {
        putUnlessThere(zone, record, present).ifPresent(changes::add);
      } catch (CallFailed e) {
        if (e.kind() != ErrorKind.RECORD_CONFLICT) {
          throw e;
        }
        present = records(zone);
        putUnlessThere(zone, record, present).ifPresent(changes::add);
      }
    }
    return changes;
  }

  private Optional<String> putUnlessThere(
      DnsZone zone, ZoneRecord wanted, List<ZoneRecord> present) {
    Optional<ZoneRecord> there =
        present.stream()
            .filter(ZoneRecord::isCname)
            .filter(record -> record.host().equals(wanted.host()))
            .findFirst();
    if (there.isPresent() && there.get().target().equals(wanted.target())) {
      return Optional.empty();
    }
    there.ifPresent(other -> remove(zone, List.of(other)));
    return put(zone, List.of(wanted));
  }

  private Optional<String> put(DnsZone zone, List<ZoneRecord> records) {
    return remote.call(
        Operation.PUT_RECORDS,
        network,
        zone.name(),
        deadline,
        d -> d.putRecords(network, zone, records));
  }

  private void awaitChange(DnsZone zone, String change) {
    Deadline patience = deadline.atMost(FRESH);
    Duration pause = FIRST_SYNC_LOOK;
    do {
      pause(pause, "the records of " + zone.name() + " are not served by all name servers yet");
      pause = Durations.min(pause.multipliedBy(3), LONGEST_SYNC_PAUSE);
    } while (!isDone(zone, change, patience));
  }

  /** {@return whether the change is done; no if it is not known yet, like what is new elsewhere} */
  private boolean isDone(DnsZone zone, String change, Deadline patience) {
    try {
      return remote.call(
          Operation.READ_CHANGE,
          network,
          zone.name(),
          deadline,
          d -> d.changeDone(network, change));
    } catch (CallFailed e) {
      if (e.kind() != ErrorKind.NOT_FOUND || patience.passed()) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Removes the records that were planned in one call; if they are not there just so, whatever
   * CNAMEs there are.
   *
   * @throws ConflictException if there are others
   */
  void empty(DnsZone zone, List<ZoneRecord> expected) {
    if (!expected.isEmpty() && removeSome(zone, expected).isEmpty()) {
      return;
    }
    for (int round = 1; ; round++) {
      List<ZoneRecord> present = records(zone);
      Optional<CallFailed> doubt = removeCnames(zone, present);
      if (doubt.isEmpty()) {
        checkNoOthers(zone, present);
        return;
      }
      if (round == MOST_ROUNDS) {
        throw doubt.get();
      }
      pauseAfter(
          doubt.get(),
          Duration.ofSeconds(round),
          "the records of " + zone.name() + " are still changing");
    }
  }

  /** {@return what leaves it open whether all of them are gone, so that they are listed again} */
  private Optional<CallFailed> removeCnames(DnsZone zone, List<ZoneRecord> present) {
    List<ZoneRecord> cnames = present.stream().filter(ZoneRecord::isCname).toList();
    Optional<CallFailed> doubt = Optional.empty();
    for (List<ZoneRecord> some : Pieces.of(cnames, remote.traits().recordsPerCall())) {
      Optional<CallFailed> failure = removeSome(zone, some);
      doubt = doubt.or(() -> failure);
    }
    return doubt;
  }

  /**
   * {@return why it is not known whether they are gone: another removed or changed one, or the
   * reply was lost} With their zone they are gone.
   */
  private Optional<CallFailed> removeSome(DnsZone zone, List<ZoneRecord> records) {
    try {
      remove(zone, records);
      return Optional.empty();
    } catch (CallFailed e) {
      return switch (e.kind()) {
        case NOT_FOUND -> Optional.empty();
        case RECORD_CONFLICT, OUTCOME_UNKNOWN -> Optional.of(e);
        default -> throw e;
      };
    }
  }

  /**
   * Checks that a zone may be emptied.
   *
   * @throws ConflictException if it holds what this library never makes
   */
  static void checkNoOthers(DnsZone zone, List<ZoneRecord> present) {
    List<ZoneRecord> others = present.stream().filter(record -> !record.isCname()).toList();
    if (!others.isEmpty()) {
      throw holdsOthersRecords(zone, others);
    }
  }

  /** Where the cloud asks, nobody but their owner can decide to lose them. */
  private static ConflictException holdsOthersRecords(DnsZone zone, List<ZoneRecord> others) {
    String some =
        others.stream()
            .limit(OTHERS_NAMED)
            .map(record -> record.type() + " " + record.host())
            .collect(Collectors.joining(", "));
    return new ConflictException(
        "the zone "
            + zone.name()
            + " ("
            + zone.id()
            + ") cannot be removed: it holds "
            + others.size()
            + " records that this library did not make ("
            + Texts.safe(some)
            + "). Remove them, then repeat.",
        ErrorDetails.of(zone.id()));
  }

  void remove(DnsZone zone, List<ZoneRecord> records) {
    remote.run(
        Operation.REMOVE_RECORDS,
        network,
        zone.name(),
        deadline,
        d -> d.removeRecords(network, zone, records));
  }

  /** {@return the zone's records; none if it is gone} */
  List<ZoneRecord> records(DnsZone zone) {
    try {
      return remote.pages(
          Operation.LIST_RECORDS,
          network,
          zone.name(),
          deadline,
          (d, token) -> d.records(network, zone, token));
    } catch (CallFailed e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  /** Binds a zone; for so long only that there is time to look whether an answer was lost. */
  void bind(DnsZone zone, Set<DnsZone.BoundNetwork> networks, boolean fresh) {
    onZone(zone, fresh, () -> bind(zone, networks, deadline.atMost(BEFORE_A_LOOK)));
  }

  private void bind(DnsZone zone, Set<DnsZone.BoundNetwork> networks, Deadline patience) {
    remote.run(
        Operation.BIND_ZONE,
        network,
        zone.name(),
        patience,
        d -> d.bindZone(network, zone.id(), networks));
  }

  /** {@return yes: the zone is bound to nothing any more, or gone} */
  boolean tryUnbind(DnsZone zone) {
    try {
      bind(zone, Set.of(), deadline);
    } catch (CallFailed e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
    }
    return true;
  }

  /** Deletes a zone; one that is gone already is fine. */
  void delete(DnsZone zone) {
    Duration pause = Duration.ofSeconds(1);
    while (!tryDelete(zone)) {
      pause(pause, "the zone " + zone.name() + " still holds something");
      empty(zone, List.of());
      pause = Durations.min(pause.multipliedBy(2), LONGEST_SYNC_PAUSE);
    }
  }

  /** {@return whether the zone is gone; no if something is left in it or bound to it} */
  boolean tryDelete(DnsZone zone) {
    try {
      remote.run(
          Operation.DELETE_ZONE,
          network,
          zone.name(),
          deadline,
          d -> d.deleteZone(network, zone.id()));
      return true;
    } catch (CallFailed e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return true;
      }
      if (e.kind() == ErrorKind.NOT_EMPTY) {
        return false;
      }
      throw e;
    }
  }

  DnsZone.BoundNetwork here() {
    return new DnsZone.BoundNetwork(network.region(), network.vpcId());
  }

  /** Pauses, or ends the operation in a way that lets it be resumed if the deadline comes first. */
  void pause(Duration pause, String why) {
    remote.pause(pause, deadline, network.vpcId(), why);
  }

  /** Pauses before a failed call is made again. */
  void pauseAfter(CallFailed failure, Duration pause, String why) {
    failIfLate(failure, pause);
    pause(pause, why);
  }

  /** Tells that an outcome is unknown rather than that there is no time left to look. */
  void failIfLate(CallFailed failure, Duration needed) {
    if (failure.kind() == ErrorKind.OUTCOME_UNKNOWN && needed.compareTo(deadline.left()) >= 0) {
      throw failure;
    }
  }

  static List<ZoneRecord> wanted(DomainPlan plan) {
    List<ZoneRecord> records = new ArrayList<>();
    for (DnsRecord record : plan.records()) {
      record
          .target()
          .ifPresent(
              target ->
                  records.add(new ZoneRecord("", record.host(), target, DomainPlan.TTL_SECONDS)));
    }
    return records;
  }
}
