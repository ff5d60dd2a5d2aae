package io.privatelink4j.model;

/** The cloud that a cluster network or an endpoint service lives in. */
public enum CloudProvider {
  /** Amazon Web Services: PrivateLink interface endpoints and Route 53 private hosted zones. */
  AWS("AWS"),
  /** Alibaba Cloud: PrivateLink endpoints and PrivateZone. */
  ALICLOUD("Alibaba Cloud"),
  /** A cloud that this version does not know; occurs in answers only. */
  UNKNOWN("an unknown cloud");

  private final String displayName;

  CloudProvider(String displayName) {
    this.displayName = displayName;
  }

  /** {@return the cloud's name as people write it} */
  public String displayName() {
    return displayName;
  }
}
