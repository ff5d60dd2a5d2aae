package io.privatelink4j.spi;

/** What must be on in a VPC so that private zones answer. */
public enum DnsSwitch {
  /** The VPC's resolver answers. AWS: {@code enableDnsSupport}. */
  RESOLVER,
  /** Host names are served. AWS: {@code enableDnsHostnames}. */
  HOST_NAMES
}
