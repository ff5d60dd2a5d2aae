package io.privatelink4j.model;

/** What a check or a plan can find. */
public enum FindingCode {
  /** The text is not an endpoint service name of any cloud. */
  MALFORMED_SERVICE_NAME,
  /** A load balancer's DNS name was given instead of the endpoint service's name. */
  LOAD_BALANCER_NAME,
  /** A bare service id was given instead of the full name. */
  BARE_SERVICE_ID,
  /** The name of an endpoint, or an endpoint's id, was given: that is our side, not the service. */
  ENDPOINT_NAME,
  /** The name is one of another cloud's services. */
  OTHER_CLOUD,
  /** The service lives in another region and that was not asked for. */
  OTHER_REGION,
  /** The name and the region given with it contradict each other. */
  REGION_CONTRADICTION,
  /** Cross-region connection: zones need not overlap, the owner has to list the region. */
  CROSS_REGION,
  /** The service does not exist, or its owner has not allowed us: the cloud does not tell which. */
  NOT_FOUND_OR_NOT_ALLOWED,
  /** The service's zones and the cluster network's zones have nothing in common. */
  NO_COMMON_ZONE,
  /** Only some of the cluster network's zones are served. */
  FEWER_ZONES,
  /** The cloud does not tell the service's zones. */
  ZONES_UNKNOWN,
  /** The owner has to accept the connection. */
  ACCEPTANCE_REQUIRED,
  /** The cloud does not tell whether the owner has to accept the connection. */
  ACCEPTANCE_UNKNOWN,
  /** The cluster has as many connections as it may have. */
  CONNECTION_LIMIT,
  /** A subnet has no free address for the endpoint. */
  NO_FREE_ADDRESS,
  /** A subnet of the cluster network was not found. */
  SUBNET_MISSING,
  /** Several subnets of the network lie in one zone; the first by id is used. */
  SEVERAL_SUBNETS_IN_ZONE,
  /** The cluster already has a connection to this service. */
  DUPLICATE_LINK,
  /** PrivateLink is not opened for the account, or its service-linked role is missing. */
  PRODUCT_NOT_OPENED,
  /** Credentials may not read the service. */
  ACCESS_DENIED,
  /** The cloud could not be asked just now. */
  NOT_CHECKED,
  /** DNS is switched off in the VPC: names will not resolve. */
  DNS_SWITCHED_OFF,
  /** A private zone of a parent name exists in the network; the more specific zone wins. */
  PARENT_ZONE,
  /** A private zone of a child name exists in the network; it hides part of the domain. */
  CHILD_ZONE,
  /**
   * A zone's traffic enters through another zone; works only with the owner's cross-zone load
   * balancing.
   */
  CROSS_ZONE_NEEDED,
  /** A cluster zone that the link does not reach. */
  ZONE_NOT_COVERED,
  /** The cloud has not named the endpoint yet; targets follow when it has. */
  TARGETS_UNKNOWN,
  /** Names that were queried before may stay negative in caches for up to 15 minutes. */
  NEGATIVE_CACHE,
  /** A finding that this version does not know. */
  UNKNOWN
}
