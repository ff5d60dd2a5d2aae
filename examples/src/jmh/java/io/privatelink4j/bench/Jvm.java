package io.privatelink4j.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes of this JDK, with its own choice of compiler and collector; their errors are shown. */
final class Jvm {
  private Jvm() {}

  /** Starts a main class of this process's class path. */
  static Process start(Class<?> main, String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    all.addAll(List.of(arguments));
    return start(all);
  }

  /**
   * Starts another one.
   *
   * @param arguments what stands behind {@code java}
   */
  static Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
