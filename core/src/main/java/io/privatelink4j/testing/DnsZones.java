package io.privatelink4j.testing;

import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DnsZone.BoundNetwork;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ZoneRecord;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Private DNS zones, ours and strangers': what both clouds do alike. Guarded by the cloud's lock.
 */
abstract class DnsZones {
  static final int ZONES_PER_ACCOUNT = 500;

  final World world;
  final NavigableMap<String, SimZone> all = new TreeMap<>();
  final Pages pages;

  DnsZones(World world, Pages pages) {
    this.world = world;
    this.pages = pages;
  }

  abstract String newZoneId();

  abstract String newRecordId();

  abstract RemoteException missing(String zoneId);

  /** {@return for how long a binding is not seen yet} */
  abstract long bindingLag();

  /** {@return for how long a new record does not resolve yet} */
  abstract long recordLag();

  /** Adds a zone to the cloud without looking at rules. */
  final SimZone add(
      String name,
      String owner,
      Optional<String> reference,
      long createdAt,
      Set<BoundNetwork> networks) {
    SimZone zone = new SimZone(newZoneId(), name, owner, reference, createdAt, networks);
    all.put(zone.id, zone);
    return zone;
  }

  /** {@return the zone that a call names; strangers' zones are not there} */
  final SimZone get(String zoneId) {
    return seen(zoneId).orElseThrow(() -> missing(zoneId));
  }

  private Optional<SimZone> seen(String zoneId) {
    long hidden = world.assumptions.nanos(Assumption.Question.FRESH_ZONE);
    return Optional.ofNullable(all.get(zoneId))
        .filter(this::isOurs)
        .filter(zone -> world.nanos() - zone.createdAt >= hidden);
  }

  final boolean isOurs(SimZone zone) {
    return zone.owner.equals(world.account);
  }

  final Optional<DnsZone> read(String zoneId) {
    return seen(zoneId).map(zone -> zone.view(world.nanos() - bindingLag()));
  }

  /** {@return a page of the zone's records} */
  final Page<ZoneRecord> records(DnsZone zone, Optional<String> pageToken, int limit) {
    SimZone found = get(zone.id());
    NavigableMap<String, ZoneRecord> records = new TreeMap<>(found.records.last());
    return pages.cut(
        "records|" + found.id, records, pageToken, world.pageSize(limit), Optional::of);
  }

  /** {@return the zone of that name that holds a place in the network, whoever owns it} */
  final Optional<SimZone> holder(String name, BoundNetwork network) {
    return all.values().stream()
        .filter(zone -> zone.name.equals(name) && zone.bindings.last().contains(network))
        .findFirst();
  }

  final long ownZones() {
    return all.values().stream().filter(this::isOurs).count();
  }

  /** {@return the zones that answer in a network now} */
  final List<SimZone> answering(BoundNetwork network) {
    long now = world.nanos();
    return all.values().stream()
        .filter(zone -> zone.createdAt + recordLag() <= now)
        .filter(zone -> zone.bindings.at(now - bindingLag()).contains(network))
        .toList();
  }

  /** {@return what a zone's name servers know now, by host} */
  final SortedMap<String, ZoneRecord> served(SimZone zone) {
    return zone.records.at(world.nanos() - recordLag());
  }

  /** {@return the record as it is kept: checked, in lower case, with an id} */
  final ZoneRecord checked(ZoneRecord record, String nameCode, String targetCode) {
    String host = DomainNames.normal(record.host());
    String target = DomainNames.normal(record.target());
    World.check(
        DomainNames.isHost(host), nameCode, "Not a name below the zone's apex: " + record.host());
    World.check(DomainNames.isName(target), targetCode, "Not a name: " + record.target());
    return new ZoneRecord(newRecordId(), host, target, record.ttlSeconds());
  }

  /** Somebody sets a record behind the library's back. */
  final void setRecord(SimZone zone, String host, String target) {
    SortedMap<String, ZoneRecord> records = new TreeMap<>(zone.records.last());
    ZoneRecord old = records.get(host);
    records.put(
        host,
        old == null
            ? new ZoneRecord(newRecordId(), host, target, 60)
            : new ZoneRecord(old.id(), host, target, old.ttlSeconds()));
    zone.setRecords(records, world.nanos());
  }

  /** Somebody sets a record that is no CNAME behind the library's back. */
  final void setForeignRecord(SimZone zone, String host, String type) {
    SortedMap<String, ZoneRecord> records = new TreeMap<>(zone.records.last());
    records.put(host, new ZoneRecord(newRecordId(), host, type, "", 60));
    zone.setRecords(records, world.nanos());
  }

  /** Somebody removes a record behind the library's back. */
  final void dropRecord(SimZone zone, String host) {
    SortedMap<String, ZoneRecord> records = new TreeMap<>(zone.records.last());
    if (records.remove(host) == null) {
      throw new IllegalArgumentException("there is no record " + host + " in zone " + zone.id);
    }
    zone.setRecords(records, world.nanos());
  }

  /** {@return the name of a new zone, checked} */
  static String apex(String name, String code) {
    String apex = DomainNames.normal(name);
    World.check(
        DomainNames.isName(apex) && apex.indexOf('.') > 0, code, "Not a domain name: " + name);
    return apex;
  }

  static RemoteException conflict(String code, String message) {
    return new RemoteException(ErrorKind.RECORD_CONFLICT, code, message);
  }
}
