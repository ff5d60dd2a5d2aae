package io.privatelink4j.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's own files. */
public final class Documents {
  /** The project's folder: the nearest one above with a README. */
  public static final Path ROOT = root();

  private Documents() {}

  /**
   * {@return a file's text}
   *
   * @param file its path below the project's folder
   */
  public static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file), StandardCharsets.UTF_8);
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("README.md"))) {
      folder = folder.getParent();
    }
    assertThat(folder).as("the project's folder").isNotNull();
    return folder;
  }
}
