package io.privatelink4j.spi;

/** The connection between endpoint and service, or of one zone of it. */
public enum LinkState {
  /** Waits for the owner. */
  AWAITING_OWNER,
  /** Accepted, being connected. */
  CONNECTING,
  /** Connected. */
  CONNECTED,
  /** Rejected by the owner. */
  REJECTED,
  /** The request expired. */
  EXPIRED,
  /** Being cut. */
  DISCONNECTING,
  /** Not connected: the cloud does not say whether it never was, is rejected, or was cut. */
  DISCONNECTED,
  /** The service is gone. */
  SERVICE_DELETED,
  /** A status that the driver does not know, or none. */
  UNKNOWN
}
