package io.privatelink4j.alicloud;

import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ZoneRecord;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** PrivateZone's zones and records in the library's words. */
final class PrivateZoneAnswers {
  private static final String CNAME = "CNAME";

  private PrivateZoneAnswers() {}

  /** {@return a zone as lists tell it: without its bindings} */
  static DnsZone listed(Answer zone) {
    return zone(zone, Set.of());
  }

  static DnsZone zone(Answer zone) {
    return zone(
        zone,
        zone.list("BindVpcs", "Vpc").stream()
            .map(vpc -> new DnsZone.BoundNetwork(vpc.text("RegionId"), vpc.required("VpcId")))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static DnsZone zone(Answer zone, Set<DnsZone.BoundNetwork> networks) {
    return new DnsZone(
        zone.required("ZoneId"),
        DnsText.normal(zone.required("ZoneName")),
        Optional.empty(),
        networks);
  }

  /** Only a CNAME that answers everybody can be of the library's making. */
  static ZoneRecord record(Answer record) {
    String id = record.required("RecordId");
    String host = DnsText.normal(record.required("Rr"));
    String type = record.text("Type").strip().toUpperCase(Locale.ROOT);
    OptionalLong ttl = record.number("Ttl");
    int seconds = (int) Math.max(0, Math.min(Integer.MAX_VALUE, ttl.orElse(0)));
    boolean enabled = !record.text("Status").equalsIgnoreCase("DISABLE");
    String line = record.text("Line");
    boolean everywhere = line.isBlank() || line.equalsIgnoreCase("default");
    return type.equals(CNAME) && enabled && everywhere
        ? new ZoneRecord(id, host, DnsText.withoutDot(record.text("Value").strip()), seconds)
        : new ZoneRecord(id, host, type.equals(CNAME) ? "special CNAME" : type, "", seconds);
  }
}
