package io.privatelink4j.examples.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Terminal terminal = terminal(false);

  @Test
  void step_thatDoesNotDoWhatItSays_endsTheStory() {
    Steps steps = new Steps(terminal, new ManualTime());
    steps.begin("Fall upwards");

    assertThatThrownBy(() -> steps.done(false, "things fall upwards"))
        .isInstanceOf(Steps.StepFailedException.class)
        .hasMessage("this does not hold: things fall upwards");
    assertThat(steps.count()).isZero();
    assertThat(steps.current()).isEqualTo("step 1 (Fall upwards)");
  }

  @Test
  void terminal_inColour_resetsItAtTheEndOfEachLine() {
    terminal(true).ok("done");

    assertThat(lines()).last().asString().startsWith("\u001b[32m").endsWith("\u001b[0m");
  }

  @Test
  void terminal_wrapsAtSpacesAndKeepsLongWordsWhole() {
    String word = "x".repeat(60);

    terminal.detail("label", word + " " + word);

    assertThat(lines()).hasSize(2).allSatisfy(line -> assertThat(line).endsWith(word));
  }

  @Test
  void minutes_areTwoDigitsEach() {
    assertThat(Steps.minutes(Duration.ofSeconds(270))).isEqualTo("04:30");
  }

  @Test
  void run_thatLeavesSomething_countsItAndIsNotOk() {
    MemoryRun run = new MemoryRun("litter");
    run.on(
        InMemoryCloud.aws(),
        builder -> builder,
        stage -> stage.cloud().addForeignEndpoint(stage.cloud().network(), stage.publish()));

    assertThat(run.run(terminal)).isFalse();
    assertThat(lines()).last().isEqualTo("litter: 1 cloud, 0 steps, 1 left behind");
  }

  private Terminal terminal(boolean colour) {
    return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), colour);
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
