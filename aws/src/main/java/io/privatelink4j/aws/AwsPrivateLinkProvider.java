package io.privatelink4j.aws;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.ProviderNotFoundException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;

/**
 * The provider for AWS, found by {@link java.util.ServiceLoader}. This version has no driver for
 * the cloud itself: opening it says so, before anything is sent.
 */
public final class AwsPrivateLinkProvider implements PrivateLinkProvider {

  /** Makes the provider; nothing is read and nothing is opened. */
  public AwsPrivateLinkProvider() {}

  @Override
  public CloudProvider cloud() {
    return CloudProvider.AWS;
  }

  /**
   * Refuses.
   *
   * @param context what the core would lend to a driver
   * @return never
   * @throws ProviderNotFoundException always
   */
  @Override
  public PrivateLinkDriver open(DriverContext context) {
    throw new ProviderNotFoundException(
        "this version of privatelink4j-aws has no driver yet: use a later one, or give the builder an InMemoryCloud",
        ErrorDetails.NONE);
  }
}
