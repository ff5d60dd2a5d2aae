package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that a process prints in which each action has failed in every way. */
class AlicloudSecretScanTest {
  @TempDir Path folder;

  @Test
  void nothingThatIsLoggedThrownOrPrinted_hasASecretInIt() throws Exception {
    Path secrets = folder.resolve("secrets");
    Path told = folder.resolve("told");

    assertThat(run(told, secrets)).as(() -> end(told)).isZero();

    List<String> lines = Files.readAllLines(told);
    assertThat(lines)
        .as("log lines, failures and results are told")
        .anyMatch(line -> line.startsWith("log DEBUG io.privatelink4j"))
        .anyMatch(line -> line.startsWith("failed: ") && line.contains("OutcomeUnknown"))
        .anyMatch(line -> line.startsWith("failed: ") && line.contains("AccessDenied"))
        .anyMatch(line -> line.startsWith("\tat io.privatelink4j"))
        .anyMatch(line -> line.startsWith("Caused by: "))
        .anyMatch(line -> line.startsWith("AlicloudOptions{"))
        .anyMatch(line -> line.equals("gone"));
    List<String> used = Files.readAllLines(secrets);
    assertThat(used).contains(Keys.KEY_ID, Keys.SECRET, Keys.TOKEN).hasSizeGreaterThan(500);
    String text = String.join("\n", lines);
    assertThat(used)
        .allSatisfy(
            secret ->
                assertThat(
                        text.contains(secret)
                            || text.contains(URLEncoder.encode(secret, StandardCharsets.UTF_8)))
                    .as(secret)
                    .isFalse());
  }

  private static int run(Path told, Path secrets) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.provider=" + ToldLogs.class.getName(),
                "-cp",
                System.getProperty("java.class.path"),
                ToldLife.class.getName(),
                secrets.toString())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    try {
      return process.waitFor(50, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String end(Path told) {
    try {
      List<String> lines = Files.readAllLines(told);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
