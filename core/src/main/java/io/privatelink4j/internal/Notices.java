package io.privatelink4j.internal;

import io.privatelink4j.model.Drift;
import io.privatelink4j.model.RemoteCall;
import io.privatelink4j.model.StateChange;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the embedder's listener what happens. A listener that throws never breaks an operation. */
public final class Notices {
  private static final Logger log = LoggerFactory.getLogger(Notices.class);

  private final Consumer<RemoteCall> calls;
  private final Consumer<StateChange> changes;
  private final Consumer<String> conflicts;
  private final Consumer<Drift> orphans;

  /**
   * Makes notices.
   *
   * @param calls told of each remote call
   * @param changes told of each change of a watched connection
   * @param conflicts told of things that get in each other's way, for the operator's eyes only
   * @param orphans told of each zone that is seen without an endpoint
   */
  public Notices(
      Consumer<RemoteCall> calls,
      Consumer<StateChange> changes,
      Consumer<String> conflicts,
      Consumer<Drift> orphans) {
    this.calls = calls;
    this.changes = changes;
    this.conflicts = conflicts;
    this.orphans = orphans;
  }

  void call(RemoteCall call) {
    tell(calls, call);
  }

  void change(StateChange change) {
    tell(changes, change);
  }

  void conflict(String what) {
    tell(conflicts, what);
  }

  void orphan(Drift orphan) {
    tell(orphans, orphan);
  }

  private static <T> void tell(Consumer<T> listener, T notice) {
    try {
      listener.accept(notice);
    } catch (RuntimeException e) {
      log.warn("the listener failed on {}", notice, e);
    }
  }
}
