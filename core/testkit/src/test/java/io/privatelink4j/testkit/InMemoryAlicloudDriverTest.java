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
final class InMemoryAlicloudDriverTest extends DriverContract {
  private final List<Assumption> position;

  InMemoryAlicloudDriverTest(List<Assumption> position) {
    this.position = position;
  }

  static Stream<Named<List<Assumption>>> positions() {
    return InMemoryHarness.positions(CloudProvider.ALICLOUD);
  }

  @Override
  protected Harness openHarness() {
    return new InMemoryHarness(CloudProvider.ALICLOUD, position);
  }
}
