package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A cloud that runs as a process: the one that its module's tests are made with. */
final class FakeCloudProcess implements AutoCloseable {
  private final String cloud;
  private final ChildJvm process;
  private final List<String> arguments;

  static FakeCloudProcess aws() throws InterruptedException {
    return new FakeCloudProcess("aws", "FakeAwsServer");
  }

  static FakeCloudProcess alicloud() throws InterruptedException {
    return new FakeCloudProcess("alicloud", "FakeAlicloudServer");
  }

  private FakeCloudProcess(String cloud, String server) throws InterruptedException {
    this.cloud = cloud;
    Path classes =
        Path.of(
            System.getProperty(
                "fake-" + cloud + ".classes", "../" + cloud + "/target/test-classes"));
    assertThat(Files.isDirectory(classes.resolve("io/privatelink4j/" + cloud)))
        .as(
            "%s has the tests of the %s module; if not, build them first, with"
                + " mvn -pl examples -am test-compile",
            classes.normalize(), cloud)
        .isTrue();
    // Ten times as fast, so that the library's own pauses are what takes time.
    process =
        new ChildJvm(
            classes + File.pathSeparator + System.getProperty("java.class.path"),
            Map.of(),
            List.of(
                "io.privatelink4j." + cloud + "." + server,
                "--accept-after",
                "PT10S",
                "--speed",
                "10"));
    arguments =
        Stream.of(process.awaitLine("endpoint-url=").split(" "))
            .map(pair -> pair.split("=", 2))
            .flatMap(pair -> Stream.of("--" + pair[0], pair[1]))
            .toList();
  }

  /** {@return the arguments that lead an example here} */
  List<String> arguments(String clusterId) {
    return Stream.concat(Stream.of("--cloud", cloud, "--cluster", clusterId), arguments.stream())
        .toList();
  }

  /** {@return what is left there, after its end} */
  String leftovers() throws InterruptedException, IOException {
    process.closeInput();
    List<String> lines = process.awaitEnd();
    return lines.get(lines.size() - 1);
  }

  @Override
  public void close() {
    process.close();
  }
}
