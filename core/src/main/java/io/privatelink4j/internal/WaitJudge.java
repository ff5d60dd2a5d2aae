package io.privatelink4j.internal;

import io.privatelink4j.model.Actor;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a wait makes of its endpoint as it was just read: it goes on, or ends. What the reads that
 * many waits share do not tell is read here: zones, the network, and by id that something is gone.
 */
final class WaitJudge {
  /** Zones are read with every tenth poll, and as often when there are fewer polls. */
  static final int ZONE_READ_EVERY = 10;

  /** Reading zones costs a call for each link, so that many links take turns. */
  private static final int ZONE_READS_PER_TURN = 50;

  private final Views views;
  private final Notices notices;
  private final WaitEnds ends;
  private final Time time;
  private final Duration consistencyWindow;

  WaitJudge(Views views, Notices notices, WaitEnds ends, Settings settings) {
    this.views = views;
    this.notices = notices;
    this.ends = ends;
    this.time = settings.time();
    this.consistencyWindow = settings.consistencyWindow();
  }

  /** One look at many waits of a scope. */
  static final class Turn {
    private final CloudAccess access;
    private final Deadline deadline;
    private final List<String> newlyUp = new ArrayList<>();
    private int zoneReadsLeft = ZONE_READS_PER_TURN;

    Turn(CloudAccess access, Deadline deadline) {
      this.access = access;
      this.deadline = deadline;
    }

    /** {@return the endpoints that are up and whose labels do not say so yet} */
    List<String> newlyUp() {
      return newlyUp;
    }

    private boolean takeZoneRead() {
      return zoneReadsLeft-- > 0;
    }
  }

  /**
   * Judges one.
   *
   * @param seen the endpoint, if it was to be seen
   */
  void judge(Wait wait, Optional<Endpoint> seen, Turn turn) {
    Optional<Endpoint> endpoint = seen.filter(Finder::exists);
    if (endpoint.isEmpty() && wait.goal == Wait.Goal.GONE) {
      // The read of many goes by a filter, which lags; that something is gone is said by id only.
      endpoint =
          turn.access.endpoint(wait.network, wait.endpointId, turn.deadline).filter(Finder::exists);
    }
    if (endpoint.isEmpty()) {
      notSeen(wait);
      return;
    }
    if (!Finder.isOf(endpoint.get(), wait.ref())) {
      ends.hopeless(
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
    if (wantsZones(wait, read, turn)) {
      read = withZones(wait, read, turn);
      wait.zonesReadAt = wait.reads;
    }
    Found found = Found.of(turn.access, wait.network, wait.former, read);
    Views.Status status = views.status(found);
    tellChange(wait, status);
    if (status.state() == ConnectionState.ACTIVE
        && found.ledger().upSince().isEmpty()
        && found.ledger().integrity() == Integrity.OK) {
      turn.newlyUp.add(read.id());
    }
    decide(
        wait,
        status,
        () -> views.connection(found, turn.access.knownView(wait.network, turn.deadline)));
  }

  /**
   * Where the zones tell waiting from rejected, they are read with the first poll, with every tenth
   * one (or as often in time where polls are rarer), and with the last, whose answer the caller
   * gets.
   */
  private boolean wantsZones(Wait wait, Endpoint endpoint, Turn turn) {
    return wait.goal == Wait.Goal.ACTIVE
        && !turn.access.traits().zonesInEndpoint()
        && endpoint.link() == LinkState.DISCONNECTED
        && endpoint.resource() != ResourceState.CREATING
        && (Ledger.read(endpoint.labels()).upSince().isPresent()
            || ((wait.reads - wait.zonesReadAt >= readsBetweenZones(wait)
                    || wait.isLastLook(time.nanoTime()))
                && turn.takeZoneRead()));
  }

  private static long readsBetweenZones(Wait wait) {
    long usual = PollPace.LONGEST_AT_FIRST.toNanos();
    return ZONE_READ_EVERY * usual / Math.max(usual, wait.pause);
  }

  /** At its end a wait rather tells less than that it could not look. */
  private Endpoint withZones(Wait wait, Endpoint endpoint, Turn turn) {
    try {
      return turn.access.withZones(wait.network, endpoint, turn.deadline);
    } catch (CallFailed e) {
      if (!wait.isLastLook(time.nanoTime()) || !Passing.is(e.toPublic())) {
        throw e;
      }
      return endpoint;
    }
  }

  private void decide(
      Wait wait, Views.Status status, Supplier<PrivateLinkConnection> toConnection) {
    long now = time.nanoTime();
    if (wait.goal == Wait.Goal.ACTIVE) {
      switch (status.state()) {
        case ACTIVE -> {
          ends.active(wait, toConnection.get());
          return;
        }
        case FAILED, DELETING -> {
          ends.hopeless(wait, status.reason().orElseGet(() -> deleting(wait)));
          return;
        }
        default -> {
          // goes on
        }
      }
      if (status.state() == ConnectionState.PENDING_ACCEPTANCE) {
        wait.awaitingOwnerSince = Math.min(wait.awaitingOwnerSince, now);
        if (wait.patienceIsOver(now)) {
          ends.timedOut(wait, Optional.of(toConnection.get()), "was not accepted in time");
          return;
        }
      }
    }
    if (wait.endsAt <= now) {
      ends.timedOut(wait, Optional.of(toConnection.get()), "is still " + status.state());
    }
  }

  private void notSeen(Wait wait) {
    if (wait.goal == Wait.Goal.GONE) {
      ends.gone(wait);
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
      ends.hopeless(wait, gone);
    } else if (wait.endsAt <= now) {
      ends.timedOut(wait, Optional.empty(), "cannot be seen yet");
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
    if (from.isPresent() && status.state() != wait.lastState) {
      wait.news = true;
    }
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
}
