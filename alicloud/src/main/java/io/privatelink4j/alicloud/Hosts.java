package io.privatelink4j.alicloud;

import io.privatelink4j.alicloud.AlicloudOptions.Product;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a product is reached. The SDK's own resolver is not asked: it mixes up the answers of
 * threads, knows PrivateZone in two regions only, and asks a service over the network for the rest.
 */
final class Hosts {
  private static final Pattern REGION = Pattern.compile("[a-z]{2,6}(-[a-z0-9]{1,20}){1,5}");

  private final AlicloudOptions options;

  Hosts(AlicloudOptions options) {
    this.options = options;
  }

  Host of(Product product, String region) {
    if (!REGION.matcher(region).matches()) {
      throw new RemoteException(
          ErrorKind.BAD_NETWORK,
          "InvalidRegion",
          "The network's region is no region of Alibaba Cloud.");
    }
    Optional<URI> overridden;
    try {
      overridden = options.endpoint(product, region);
    } catch (RuntimeException e) {
      throw new RemoteException(
          ErrorKind.INVALID,
          "EndpointNotGiven",
          "The options give no usable endpoint of " + product + " in " + region + ".");
    }
    return overridden
        .map(uri -> new Host(uri.getRawAuthority(), "https".equalsIgnoreCase(uri.getScheme())))
        .orElseGet(() -> new Host(name(product, region), true));
  }

  private String name(Product product, String region) {
    boolean internal = options.internalEndpoints();
    return switch (product) {
      case PRIVATELINK ->
          (internal ? "privatelink-vpc." : "privatelink.") + region + ".aliyuncs.com";
      case VPC -> (internal ? "vpc-vpc." : "vpc.") + region + ".aliyuncs.com";
      case STS -> internal ? "sts-vpc." + region + ".aliyuncs.com" : "sts.aliyuncs.com";
      case PRIVATEZONE -> internal ? "pvtz.vpc-proxy.aliyuncs.com" : "pvtz.aliyuncs.com";
    };
  }

  /**
   * A host and whether it is spoken to over TLS.
   *
   * @param authority host and port
   * @param secure whether it is HTTPS
   */
  record Host(String authority, boolean secure) {}
}
