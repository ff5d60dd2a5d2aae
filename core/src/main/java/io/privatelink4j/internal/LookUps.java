package io.privatelink4j.internal;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.ThrottledException;
import io.privatelink4j.model.ConnectionRef;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks connections up in the background, for waits: one task at a time, and one list for all of a
 * cluster's, so that a process that resumes thousands of waits needs neither a thread nor a call
 * for each. Thread-safe.
 */
final class LookUps {
  private final Finder finder;
  private final Executor executor;
  private final Map<String, List<LookUp>> byCluster = new LinkedHashMap<>();
  private boolean running;

  private record LookUp(
      ConnectionRef ref, Deadline deadline, CompletableFuture<Optional<Found>> result) {}

  LookUps(Finder finder, Executor executor) {
    this.finder = finder;
    this.executor = executor;
  }

  CompletableFuture<Optional<Found>> find(ConnectionRef ref, Deadline deadline) {
    LookUp lookUp = new LookUp(ref, deadline, new CompletableFuture<>());
    boolean start;
    synchronized (this) {
      byCluster.computeIfAbsent(ref.clusterId(), id -> new ArrayList<>()).add(lookUp);
      start = !running;
      running = true;
    }
    if (start) {
      try {
        executor.execute(this::drain);
      } catch (RejectedExecutionException e) {
        refuse();
      }
    }
    return lookUp.result();
  }

  private void refuse() {
    List<LookUp> all = new ArrayList<>();
    synchronized (this) {
      byCluster.values().forEach(all::addAll);
      byCluster.clear();
      running = false;
    }
    all.forEach(
        lookUp ->
            lookUp
                .result()
                .completeExceptionally(
                    new ThrottledException(
                        "the executor takes no work now: wait again later",
                        ErrorDetails.of(lookUp.ref().id()))));
  }

  private void drain() {
    for (List<LookUp> next = next(); !next.isEmpty(); next = next()) {
      List<LookUp> lookUps = next;
      try {
        answer(lookUps);
      } catch (CallFailed e) {
        fail(lookUps, e.toPublic());
      } catch (RuntimeException e) {
        fail(lookUps, e);
      }
    }
  }

  private synchronized List<LookUp> next() {
    Iterator<List<LookUp>> clusters = byCluster.values().iterator();
    if (!clusters.hasNext()) {
      running = false;
      return List.of();
    }
    List<LookUp> next = clusters.next();
    clusters.remove();
    return next;
  }

  private void answer(List<LookUp> lookUps) {
    LookUp first = lookUps.get(0);
    List<Found> all =
        lookUps.size() == 1 ? List.of() : finder.all(first.ref().clusterId(), first.deadline());
    for (LookUp lookUp : lookUps) {
      Optional<Found> listed =
          all.stream().filter(f -> f.connectionId().equals(lookUp.ref().id())).findFirst();
      try {
        lookUp
            .result()
            .complete(listed.isPresent() ? listed : finder.find(lookUp.ref(), lookUp.deadline()));
      } catch (CallFailed e) {
        lookUp.result().completeExceptionally(e.toPublic());
      } catch (PrivateLinkException e) {
        lookUp.result().completeExceptionally(e);
      }
    }
  }

  private static void fail(List<LookUp> lookUps, RuntimeException e) {
    lookUps.forEach(lookUp -> lookUp.result().completeExceptionally(e));
  }
}
