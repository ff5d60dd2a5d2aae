package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.ConnectionRef;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A cloud that runs as a process: the one that its module's tests are made with. */
final class FakeCloudProcess implements AutoCloseable {
  /** What no output may contain. */
  static final String[] SECRETS = {
    "fake/secret/fake/secret/fake", "FakeSecretFakeSecretFakeSecret"
  };

  /** What both clouds let in, as the SDKs find it in the environment. */
  static final Map<String, String> CREDENTIALS =
      Map.of(
          "AWS_ACCESS_KEY_ID",
          "AKIAFAKEFAKEFAKEFAKE",
          "AWS_SECRET_ACCESS_KEY",
          SECRETS[0],
          "ALIBABA_CLOUD_ACCESS_KEY_ID",
          "LTAIFakeFakeFakeFake",
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
          SECRETS[1]);

  private static final String THERE_IS = "there is: ";
  private static final Map<String, String> SERVERS =
      Map.of("aws", "FakeAwsServer", "alicloud", "FakeAlicloudServer");

  private final String cloud;
  private final ChildJvm process;
  private final List<String> arguments;

  /** Ten times as fast, so that the library's own pauses are what takes time. */
  static FakeCloudProcess aws() throws InterruptedException {
    return new FakeCloudProcess("aws", Instant.now(), 10);
  }

  /** As fast. */
  static FakeCloudProcess alicloud() throws InterruptedException {
    return new FakeCloudProcess("alicloud", Instant.now(), 10);
  }

  /**
   * Starts a cloud.
   *
   * @param cloud {@code aws} or {@code alicloud}
   * @param began since when its time has been fast
   * @param speed how many of its seconds pass in a second
   */
  FakeCloudProcess(String cloud, Instant began, int speed) throws InterruptedException {
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
    process =
        new ChildJvm(
            classes + File.pathSeparator + System.getProperty("java.class.path"),
            Map.of(),
            List.of(
                "io.privatelink4j." + cloud + "." + SERVERS.get(cloud),
                "--accept-after",
                "PT10S",
                "--began",
                began.toString(),
                "--speed",
                String.valueOf(speed)));
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

  /** {@return what there truly is, from one connection's side, in the words of the crash matrix} */
  String words(ConnectionRef connection) throws InterruptedException {
    process.send(connection.clusterId() + " " + connection.id());
    return process.awaitLine(THERE_IS).substring(THERE_IS.length());
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
