package io.privatelink4j.examples.quickstart;

import io.privatelink4j.model.Finding;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.Locale;

/** Numbers the steps of a story and lets it go on only as long as each did what it says. */
final class Steps {
  private final Terminal terminal;
  private final Time time;
  private final long start;
  private int begun;
  private int done;
  private String title = "";

  Steps(Terminal terminal, Time time) {
    this.terminal = terminal;
    this.time = time;
    this.start = time.nanoTime();
  }

  /** Begins a step. */
  void begin(String newTitle) {
    begun++;
    title = newTitle;
    terminal.step(minutes(elapsed()), begun, newTitle);
  }

  /** Shows something of the step. */
  void tell(String label, String text) {
    terminal.detail(label, text);
  }

  /** Shows a connection. */
  void tell(PrivateLinkConnection link) {
    tell("link", link.id());
    tell("endpoint", link.endpointId());
    tell("state", link.state().toString());
  }

  /** Shows a finding. */
  void tell(Finding finding) {
    tell(
        finding.severity().toString().toLowerCase(Locale.ROOT),
        finding.code() + " (" + finding.actor() + "): " + finding.message());
  }

  /**
   * Ends the step.
   *
   * @param holds whether the step did what it says
   * @param proof what was looked at
   * @throws StepFailedException if it did not
   */
  void done(boolean holds, String proof) {
    if (!holds) {
      throw new StepFailedException("this does not hold: " + proof);
    }
    terminal.ok(proof);
    done++;
  }

  /** {@return how many steps did what they say} */
  int count() {
    return done;
  }

  /**
   * Runs a story.
   *
   * @param story begins and ends steps
   * @throws StoppedException if it fails; the message names the step and says why
   */
  void run(Runnable story) {
    try {
      story.run();
    } catch (RuntimeException e) {
      throw new StoppedException(current() + ": " + e.getMessage(), e);
    }
  }

  /** {@return the step that began last, as it was printed} */
  String current() {
    return "step " + begun + " (" + title + ")";
  }

  /** {@return the time that has passed since the story began, by the cloud's clock} */
  Duration elapsed() {
    return Duration.ofNanos(time.nanoTime() - start);
  }

  /** {@return a duration as minutes and seconds, such as 04:30} */
  static String minutes(Duration duration) {
    return "%02d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  /** A story ended early; the message says where and why. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A step did not do what it says. */
  static final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailedException(String message) {
      super(message);
    }
  }
}
