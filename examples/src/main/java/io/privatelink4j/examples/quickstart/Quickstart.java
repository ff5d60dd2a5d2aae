package io.privatelink4j.examples.quickstart;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.cloud.CloudArguments;
import io.privatelink4j.examples.cloud.CloudRun;
import io.privatelink4j.examples.story.MemoryRun;
import io.privatelink4j.examples.story.Steps;
import io.privatelink4j.examples.story.Terminal;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.SystemTime;
import io.privatelink4j.spi.Time;
import io.privatelink4j.testing.ManualTime;
import java.util.List;

/**
 * Shows the life of a private link connection, from the question which zones a service owner has to
 * serve to the deletion, on AWS and on Alibaba Cloud. Both clouds are simulated: no account is
 * needed and nothing is sent. With {@code --cloud} it plays on a real account instead, and {@code
 * --help} shows how. Exits with 1 if a step does not do what it says; {@code -Dverbose} then shows
 * the stack trace.
 *
 * <pre>{@code
 * mvn -q -pl examples -am compile exec:java
 * }</pre>
 */
public final class Quickstart {
  private final Terminal terminal;
  private final Time time;
  private final List<Scene> scenes;

  Quickstart(Terminal terminal, Time time, List<Scene> scenes) {
    this.terminal = terminal;
    this.time = time;
    this.scenes = scenes;
  }

  static Quickstart create(Terminal terminal) {
    Time time = new ManualTime();
    return new Quickstart(terminal, time, List.of(Scene.aws(time), Scene.alicloud(time)));
  }

  /**
   * Runs the quickstart.
   *
   * @param args none, or where to play
   */
  public static void main(String[] args) {
    Terminal terminal = Terminal.standard();
    int code;
    if (args.length == 0) {
      code = create(terminal).run() ? CloudRun.OK : CloudRun.FAILED;
    } else {
      CloudRun run = new CloudRun("quickstart", terminal::line);
      code = run.run(args, (where, builder, runId) -> play(where, builder, runId, terminal));
    }
    if (code != CloudRun.OK) {
      System.exit(code);
    }
  }

  private static String play(
      CloudArguments where, PrivateLinkClient.Builder builder, String runId, Terminal terminal) {
    terminal.line("privatelink4j quickstart on " + where.place() + ".");
    terminal.line(
        "It creates one endpoint and one private zone there and deletes both, also after Ctrl-C.");
    try (SystemTime time = new SystemTime();
        PrivateLinkClient links = builder.build()) {
      Steps steps = new Steps(terminal, time);
      steps.run(() -> new Journey(links, where, runId, steps).play());
      return "1 cloud, " + steps.count() + " steps";
    }
  }

  /** {@return whether every step did what it says} */
  boolean run() {
    terminal.line("privatelink4j quickstart: two clouds in memory, no account, no network access.");
    terminal.line(
        "Their clock is virtual: the minutes on the left are the clouds' own and take no time.");
    // One client serves both clouds: the cluster's network says which one is meant.
    try (PrivateLinkClient links = client()) {
      MemoryRun run = new MemoryRun("quickstart");
      scenes.forEach(
          scene -> run.add(scene.cloud(), steps -> new Story(links, scene, steps).play()));
      return run.run(terminal);
    }
  }

  private PrivateLinkClient client() {
    PrivateLinkClient.Builder builder =
        PrivateLinkClient.builder().time(time).clusters(this::networks);
    scenes.forEach(scene -> builder.provider(scene.cloud()));
    return builder.build();
  }

  private List<ClusterNetwork> networks(String clusterId) {
    return scenes.stream()
        .filter(scene -> scene.clusterId().equals(clusterId))
        .map(scene -> scene.cloud().network())
        .toList();
  }
}
