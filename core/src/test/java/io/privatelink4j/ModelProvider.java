package io.privatelink4j;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.testing.SimulatedCrash;
import java.util.Optional;

/**
 * A cloud as one process sees it. When the process dies at a remote call, nothing that it had begun
 * in the background goes on either.
 */
final class ModelProvider implements PrivateLinkProvider {
  private final PrivateLinkProvider cloud;
  private Optional<SimulatedCrash> crash = Optional.empty();
  private Runnable death = () -> {};

  ModelProvider(PrivateLinkProvider cloud) {
    this.cloud = cloud;
  }

  /** What to do at once when the process dies. */
  void onDeath(Runnable action) {
    death = action;
  }

  boolean dead() {
    return crash.isPresent();
  }

  @Override
  public CloudProvider cloud() {
    return cloud.cloud();
  }

  @Override
  public PrivateLinkDriver open(DriverContext context) {
    return new MeddledProvider(
            cloud,
            (method, call) -> {
              if (crash.isPresent() && !method.equals("close")) {
                throw crash.get();
              }
              try {
                return call.make();
              } catch (SimulatedCrash died) {
                crash = Optional.of(died);
                death.run();
                throw died;
              }
            })
        .open(context);
  }
}
