package io.privatelink4j.internal;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.RemoteException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Deletes endpoints with few calls where many are deleted at once: who comes while another waits
 * for its turn in the call budget travels with it. Nobody waits for others to come. Thread-safe; no
 * lock is held across a remote call.
 */
final class SharedDeletes {
  private final Remote remote;
  private final Map<String, Batch> waiting = new HashMap<>();

  SharedDeletes(Remote remote) {
    this.remote = remote;
  }

  /**
   * Deletes endpoints.
   *
   * @param network a network of the endpoints' scope
   * @param endpointIds which ones, at most as many as the cloud takes at once
   * @return which of them could not be deleted, and why
   * @throws CallFailed if the call failed for good
   */
  Map<String, RemoteException> delete(
      ClusterNetwork network, List<String> endpointIds, Deadline deadline) {
    String scope = remote.scope(network);
    while (true) {
      Batch batch = new Batch();
      Batch joined = join(scope, batch, endpointIds);
      Outcome outcome =
          joined == batch
              ? lead(scope, batch, network, endpointIds, deadline)
              : remote.await(
                  joined.outcome,
                  deadline,
                  String.join(",", endpointIds),
                  "the deletion waits for its turn in the call budget");
      if (outcome.failures.isPresent()) {
        Map<String, RemoteException> own = new HashMap<>(outcome.failures.get());
        own.keySet().retainAll(endpointIds);
        return own;
      }
      if (outcome.refused) {
        return send(network, endpointIds, deadline);
      }
    }
  }

  /** {@return the batch that the endpoints are in now: the one that waits, if it has room} */
  private synchronized Batch join(String scope, Batch fresh, List<String> endpointIds) {
    Batch open = waiting.get(scope);
    Batch joined = open != null && hasRoom(open, endpointIds) ? open : fresh;
    waiting.put(scope, joined);
    joined.endpointIds.addAll(endpointIds);
    joined.parties++;
    return joined;
  }

  private boolean hasRoom(Batch batch, List<String> endpointIds) {
    return batch.endpointIds.size() + endpointIds.size() <= remote.traits().idsPerDelete();
  }

  /** {@return what is in the batch; from now on nobody joins it} */
  private synchronized List<String> seal(String scope, Batch batch) {
    waiting.remove(scope, batch);
    return List.copyOf(batch.endpointIds);
  }

  private Outcome lead(
      String scope,
      Batch batch,
      ClusterNetwork network,
      List<String> endpointIds,
      Deadline deadline) {
    Outcome outcome = Outcome.GIVEN_UP;
    try {
      outcome =
          Outcome.of(
              remote.call(
                  Operation.DELETE_ENDPOINTS,
                  network,
                  String.join(",", endpointIds),
                  deadline,
                  d -> d.deleteEndpoints(network, seal(scope, batch))));
      return outcome;
    } catch (CallFailed e) {
      // One endpoint that may not be deleted fails the call for all: each then asks for itself.
      if (Passing.is(e.toPublic()) || parties(batch) == 1) {
        throw e;
      }
      outcome = Outcome.REFUSED;
      return outcome;
    } finally {
      List<String> unused = seal(scope, batch);
      batch.outcome.complete(outcome);
    }
  }

  private synchronized int parties(Batch batch) {
    return batch.parties;
  }

  private Map<String, RemoteException> send(
      ClusterNetwork network, List<String> endpointIds, Deadline deadline) {
    return remote.call(
        Operation.DELETE_ENDPOINTS,
        network,
        String.join(",", endpointIds),
        deadline,
        d -> d.deleteEndpoints(network, endpointIds));
  }

  /** Endpoints that are deleted with one call. */
  private static final class Batch {
    private final Set<String> endpointIds = new LinkedHashSet<>();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private int parties;
  }

  /**
   * What became of a batch.
   *
   * @param failures what could not be deleted, if the call was answered
   * @param refused whether the cloud refused the call as a whole; else whoever led it gave up
   */
  private record Outcome(Optional<Map<String, RemoteException>> failures, boolean refused) {
    private static final Outcome REFUSED = new Outcome(Optional.empty(), true);
    private static final Outcome GIVEN_UP = new Outcome(Optional.empty(), false);

    static Outcome of(Map<String, RemoteException> failures) {
      return new Outcome(Optional.of(Map.copyOf(failures)), false);
    }
  }
}
