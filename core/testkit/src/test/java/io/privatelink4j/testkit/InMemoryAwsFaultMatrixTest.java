package io.privatelink4j.testkit;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.testing.Latencies;
import io.privatelink4j.testkit.faults.FaultMatrix;
import io.privatelink4j.testkit.faults.FaultyCloud;
import java.time.Duration;
import java.util.List;

final class InMemoryAwsFaultMatrixTest extends FaultMatrix {
  InMemoryAwsFaultMatrixTest() {
    super("memory-aws");
  }

  @Override
  protected FaultyCloud openCloud() {
    return new InMemoryHarness(CloudProvider.AWS, List.of(), Latencies.all(Duration.ofSeconds(5)));
  }
}
