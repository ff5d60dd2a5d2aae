package io.privatelink4j.aws;

import io.privatelink4j.testkit.crashes.CrashCloud;
import io.privatelink4j.testkit.crashes.CrashMatrix;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("once")
class AwsCrashTest extends CrashMatrix {
  AwsCrashTest() {
    super("aws", Duration.ZERO);
  }

  @Override
  protected CrashCloud openCloud() {
    return new AwsHarness(List.of());
  }
}
