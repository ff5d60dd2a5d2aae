package io.privatelink4j.spi;

/** The remote calls that a driver makes: one method of {@link PrivateLinkDriver} each. */
public enum Operation {
  /** {@link PrivateLinkDriver#account}. */
  READ_ACCOUNT(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#subnets}. */
  READ_SUBNETS(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#service}. */
  READ_SERVICE(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#endpoint} and {@link PrivateLinkDriver#endpointsById}. */
  READ_ENDPOINT(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#endpoints}. */
  LIST_ENDPOINTS(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#endpointZones}. */
  READ_ENDPOINT_ZONES(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#createEndpoint}. */
  CREATE_ENDPOINT(Repeat.AFTER_A_LOOK),
  /** {@link PrivateLinkDriver#putLabels}. */
  PUT_LABELS(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#removeLabels}. */
  REMOVE_LABELS(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#removeEndpointZone}. */
  REMOVE_ENDPOINT_ZONE(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#deleteEndpoints}. */
  DELETE_ENDPOINTS(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#dnsSwitch}. */
  READ_DNS_SWITCH(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#zones}. */
  LIST_ZONES(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#zone}. */
  READ_ZONE(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#createZone}. */
  CREATE_ZONE(Repeat.AFTER_A_LOOK),
  /** {@link PrivateLinkDriver#records}. */
  LIST_RECORDS(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#putRecords}. */
  PUT_RECORDS(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#removeRecords}. */
  REMOVE_RECORDS(Repeat.AFTER_A_LOOK),
  /** {@link PrivateLinkDriver#changeDone}. */
  READ_CHANGE(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#bindZone}. */
  BIND_ZONE(Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#deleteZone}. */
  DELETE_ZONE(Repeat.HARMLESS);

  /**
   * What doing a call a second time does when nobody knows whether the first one was carried out.
   */
  public enum Repeat {
    /** Nothing more: the end is the same. */
    HARMLESS,
    /** Perhaps harm: look first. */
    AFTER_A_LOOK
  }

  private final Repeat repeat;

  Operation(Repeat repeat) {
    this.repeat = repeat;
  }

  /** {@return what a second call does when the first one's outcome is not known} */
  public Repeat repeat() {
    return repeat;
  }
}
