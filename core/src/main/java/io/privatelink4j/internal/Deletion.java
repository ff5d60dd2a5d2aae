package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.InUseException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ResourceState;
import java.time.Duration;
import java.util.ArrayList;
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
    List<String> using = users.apply(ref);
    if (!using.isEmpty()) {
      throw new InUseException(
          "connection "
              + ref.id()
              + " is used by "
              + Texts.safe(String.join(", ", using))
              + ": stop that first, or use forceDelete",
          ErrorDetails.of(ref.id()));
    }
    return deleteForced(ref, deadline);
  }

  PrivateLinkConnection deleteForced(ConnectionRef ref, Deadline deadline) {
    Found found = mark(ref, deadline);
    NetworkView view = found.access().view(found.network(), deadline);
    try {
      takeDown(found, view, deadline);
    } catch (CallFailed e) {
      goOnLaterOrThrow(ref, deadline, e, e.kind());
    } catch (WaitTimeoutException e) {
      goOnLaterOrThrow(ref, deadline, e, ErrorKind.BUSY);
    }
    memory.unlinked(ref.clusterId(), ref.id());
    return views.connection(found, view);
  }

  /**
   * The mark is set, so the deletion will be ended; only what needs somebody's help is told now.
   */
  private void goOnLaterOrThrow(
      ConnectionRef ref, Deadline deadline, RuntimeException failure, ErrorKind kind) {
    boolean passing =
        switch (kind) {
          case THROTTLED, UNAVAILABLE, BUSY, OUTCOME_UNKNOWN, NOT_EMPTY -> true;
          default -> false;
        };
    if (!passing) {
      throw failure;
    }
    log.debug(
        "deletion of {} goes on later, after {}: {}",
        ref.id(),
        deadline.elapsed(),
        failure.toString());
    goOnLater.accept(ref);
  }

  /**
   * Writes the mark and reads it back, with whatever domains others have begun to attach until
   * then.
   */
  private Found mark(ConnectionRef ref, Deadline deadline) {
    Optional<Found> remembered = markRemembered(ref, deadline);
    if (remembered.isPresent()) {
      return remembered.get();
    }
    Found found = finder.findWithDuplicates(ref, deadline).orElseThrow(() -> Finder.notFound(ref));
    Writable.checkIntegrity(found);
    if (!found.ledger().deleting()) {
      putMark(found.access(), found.network(), found.endpoint().id(), deadline);
    }
    return found
        .access()
        .endpoint(found.network(), found.endpoint().id(), deadline)
        .map(found::withEndpoint)
        .orElseThrow(() -> Finder.notFound(ref));
  }

  /**
   * An endpoint that this client made itself, alone, needs no look-up first. The mark is read back
   * all the same before anything is taken down.
   */
  private Optional<Found> markRemembered(ConnectionRef ref, Deadline deadline) {
    Optional<Memory.Known> known = memory.endpoint(ref).filter(Memory.Known::alone);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    for (ClusterNetwork network : clusters.onePerScope(clusters.networks(ref.clusterId()))) {
      CloudAccess access = clusters.access(network);
      if (!access.remote().scope(network).equals(known.get().scope())) {
        continue;
      }
      try {
        putMark(access, network, known.get().endpointId(), deadline);
      } catch (CallFailed e) {
        if (e.kind() == ErrorKind.NOT_FOUND) {
          break;
        }
        throw e;
      }
      Optional<Found> marked = finder.byRememberedId(ref, deadline);
      if (marked.isPresent()) {
        undoMarkIfDamaged(marked.get(), deadline);
        memory.shared(ref);
        return marked;
      }
    }
    memory.forget(ref);
    return Optional.empty();
  }

  /** What somebody else edited is not written to; the mark was set before that could be seen. */
  private static void undoMarkIfDamaged(Found marked, Deadline deadline) {
    try {
      Writable.checkIntegrity(marked);
    } catch (ConflictException e) {
      String mark = marked.endpoint().labels().get(Ledger.DELETING);
      if (mark != null) {
        marked
            .access()
            .removeLabels(
                marked.network(), marked.endpoint().id(), Map.of(Ledger.DELETING, mark), deadline);
      }
      throw e;
    }
  }

  private void putMark(
      CloudAccess access, ClusterNetwork network, String endpointId, Deadline deadline) {
    access.putLabels(
        network,
        List.of(endpointId),
        Map.of(Ledger.DELETING, Ledger.timeValue(settings.time().now())),
        deadline);
  }

  private void takeDown(Found found, NetworkView view, Deadline deadline) {
    for (DomainEntry entry : found.ledger().domains()) {
      domains.removeZone(found, view, entry, deadline);
    }
    List<Endpoint> all = new ArrayList<>(found.duplicates());
    all.add(found.endpoint());
    List<String> ids = new ArrayList<>();
    for (Endpoint endpoint : all) {
      if (endpoint.resource() != ResourceState.DELETING) {
        if (found.access().traits().zonesRemovedFirst()) {
          removeZones(found, endpoint, deadline);
        }
        ids.add(endpoint.id());
      }
    }
    int most = found.access().traits().idsPerDelete();
    for (int from = 0; from < ids.size(); from += most) {
      deleteEndpoints(found, ids.subList(from, Math.min(ids.size(), from + most)), deadline);
    }
  }

  /** One after the other, as the cloud wants, and each until it is gone. */
  private void removeZones(Found found, Endpoint endpoint, Deadline deadline) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      List<EndpointZone> zones;
      try {
        zones = found.access().withZones(found.network(), endpoint, deadline).zones();
      } catch (CallFailed e) {
        if (e.kind() == ErrorKind.NOT_FOUND) {
          return;
        }
        throw e;
      }
      if (zones.isEmpty()) {
        return;
      }
      boolean begun = removeFirst(found, endpoint, zones, deadline);
      if (!begun) {
        pauseOrTimeout(found, pause, deadline);
        pause = grow(pause);
      } else {
        pause = FIRST_PAUSE;
        pauseOrTimeout(found, pause, deadline);
      }
    }
  }

  /** {@return whether the removal of a zone was begun, rather than one still running} */
  private static boolean removeFirst(
      Found found, Endpoint endpoint, List<EndpointZone> zones, Deadline deadline) {
    Remote remote = found.access().remote();
    Optional<String> zoneId =
        zones.stream()
            .filter(zone -> zone.link() != io.privatelink4j.spi.LinkState.DISCONNECTING)
            .flatMap(zone -> zone.zoneId().stream())
            .sorted()
            .findFirst();
    boolean running =
        zones.stream()
            .anyMatch(zone -> zone.link() == io.privatelink4j.spi.LinkState.DISCONNECTING);
    if (running || zoneId.isEmpty()) {
      return false;
    }
    try {
      remote.run(
          Operation.REMOVE_ENDPOINT_ZONE,
          found.network(),
          endpoint.id() + "/" + zoneId.get(),
          deadline,
          d -> d.removeEndpointZone(found.network(), endpoint.id(), zoneId.get()));
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
      List<String> ids = left;
      Map<String, RemoteException> failures =
          found
              .access()
              .remote()
              .call(
                  Operation.DELETE_ENDPOINTS,
                  found.network(),
                  String.join(",", ids),
                  deadline,
                  d -> d.deleteEndpoints(found.network(), ids));
      List<String> again = new ArrayList<>();
      for (Map.Entry<String, RemoteException> failure : failures.entrySet()) {
        switch (failure.getValue().kind()) {
          case NOT_FOUND -> {
            // gone already
          }
          case BUSY, THROTTLED, UNAVAILABLE, OUTCOME_UNKNOWN -> again.add(failure.getKey());
          default ->
              throw new CallFailed(
                  failure.getValue(),
                  found.access().cloud(),
                  found.access().traits().action(Operation.DELETE_ENDPOINTS),
                  failure.getKey(),
                  1);
        }
      }
      left = again;
      if (!left.isEmpty()) {
        pauseOrTimeout(found, pause, deadline);
        pause = grow(pause);
      }
    }
  }

  private static void pauseOrTimeout(Found found, Duration pause, Deadline deadline) {
    if (pause.compareTo(deadline.left()) >= 0) {
      throw new WaitTimeoutException(
          "connection "
              + found.connectionId()
              + " is still being deleted after "
              + deadline.elapsed().toSeconds()
              + " s: delete it again, or await its deletion",
          ErrorDetails.of(found.endpoint().id()),
          Optional.empty(),
          deadline.elapsed());
    }
    found.access().remote().pause(pause);
  }

  private static Duration grow(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  /** Whether a failure of a deletion that runs on its own is worth another try. */
  static boolean isWorthAnotherTry(PrivateLinkException e) {
    return e instanceof io.privatelink4j.exception.ThrottledException
        || e instanceof io.privatelink4j.exception.CloudUnavailableException
        || e instanceof io.privatelink4j.exception.OutcomeUnknownException
        || e instanceof WaitTimeoutException;
  }
}
