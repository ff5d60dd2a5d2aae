package io.privatelink4j.alicloud;

import io.privatelink4j.testkit.DriverContract;
import io.privatelink4j.testkit.Harness;
import java.util.List;

/** The whole contract, in the defaults of what is assumed. */
final class AlicloudDriverContractTest extends DriverContract {
  @Override
  protected Harness openHarness() {
    return new AlicloudHarness(List.of());
  }
}
