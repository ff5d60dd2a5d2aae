package io.privatelink4j.model;

/** What {@code create} does with the check of the endpoint service. */
public enum CheckMode {
  /** Refuse to create if the check finds an error. The default. */
  STRICT,
  /** Run the check for its zones, create even so: for services that the owner opens up later. */
  WARN,
  /** Do not ask the cloud about the service; a malformed service name is refused all the same. */
  OFF
}
