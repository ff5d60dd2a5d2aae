package io.privatelink4j.internal;

import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.StateReason;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * How waits end, but for those that the caller cancels or the client's close ends. Futures complete
 * on the executor, so that what hangs on one never holds up the reading of others. Thread-safe.
 */
final class WaitEnds {
  private final Time time;
  private final Executor executor;

  WaitEnds(Time time, Executor executor) {
    this.time = time;
    this.executor = executor;
  }

  void active(Wait wait, PrivateLinkConnection connection) {
    finish(wait, () -> wait.future.complete(Optional.of(connection)));
  }

  void gone(Wait wait) {
    finish(wait, () -> wait.future.complete(Optional.empty()));
  }

  /** The connection will not become what is waited for. */
  void hopeless(Wait wait, StateReason reason) {
    failed(
        wait,
        new ConnectionFailedException(
            "connection " + wait.connectionId + " will not become ACTIVE: " + reason.message(),
            details(wait),
            reason));
  }

  void failed(Wait wait, PrivateLinkException e) {
    finish(wait, () -> wait.future.completeExceptionally(e));
  }

  /** Ends those whose time is over. */
  void overdue(Collection<Wait> waits, String how) {
    long now = time.nanoTime();
    for (Wait wait : waits) {
      if (!wait.finished && wait.endsAt <= now) {
        timedOut(wait, Optional.empty(), how);
      }
    }
  }

  void timedOut(Wait wait, Optional<PrivateLinkConnection> seen, String how) {
    Duration elapsed = Duration.ofNanos(time.nanoTime() - wait.begunAt);
    String next =
        seen.flatMap(PrivateLinkConnection::ownerInstructions).orElse("Wait again to resume.");
    failed(
        wait,
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
            details(wait),
            seen,
            elapsed));
  }

  private static ErrorDetails details(Wait wait) {
    return new ErrorDetails(
        Optional.empty(),
        Optional.empty(),
        Optional.of(wait.endpointId),
        Optional.empty(),
        Optional.empty(),
        wait.reads + 1);
  }

  private void finish(Wait wait, Runnable completion) {
    wait.finished = true;
    try {
      executor.execute(completion);
    } catch (RejectedExecutionException e) {
      // Better on this thread than never: the executor may be full for a moment, or shut down.
      completion.run();
    }
  }
}
