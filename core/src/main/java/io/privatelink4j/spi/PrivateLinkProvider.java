package io.privatelink4j.spi;

import io.privatelink4j.model.CloudProvider;

/**
 * Makes drivers for one cloud. Found by {@link java.util.ServiceLoader}, so a provider has a cheap
 * constructor without arguments; real work begins in {@link #open}.
 */
public interface PrivateLinkProvider {

  /** {@return the cloud that the drivers talk to} */
  CloudProvider cloud();

  /**
   * {@return a new driver} Makes no remote call.
   *
   * @param context what the core lends to the driver
   */
  PrivateLinkDriver open(DriverContext context);
}
