package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our own class path with all directories packed, since the JVM shares classes of jars only. */
final class WorkerJars {
  private WorkerJars() {}

  static String classPath(Path directory) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(Files::exists)
        .map(entry -> Files.isDirectory(entry) ? pack(entry, directory) : entry)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path pack(Path classes, Path directory) {
    Path jar = directory.resolve(classes.toString().replaceAll("[^A-Za-z0-9]+", "-") + ".jar");
    if (Files.exists(jar)) {
      return jar;
    }
    List<String> arguments =
        List.of(
            "--create", "--no-compress", "--file", jar.toString(), "-C", classes.toString(), ".");
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new));
    assertThat(code).as("jar %s", arguments).isZero();
    return jar;
  }
}
