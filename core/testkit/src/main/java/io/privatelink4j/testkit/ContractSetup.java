package io.privatelink4j.testkit;

import static io.privatelink4j.testkit.Fixture.CONSISTENCY_WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What all groups of the contract stand on: a harness per test, and what is asserted of every
 * failure.
 */
abstract class ContractSetup {
  Harness harness;
  PrivateLinkDriver driver;
  DriverTraits traits;
  ClusterNetwork network;
  Fixture fixture;

  /** {@return a harness over an empty cloud} */
  protected abstract Harness openHarness();

  @BeforeEach
  final void open() {
    harness = openHarness();
    driver = harness.driver();
    traits = driver.traits();
    network = harness.network();
    fixture = new Fixture(harness);
  }

  @AfterEach
  final void close() {
    harness.close();
  }

  static RemoteException failureOf(Runnable call) {
    RemoteException failure = catchThrowableOfType(RemoteException.class, call::run);
    assertThat(failure).as("the call fails").isNotNull();
    assertThat(failure.code()).as("code of %s", failure).isNotBlank();
    assertThat(failure.getMessage()).as("message of %s", failure).isNotBlank();
    return failure;
  }

  static void assertFailsWith(Runnable call, ErrorKind... kinds) {
    RemoteException failure = failureOf(call);
    assertThat(failure.kind()).as("kind of %s", failure).isIn((Object[]) kinds);
  }

  void assertLabels(Endpoint endpoint, Map<String, String> expected) {
    fixture.eventuallyHolds(
        CONSISTENCY_WINDOW,
        () -> assertThat(fixture.read(endpoint.id()).labels()).isEqualTo(expected));
  }
}
