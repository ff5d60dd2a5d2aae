package io.privatelink4j.model;

/**
 * What a private link connection leads to: a customer's endpoint service. OpenAPI: {@code type}
 * together with {@code awsEndpointService} or {@code alicloudEndpointService}.
 *
 * <p>A value may hold a malformed service name: {@code check} explains what is wrong with it,
 * {@code create} refuses it. Values are immutable and thread-safe.
 */
public sealed interface ConnectionType permits AwsEndpointService, AlicloudEndpointService {

  /** {@return the endpoint service's full name, as its owner sees it in the console} */
  String serviceName();

  /** {@return the cloud that the endpoint service lives in} */
  CloudProvider cloud();

  /**
   * {@return the OpenAPI's enum value, {@code AWS_ENDPOINT_SERVICE} or {@code
   * ALICLOUD_ENDPOINT_SERVICE}}
   */
  String typeName();
}
