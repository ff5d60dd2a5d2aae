package io.privatelink4j.examples.cli;

import io.privatelink4j.PrivateLinkListener;
import io.privatelink4j.examples.openapi.Text;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.WaitInterruptedException;
import io.privatelink4j.model.StateChange;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.annotation.Nullable;

/** Tells what happens while a command waits: changes of state and, at a terminal, the seconds. */
final class Progress implements PrivateLinkListener {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Screen screen;
  private @Nullable Time time;
  private Instant start = Instant.EPOCH;

  Progress(Screen screen) {
    this.screen = screen;
  }

  void begin(Time clock) {
    time = clock;
    start = clock.now();
  }

  @Override
  public void onStateChange(StateChange change) {
    String state = change.to().map(Enum::name).orElse("gone");
    String why = change.reason().map(reason -> ": " + reason.message()).orElse("");
    screen.clear();
    screen.err().println(clock() + "  " + state + Text.safe(why));
  }

  /** {@return what a future brings, or throws what it fails with} */
  <T> T await(CompletableFuture<T> future) {
    try {
      while (!isDone(future)) {
        screen.passing(clock() + "  waiting");
      }
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    } finally {
      screen.clear();
    }
  }

  private boolean isDone(CompletableFuture<?> future) {
    try {
      time().await(future, TICK);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Lets time pass. */
  void pause(Duration duration) {
    Instant end = time().now().plus(duration);
    try {
      while (time().now().isBefore(end)) {
        screen.passing(clock() + "  waiting");
        time().sleep(TICK);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      screen.clear();
    }
  }

  private static WaitInterruptedException interrupted() {
    Thread.currentThread().interrupt();
    return new WaitInterruptedException("interrupted; nothing is lost", ErrorDetails.NONE);
  }

  private String clock() {
    Duration passed = Duration.between(start, time().now());
    return "%02d:%02d:%02d"
        .formatted(passed.toHours(), passed.toMinutesPart(), passed.toSecondsPart());
  }

  private Time time() {
    Time clock = time;
    if (clock == null) {
      throw new IllegalStateException("the command has not begun");
    }
    return clock;
  }
}
