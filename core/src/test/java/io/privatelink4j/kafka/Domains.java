package io.privatelink4j.kafka;

import io.privatelink4j.model.DnsRecord;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.model.ZoneCoverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Domain plans for tests. */
final class Domains {
  private Domains() {}

  static DomainPlan aws(List<String> networkZones, String... endpointZones) {
    return plan(
        DomainType.TIDBCLOUD_MANAGED, "abc", "aws.tidbcloud.com", networkZones, endpointZones);
  }

  static DomainPlan alicloud(List<String> networkZones, String... endpointZones) {
    return plan(
        DomainType.TIDBCLOUD_MANAGED, "abc", "alicloud.tidbcloud.com", networkZones, endpointZones);
  }

  static DomainPlan managed(String suffix) {
    return plan(DomainType.TIDBCLOUD_MANAGED, "abc", suffix, List.of());
  }

  static DomainPlan confluent(String... zones) {
    return confluentNetwork("domnprzqrog.us-east-1", zones);
  }

  static DomainPlan confluentNetwork(String uniqueName, String... zones) {
    return plan(DomainType.CONFLUENT, uniqueName, "aws.confluent.cloud", List.of(zones), zones);
  }

  static DomainPlan unnamed(DomainPlan plan) {
    return new DomainPlan(
        plan.type(),
        plan.uniqueName(),
        plan.apex(),
        plan.records().stream()
            .map(r -> new DnsRecord(r.host(), r.name(), Optional.empty()))
            .toList(),
        plan.coverage(),
        plan.findings());
  }

  private static DomainPlan plan(
      DomainType type,
      String unique,
      String suffix,
      List<String> networkZones,
      String... endpointZones) {
    String apex = unique + "." + suffix;
    List<String> feet = List.of(endpointZones);
    List<DnsRecord> records = new ArrayList<>();
    records.add(new DnsRecord("*", "*." + apex, Optional.of("regional.example")));
    feet.forEach(
        z ->
            records.add(
                new DnsRecord("*." + z, "*." + z + "." + apex, Optional.of(z + ".example"))));
    Map<String, ZoneCoverage> coverage = new TreeMap<>();
    networkZones.forEach(z -> coverage.put(z, coverage(z, feet)));
    return new DomainPlan(type, unique, apex, records, coverage, List.of());
  }

  private static ZoneCoverage coverage(String zone, List<String> feet) {
    if (feet.contains(zone)) {
      return ZoneCoverage.ZONAL;
    }
    return feet.isEmpty() ? ZoneCoverage.NONE : ZoneCoverage.REGIONAL_FALLBACK;
  }
}
