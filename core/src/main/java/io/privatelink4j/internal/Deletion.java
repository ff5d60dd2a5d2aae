package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ResourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes connections: marks the endpoint first, so that every process sees it; then removes the
 * zones of its domains; then the endpoint, which is the anchor that all of it can be found from.
 * Whatever is interrupted is gone on with by any later delete.
 */
final class Deletion {
  private static final Logger log = LoggerFactory.getLogger(Deletion.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

  /** Time of its own for what the answer shows besides. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Clusters clusters;
  private final Finder finder;
  private final Memory memory;
  private final Domains domains;
  private final Views views;
  private final Function<ConnectionRef, List<String>> users;
  private final Consumer<ConnectionRef> goOnLater;
  private final Settings settings;

  Deletion(
      Clusters clusters,
      Finder finder,
      Memory memory,
      Domains domains,
      Views views,
      Function<ConnectionRef, List<String>> users,
      Consumer<ConnectionRef> goOnLater,
      Settings settings) {
    this.clusters = clusters;
    this.finder = finder;
    this.memory = memory;
    this.domains = domains;
    this.views = views;
    this.users = users;
    this.goOnLater = goOnLater;
    this.settings = settings;
  }

  /** Deletes unless something still uses the connection. */
  PrivateLinkConnection delete(ConnectionRef ref, Deadline deadline) {
    Ids.checkRef(ref);
    UsageGuard.check(ref, users.apply(ref), "forceDelete");
    return deleteForced(ref, deadline);
  }

  PrivateLinkConnection deleteForced(ConnectionRef ref, Deadline deadline) {
    Marked marked = mark(ref, deadline);
    memory.unlinked(ref.clusterId(), ref.id());
    Found found;
    try {
      found = finish(marked, ref, deadline);
      memory.deleted(ref);
    } catch (CallFailed e) {
      if (!Passing.is(e.toPublic())) {
        throw e;
      }
      found = goOnLater(marked, ref, e);
    } catch (PrivateLinkException e) {
      if (!Passing.is(e)) {
        throw e;
      }
      found = goOnLater(marked, ref, e);
    }
    return answer(found);
  }

  /** Ends a deletion that was begun before, by whomever. */
  void resume(ConnectionRef ref, Deadline deadline) {
    finish(mark(ref, deadline), ref, deadline);
    memory.deleted(ref);
  }

  /** The mark is set, so the deletion will be ended. */
  private Found goOnLater(Marked marked, ConnectionRef ref, RuntimeException failure) {
    log.debug("deletion of {} goes on later: {}", ref.id(), failure.toString());
    goOnLater.accept(ref);
    return marked.seen().or(() -> seenBriefly(marked, ref)).orElseThrow(() -> failure);
  }

  private Optional<Found> seenBriefly(Marked marked, ConnectionRef ref) {
    Deadline brief = Deadline.in(settings.time(), ANSWER);
    try {
      return marked
          .access()
          .endpoint(marked.network(), marked.endpointId(), brief)
          .map(e -> finder.home(marked.access(), marked.network(), ref, e));
    } catch (CallFailed | PrivateLinkException e) {
      return Optional.empty();
    }
  }

  private PrivateLinkConnection answer(Found found) {
    Deadline brief = Deadline.in(settings.time(), ANSWER);
    NetworkView view;
    try {
      view = found.access().knownView(found.network(), brief);
    } catch (CallFailed | PrivateLinkException e) {
      view = found.access().withoutSubnets(found.network());
    }
    return views.connection(found, view);
  }

  /**
   * A connection whose deletion every process can see.
   *
   * @param access the cloud
   * @param network a network of its scope
   * @param endpointId its endpoint
   * @param seen the connection as read; empty if nothing was read before the mark was set
   * @param since when the mark was set, by the labels' clock
   */
  private record Marked(
      CloudAccess access,
      ClusterNetwork network,
      String endpointId,
      Optional<Found> seen,
      Instant since) {}

  private Marked mark(ConnectionRef ref, Deadline deadline) {
    Optional<Marked> remembered = markRemembered(ref, deadline);
    if (remembered.isPresent()) {
      return remembered.get();
    }
    Found found = finder.findWithDuplicates(ref, deadline).orElseThrow(() -> Finder.notFound(ref));
    Writable.checkIntegrity(found);
    Instant since = found.ledger().deletingSince().orElse(settings.time().now());
    List<String> unmarked = new ArrayList<>();
    for (Endpoint endpoint : intact(found, ref)) {
      if (!Ledger.read(endpoint.labels()).deleting()) {
        unmarked.add(endpoint.id());
        since = settings.time().now();
      }
    }
    if (!unmarked.isEmpty()) {
      putMark(found.access(), found.network(), unmarked, deadline);
    }
    return new Marked(
        found.access(),
        found.network(),
        found.endpoint().id(),
        Optional.of(withMark(found, since)),
        since);
  }

  /** {@return the connection as it is once the mark shows} */
  private static Found withMark(Found found, Instant since) {
    Map<String, String> labels = new HashMap<>(found.endpoint().labels());
    labels.put(Ledger.DELETING, Ledger.timeValue(since));
    return found.withEndpoint(Endpoint.builder().from(found.endpoint()).labels(labels).build());
  }

  /** {@return the endpoints of the connection; what only bears its id is none of them} */
  private static List<Endpoint> intact(Found found, ConnectionRef ref) {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(found.endpoint());
    found.duplicates().stream()
        .filter(e -> Finder.isOf(e, ref))
        .filter(e -> Ledger.read(e.labels()).integrity() == Integrity.OK)
        .forEach(endpoints::add);
    return endpoints;
  }

  /**
   * An endpoint that this client made itself, alone, needs no look-up first. The mark is read back
   * all the same before anything is taken down.
   */
  private Optional<Marked> markRemembered(ConnectionRef ref, Deadline deadline) {
    Optional<Memory.Known> known = memory.endpoint(ref).filter(Memory.Known::alone);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    String endpointId = known.get().endpointId();
    for (ClusterNetwork network : clusters.onePerScope(clusters.networks(ref.clusterId()))) {
      CloudAccess access = clusters.access(network);
      if (access.remote().scope(network).equals(known.get().scope())) {
        try {
          Instant now = settings.time().now();
          putMark(access, network, List.of(endpointId), deadline);
          memory.shared(ref);
          return Optional.of(new Marked(access, network, endpointId, Optional.empty(), now));
        } catch (CallFailed e) {
          if (e.kind() != ErrorKind.NOT_FOUND) {
            throw e;
          }
        }
      }
    }
    memory.forget(ref);
    return Optional.empty();
  }

  /**
   * Takes down what hangs on the endpoint, then the endpoint. First it waits until an attachment
   * that was begun before the mark cannot be hidden any more; one that is begun later sees the
   * mark.
   */
  private Found finish(Marked marked, ConnectionRef ref, Deadline deadline) {
    Duration hidden = settings.hiddenFor(marked.since());
    if (!hidden.isZero()) {
      pause(marked.access(), ref.id(), hidden, deadline);
    }
    Optional<Endpoint> now =
        marked.access().endpoint(marked.network(), marked.endpointId(), deadline);
    if (now.isPresent() && !Finder.isOf(now.get(), ref)) {
      unmark(marked.access(), marked.network(), now.get(), deadline);
      throw marked
          .seen()
          .map(Writable::damaged)
          .map(RuntimeException.class::cast)
          .orElseGet(() -> Finder.notFound(ref));
    }
    if (now.isEmpty()) {
      return finishWithoutEndpoint(marked, ref, deadline);
    }
    Found found =
        marked
            .seen()
            .map(seen -> seen.withEndpoint(now.get()))
            .orElseGet(() -> finder.home(marked.access(), marked.network(), ref, now.get()));
    if (found.ledger().integrity() != Integrity.OK) {
      unmark(marked.access(), marked.network(), now.get(), deadline);
      Writable.checkIntegrity(found);
    }
    takeDown(found, ref, deadline);
    return found;
  }

  /** The endpoint is gone already; what else bears its id still has to go. */
  private Found finishWithoutEndpoint(Marked marked, ConnectionRef ref, Deadline deadline) {
    Found found = marked.seen().orElseThrow(() -> Finder.notFound(ref));
    takeDown(found, ref, deadline);
    return found;
  }

  /**
   * What is none of ours, or was edited, is not written to; the mark was set before that could be
   * seen.
   */
  private static void unmark(
      CloudAccess access, ClusterNetwork network, Endpoint endpoint, Deadline deadline) {
    String mark = endpoint.labels().get(Ledger.DELETING);
    if (mark != null) {
      access.removeLabels(network, endpoint.id(), Map.of(Ledger.DELETING, mark), deadline);
    }
  }

  private void putMark(
      CloudAccess access, ClusterNetwork network, List<String> endpointIds, Deadline deadline) {
    access.putLabels(
        network,
        endpointIds,
        Map.of(Ledger.DELETING, Ledger.timeValue(settings.time().now())),
        deadline);
  }

  private void takeDown(Found found, ConnectionRef ref, Deadline deadline) {
    NetworkView view = found.access().knownView(found.network(), deadline);
    List<String> ids = new ArrayList<>();
    for (Endpoint endpoint : freshlyRead(found, ref, deadline)) {
      Found one = found.withEndpoint(endpoint);
      for (DomainEntry entry : one.ledger().domains()) {
        domains.removeZone(one, view, entry, deadline);
      }
      if (endpoint.resource() != ResourceState.DELETING
          && endpoint.resource() != ResourceState.DELETED) {
        if (endpoint.billingLocked()) {
          throw locked(ref, endpoint);
        }
        if (found.access().traits().zonesRemovedFirst()) {
          removeZones(found, endpoint.id(), deadline);
        }
        ids.add(endpoint.id());
      }
    }
    Pieces.of(ids, found.access().traits().idsPerDelete())
        .forEach(piece -> deleteEndpoints(found, piece, deadline));
  }

  /**
   * Removes a second endpoint of a connection. It is marked first, and read again when nothing that
   * was done to it before can be hidden any more: one that somebody attached a domain to stays.
   *
   * @throws ConflictException if it has domains or was edited
   */
  void removeDuplicate(Found main, Endpoint duplicate, Deadline deadline) {
    CloudAccess access = main.access();
    ConnectionRef ref = main.ref();
    Instant marked = settings.time().now();
    putMark(access, main.network(), List.of(duplicate.id()), deadline);
    pause(access, main.connectionId(), settings.hiddenFor(marked), deadline);
    Optional<Endpoint> now = access.endpoint(main.network(), duplicate.id(), deadline);
    if (now.isEmpty() || !Finder.isThere(now.get())) {
      return;
    }
    Found one = main.withEndpoint(now.get());
    if (!Finder.isOf(now.get(), ref)
        || one.ledger().integrity() != Integrity.OK
        || !one.ledger().domains().isEmpty()) {
      unmark(access, main.network(), now.get(), deadline);
      throw new ConflictException(
          "endpoint "
              + duplicate.id()
              + ", a duplicate of connection "
              + main.connectionId()
              + ", has domains of its own or labels that were edited: delete the connection, which"
              + " removes both",
          ErrorDetails.of(duplicate.id()));
    }
    if (now.get().billingLocked()) {
      throw locked(ref, now.get());
    }
    if (access.traits().zonesRemovedFirst()) {
      removeZones(main, now.get().id(), deadline);
    }
    deleteEndpoints(main, List.of(now.get().id()), deadline);
  }

  /** The cloud would only say that it is busy. */
  private static ConflictException locked(ConnectionRef ref, Endpoint endpoint) {
    return new ConflictException(
        "connection "
            + ref.id()
            + " cannot be deleted: its endpoint "
            + endpoint.id()
            + " is locked because a bill is overdue. Pay it; the deletion then goes on.",
        ErrorDetails.of(ref.id()));
  }

  /** {@return the endpoints of the connection, the duplicates read by id as well} */
  private static List<Endpoint> freshlyRead(Found found, ConnectionRef ref, Deadline deadline) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Endpoint endpoint : intact(found, ref)) {
      if (endpoint.id().equals(found.endpoint().id())) {
        endpoints.add(endpoint);
      } else {
        found.access().endpoint(found.network(), endpoint.id(), deadline).ifPresent(endpoints::add);
      }
    }
    return endpoints;
  }

  /** One after the other, as the cloud wants, and each until it is gone. */
  private static void removeZones(Found found, String endpointId, Deadline deadline) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      List<EndpointZone> zones;
      try {
        zones = found.access().zones(found.network(), endpointId, deadline);
      } catch (CallFailed e) {
        if (e.kind() == ErrorKind.NOT_FOUND) {
          return;
        }
        throw e;
      }
      if (zones.isEmpty()) {
        return;
      }
      if (removeFirst(found, endpointId, zones, deadline)) {
        pause = FIRST_PAUSE;
        pause(found.access(), found.connectionId(), pause, deadline);
      } else {
        pause(found.access(), found.connectionId(), pause, deadline);
        pause = grow(pause);
      }
    }
  }

  /** {@return whether the removal of a zone was begun, rather than one still running} */
  private static boolean removeFirst(
      Found found, String endpointId, List<EndpointZone> zones, Deadline deadline) {
    Remote remote = found.access().remote();
    Optional<String> zoneId =
        zones.stream()
            .filter(zone -> zone.link() != LinkState.DISCONNECTING)
            .flatMap(zone -> zone.zoneId().stream())
            .sorted()
            .findFirst();
    boolean running = zones.stream().anyMatch(zone -> zone.link() == LinkState.DISCONNECTING);
    if (running || zoneId.isEmpty()) {
      return false;
    }
    try {
      remote.run(
          Operation.REMOVE_ENDPOINT_ZONE,
          found.network(),
          endpointId + "/" + zoneId.get(),
          deadline,
          d -> d.removeEndpointZone(found.network(), endpointId, zoneId.get()));
    } catch (CallFailed e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
    }
    return true;
  }

  private static void deleteEndpoints(Found found, List<String> endpointIds, Deadline deadline) {
    List<String> left = endpointIds;
    Duration pause = FIRST_PAUSE;
    while (!left.isEmpty()) {
      Map<String, RemoteException> failures =
          found.access().deleteEndpoints(found.network(), left, deadline);
      List<String> again = new ArrayList<>();
      failures.forEach(
          (id, failure) -> {
            if (mayGoAgain(found, id, failure, deadline)) {
              again.add(id);
            }
          });
      left = again;
      if (!left.isEmpty()) {
        pause(found.access(), found.connectionId(), pause, deadline);
        pause = grow(pause);
      }
    }
  }

  /**
   * {@return whether to delete it again, after what is in the way was removed; no if it is gone}
   *
   * @throws CallFailed if it cannot be deleted
   */
  private static boolean mayGoAgain(
      Found found, String endpointId, RemoteException failure, Deadline deadline) {
    return switch (failure.kind()) {
      case NOT_FOUND -> false;
      case BUSY, THROTTLED, UNAVAILABLE, OUTCOME_UNKNOWN -> true;
      case NOT_EMPTY -> {
        if (!found.access().traits().zonesRemovedFirst()) {
          throw undeletable(found, endpointId, failure);
        }
        // A zone that was not listed before.
        removeZones(found, endpointId, deadline);
        yield true;
      }
      default -> throw undeletable(found, endpointId, failure);
    };
  }

  private static CallFailed undeletable(Found found, String endpointId, RemoteException failure) {
    return new CallFailed(
        failure,
        found.access().cloud(),
        found.access().traits().action(Operation.DELETE_ENDPOINTS),
        endpointId,
        1);
  }

  private static void pause(
      CloudAccess access, String connectionId, Duration pause, Deadline deadline) {
    access
        .remote()
        .pause(
            pause,
            deadline,
            connectionId,
            "connection " + connectionId + " is still being deleted");
  }

  private static Duration grow(Duration pause) {
    return Durations.min(pause.multipliedBy(2), LONGEST_PAUSE);
  }
}
