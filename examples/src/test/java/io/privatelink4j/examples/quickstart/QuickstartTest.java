package io.privatelink4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.examples.story.Terminal;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QuickstartTest {
  private static final Pattern STEP = Pattern.compile("\\d\\d:\\d\\d +(\\d+)  (.*)");
  private static final List<String> TITLES =
      List.of(
          "Zones: what the service owner has to know",
          "Check a name that is a load balancer's",
          "Check a service in another region",
          "Check a service that has not allowed us",
          "Check a service without a common zone",
          "The owner allows us; check again",
          "Create the connection, twice with one request id",
          "Wait, but not for the owner: what do they have to do?",
          "The owner accepts in 04:30; wait for it",
          "Dry run of a managed domain",
          "What three brokers advertise",
          "Attach the domain",
          "Resolve each broker's name inside the cluster network",
          "The address that a changefeed connects to",
          "Detach the domain",
          "Delete the connection",
          "Look for leftovers in the cloud");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);

  @Test
  void run_endsWithTheCounts() {
    boolean ok = Quickstart.create(terminal).run();

    assertThat(ok).as(String.join("\n", lines())).isTrue();
    int steps = 2 * TITLES.size();
    assertThat(lines())
        .last()
        .isEqualTo("quickstart: 2 clouds, " + steps + " steps, 0 left behind");
  }

  @Test
  void run_takesEveryStepOnBothClouds() {
    Quickstart.create(terminal).run();

    List<String> titles =
        lines().stream()
            .map(STEP::matcher)
            .filter(matcher -> matcher.matches())
            .map(matcher -> matcher.group(2))
            .toList();
    assertThat(titles).hasSize(2 * TITLES.size());
    assertThat(titles.subList(0, TITLES.size())).isEqualTo(TITLES);
    assertThat(titles.subList(TITLES.size(), titles.size())).isEqualTo(TITLES);
    assertThat(lines()).filteredOn(line -> line.startsWith("           ok ")).hasSize(34);
  }

  @Test
  void run_withoutATerminal_printsNoColour() {
    Quickstart.create(terminal).run();

    assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b");
  }

  @Test
  void run_whenTheCloudRefusesACall_saysWhatToDoAndIsNotOk() {
    ManualTime time = new ManualTime();
    Scene scene = Scene.aws(time);
    scene.cloud().faults().always(Operation.CREATE_ENDPOINT, Fault.DENIED);

    boolean ok = new Quickstart(terminal, time, List.of(scene)).run();

    assertThat(ok).isFalse();
    String text = String.join(" ", lines()).replaceAll(" +", " ");
    assertThat(text)
        .contains("quickstart: FAILED on AWS, step 7 (Create the connection, twice with one")
        .contains("Allow the action ec2:CreateVpcEndpoint")
        .doesNotContain("left behind");
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
