package io.privatelink4j.alicloud;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;

/**
 * The provider for Alibaba Cloud: PrivateLink, and private DNS over PrivateZone. Found by {@link
 * java.util.ServiceLoader} with the SDK's default credentials and each network's own region; made
 * by hand where {@link AlicloudOptions} say more. Immutable and thread-safe.
 */
public final class AlicloudPrivateLinkProvider implements PrivateLinkProvider {
  private final AlicloudOptions options;

  /** Makes the provider with all defaults; nothing is read and nothing is opened. */
  public AlicloudPrivateLinkProvider() {
    this(AlicloudOptions.builder().build());
  }

  /**
   * Makes the provider; nothing is read and nothing is opened.
   *
   * @param options how the cloud is reached
   */
  public AlicloudPrivateLinkProvider(AlicloudOptions options) {
    this.options = requireNonNull(options, "options");
  }

  @Override
  public CloudProvider cloud() {
    return CloudProvider.ALICLOUD;
  }

  /**
   * {@return a new driver} Makes no remote call. After it was closed it sends nothing more; its own
   * HTTP client and connections end when the JDK collects them, so whoever opens many gives them
   * one client.
   *
   * @param context what the core lends to the driver
   */
  @Override
  public PrivateLinkDriver open(DriverContext context) {
    requireNonNull(context, "context");
    return new AlicloudDriver(options);
  }
}
