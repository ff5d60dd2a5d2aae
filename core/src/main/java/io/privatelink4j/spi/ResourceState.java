package io.privatelink4j.spi;

/** The endpoint itself, apart from whether its owner accepted it. */
public enum ResourceState {
  /** Being built for the first time. */
  CREATING,
  /** Built. */
  READY,
  /** A change is being applied. */
  MODIFYING,
  /** Works in some zones only. */
  PARTIAL,
  /** The cloud could not build it. */
  FAILED,
  /** Being deleted. */
  DELETING,
  /** Deleted, but still listed. */
  DELETED,
  /** A status that the driver does not know. */
  UNKNOWN
}
