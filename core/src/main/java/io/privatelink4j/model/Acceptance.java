package io.privatelink4j.model;

/** Whether a service's owner has to accept each connection. */
public enum Acceptance {
  /** Each connection waits for the owner. */
  REQUIRED,
  /** The service accepts connections by itself. */
  AUTOMATIC,
  /** The cloud does not tell. */
  UNKNOWN
}
