package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.examples.lifecycle.Lifecycle;
import io.privatelink4j.examples.quickstart.Quickstart;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The examples as a user starts them, against a cloud that is another process. Half a minute on a
 * machine that does nothing else; longer on one that is busy.
 */
@Timeout(180)
class CloudProcessTest {
  /** One after another, so that what takes longer starts sooner. */
  private static final String SHORT = "short";

  private static FakeCloudProcess aws;

  @BeforeAll
  static void start() throws Exception {
    aws = FakeCloudProcess.aws();
  }

  /** Each test has a cluster of its own; whatever any of them left shows here. */
  @AfterAll
  static void nothingIsLeft() throws Exception {
    try (FakeCloudProcess ending = aws) {
      assertThat(ending.leftovers()).isEqualTo("left: endpoints=0 zones=0");
    }
  }

  @Test
  void quickstart_playsTheWholeLife() throws Exception {
    try (ChildJvm quickstart = start(Quickstart.class, aws.arguments("c1"))) {
      List<String> lines = quickstart.awaitEnd();

      assertThat(quickstart.exitCode()).as(text(lines)).isZero();
      assertThat(lines).last().isEqualTo("quickstart: 1 cloud, 11 steps, 0 left behind");
      assertThat(text(lines)).contains("Accept the endpoint connection request of vpce-");
    }
  }

  @Test
  void lifecycle_takesACustomersDomain() throws Exception {
    try (ChildJvm lifecycle = start(Lifecycle.class, confluent("c2", "us-west-2"))) {
      List<String> lines = lifecycle.awaitEnd();

      assertThat(lifecycle.exitCode()).as(text(lines)).isZero();
      assertThat(lines)
          .contains("brokers are named below domnprzqrog.us-west-2.aws.confluent.cloud");
      assertThat(lines).last().asString().startsWith("lifecycle: AWS").endsWith("0 left behind");
    }
  }

  @Test
  @ResourceLock(SHORT)
  void quickstart_thatFailsAfterItsCreation_leavesNothing() throws Exception {
    try (ChildJvm quickstart = start(Quickstart.class, confluent("c5", "eu-central-1"))) {
      List<String> lines = quickstart.awaitEnd();

      assertThat(quickstart.exitCode()).as(text(lines)).isEqualTo(1);
      assertThat(text(lines))
          .contains(
              "quickstart: FAILED on AWS", "step 4 (Dry run of the domain)", " Deleting plc-");
      assertThat(lines).last().isEqualTo("quickstart: 0 left behind");
    }
  }

  @Test
  void quickstart_terminated_leavesNothing() throws Exception {
    try (ChildJvm quickstart = start(Quickstart.class, aws.arguments("c3"))) {
      quickstart.awaitLine("Attach the domain"); // endpoint and label are there, the zone is made
      quickstart.terminate();
      List<String> lines = quickstart.awaitEnd();

      assertThat(quickstart.exitCode()).as(text(lines)).isNotZero();
      assertThat(text(lines))
          .contains("quickstart: STOPPED on AWS", " Deleting plc-")
          .doesNotContain("FAILED");
      assertThat(lines).last().isEqualTo("quickstart: 0 left behind");
    }
  }

  @Test
  @ResourceLock(SHORT)
  void quickstart_whoseServiceIsUnknown_saysWhoHasToActAndCreatesNothing() throws Exception {
    List<String> arguments = new ArrayList<>(aws.arguments("c4"));
    arguments.set(
        arguments.indexOf("--service") + 1,
        "com.amazonaws.vpce.us-west-2.vpce-svc-0123456789abcdef0");
    try (ChildJvm quickstart = start(Quickstart.class, arguments)) {
      List<String> lines = quickstart.awaitEnd();

      assertThat(quickstart.exitCode()).as(text(lines)).isEqualTo(1);
      assertThat(text(lines))
          .contains("NOT_FOUND_OR_NOT_ALLOWED (SERVICE_OWNER)")
          .contains("arn:aws:iam::210987654321:root")
          .contains("quickstart: FAILED on AWS", "step 2 (Check the service)")
          .contains("send the errors above to who has to act")
          .doesNotContain("Create the connection");
    }
  }

  @Test
  void quickstart_withAWrongArgument_saysSoInOneLine() throws Exception {
    try (ChildJvm quickstart = start(Quickstart.class, List.of("--cloud", "gcp"))) {
      List<String> lines = quickstart.awaitEnd();

      assertThat(quickstart.exitCode()).isEqualTo(2);
      assertThat(lines)
          .containsExactly(
              "quickstart: --cloud is aws or alicloud, not gcp; --help shows what there is");
    }
  }

  private static List<String> confluent(String clusterId, String region) {
    List<String> arguments = new ArrayList<>(aws.arguments(clusterId));
    arguments.addAll(List.of("--domain", "confluent:domnprzqrog." + region));
    return arguments;
  }

  private static ChildJvm start(Class<?> example, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(example.getName()));
    command.addAll(arguments);
    return new ChildJvm(
        System.getProperty("java.class.path"), FakeCloudProcess.CREDENTIALS, command);
  }

  private static String text(List<String> lines) {
    return String.join(" ", lines).replaceAll(" +", " ");
  }
}
