package io.privatelink4j;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.testing.InMemoryCloud;

/** The cloud has a clock of its own, which the clock of the processes moves. */
record SameCloud(InMemoryCloud world) implements PrivateLinkProvider {
  @Override
  public CloudProvider cloud() {
    return world.cloud();
  }

  @Override
  public PrivateLinkDriver open(DriverContext context) {
    return world.open();
  }
}
