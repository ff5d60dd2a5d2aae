package io.privatelink4j.internal;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * From a connection's id to the future of its wait, without a remote call on the caller's thread,
 * and from that to the future that the caller gets.
 */
final class Waits {
  private final Clusters clusters;
  private final Memory memory;
  private final LookUps lookUps;
  private final Watcher watcher;
  private final Time time;

  Waits(Clusters clusters, Memory memory, LookUps lookUps, Watcher watcher, Time time) {
    this.clusters = clusters;
    this.memory = memory;
    this.lookUps = lookUps;
    this.watcher = watcher;
    this.time = time;
  }

  /** {@return the connection when it is ACTIVE; empty when it is gone} */
  CompletableFuture<Optional<PrivateLinkConnection>> watch(
      ConnectionRef ref, Wait.Goal goal, Duration timeout, Optional<Duration> acceptancePatience) {
    Optional<CompletableFuture<Optional<PrivateLinkConnection>>> known =
        watchKnown(ref, goal, timeout, acceptancePatience);
    if (known.isPresent()) {
      return known.get();
    }
    Deadline deadline = Deadline.in(time, timeout);
    CompletableFuture<Optional<PrivateLinkConnection>> result = new CompletableFuture<>();
    CompletableFuture<?> unused =
        lookUps
            .find(ref, deadline)
            .whenComplete(
                (found, failure) -> {
                  if (failure != null) {
                    result.completeExceptionally(cause(failure));
                  } else if (found.isPresent()) {
                    pass(
                        watcher.watch(found.get(), goal, deadline.left(), acceptancePatience),
                        result,
                        connection -> connection);
                  } else if (goal == Wait.Goal.GONE) {
                    result.complete(Optional.empty());
                  } else {
                    result.completeExceptionally(Finder.notFound(ref));
                  }
                });
    return result;
  }

  /**
   * An endpoint whose id is at hand is watched without a look-up: the first read, shared with
   * others, verifies it.
   */
  private Optional<CompletableFuture<Optional<PrivateLinkConnection>>> watchKnown(
      ConnectionRef ref, Wait.Goal goal, Duration timeout, Optional<Duration> acceptancePatience) {
    Optional<Memory.Known> known = memory.endpoint(ref);
    for (ClusterNetwork network : clusters.networks(ref.clusterId())) {
      CloudAccess access = clusters.access(network);
      if (known.isPresent() && access.remote().scope(network).equals(known.get().scope())) {
        return Optional.of(
            watcher.watch(
                access, network, ref, known.get().endpointId(), goal, timeout, acceptancePatience));
      }
    }
    return Optional.empty();
  }

  /**
   * {@return a future for the caller: it fails with what the wait failed with, and cancels the
   * wait}
   */
  static <T, R> CompletableFuture<R> handOut(CompletableFuture<T> wait, Function<T, R> result) {
    CompletableFuture<R> handedOut = new CompletableFuture<>();
    pass(wait, handedOut, result);
    return handedOut;
  }

  private static <T, R> void pass(
      CompletableFuture<T> from, CompletableFuture<R> to, Function<T, R> result) {
    CompletableFuture<?> unused =
        from.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                to.complete(result.apply(value));
              } else {
                to.completeExceptionally(cause(failure));
              }
            });
    cancelTogether(from, to);
  }

  /** Lets the caller's cancelling of a future end the wait behind it. */
  private static void cancelTogether(CompletableFuture<?> wait, CompletableFuture<?> handedOut) {
    CompletableFuture<?> unused =
        handedOut.whenComplete(
            (value, failure) -> {
              if (handedOut.isCancelled()) {
                wait.cancel(false);
              }
            });
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
