package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An AWS that runs as a process: the one that the aws module's tests are made with. */
final class AwsProcess implements AutoCloseable {
  private final ChildJvm server;
  private final List<String> arguments;

  AwsProcess() throws InterruptedException {
    Path classes = Path.of(System.getProperty("fake-aws.classes", "../aws/target/test-classes"));
    assertThat(Files.isDirectory(classes.resolve("io/privatelink4j/aws")))
        .as(
            "%s has the tests of the aws module; if not, build them first, with"
                + " mvn -pl examples -am test-compile",
            classes.normalize())
        .isTrue();
    // Ten times as fast, so that the library's own pauses are what takes time.
    server =
        new ChildJvm(
            classes + File.pathSeparator + System.getProperty("java.class.path"),
            Map.of(),
            List.of(
                "io.privatelink4j.aws.FakeAwsServer", "--accept-after", "PT10S", "--speed", "10"));
    arguments =
        Stream.of(server.awaitLine("endpoint-url=").split(" "))
            .map(pair -> pair.split("=", 2))
            .flatMap(pair -> Stream.of("--" + pair[0], pair[1]))
            .toList();
  }

  /** {@return the arguments that lead an example here} */
  List<String> arguments(String clusterId) {
    return Stream.concat(Stream.of("--cloud", "aws", "--cluster", clusterId), arguments.stream())
        .toList();
  }

  /** {@return what is left there, after its end} */
  String leftovers() throws InterruptedException, IOException {
    server.closeInput();
    List<String> lines = server.awaitEnd();
    return lines.get(lines.size() - 1);
  }

  @Override
  public void close() {
    server.close();
  }
}
