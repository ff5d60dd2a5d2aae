package io.privatelink4j.internal;

/** How private zones are made and removed, by cloud. */
final class ZoneKinds {
  private final DnsZones bornBound;
  private final DnsZones boundLater;

  ZoneKinds(Memory memory, Notices notices) {
    this.bornBound = new ZonesBornBound(memory, notices);
    this.boundLater = new ZonesBoundLater(notices);
  }

  DnsZones of(Found found) {
    return of(found.access());
  }

  DnsZones of(CloudAccess access) {
    return access.traits().zoneBoundAtCreation() ? bornBound : boundLater;
  }
}
