package io.privatelink4j.internal;

import io.privatelink4j.exception.ClientClosedException;
import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.StateChange;
import io.privatelink4j.model.StateReason;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.ResourceState;
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
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for any number of connections with one scheduled task and no thread: links of one scope
 * share their reads, each link is read at the pace of {@link PollPace}. Futures complete on the
 * executor. Thread-safe; no lock is held across a remote call or while a future completes.
 */
final class Watcher {
  private static final Logger log = LoggerFactory.getLogger(Watcher.class);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  /** A wait whose read hangs is ended so long after its time at the latest. */
  private static final Duration HUNG_READ = Duration.ofSeconds(90);

  /** Zones are read with every tenth poll, and as often when there are fewer polls. */
  private static final int ZONE_READ_EVERY = 10;

  /** Reading zones costs a call for each link, so that many links take turns. */
  private static final int ZONE_READS_PER_TURN = 50;

  private final Views views;
  private final Notices notices;
  private final Time time;
  private final Executor executor;
  private final RandomGenerator random;
  private final Duration consistencyWindow;
  private final Map<String, Group> groups = new HashMap<>();
  private Time.Cancellable scheduled = () -> {};
  private long scheduledFor = Long.MAX_VALUE;
  private boolean closed;

  Watcher(Views views, Notices notices, Executor executor, Settings settings) {
    this.views = views;
    this.notices = notices;
    this.time = settings.time();
    this.executor = executor;
    this.random = settings.random();
    this.consistencyWindow = settings.consistencyWindow();
  }

  /** What a wait is for. */
  enum Goal {
    ACTIVE,
    GONE
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

  /** One wait. Kept small: there may be many thousands. */
  private static final class Wait {
    private final String clusterId;
    private final String connectionId;
    private final String endpointId;
    private final ClusterNetwork network;
    private final boolean former;
    private final Goal goal;
    private final CompletableFuture<Optional<PrivateLinkConnection>> future;
    private final long begunAt;
    private final long endsAt;
    private final long acceptancePatience;
    private long awaitingOwnerSince = Long.MAX_VALUE;
    private long pause = PollPace.FIRST.toNanos();
    private long dueAt;
    private long lastNewsAt;
    private boolean news;
    private int reads;
    private int zonesReadAt = -ZONE_READ_EVERY;
    private boolean refreshed;
    private volatile boolean finished;
    private ConnectionState lastState = ConnectionState.UNKNOWN;
    private ReasonCode lastCode = ReasonCode.UNKNOWN;

    Wait(
        Found found, Goal goal, long now, Duration timeout, Optional<Duration> acceptancePatience) {
      this(
          found.clusterId(),
          found.connectionId(),
          found.endpoint().id(),
          found.network(),
          found.former(),
          goal,
          now,
          timeout,
          acceptancePatience);
    }

    Wait(
        String clusterId,
        String connectionId,
        String endpointId,
        ClusterNetwork network,
        boolean former,
        Goal goal,
        long now,
        Duration timeout,
        Optional<Duration> acceptancePatience) {
      this.clusterId = clusterId;
      this.connectionId = connectionId;
      this.endpointId = endpointId;
      this.network = network;
      this.former = former;
      this.goal = goal;
      this.future = new CompletableFuture<>();
      this.begunAt = now;
      this.endsAt = now + timeout.toNanos();
      this.acceptancePatience = acceptancePatience.map(Duration::toNanos).orElse(Long.MAX_VALUE);
      this.dueAt = now;
      this.lastNewsAt = now;
    }

    ConnectionRef ref() {
      return ConnectionRef.of(clusterId, connectionId);
    }
  }

  /**
   * Begins to wait.
   *
   * @param found the connection as last read; only its ids count
   * @return the connection when it is ACTIVE; empty when it is gone
   */
  CompletableFuture<Optional<PrivateLinkConnection>> watch(
      Found found, Goal goal, Duration timeout, Optional<Duration> acceptancePatience) {
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
      Goal goal,
      Duration timeout,
      Optional<Duration> acceptancePatience) {
    Wait wait =
        new Wait(
            ref.clusterId(),
            ref.id(),
            endpointId,
            network,
            false,
            goal,
            time.nanoTime(),
            timeout,
            acceptancePatience);
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
    overdue.forEach(wait -> timeOut(wait, Optional.empty(), "could not be read"));
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
      timeOutOverdue(waits, "could not be read, as the executor takes no work");
      endTurn(group, waits);
    }
  }

