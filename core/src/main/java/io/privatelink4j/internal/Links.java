package io.privatelink4j.internal;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A cluster's links, listed at most once a minute: enough to count them and to see a second one to
 * a service.
 */
final class Links {
  private final Finder finder;
  private final Memory memory;

  Links(Finder finder, Memory memory) {
    this.finder = finder;
    this.memory = memory;
  }

  Set<Memory.Link> of(String clusterId, Deadline deadline) {
    return memory
        .links(clusterId)
        .orElseGet(() -> listed(clusterId, finder.all(clusterId, deadline)));
  }

  /** Takes a list that was read for another reason. */
  Set<Memory.Link> listed(String clusterId, List<Found> all) {
    Set<Memory.Link> links =
        all.stream()
            .filter(found -> !found.ledger().deleting())
            .map(found -> new Memory.Link(found.connectionId(), found.endpoint().serviceName()))
            .collect(Collectors.toUnmodifiableSet());
    memory.listed(clusterId, links);
    return links;
  }
}
