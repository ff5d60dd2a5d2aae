package io.privatelink4j.spi;

/** The remote calls that a driver makes: one method of {@link PrivateLinkDriver} each. */
public enum Operation {
  /** {@link PrivateLinkDriver#account}. */
  READ_ACCOUNT(false, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#subnets}. */
  READ_SUBNETS(false, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#service}. */
  READ_SERVICE(false, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#endpoint} and {@link PrivateLinkDriver#endpointsById}. */
  READ_ENDPOINT(false, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#endpoints}. */
  LIST_ENDPOINTS(false, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#endpointZones}. */
  READ_ENDPOINT_ZONES(false, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#createEndpoint}. */
  CREATE_ENDPOINT(true, Repeat.AFTER_A_LOOK),
  /** {@link PrivateLinkDriver#putLabels}. */
  PUT_LABELS(true, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#removeLabels}. */
  REMOVE_LABELS(true, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#removeEndpointZone}. */
  REMOVE_ENDPOINT_ZONE(true, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#deleteEndpoints}. */
  DELETE_ENDPOINTS(true, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#dnsSwitch}. */
  READ_DNS_SWITCH(false, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#zones}. */
  LIST_ZONES(false, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#ownZones}. */
  LIST_OWN_ZONES(false, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#zone}. */
  READ_ZONE(false, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#createZone}. */
  CREATE_ZONE(true, Repeat.AFTER_A_LOOK),
  /** {@link PrivateLinkDriver#records}. */
  LIST_RECORDS(false, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#putRecords}. */
  PUT_RECORDS(true, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#removeRecords}. */
  REMOVE_RECORDS(true, Repeat.AFTER_A_LOOK),
  /** {@link PrivateLinkDriver#changeDone}. */
  READ_CHANGE(false, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#bindZone}. */
  BIND_ZONE(true, Repeat.HARMLESS),
  /** {@link PrivateLinkDriver#deleteZone}. */
  DELETE_ZONE(true, Repeat.HARMLESS);

  /**
   * What doing a call a second time does when nobody knows whether the first one was carried out.
   */
  public enum Repeat {
    /** Nothing more: the end is the same. */
    HARMLESS,
    /** Perhaps harm: look first. */
    AFTER_A_LOOK
  }

  private final boolean write;
  private final Repeat repeat;

  Operation(boolean write, Repeat repeat) {
    this.write = write;
    this.repeat = repeat;
  }

  /** {@return whether it changes something in the cloud} */
  public boolean isWrite() {
    return write;
  }

  /** {@return what a second call does when the first one's outcome is not known} */
  public Repeat repeat() {
    return repeat;
  }
}
