package io.privatelink4j.internal;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Reads many endpoints of one scope with as few calls as the cloud allows: many ids per call where
 * it takes lists, else one by one or all pages of everything that is ours, whichever is fewer.
 */
final class GroupRead {
  /** When many vanish at once they take turns, so that the others are not held up. */
  private static final int READS_BY_ID_PER_TURN = 100;

  private final CloudAccess access;
  private final DriverTraits traits;
  private final int pagesOfLastScan;

  GroupRead(CloudAccess access, int pagesOfLastScan) {
    this.access = access;
    this.traits = access.traits();
    this.pagesOfLastScan = pagesOfLastScan;
  }

  /**
   * What a turn of reading gave.
   *
   * @param endpoints the endpoints that exist, by id
   * @param undecided ids of which it is not known yet whether they exist
   */
  record Seen(Map<String, Endpoint> endpoints, Set<String> undecided) {}

  Seen read(ClusterNetwork network, List<String> ids, Deadline deadline, IntConsumer scannedPages) {
    Map<String, Endpoint> endpoints = new HashMap<>();
    Set<String> undecided = new HashSet<>();
    if (ids.size() == 1) {
      readOne(network, ids.get(0), deadline, endpoints);
    } else if (traits.idsPerRead() > 1) {
      Pieces.of(ids, traits.idsPerRead())
          .forEach(piece -> readTogether(network, piece, deadline, endpoints));
    } else if (ids.size() <= pagesOfLastScan) {
      ids.forEach(id -> readOne(network, id, deadline, endpoints));
    } else {
      scan(network, ids, deadline, endpoints, undecided, scannedPages);
    }
    return new Seen(endpoints, undecided);
  }

  /** If one of them is gone the whole call fails; the filter then shows the others. */
  private void readTogether(
      ClusterNetwork network, List<String> ids, Deadline deadline, Map<String, Endpoint> seen) {
    try {
      access
          .remote()
          .call(
              Operation.READ_ENDPOINT,
              network,
              ids.size() + " endpoints",
              deadline,
              d -> d.endpointsById(network, ids))
          .forEach(endpoint -> seen.put(endpoint.id(), endpoint));
      return;
    } catch (CallFailed e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
    }
    for (List<String> some : Pieces.of(ids, traits.idsPerFilter())) {
      access
          .endpoints(network, EndpointFilter.ids(some), some.size() + " endpoints", deadline)
          .forEach(endpoint -> seen.put(endpoint.id(), endpoint));
    }
  }

  private void readOne(
      ClusterNetwork network, String id, Deadline deadline, Map<String, Endpoint> seen) {
    access.endpoint(network, id, deadline).ifPresent(endpoint -> seen.put(id, endpoint));
  }

  private void scan(
      ClusterNetwork network,
      List<String> ids,
      Deadline deadline,
      Map<String, Endpoint> seen,
      Set<String> undecided,
      IntConsumer scannedPages) {
    Set<String> wanted = new HashSet<>(ids);
    List<Endpoint> all =
        access.endpoints(
            network,
            EndpointFilter.label(Ledger.VERSION, Ledger.THIS_VERSION),
            "all endpoints",
            deadline);
    int pages = (all.size() + traits.endpointsPerPage() - 1) / traits.endpointsPerPage();
    scannedPages.accept(Math.max(1, pages));
    all.stream().filter(e -> wanted.contains(e.id())).forEach(e -> seen.put(e.id(), e));
    // A scan lags, and shows no edited labels: what is missing is gone when a read by id says so.
    int turns = READS_BY_ID_PER_TURN;
    for (String id : ids) {
      if (!seen.containsKey(id)) {
        if (turns-- > 0) {
          readOne(network, id, deadline, seen);
        } else {
          undecided.add(id);
        }
      }
    }
  }
}
