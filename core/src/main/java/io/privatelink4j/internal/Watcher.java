package io.privatelink4j.internal;

import io.privatelink4j.exception.ClientClosedException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for any number of connections with one scheduled task and no thread: links of one scope
 * share their reads, each link is read at the pace of {@link PollPace} and judged by {@link
 * WaitJudge}. Thread-safe; no lock is held across a remote call or while a future completes.
 */
final class Watcher {
  private static final Logger log = LoggerFactory.getLogger(Watcher.class);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  /** A wait whose read hangs is ended so long after its time at the latest. */
  private static final Duration HUNG_READ = Duration.ofSeconds(90);

  private final WaitJudge judge;
  private final WaitEnds ends;
  private final Time time;
  private final Executor executor;
  private final RandomGenerator random;
  private final Map<String, Group> groups = new HashMap<>();
  private Time.Cancellable scheduled = () -> {};
  private long scheduledFor = Long.MAX_VALUE;
  private boolean closed;

  Watcher(Views views, Notices notices, Executor executor, Settings settings) {
    this.time = settings.time();
    this.executor = executor;
    this.random = settings.random();
    this.ends = new WaitEnds(time, executor);
    this.judge = new WaitJudge(views, notices, ends, settings);
  }

  /** Waits of one scope, which can be read together. */
  private static final class Group {
    private final CloudAccess access;
    private final Map<Wait, Wait> waits = new HashMap<>();
    private boolean reading;
    private int pagesOfLastScan = 1;

    Group(CloudAccess access) {
      this.access = access;
    }
  }

  /**
   * Begins to wait.
   *
   * @param found the connection as last read; only its ids count
   * @return the connection when it is ACTIVE; empty when it is gone
   */
  CompletableFuture<Optional<PrivateLinkConnection>> watch(
      Found found, Wait.Goal goal, Duration timeout, Optional<Duration> acceptancePatience) {
    Wait wait = new Wait(found, goal, time.nanoTime(), timeout, acceptancePatience);
    return add(found.access(), wait);
  }

  /**
   * Begins to wait for a connection whose endpoint is known by id; the first read shows whether it
   * is the one.
   */
  CompletableFuture<Optional<PrivateLinkConnection>> watch(
      CloudAccess access,
      ClusterNetwork network,
      ConnectionRef ref,
      String endpointId,
      Wait.Goal goal,
      Duration timeout,
      Optional<Duration> acceptancePatience) {
    Wait wait =
        new Wait(
            ref, endpointId, network, false, goal, time.nanoTime(), timeout, acceptancePatience);
    return add(access, wait);
  }

  private CompletableFuture<Optional<PrivateLinkConnection>> add(CloudAccess access, Wait wait) {
    String scope = access.cloud() + " " + access.remote().scope(wait.network);
    synchronized (this) {
      if (closed) {
        wait.future.completeExceptionally(closedException(wait));
        return wait.future;
      }
      groups.computeIfAbsent(scope, s -> new Group(access)).waits.put(wait, wait);
      scheduleAt(wait.dueAt);
    }
    CompletableFuture<?> unused =
        wait.future.whenComplete((result, failure) -> forget(scope, wait));
    return wait.future;
  }

  /** Reads a connection now, because somebody knows that something happened. */
  void refresh(ConnectionRef ref) {
    synchronized (this) {
      long now = time.nanoTime();
      for (Group group : groups.values()) {
        for (Wait wait : group.waits.keySet()) {
          if (wait.connectionId.equals(ref.id()) && wait.clusterId.equals(ref.clusterId())) {
            wait.dueAt = now;
            wait.refreshed = true;
            wait.news = true;
          }
        }
      }
      scheduleNext();
    }
  }

