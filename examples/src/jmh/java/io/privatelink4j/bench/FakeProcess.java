package io.privatelink4j.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A fake cloud as a process of its own, so that what it allocates and how it warms up is not
 * measured. The owner of its service accepts at once.
 */
public final class FakeProcess implements AutoCloseable {
  private final Process process;
  private final Map<String, String> places = new HashMap<>();

  /** Starts it and waits until it serves. */
  public FakeProcess(Class<?> server) {
    try {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  server.getName(),
                  "--accept-after",
                  "PT0S",
                  "--speed",
                  "100")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
      String line = lines.readLine();
      if (line == null) {
        throw new IllegalStateException(server.getName() + " did not start");
      }
      for (String pair : line.split(" ", -1)) {
        String[] parts = pair.split("=", 2);
        places.put(parts[0], parts[1]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return what it says of itself, such as its address as {@code endpoint-url}} */
  public String place(String name) {
    String place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException("the fake tells no " + name);
    }
    return place;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
