package io.privatelink4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.examples.docs.Documents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that runs the command line. */
class LauncherTest {
  @TempDir private Path folder;

  @Test
  void plc_runsFromAnyFolder() throws Exception {
    ProcessBuilder plc =
        new ProcessBuilder(
                "sh", Documents.ROOT.resolve("examples/plc").toString(), "zones", "-c", "10581234")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    plc.environment().put("PLC_CLOUD", "memory");
    plc.environment().put("PLC_WORLD", folder.resolve("world.jsonl").toString());

    Process process = plc.start();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(shown).isZero();
    assertThat(shown).contains("111122223333");
    assertThat(folder.resolve("world.jsonl")).isNotEmptyFile();
  }
}
