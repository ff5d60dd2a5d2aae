package io.privatelink4j.testing;

import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DnsZone.BoundNetwork;
import io.privatelink4j.spi.ZoneRecord;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A private DNS zone. Guarded by the cloud's lock. */
final class SimZone {
  final String id;
  final String name;
  final String owner;
  final Optional<String> reference;
  final long createdAt;
  final Timeline<Set<BoundNetwork>> bindings;
  final Timeline<SortedMap<String, ZoneRecord>> records;

  SimZone(
      String id,
      String name,
      String owner,
      Optional<String> reference,
      long createdAt,
      Set<BoundNetwork> networks) {
    this.id = id;
    this.name = name;
    this.owner = owner;
    this.reference = reference;
    this.createdAt = createdAt;
    bindings = new Timeline<>(createdAt, Set.copyOf(networks));
    records = new Timeline<>(createdAt, new TreeMap<>());
  }

  /** {@return the zone with everything that is known of it} */
  DnsZone view(long bindingsAt) {
    return new DnsZone(id, name, reference, bindings.at(bindingsAt));
  }

  /** {@return the zone as a list tells it that has names only} */
  DnsZone nameOnly() {
    return new DnsZone(id, name, Optional.empty(), Set.of());
  }

  void setRecords(SortedMap<String, ZoneRecord> all, long now) {
    records.set(now, all);
  }
}
