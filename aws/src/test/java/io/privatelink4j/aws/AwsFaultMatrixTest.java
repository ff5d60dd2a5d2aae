package io.privatelink4j.aws;

import io.privatelink4j.testkit.faults.FaultMatrix;
import io.privatelink4j.testkit.faults.FaultyCloud;
import java.util.List;

class AwsFaultMatrixTest extends FaultMatrix {
  AwsFaultMatrixTest() {
    super("aws");
  }

  /** The engine is the same as in memory, where they are tried. */
  @Override
  protected boolean triesLast() {
    return false;
  }

  @Override
  protected FaultyCloud openCloud() {
    return new AwsHarness(List.of());
  }
}
