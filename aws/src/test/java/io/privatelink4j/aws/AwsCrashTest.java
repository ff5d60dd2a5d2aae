package io.privatelink4j.aws;

import io.privatelink4j.testkit.crashes.CrashCloud;
import io.privatelink4j.testkit.crashes.CrashMatrix;
import java.time.Duration;
import java.util.List;

class AwsCrashTest extends CrashMatrix {
  AwsCrashTest() {
    super("aws", Duration.ZERO);
  }

  @Override
  protected CrashCloud openCloud() {
    return new AwsHarness(List.of());
  }
}
