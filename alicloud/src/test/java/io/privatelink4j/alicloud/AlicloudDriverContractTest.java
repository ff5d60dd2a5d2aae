package io.privatelink4j.alicloud;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testkit.DriverContract;
import io.privatelink4j.testkit.Harness;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole contract, in the defaults and in every single other position of what is assumed. */
@Tag("once")
@ParameterizedClass
@MethodSource("positions")
final class AlicloudDriverContractTest extends DriverContract {
  private final List<Assumption> position;

  AlicloudDriverContractTest(List<Assumption> position) {
    this.position = position;
  }

  static Stream<Named<List<Assumption>>> positions() {
    return Stream.concat(
        Stream.of(Named.of("defaults", List.of())),
        Assumption.positions(CloudProvider.ALICLOUD).stream()
            .map(assumption -> Named.of(assumption.name(), List.of(assumption))));
  }

  @Override
  protected Harness openHarness() {
    return new AlicloudHarness(position);
  }
}
