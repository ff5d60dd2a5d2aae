package io.privatelink4j.alicloud;

import io.privatelink4j.testkit.crashes.CrashCloud;
import io.privatelink4j.testkit.crashes.CrashMatrix;
import java.time.Duration;
import java.util.List;

class AlicloudCrashTest extends CrashMatrix {
  AlicloudCrashTest() {
    super("alicloud", Duration.ZERO);
  }

  @Override
  protected CrashCloud openCloud() {
    return new AlicloudHarness(List.of());
  }
}
