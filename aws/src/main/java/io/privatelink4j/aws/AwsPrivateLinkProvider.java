package io.privatelink4j.aws;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;

/**
 * The provider for AWS: PrivateLink over EC2, private DNS over Route 53. Found by {@link
 * java.util.ServiceLoader} with the SDK's default credentials and each network's own region; made
 * by hand where {@link AwsOptions} say more. Immutable and thread-safe.
 */
public final class AwsPrivateLinkProvider implements PrivateLinkProvider {
  private final AwsOptions options;

  /** Makes the provider with all defaults; nothing is read and nothing is opened. */
  public AwsPrivateLinkProvider() {
    this(AwsOptions.builder().build());
  }

  /**
   * Makes the provider; nothing is read and nothing is opened.
   *
   * @param options how the cloud is reached
   */
  public AwsPrivateLinkProvider(AwsOptions options) {
    this.options = requireNonNull(options, "options");
  }

  @Override
  public CloudProvider cloud() {
    return CloudProvider.AWS;
  }

  /**
   * {@return a new driver} Makes no remote call; clients of the SDK are made when a network needs
   * them.
   *
   * @param context what the core lends to the driver
   */
  @Override
  public PrivateLinkDriver open(DriverContext context) {
    requireNonNull(context, "context");
    return new AwsDriver(new AwsClients(options));
  }
}
