package io.privatelink4j.aws;

import io.privatelink4j.testkit.DriverContract;
import io.privatelink4j.testkit.Harness;
import java.util.List;

/** The whole contract, in the defaults of what is assumed. */
final class AwsDriverContractTest extends DriverContract {
  @Override
  protected Harness openHarness() {
    return new AwsHarness(List.of());
  }
}
