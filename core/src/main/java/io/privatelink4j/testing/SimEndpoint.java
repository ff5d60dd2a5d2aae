package io.privatelink4j.testing;

import io.privatelink4j.spi.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An endpoint of our account. Subclasses know how its state moves in their cloud; what takes time
 * is written into timelines when it begins. Guarded by the cloud's lock.
 */
abstract class SimEndpoint {
  static final long NEVER = Long.MAX_VALUE;

  /** No lag is longer: older labels need not be kept. */
  private static final long LONGEST_LAG = 60_000_000_000L;

  final World world;
  final String id;
  final SimNetwork network;
  final SimService service;
  final Instant createTime;
  final long createdAt;
  final Timeline<SortedMap<String, String>> labels;

  /** When somebody asked for its deletion. */
  long deletedAt = NEVER;

  /** When the cloud forgets it. */
  long goneAt = NEVER;

  SimEndpoint(
      World world,
      String id,
      SimNetwork network,
      SimService service,
      Instant createTime,
      Map<String, String> labels) {
    this.world = world;
    this.id = id;
    this.network = network;
    this.service = service;
    this.createTime = createTime;
    createdAt = world.nanos();
    this.labels = new Timeline<>(createdAt, new TreeMap<>(labels));
  }

  /**
   * {@return what a read tells}
   *
   * @param at the moment whose state it tells
   * @param labelsAt the moment whose labels it tells
   */
  abstract Endpoint view(long at, long labelsAt);

  /** {@return the cloud's word for the connection, as the service owner sees it} */
  abstract String stateForOwner(long now);

  /** {@return whether the owner still has to decide} */
  abstract boolean awaitsOwner(long now);

  abstract void accept(long now);

  abstract void reject(long now);

  abstract void expire(long now);

  abstract void fail(String message, long now);

  abstract void serviceDeleted(long now);

  /** Somebody changes something: busy for a while, then as before. */
  abstract void modify(long now);

  abstract void partial(long now);

  abstract void lockBilling(boolean locked);

  /** Begins the deletion, whatever else would have to be done first. */
  abstract void delete(long now);

  /**
   * {@return zones that traffic to a name of this endpoint would enter; empty if it is no name of
   * it}
   */
  abstract Optional<Set<String>> trafficTo(String name);

  /** {@return whether traffic passes} */
  abstract boolean carriesTraffic(long now);

  /** {@return ids of the zones it has an address in} */
  abstract List<String> zoneIds(long now);

  final boolean alive() {
    return deletedAt > world.nanos();
  }

  /** {@return whether nothing is left of it but perhaps a line in lists} */
  abstract boolean deleted(long now);

  final boolean gone(long now) {
    return goneAt <= now;
  }

  final void setLabels(Map<String, String> all, long now) {
    labels.forgetBefore(now - LONGEST_LAG);
    labels.set(now, new TreeMap<>(all));
    world.labels.add(this, all);
  }

  final IllegalStateException cannot(String what, long now) {
    return new IllegalStateException("cannot " + what + " " + id + ": it is " + stateForOwner(now));
  }
}
