package io.privatelink4j.examples.story;

import io.privatelink4j.model.Finding;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.Locale;

/** Numbers the steps of a story and lets it go on only as long as each did what it says. */
public final class Steps {
  private final Terminal terminal;
  private final Time time;
  private final long start;
  private int begun;
  private int done;
  private String title = "";

  /**
   * Makes the steps of a story, which begins now.
   *
   * @param terminal where they are shown
   * @param time the story's clock
   */
  public Steps(Terminal terminal, Time time) {
    this.terminal = terminal;
    this.time = time;
    this.start = time.nanoTime();
  }

  /**
   * Begins a step.
   *
   * @param newTitle what it does
   */
  public void begin(String newTitle) {
    begun++;
    title = newTitle;
    terminal.step(minutes(elapsed()), begun, newTitle);
  }

  /**
   * Shows something of the step.
   *
   * @param label what it is, in one word
   * @param text the text
   */
  public void tell(String label, String text) {
    terminal.detail(label, text);
  }

  /**
   * Shows a connection.
   *
   * @param link the connection
   */
  public void tell(PrivateLinkConnection link) {
    tell("link", link.id());
    tell("endpoint", link.endpointId());
    tell("state", link.state().toString());
  }

  /**
   * Shows a finding.
   *
   * @param finding the finding
   */
  public void tell(Finding finding) {
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
  public void done(boolean holds, String proof) {
    if (!holds) {
      throw new StepFailedException("this does not hold: " + proof);
    }
    terminal.ok(proof);
    done++;
  }

  /** {@return how many steps did what they say} */
  public int count() {
    return done;
  }

  /**
   * Runs a story.
   *
   * @param story begins and ends steps
   * @throws StoppedException if it fails; the message names the step and says why
   */
  public void run(Runnable story) {
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
  public Duration elapsed() {
    return Duration.ofNanos(time.nanoTime() - start);
  }

  /**
   * {@return a duration as minutes and seconds, such as 04:30}
   *
   * @param duration the duration
   */
  public static String minutes(Duration duration) {
    return "%02d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  /** A story ended early; the message says where and why. */
  public static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A step did not do what it says. */
  public static final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what does not hold
     */
    public StepFailedException(String message) {
      super(message);
    }
  }
}
