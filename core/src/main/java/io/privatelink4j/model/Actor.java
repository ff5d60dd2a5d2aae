package io.privatelink4j.model;

/** Who has to act so that things move on. */
public enum Actor {
  /** Nobody: wait. */
  NOBODY,
  /** The owner of the endpoint service. */
  SERVICE_OWNER,
  /** Whoever runs the cluster and this library. */
  OPERATOR,
  /** The caller of this library: another request is needed. */
  CALLER,
  /** The cloud provider. */
  CLOUD,
  /** An actor that this version does not know. */
  UNKNOWN
}
