package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What attaching a domain would set up. Computing it never writes, and gives the same name each
 * time, before the attach and after it: brokers can be configured once.
 *
 * @param type whose domain
 * @param uniqueName the domain's unique part
 * @param apex the private DNS zone's name, never a parent of it
 * @param records the records, each with a TTL of 60 seconds
 * @param coverage how each zone of the cluster network is reached, by zone id
 * @param findings what is worth knowing before the attach
 */
public record DomainPlan(
    DomainType type,
    String uniqueName,
    String apex,
    List<DnsRecord> records,
    Map<String, ZoneCoverage> coverage,
    List<Finding> findings) {

  /** Time to live of every record, in seconds. */
  public static final int TTL_SECONDS = 60;

  /**
   * Copies the collections.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public DomainPlan {
    requireNonNull(type, "type");
    requireNonNull(uniqueName, "uniqueName");
    requireNonNull(apex, "apex");
    records = List.copyOf(records);
    coverage = java.util.Collections.unmodifiableMap(new TreeMap<>(coverage));
    findings = List.copyOf(findings);
  }
}
