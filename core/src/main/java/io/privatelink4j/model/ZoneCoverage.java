package io.privatelink4j.model;

/** How names of one cluster zone reach the service. */
public enum ZoneCoverage {
  /** Through the endpoint's address in that very zone. */
  ZONAL,
  /**
   * Through the endpoint's regional name, so through another zone: needs the owner's cross-zone
   * load balancing.
   */
  REGIONAL_FALLBACK,
  /** Not at all. */
  NONE
}
