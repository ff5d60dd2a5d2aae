package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An endpoint service on AWS. OpenAPI: {@code awsEndpointService}.
 *
 * @param serviceName {@code com.amazonaws.vpce.<region>.vpce-svc-<hex>}
 * @param region the region that the service lives in; empty means the cluster's region
 */
public record AwsEndpointService(String serviceName, Optional<String> region)
    implements ConnectionType {

  /**
   * Takes any text as name, so that {@code check} can explain what is wrong with it.
   *
   * @throws NullPointerException if an argument is null
   */
  public AwsEndpointService {
    requireNonNull(serviceName, "serviceName");
    requireNonNull(region, "region");
  }

  /**
   * {@return a service in the cluster's own region} A check and a connection name that region, so
   * their type is not equal to this one.
   *
   * @param serviceName {@code com.amazonaws.vpce.<region>.vpce-svc-<hex>}
   */
  public static AwsEndpointService of(String serviceName) {
    return new AwsEndpointService(serviceName, Optional.empty());
  }

  /**
   * {@return a service in the given region}
   *
   * @param serviceName {@code com.amazonaws.vpce.<region>.vpce-svc-<hex>}
   * @param region the service's region, such as {@code us-west-2}; another region than the
   *     cluster's needs a service whose owner enabled cross-region access
   */
  public static AwsEndpointService of(String serviceName, String region) {
    return new AwsEndpointService(serviceName, Optional.of(region));
  }

  @Override
  public CloudProvider cloud() {
    return CloudProvider.AWS;
  }

  @Override
  public String typeName() {
    return "AWS_ENDPOINT_SERVICE";
  }
}
