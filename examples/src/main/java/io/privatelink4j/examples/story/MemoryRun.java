package io.privatelink4j.examples.story;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.testing.InMemoryCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Plays an example on clouds in memory, one after the other, and ends with a line that counts
 * clouds, steps and what is left behind. Not thread-safe.
 */
public final class MemoryRun {
  private final String program;
  private final List<Act> acts = new ArrayList<>();

  /**
   * Makes a run without a cloud yet.
   *
   * @param program the example's name
   */
  public MemoryRun(String program) {
    this.program = requireNonNull(program, "program");
  }

  private record Act(InMemoryCloud cloud, Consumer<Steps> story) {
    String place() {
      return cloud.cloud().displayName();
    }
  }

  /**
   * Adds a cloud and what happens there, with a client that the story has already.
   *
   * @param cloud the cloud
   * @param story what happens
   * @return this
   */
  public MemoryRun add(InMemoryCloud cloud, Consumer<Steps> story) {
    acts.add(new Act(cloud, story));
    return this;
  }

  /**
   * Adds AWS and Alibaba Cloud, where the same happens.
   *
   * @param story what happens
   * @return this
   */
  public MemoryRun onBothClouds(Consumer<Stage> story) {
    return on(InMemoryCloud.aws(), story).on(InMemoryCloud.alicloud(), story);
  }

  /**
   * Adds a cloud and what happens there, with a client of its own.
   *
   * @param cloud the cloud
   * @param story what happens
   * @return this
   */
  public MemoryRun on(InMemoryCloud cloud, Consumer<Stage> story) {
    return on(cloud, builder -> builder, story);
  }

  /**
   * Adds a cloud and what happens there, with a client of its own.
   *
   * @param cloud the cloud
   * @param settings what the client needs besides a cloud, a clock and a network
   * @param story what happens
   * @return this
   */
  public MemoryRun on(
      InMemoryCloud cloud,
      UnaryOperator<PrivateLinkClient.Builder> settings,
      Consumer<Stage> story) {
    return add(
        cloud,
        steps -> {
          PrivateLinkClient.Builder builder =
              PrivateLinkClient.builder()
                  .provider(cloud)
                  .time(cloud.time())
                  .clusters(clusterId -> List.of(cloud.network()));
          try (PrivateLinkClient links = settings.apply(builder).build()) {
            story.accept(new Stage(cloud, links, steps));
          }
        });
  }

  /** Runs as a program does: on standard output, and exits with 1 unless all is well. */
  public void main() {
    if (!run(Terminal.standard())) {
      System.exit(1);
    }
  }

  /**
   * {@return whether every step did what it says, and nothing is left}
   *
   * @param terminal where to tell it
   */
  public boolean run(Terminal terminal) {
    long start = System.nanoTime();
    int count = 0;
    int left = 0;
    for (Act act : acts) {
      terminal.heading(act.place() + ", " + act.cloud().region());
      Steps steps = new Steps(terminal, act.cloud().time());
      try {
        steps.run(() -> act.story().accept(steps));
      } catch (Steps.StoppedException e) {
        fail(terminal, act, e);
        return false;
      }
      terminal.line(
          "Cloud time: " + Steps.minutes(steps.elapsed()) + " for " + steps.count() + " steps.");
      count += steps.count();
      left += act.cloud().leftovers().size();
    }
    terminal.line("");
    terminal.line("Real time: " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms.");
    terminal.line(
        "%s: %d %s, %d steps, %d left behind"
            .formatted(program, acts.size(), acts.size() == 1 ? "cloud" : "clouds", count, left));
    return left == 0;
  }

  private void fail(Terminal terminal, Act act, Steps.StoppedException failure) {
    terminal.line("");
    terminal.failure(program + ": FAILED on " + act.place() + ", " + failure.getMessage());
    if (System.getProperty("verbose") == null) {
      terminal.line("Run it with -Dverbose to see the stack trace.");
    } else {
      failure.printStackTrace();
    }
  }
}
