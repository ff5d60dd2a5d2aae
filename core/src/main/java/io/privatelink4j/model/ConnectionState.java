package io.privatelink4j.model;

/** The public state of a connection. OpenAPI: {@code PrivateLinkConnectionState}. */
public enum ConnectionState {
  /** The cloud is building the endpoint. */
  CREATING,
  /** The service owner has to accept the connection. */
  PENDING_ACCEPTANCE,
  /** Traffic flows. A {@link StateReason} may still tell of something to look at. */
  ACTIVE,
  /**
   * No traffic flows and none will unless somebody acts; the {@link StateReason} says who and why.
   */
  FAILED,
  /** Deletion was asked for and is not finished. */
  DELETING,
  /** A state that this version does not know; occurs only in values written by newer versions. */
  UNKNOWN
}