  void close() {
    List<Wait> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      scheduled.cancel();
      groups.values().forEach(group -> all.addAll(group.waits.keySet()));
      groups.clear();
    }
    all.forEach(wait -> wait.future.completeExceptionally(closedException(wait)));
  }

  private static ClientClosedException closedException(Wait wait) {
    return new ClientClosedException(
        "the client was closed while it waited for "
            + wait.connectionId
            + ": wait again with another client",
        ErrorDetails.of(wait.connectionId));
  }

  private synchronized void forget(String scope, Wait wait) {
    Group group = groups.get(scope);
    if (group != null) {
      group.waits.remove(wait);
      if (group.waits.isEmpty()) {
        if (!group.reading) {
          groups.remove(scope);
        }
        scheduleNext();
      }
    }
  }

  /** One task for the earliest thing due. Called with the lock held. */
  private void scheduleNext() {
    long next = Long.MAX_VALUE;
    for (Group group : groups.values()) {
      for (Wait wait : group.waits.keySet()) {
        if (!wait.finished) {
          long due = Math.min(wait.dueAt, wait.endsAt);
          next = Math.min(next, group.reading ? wait.endsAt + HUNG_READ.toNanos() : due);
        }
      }
    }
    if (next == Long.MAX_VALUE) {
      scheduled.cancel();
      scheduledFor = Long.MAX_VALUE;
    }
    scheduleAt(next);
  }

  private void scheduleAt(long next) {
    if (next >= scheduledFor) {
      return;
    }
    scheduled.cancel();
    scheduledFor = next;
    scheduled = time.schedule(Duration.ofNanos(Math.max(0, next - time.nanoTime())), this::tick);
  }

  private void tick() {
    Map<Group, List<Wait>> due = new HashMap<>();
    List<Wait> overdue = new ArrayList<>();
    synchronized (this) {
      scheduledFor = Long.MAX_VALUE;
      if (closed) {
        return;
      }
      long now = time.nanoTime();
      for (Group group : groups.values()) {
        if (group.reading) {
          group.waits.keySet().stream()
              .filter(wait -> !wait.finished && wait.endsAt + HUNG_READ.toNanos() <= now)
              .forEach(overdue::add);
        } else {
          List<Wait> waits = due(group, now);
          if (!waits.isEmpty()) {
            waits.forEach(wait -> wait.refreshed = false);
            group.reading = true;
            due.put(group, waits);
          }
        }
      }
      scheduleNext();
    }
    ends.overdue(overdue, "could not be read");
    due.forEach(this::readOnExecutor);
  }

  /**
   * {@return whom to read now: if anybody is due, also those who would be soon, as one call serves
   * all}
   */
  private static List<Wait> due(Group group, long now) {
    List<Wait> waits = new ArrayList<>();
    boolean any = false;
    for (Wait wait : group.waits.keySet()) {
      if (!wait.finished) {
        boolean over = wait.dueAt <= now || wait.endsAt <= now;
        any |= over;
        if (over || wait.dueAt - now <= wait.pause / 4) {
          waits.add(wait);
        }
      }
    }
    return any ? waits : List.of();
  }

  private void readOnExecutor(Group group, List<Wait> waits) {
    try {
      executor.execute(() -> read(group, waits));
    } catch (RejectedExecutionException e) {
      log.debug("the executor takes no work now: {} waits are read later", waits.size());
      ends.overdue(waits, "could not be read, as the executor takes no work");
      endTurn(group, waits);
    }
  }

  private void read(Group group, List<Wait> waits) {
    Deadline deadline = Deadline.in(time, READ_TIMEOUT);
    try {
      WaitJudge.Turn turn = new WaitJudge.Turn(group.access, deadline);
      GroupRead.Seen seen =
          new GroupRead(group.access, group.pagesOfLastScan)
              .read(networkOf(waits), ids(waits), deadline, pages -> group.pagesOfLastScan = pages);
      for (Wait wait : waits) {
        if (!seen.undecided().contains(wait.endpointId)) {
          judgeAlone(wait, Optional.ofNullable(seen.endpoints().get(wait.endpointId)), turn);
        }
      }
      markUp(group.access, networkOf(waits), turn.newlyUp());
    } catch (CallFailed e) {
      failed(waits, e.toPublic());
    } catch (PrivateLinkException e) {
      failed(waits, e);
    } catch (RuntimeException e) {
      log.warn("reading {} waiting connections failed", waits.size(), e);
    } finally {
      ends.overdue(waits, "could not be read");
      endTurn(group, waits);
    }
  }

  /** One link's trouble is its own: it must neither end nor hold up the waits of others. */
  private void judgeAlone(Wait wait, Optional<Endpoint> seen, WaitJudge.Turn turn) {
    try {
      judge.judge(wait, seen, turn);
    } catch (CallFailed e) {
      failed(List.of(wait), e.toPublic());
    } catch (PrivateLinkException e) {
      failed(List.of(wait), e);
    } catch (RuntimeException e) {
      log.warn("judging the wait for {} failed", wait.connectionId, e);
    }
  }

  private void endTurn(Group group, List<Wait> waits) {
    synchronized (this) {
      long now = time.nanoTime();
      for (Wait wait : waits) {
        wait.reads++;
        if (wait.news) {
          wait.lastNewsAt = now;
          wait.pause = PollPace.FIRST.toNanos();
          wait.news = false;
        }
        wait.pause = PollPace.longer(wait.pause, now - wait.lastNewsAt);
        wait.dueAt = wait.refreshed ? now : now + PollPace.jittered(wait.pause, random);
        wait.refreshed = false;
      }
      group.reading = false;
      groups.values().removeIf(g -> g.waits.isEmpty() && !g.reading);
      scheduleNext();
    }
  }

  private static ClusterNetwork networkOf(List<Wait> waits) {
    return waits.get(0).network;
  }

  private static List<String> ids(List<Wait> waits) {
    return waits.stream().map(wait -> wait.endpointId).distinct().toList();
  }

  /**
   * A failure that will pass costs one turn; another one ends the waits, as no later read can go
   * better.
   */
  private void failed(List<Wait> waits, PrivateLinkException e) {
    log.debug("reading {} waiting connections failed: {}", waits.size(), e.toString());
    if (Passing.is(e)) {
      ends.overdue(waits, "could not be read: " + e.getMessage());
    } else {
      waits.forEach(wait -> ends.failed(wait, e));
    }
  }

  /**
   * Remembers on the endpoints that they were up once; if that fails, a later state is told less
   * precisely.
   */
  private void markUp(CloudAccess access, ClusterNetwork network, List<String> endpointIds) {
    Deadline deadline = Deadline.in(time, READ_TIMEOUT);
    for (List<String> some : Pieces.of(endpointIds, access.traits().idsPerLabelCall())) {
      try {
        access.putLabels(network, some, Map.of(Ledger.UP, Ledger.timeValue(time.now())), deadline);
      } catch (CallFailed e) {
        log.warn("could not mark {} endpoints as having been up: {}", some.size(), e.said());
      } catch (PrivateLinkException e) {
        log.warn("could not mark {} endpoints as having been up", some.size(), e);
      }
    }
  }
}
