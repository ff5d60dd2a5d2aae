package io.privatelink4j.testkit;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.testing.Assumption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("positions")
final class InMemoryAwsDriverTest extends DriverContract {
  private final List<Assumption> position;

  InMemoryAwsDriverTest(List<Assumption> position) {
    this.position = position;
  }

  static Stream<Named<List<Assumption>>> positions() {
    return InMemoryHarness.positions(CloudProvider.AWS);
  }

  @Override
  protected Harness openHarness() {
    return new InMemoryHarness(CloudProvider.AWS, position);
  }
}
