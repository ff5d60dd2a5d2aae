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

/** The examples as a user starts them, against an Alibaba Cloud that is another process. */
@Timeout(240)
class AlicloudProcessTest {
  private static FakeCloudProcess alicloud;

  @BeforeAll
  static void start() throws Exception {
    alicloud = FakeCloudProcess.alicloud();
  }

  /** Each test has a cluster of its own; whatever any of them left shows here. */
  @AfterAll
  static void nothingIsLeft() throws Exception {
    try (FakeCloudProcess ending = alicloud) {
      assertThat(ending.leftovers()).isEqualTo("left: endpoints=0 zones=0");
    }
  }

  @Test
  void quickstart_playsTheWholeLife() throws Exception {
    try (ChildJvm quickstart = start(Quickstart.class, "c1")) {
      List<String> lines = quickstart.awaitEnd();

      assertThat(quickstart.exitCode()).as(String.join("\n", lines)).isZero();
      assertThat(lines).last().isEqualTo("quickstart: 1 cloud, 11 steps, 0 left behind");
    }
  }

  @Test
  void lifecycle_terminated_leavesNothing() throws Exception {
    try (ChildJvm lifecycle = start(Lifecycle.class, "c2")) {
      lifecycle.awaitLine("brokers are named below"); // the domain is attached
      lifecycle.terminate();
      List<String> lines = lifecycle.awaitEnd();

      assertThat(lifecycle.exitCode()).as(String.join("\n", lines)).isNotZero();
      assertThat(lines).last().isEqualTo("lifecycle: 0 left behind");
    }
  }

  private static ChildJvm start(Class<?> example, String clusterId) {
    List<String> command = new ArrayList<>(List.of(example.getName()));
    command.addAll(alicloud.arguments(clusterId));
    return new ChildJvm(
        System.getProperty("java.class.path"), FakeCloudProcess.CREDENTIALS, command);
  }
}
