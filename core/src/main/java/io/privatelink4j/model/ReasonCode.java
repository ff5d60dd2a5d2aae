package io.privatelink4j.model;

/** Why a connection is in its state. */
public enum ReasonCode {
  /** The service owner has not accepted the connection yet. */
  AWAITING_OWNER,
  /**
   * Not connected, and the zones that would tell waiting from rejected were not read: either is
   * possible.
   */
  NOT_CONNECTED,
  /** The service owner rejected the connection. */
  REJECTED,
  /** The request for the connection expired before the owner accepted it. */
  EXPIRED,
  /** Once connected, then cut by the service owner. */
  DISCONNECTED,
  /** The endpoint service was deleted. */
  SERVICE_DELETED,
  /** The endpoint was deleted by somebody else. */
  ENDPOINT_GONE,
  /** The cloud applies a change to a link that was up. */
  MODIFYING,
  /** Some zones of the endpoint work, others do not. */
  PARTIAL,
  /** The cloud locked the endpoint because a bill is overdue. */
  BILLING_LOCKED,
  /** Creating or deleting for more than 30 minutes. */
  STALLED,
  /** The endpoint lives in a network that the cluster has left. */
  NETWORK_CHANGED,
  /** The cloud could not make the endpoint work; the message is the cloud's. */
  CLOUD_ERROR,
  /** The cloud reports a status that this version does not know; the raw text is kept. */
  UNKNOWN
}
