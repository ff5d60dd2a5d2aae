package io.privatelink4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.examples.probe.ProbeResult;
import io.privatelink4j.examples.probe.ProbeResult.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How results are shown; that they are true is the probe's own test. */
class ProbeCommandTest {
  private static final ProbeResult OPEN =
      new ProbeResult("az1.vpce.example", "10.0.0.1", 9092, Outcome.OPEN, "");
  private static final ProbeResult REFUSED =
      new ProbeResult("az2.vpce.example", "10.0.0.2", 9092, Outcome.REFUSED, "refused");

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private int show(boolean json, ProbeResult... results) {
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    return ProbeCommand.show(List.of(results), new Output(out, json));
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void allOpen_isDone() {
    assertThat(show(false, OPEN)).isEqualTo(PlcCommand.DONE);
    assertThat(shown()).startsWith("OPEN 10.0.0.1:9092 (az1.vpce.example): the connection stands");
  }

  @Test
  void anyThatIsNot_isFound() {
    assertThat(show(true, OPEN, REFUSED)).isEqualTo(Plc.FOUND);
    assertThat(shown())
        .contains("\"outcome\" : \"OPEN\"", "\"outcome\" : \"REFUSED\"", "adds a listener");
  }

  @Test
  void anEndpointWithoutName_isNotDone() {
    assertThat(show(false)).isEqualTo(Plc.FOUND);
    assertThat(shown()).contains("wait until the connection is ACTIVE");
  }
}
