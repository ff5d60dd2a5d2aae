package io.privatelink4j.internal;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.spi.Time;
import java.time.Duration;
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
 * Looks connections up in the background, for waits: a few tasks at a time, and one list for all of
 * a cluster's, so that a process that resumes thousands of waits needs neither a thread nor a call
 * for each. A turn is short, whatever the waits' own times; what fails in a passing way is tried
 * again until each wait's own time is over. Thread-safe.
 */
final class LookUps {
  private static final int MOST_TASKS = 4;
  private static final Duration TURN = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Finder finder;
  private final Executor executor;
  private final Time time;
  private final Map<String, List<LookUp>> byCluster = new LinkedHashMap<>();
  private int tasks;

  private record LookUp(
      ConnectionRef ref, Deadline deadline, CompletableFuture<Optional<Found>> result) {}

  LookUps(Finder finder, Executor executor, Time time) {
    this.finder = finder;
    this.executor = executor;
    this.time = time;
  }

  CompletableFuture<Optional<Found>> find(ConnectionRef ref, Deadline deadline) {
    LookUp lookUp = new LookUp(ref, deadline, new CompletableFuture<>());
    queue(List.of(lookUp));
    return lookUp.result();
  }

  private void queue(List<LookUp> lookUps) {
    synchronized (this) {
      for (LookUp lookUp : lookUps) {
        byCluster.computeIfAbsent(lookUp.ref().clusterId(), id -> new ArrayList<>()).add(lookUp);
      }
      if (tasks == MOST_TASKS || byCluster.isEmpty()) {
        return;
      }
      tasks++;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      endTask();
      later(List.of());
    }
  }

  private void later(List<LookUp> lookUps) {
    Time.Cancellable unused = time.schedule(AGAIN, () -> queue(lookUps));
  }

  private synchronized void endTask() {
    tasks--;
  }

  private void drain() {
    try {
      for (List<LookUp> next = next(); !next.isEmpty(); next = next()) {
        turn(next);
      }
    } finally {
      endTask();
    }
    // Something may have come in between the last look and the end of this task.
    queue(List.of());
  }

  private synchronized List<LookUp> next() {
    Iterator<List<LookUp>> clusters = byCluster.values().iterator();
    if (!clusters.hasNext()) {
      return List.of();
    }
    List<LookUp> next = clusters.next();
    clusters.remove();
    return next;
  }

  private void turn(List<LookUp> queued) {
    List<LookUp> open = new ArrayList<>();
    for (LookUp lookUp : queued) {
      if (lookUp.deadline().passed()) {
        complete(() -> lookUp.result().completeExceptionally(tooLate(lookUp)));
      } else if (!lookUp.result().isDone()) {
        open.add(lookUp);
      }
    }
    if (open.isEmpty()) {
      return;
    }
    try {
      answer(open);
    } catch (CallFailed e) {
      failed(open, e.toPublic());
    } catch (PrivateLinkException e) {
      failed(open, e);
    } catch (RuntimeException e) {
      open.forEach(lookUp -> complete(() -> lookUp.result().completeExceptionally(e)));
    }
  }

  /**
   * Takes those that are answered out of the open ones, so that a failure concerns the others only.
   */
  private void answer(List<LookUp> open) {
    Deadline deadline = Deadline.in(time, TURN);
    List<Found> all =
        open.size() == 1 ? List.of() : finder.all(open.get(0).ref().clusterId(), deadline);
    for (Iterator<LookUp> each = open.iterator(); each.hasNext(); ) {
      LookUp lookUp = each.next();
      Optional<Found> listed =
          all.stream().filter(f -> f.connectionId().equals(lookUp.ref().id())).findFirst();
      Optional<Found> found = listed.isPresent() ? listed : finder.find(lookUp.ref(), deadline);
      each.remove();
      complete(() -> lookUp.result().complete(found));
    }
  }

  private void failed(List<LookUp> open, PrivateLinkException e) {
    if (Passing.is(e)) {
      later(List.copyOf(open));
    } else {
      open.forEach(lookUp -> complete(() -> lookUp.result().completeExceptionally(e)));
    }
  }

  /** What hangs on a future must not hold up the look-ups of others. */
  private void complete(Runnable completion) {
    try {
      executor.execute(completion);
    } catch (RejectedExecutionException e) {
      completion.run();
    }
  }

  private static WaitTimeoutException tooLate(LookUp lookUp) {
    return new WaitTimeoutException(
        "connection " + lookUp.ref().id() + " could not be looked up in time: wait again to resume",
        ErrorDetails.of(lookUp.ref().id()),
        Optional.empty(),
        lookUp.deadline().elapsed());
  }
}
