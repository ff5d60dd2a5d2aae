package io.privatelink4j.testkit;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.testkit.crashes.CrashCloud;
import io.privatelink4j.testkit.crashes.CrashMatrix;
import java.time.Duration;
import java.util.List;

final class InMemoryAlicloudCrashTest extends CrashMatrix {
  InMemoryAlicloudCrashTest() {
    super("memory-alicloud", Duration.ZERO, Duration.ofMinutes(1));
  }

  @Override
  protected CrashCloud openCloud() {
    return new InMemoryHarness(CloudProvider.ALICLOUD, List.of());
  }
}
