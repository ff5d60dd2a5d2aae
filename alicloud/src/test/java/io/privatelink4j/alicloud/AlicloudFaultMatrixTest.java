package io.privatelink4j.alicloud;

import io.privatelink4j.testkit.faults.FaultMatrix;
import io.privatelink4j.testkit.faults.FaultyCloud;
import java.util.List;

class AlicloudFaultMatrixTest extends FaultMatrix {
  AlicloudFaultMatrixTest() {
    super("alicloud");
  }

  /** The engine is the same as in memory, where they are tried. */
  @Override
  protected boolean triesLast() {
    return false;
  }

  @Override
  protected FaultyCloud openCloud() {
    return new AlicloudHarness(List.of());
  }
}
