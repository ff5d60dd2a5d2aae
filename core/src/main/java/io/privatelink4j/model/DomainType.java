package io.privatelink4j.model;

/** Whose domain is attached. OpenAPI: {@code PrivateLinkConnectionDomainType}. */
public enum DomainType {
  /**
   * A name below the product's own domain: {@code <unique>.aws.tidbcloud.com}, {@code
   * <unique>.alicloud.tidbcloud.com}.
   */
  TIDBCLOUD_MANAGED,
  /**
   * A Confluent Cloud network's domain: {@code <network-id>.<region>.aws.confluent.cloud}. AWS
   * only.
   */
  CONFLUENT,
  /** A type that this version does not know. */
  UNKNOWN
}
