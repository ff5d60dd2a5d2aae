package io.privatelink4j.model;

/** Whether the labels that identify a connection are what this library wrote. */
public enum Integrity {
  /** As written. */
  OK,
  /** Labels are missing or were edited by somebody else: shown, never written to or deleted. */
  TAMPERED,
  /**
   * A second endpoint of the same connection id; the oldest is the connection. Removed by the
   * connection's delete.
   */
  DUPLICATE,
  /** Written by a newer major version of this library: readable, not writable. */
  NEWER_VERSION
}