  private void read(Group group, List<Wait> waits) {
    List<String> newlyUp = new ArrayList<>();
    Deadline deadline = Deadline.in(time, READ_TIMEOUT);
    try {
      ZoneTurns turns = new ZoneTurns();
      GroupRead.Seen seen =
          new GroupRead(group.access, group.pagesOfLastScan)
              .read(networkOf(waits), ids(waits), deadline, pages -> group.pagesOfLastScan = pages);
      for (Wait wait : waits) {
        if (!seen.undecided().contains(wait.endpointId)) {
          judgeAlone(
              group,
              wait,
              Optional.ofNullable(seen.endpoints().get(wait.endpointId)),
              deadline,
              turns,
              newlyUp);
        }
      }
      markUp(group.access, networkOf(waits), newlyUp);
    } catch (CallFailed e) {
      failed(waits, e.toPublic());
    } catch (PrivateLinkException e) {
      failed(waits, e);
    } catch (RuntimeException e) {
      log.warn("reading {} waiting connections failed", waits.size(), e);
    } finally {
      timeOutOverdue(waits, "could not be read");
      endTurn(group, waits);
    }
  }

  /** One link's trouble is its own: it must neither end nor hold up the waits of others. */
  private void judgeAlone(
      Group group,
      Wait wait,
      Optional<Endpoint> seen,
      Deadline deadline,
      ZoneTurns turns,
      List<String> newlyUp) {
    try {
      judge(group, wait, seen, deadline, turns, newlyUp);
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

  private void timeOutOverdue(List<Wait> waits, String how) {
    long now = time.nanoTime();
    for (Wait wait : waits) {
      if (!wait.finished && wait.endsAt <= now) {
        timeOut(wait, Optional.empty(), how);
      }
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
      timeOutOverdue(waits, "could not be read: " + e.getMessage());
    } else {
      waits.forEach(wait -> finish(wait, () -> wait.future.completeExceptionally(e)));
    }
  }

  private void judge(
      Group group,
      Wait wait,
      Optional<Endpoint> seen,
      Deadline deadline,
      ZoneTurns turns,
      List<String> newlyUp) {
    Optional<Endpoint> endpoint = seen.filter(e -> e.resource() != ResourceState.DELETED);
    if (endpoint.isEmpty() && wait.goal == Goal.GONE) {
      // The read of many goes by a filter, which lags; that something is gone is said by id only.
      endpoint =
          group
              .access
              .endpoint(wait.network, wait.endpointId, deadline)
              .filter(e -> e.resource() != ResourceState.DELETED);
    }
    if (endpoint.isEmpty()) {
      judgeGone(wait);
      return;
    }
    if (!Finder.isOf(endpoint.get(), wait.ref())) {
      fail(
          wait,
          new StateReason(
              ReasonCode.UNKNOWN,
              "",
              "the labels of "
                  + wait.endpointId
                  + " were edited by somebody else: restore those that begin with plc.",
              Actor.OPERATOR,
              Optional.empty()));
      return;
    }
    Endpoint read = endpoint.get();
    if (wantsZones(group, wait, read, turns)) {
      read = withZones(group, wait, read, deadline);
      wait.zonesReadAt = wait.reads;
    }
    Found found = Found.of(group.access, wait.network, wait.former, read);
    Views.Status status = views.status(found);
    tellChange(wait, status);
    if (status.state() == ConnectionState.ACTIVE
        && found.ledger().upSince().isEmpty()
        && found.ledger().integrity() == Integrity.OK) {
      newlyUp.add(read.id());
    }
    decide(
        wait,
        status,
        () -> views.connection(found, group.access.knownView(wait.network, deadline)));
  }

  /**
   * Where the zones tell waiting from rejected, they are read with the first poll, with every tenth
   * one (or as often in time where polls are rarer), and with the last, whose answer the caller
   * gets.
   */
  private boolean wantsZones(Group group, Wait wait, Endpoint endpoint, ZoneTurns turns) {
    return wait.goal == Goal.ACTIVE
        && !group.access.traits().zonesInEndpoint()
        && endpoint.link() == LinkState.DISCONNECTED
        && endpoint.resource() != ResourceState.CREATING
        && (Ledger.read(endpoint.labels()).upSince().isPresent()
            || ((wait.reads - wait.zonesReadAt >= readsBetweenZones(wait) || isLastLook(wait))
                && turns.take()));
  }

  private static long readsBetweenZones(Wait wait) {
    long usual = PollPace.LONGEST_AT_FIRST.toNanos();
    return ZONE_READ_EVERY * usual / Math.max(usual, wait.pause);
  }

  /** {@return whether the wait ends with this look, if nothing has changed} */
  private boolean isLastLook(Wait wait) {
    long now = time.nanoTime();
    return wait.endsAt <= now || patienceIsOver(wait, now);
  }

  private static boolean patienceIsOver(Wait wait, long now) {
    return now - Math.min(wait.awaitingOwnerSince, now) >= wait.acceptancePatience;
  }

  /** At its end a wait rather tells less than that it could not look. */
  private Endpoint withZones(Group group, Wait wait, Endpoint endpoint, Deadline deadline) {
    try {
      return group.access.withZones(wait.network, endpoint, deadline);
    } catch (CallFailed e) {
      if (!isLastLook(wait) || !Passing.is(e.toPublic())) {
        throw e;
      }
      return endpoint;
    }
  }

  /** How many zone reads one turn may still make. */
  private static final class ZoneTurns {
    private int left = ZONE_READS_PER_TURN;

    boolean take() {
      return left-- > 0;
    }
  }

  private void decide(
      Wait wait, Views.Status status, Supplier<PrivateLinkConnection> toConnection) {
    long now = time.nanoTime();
    if (wait.goal == Goal.ACTIVE) {
      switch (status.state()) {
        case ACTIVE -> {
          PrivateLinkConnection connection = toConnection.get();
          finish(wait, () -> wait.future.complete(Optional.of(connection)));
          return;
        }
        case FAILED, DELETING -> {
          fail(wait, status.reason().orElseGet(() -> deleting(wait)));
          return;
        }
        default -> {
          // goes on
        }
      }
      if (status.state() == ConnectionState.PENDING_ACCEPTANCE) {
        wait.awaitingOwnerSince = Math.min(wait.awaitingOwnerSince, now);
        if (patienceIsOver(wait, now)) {
          timeOut(wait, Optional.of(toConnection.get()), "was not accepted in time");
          return;
        }
      }
    }
    if (wait.endsAt <= now) {
      timeOut(wait, Optional.of(toConnection.get()), "is still " + status.state());
    }
  }

  private void judgeGone(Wait wait) {
    if (wait.goal == Goal.GONE) {
      finish(wait, () -> wait.future.complete(Optional.empty()));
      return;
    }
    long now = time.nanoTime();
    // A cloud may take a moment to show what was just created, by id and by filter.
    if (now - wait.begunAt >= consistencyWindow.toNanos()) {
      StateReason gone =
          new StateReason(
              ReasonCode.ENDPOINT_GONE,
              "",
              "the endpoint "
                  + wait.endpointId
                  + " does not exist any more: somebody deleted it. Create a new connection with another request id.",
              Actor.CALLER,
              Optional.empty());
      notices.change(
          new StateChange(
              wait.clusterId,
              wait.connectionId,
              Optional.of(wait.lastState),
              Optional.empty(),
              Optional.of(gone),
              time.now()));
      fail(wait, gone);
    } else if (wait.endsAt <= now) {
      timeOut(wait, Optional.empty(), "cannot be seen yet");
    }
  }

  private static StateReason deleting(Wait wait) {
    return new StateReason(
        ReasonCode.ENDPOINT_GONE,
        "",
        "connection " + wait.connectionId + " is being deleted",
        Actor.CALLER,
        Optional.empty());
  }

  private void tellChange(Wait wait, Views.Status status) {
    ReasonCode code = status.reason().map(StateReason::code).orElse(ReasonCode.UNKNOWN);
    boolean same = status.state() == wait.lastState && code == wait.lastCode;
    boolean zonesNotReadThisTime =
        code == ReasonCode.NOT_CONNECTED && wait.lastCode == ReasonCode.AWAITING_OWNER;
    if (same || zonesNotReadThisTime) {
      return;
    }
    Optional<ConnectionState> from =
        wait.lastState == ConnectionState.UNKNOWN ? Optional.empty() : Optional.of(wait.lastState);
    wait.news |= from.isPresent() && status.state() != wait.lastState;
    wait.lastState = status.state();
    wait.lastCode = code;
    notices.change(
        new StateChange(
            wait.clusterId,
            wait.connectionId,
            from,
            Optional.of(status.state()),
            status.reason(),
            time.now()));
  }

  private void fail(Wait wait, StateReason reason) {
    finish(
        wait,
        () ->
            wait.future.completeExceptionally(
                new ConnectionFailedException(
                    "connection "
                        + wait.connectionId
                        + " will not become ACTIVE: "
                        + reason.message(),
                    new ErrorDetails(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(wait.endpointId),
                        Optional.empty(),
                        Optional.empty(),
                        wait.reads + 1),
                    reason)));
  }

  private void timeOut(Wait wait, Optional<PrivateLinkConnection> seen, String how) {
    Duration elapsed = Duration.ofNanos(time.nanoTime() - wait.begunAt);
    String next =
        seen.flatMap(PrivateLinkConnection::ownerInstructions).orElse("Wait again to resume.");
    WaitTimeoutException e =
        new WaitTimeoutException(
            "connection "
                + wait.connectionId
                + " "
                + how
                + " after "
                + elapsed.toSeconds()
                + " s and "
                + (wait.reads + 1)
                + " reads. "
                + next,
            new ErrorDetails(
                Optional.empty(),
                Optional.empty(),
                Optional.of(wait.endpointId),
                Optional.empty(),
                Optional.empty(),
                wait.reads + 1),
            seen,
            elapsed);
    finish(wait, () -> wait.future.completeExceptionally(e));
  }

  /**
   * Completes on the executor, so that what hangs on a future never holds up the reading of others.
   */
  private void finish(Wait wait, Runnable completion) {
    wait.finished = true;
    try {
      executor.execute(completion);
    } catch (RejectedExecutionException e) {
      // Better on this thread than never: the executor may be full for a moment, or shut down.
      completion.run();
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
