package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

/**
 * An endpoint service on Alibaba Cloud. OpenAPI: {@code alicloudEndpointService}.
 *
 * @param serviceName {@code com.aliyuncs.privatelink.<region>.epsrv-<id>}
 */
public record AlicloudEndpointService(String serviceName) implements ConnectionType {

  /**
   * Takes any text as name, so that {@code check} can explain what is wrong with it.
   *
   * @throws NullPointerException if the name is null
   */
  public AlicloudEndpointService {
    requireNonNull(serviceName, "serviceName");
  }

  /**
   * {@return the service of that name}
   *
   * @param serviceName {@code com.aliyuncs.privatelink.<region>.epsrv-<id>}
   */
  public static AlicloudEndpointService of(String serviceName) {
    return new AlicloudEndpointService(serviceName);
  }

  @Override
  public CloudProvider cloud() {
    return CloudProvider.ALICLOUD;
  }

  @Override
  public String typeName() {
    return "ALICLOUD_ENDPOINT_SERVICE";
  }
}
