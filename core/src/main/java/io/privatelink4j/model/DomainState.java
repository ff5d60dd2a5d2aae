package io.privatelink4j.model;

/** The state of an attached domain. OpenAPI: {@code Domain.state}. */
public enum DomainState {
  /** The zone and its records are being set up. */
  ATTACHING,
  /** Names resolve to the connection. */
  ATTACHED,
  /** The zone is being removed. */
  DETACHING,
  /** Something is in the way; the message says what. */
  FAILED,
  /** A state that this version does not know. */
  UNKNOWN
}
