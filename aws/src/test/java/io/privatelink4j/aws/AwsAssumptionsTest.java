package io.privatelink4j.aws;

import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testkit.Harness;
import io.privatelink4j.testkit.ResourceContract;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/** What the contract says of resources, in every single other position of what is assumed. */
@ParameterizedClass
@FieldSource("POSITIONS")
final class AwsAssumptionsTest extends ResourceContract {
  static final List<Assumption> POSITIONS = FakeWorld.positions();

  private final Assumption position;

  AwsAssumptionsTest(Assumption position) {
    this.position = position;
  }

  @Override
  protected Harness openHarness() {
    return new AwsHarness(List.of(position));
  }
}
