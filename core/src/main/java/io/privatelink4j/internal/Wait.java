package io.privatelink4j.internal;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReasonCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One wait for a connection. Kept small: there may be many thousands. {@link Watcher} writes when
 * it is read next, under its lock; {@link WaitJudge} what was seen, in the one turn that reads it;
 * both may set {@link #news}.
 */
final class Wait {
  /** What a wait is for. */
  enum Goal {
    ACTIVE,
    GONE
  }

  final String clusterId;
  final String connectionId;
  final String endpointId;
  final ClusterNetwork network;
  final boolean former;
  final Goal goal;
  final CompletableFuture<Optional<PrivateLinkConnection>> future = new CompletableFuture<>();
  final long begunAt;
  final long endsAt;
  private final long acceptancePatience;

  // When it is read next.
  long pause = PollPace.FIRST.toNanos();
  long dueAt;
  long lastNewsAt;
  boolean refreshed;
  int reads;

  // What was seen.
  boolean news;
  long awaitingOwnerSince = Long.MAX_VALUE;
  int zonesReadAt = -WaitJudge.ZONE_READ_EVERY;
  ConnectionState lastState = ConnectionState.UNKNOWN;
  ReasonCode lastCode = ReasonCode.UNKNOWN;

  /** Written by {@link WaitEnds}. */
  volatile boolean finished;

  /** Waits for a connection that was found; only its ids count. */
  Wait(Found found, Goal goal, long now, Duration timeout, Optional<Duration> acceptancePatience) {
    this(
        found.ref(),
        found.endpoint().id(),
        found.network(),
        found.former(),
        goal,
        now,
        timeout,
        acceptancePatience);
  }

  Wait(
      ConnectionRef ref,
      String endpointId,
      ClusterNetwork network,
      boolean former,
      Goal goal,
      long now,
      Duration timeout,
      Optional<Duration> acceptancePatience) {
    this.clusterId = ref.clusterId();
    this.connectionId = ref.id();
    this.endpointId = endpointId;
    this.network = network;
    this.former = former;
    this.goal = goal;
    this.begunAt = now;
    this.endsAt = now + timeout.toNanos();
    this.acceptancePatience = acceptancePatience.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    this.dueAt = now;
    this.lastNewsAt = now;
  }

  ConnectionRef ref() {
    return ConnectionRef.of(clusterId, connectionId);
  }

  /** {@return whether the owner has taken longer than the caller wants to wait for them} */
  boolean patienceIsOver(long now) {
    return now - Math.min(awaitingOwnerSince, now) >= acceptancePatience;
  }

  /** {@return whether it ends with a look at that time, if nothing has changed} */
  boolean isLastLook(long now) {
    return endsAt <= now || patienceIsOver(now);
  }
}
