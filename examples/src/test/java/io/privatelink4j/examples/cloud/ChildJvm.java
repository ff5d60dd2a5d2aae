package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of this JDK, whose output is read while it runs. Ends with the test. */
public final class ChildJvm implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  /** What the JDK calls the end by signal 9. */
  private static final int KILLED = 128 + 9;

  private final Process process;
  private final BlockingQueue<Optional<String>> output = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  /**
   * Starts a process.
   *
   * @param classPath its class path
   * @param environment what its environment has besides ours; of AWS's variables it gets no others
   * @param command more options of the JVM if any, its main class and arguments
   */
  public ChildJvm(String classPath, Map<String, String> environment, List<String> command) {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    // Nobody would remove the performance data of a process that is killed.
    all.addAll(List.of("-XX:-UsePerfData", "-cp", classPath));
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread reader = new Thread(this::read, "reader of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(Optional.of(line));
      }
    } catch (IOException e) {
      output.add(Optional.of("the output could not be read: " + e));
    }
    output.add(Optional.empty());
  }

  /** Waits until a line with the text comes. */
  String awaitLine(String text) throws InterruptedException {
    Optional<String> line = next();
    while (line.isPresent() && !line.get().contains(text)) {
      line = next();
    }
    assertThat(line).as("a line with \"%s\" after %s", text, seen).isPresent();
    return line.orElseThrow();
  }

  /** {@return all lines, when the process has ended} */
  public List<String> awaitEnd() throws InterruptedException {
    while (next().isPresent()) {
      // The lines are kept.
    }
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return List.copyOf(seen);
  }

  private Optional<String> next() throws InterruptedException {
    Optional<String> line = output.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(line).as("the output goes on after %s", seen).isNotNull();
    line.ifPresent(seen::add);
    return line;
  }

  /** {@return the exit code of the process, which has ended} */
  public int exitCode() {
    return process.exitValue();
  }

  /** Asks the process to end, as Ctrl-C does. */
  void terminate() {
    process.toHandle().destroy(); // Process.destroy() closes the output too
  }

  /** Writes a line to the process. */
  void send(String line) {
    PrintWriter input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    input.println(line);
  }

  /**
   * Kills the process, so that not one more of its instructions runs, and waits for its end.
   *
   * @return all lines
   */
  List<String> kill() throws InterruptedException {
    process.toHandle().destroyForcibly(); // not of the Process, as above
    List<String> lines = awaitEnd();
    assertThat(exitCode()).as("killed, and not ended before that: %s", lines).isEqualTo(KILLED);
    return lines;
  }

  void closeInput() throws IOException {
    process.outputWriter().close();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
