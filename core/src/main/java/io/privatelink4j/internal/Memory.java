package io.privatelink4j.internal;

import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What this client remembers of its own writes, for ten minutes and a bounded number of things: it
 * saves look-ups, and nothing is decided by it that the cloud could contradict.
 */
final class Memory {
  private static final Duration KEEP = Duration.ofMinutes(10);
  private static final Duration KEEP_LINK_COUNT = Duration.ofMinutes(1);
  private static final int MOST = 20_000;

  private final Time time;
  private final Expiring<String, Known> endpoints;
  private final Expiring<String, DnsZone> zones;
  private final Expiring<String, Boolean> deletions;
  private final Expiring<String, Set<Link>> links;

  /**
   * An endpoint that this client created or found.
   *
   * @param endpointId the cloud's id
   * @param scope the scope it lives in
   * @param createdAt when this client created it; empty if it only found it
   * @param alone whether no other process can have made a second one of its connection
   */
  record Known(String endpointId, String scope, Optional<Instant> createdAt, boolean alone) {}

  /**
   * A link of a cluster.
   *
   * @param id the connection's id
   * @param serviceName the service it leads to
   */
  record Link(String id, String serviceName) {}

  Memory(Time time) {
    this.time = time;
    endpoints = new Expiring<>(time, KEEP, MOST);
    zones = new Expiring<>(time, KEEP, MOST);
    deletions = new Expiring<>(time, KEEP, MOST);
    links = new Expiring<>(time, KEEP_LINK_COUNT, MOST);
  }

  Optional<Known> endpoint(ConnectionRef ref) {
    return endpoints.get(key(ref.clusterId(), ref.id()));
  }

  void created(String clusterId, String id, String endpointId, String scope, boolean alone) {
    endpoints.put(key(clusterId, id), new Known(endpointId, scope, Optional.of(time.now()), alone));
  }

  void found(String clusterId, String id, String endpointId, String scope) {
    Optional<Known> known = endpoints.get(key(clusterId, id));
    if (known.isEmpty() || !known.get().endpointId().equals(endpointId)) {
      endpoints.put(key(clusterId, id), new Known(endpointId, scope, Optional.empty(), false));
    }
  }

  /** From now on others may know of the connection, and of what was done to it. */
  void shared(ConnectionRef ref) {
    endpoint(ref)
        .ifPresent(
            known ->
                endpoints.put(
                    key(ref.clusterId(), ref.id()),
                    new Known(known.endpointId(), known.scope(), known.createdAt(), false)));
  }

  /** This client has seen its deletion accepted by the cloud. */
  void deleted(ConnectionRef ref) {
    deletions.put(key(ref.clusterId(), ref.id()), Boolean.TRUE);
  }

  boolean isDeleted(ConnectionRef ref) {
    return deletions.get(key(ref.clusterId(), ref.id())).isPresent();
  }

  void forget(ConnectionRef ref) {
    endpoints.remove(key(ref.clusterId(), ref.id()));
  }

  /** {@return the zone that this client itself made for the attachment} */
  Optional<DnsZone> zone(String attachmentId) {
    return zones.get(attachmentId);
  }

  void madeZone(String attachmentId, DnsZone zone) {
    zones.put(attachmentId, zone);
  }

  void forgetZone(String attachmentId) {
    zones.remove(attachmentId);
  }

  /**
   * {@return the cluster's links, as listed within the last minute and changed by this client
   * since}
   */
  Optional<Set<Link>> links(String clusterId) {
    return links.get(clusterId);
  }

  void listed(String clusterId, Set<Link> all) {
    links.put(clusterId, Set.copyOf(all));
  }

  /**
   * Adds to a list that is known; the list keeps growing older, so that it is read anew in time.
   */
  synchronized void linked(String clusterId, Link link) {
    links
        .get(clusterId)
        .ifPresent(
            all -> {
              Set<Link> more = new HashSet<>(all);
              more.add(link);
              links.replace(clusterId, Set.copyOf(more));
            });
  }

  synchronized void unlinked(String clusterId, String id) {
    links
        .get(clusterId)
        .ifPresent(
            all -> {
              Set<Link> fewer = new HashSet<>(all);
              fewer.removeIf(link -> link.id().equals(id));
              links.replace(clusterId, Set.copyOf(fewer));
            });
  }

  private static String key(String clusterId, String id) {
    return clusterId + "/" + id;
  }
}
