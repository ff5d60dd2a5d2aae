package io.privatelink4j.spi;

/**
 * What a failed remote call means. A driver's error table maps each of its cloud's codes to one of
 * these.
 */
public enum ErrorKind {
  /** Too many calls: repeat later, more slowly. Nothing was done. */
  THROTTLED,
  /** Not reached, or refused for a passing reason on the cloud's side. Surely nothing was done. */
  UNAVAILABLE,
  /** The reply was lost, cut off or a bare server error: a write may have been done or not. */
  OUTCOME_UNKNOWN,
  /** The resource is in the middle of another change: repeat in a moment. Nothing was done. */
  BUSY,
  /** The resource does not exist, or not any more. */
  NOT_FOUND,
  /**
   * What was to be created exists: an equal endpoint, or a zone made with the same reference at
   * some time.
   */
  ALREADY_EXISTS,
  /** The client token was used before with other parameters. */
  TOKEN_MISMATCH,
  /** A zone of that name already answers in the network. */
  DOMAIN_TAKEN,
  /**
   * The record change does not fit what the zone holds: exists already, is not there, or has
   * another value.
   */
  RECORD_CONFLICT,
  /**
   * It cannot be deleted because something is left in it: a DNS zone's records or bindings, an
   * endpoint's zones.
   */
  NOT_EMPTY,
  /** The credentials are valid but may not do this. */
  ACCESS_DENIED,
  /** The credentials are missing, wrong or expired. */
  BAD_CREDENTIALS,
  /** A quota of the cloud is used up. */
  QUOTA,
  /** The endpoint service does not exist, or does not allow us. */
  SERVICE_NOT_USABLE,
  /** The endpoint service does not serve a zone of the network. */
  ZONE_NOT_SERVED,
  /** The product, or its service-linked role, is not set up for the account. */
  PRODUCT_NOT_OPENED,
  /** The endpoint is locked because a bill is overdue. */
  BILLING_LOCKED,
  /** The cloud refuses the ids of the cluster network: subnet, VPC, security group. */
  BAD_NETWORK,
  /** The cloud refuses a parameter, or an answer could not be understood. */
  INVALID;

  /**
   * {@return what an answer means of which only the status is understood} A bare 5xx, such as a
   * load balancer's page, does not prove that nothing was done; nor does a success that is none.
   *
   * @param status the HTTP status
   */
  public static ErrorKind ofHttpStatus(int status) {
    return switch (status) {
      case 401 -> BAD_CREDENTIALS;
      case 403 -> ACCESS_DENIED;
      case 429 -> THROTTLED;
      default -> status >= 500 || status == 408 || status < 400 ? OUTCOME_UNKNOWN : INVALID;
    };
  }
}
