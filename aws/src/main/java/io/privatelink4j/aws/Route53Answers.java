package io.privatelink4j.aws;

import static io.privatelink4j.aws.Calls.orBlank;

import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ZoneRecord;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeBatch;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.HostedZoneSummary;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.VPC;

/** Route 53's zones and records in the library's words, and the other way round. */
final class Route53Answers {
  private Route53Answers() {}

  static DnsZone zone(HostedZoneSummary summary) {
    return new DnsZone(
        DnsText.id(orBlank(summary.hostedZoneId())),
        DnsText.normal(orBlank(summary.name())),
        Optional.empty(),
        Set.of());
  }

  static DnsZone zone(HostedZone zone) {
    return zone(zone, List.of());
  }

  static DnsZone zone(GetHostedZoneResponse answer) {
    return zone(answer.hostedZone(), answer.vpCs());
  }

  static DnsZone zone(HostedZone zone, List<VPC> vpcs) {
    return new DnsZone(
        DnsText.id(zone.id()),
        DnsText.normal(zone.name()),
        Optional.ofNullable(zone.callerReference()),
        vpcs.stream()
            .filter(Objects::nonNull)
            .map(
                vpc ->
                    new DnsZone.BoundNetwork(
                        orBlank(vpc.vpcRegionAsString()), orBlank(vpc.vpcId())))
            .collect(Collectors.toUnmodifiableSet()));
  }

  static boolean isPrivate(HostedZone zone) {
    return zone.config() != null && Boolean.TRUE.equals(zone.config().privateZone());
  }

  static Optional<String> nextOwn(ListHostedZonesResponse answer) {
    return Boolean.TRUE.equals(answer.isTruncated())
        ? Optional.ofNullable(answer.nextMarker()).filter(marker -> !marker.isBlank())
        : Optional.empty();
  }

  /** Route 53 makes these two, and removes them with the zone. */
  static boolean isOfTheZoneItself(ResourceRecordSet record, String apex) {
    return (record.type() == RRType.SOA || record.type() == RRType.NS)
        && DnsText.host(record.name(), apex).equals(DnsText.APEX);
  }

  /** Only a CNAME with one value, no alias and no routing policy can be of the library's making. */
  static ZoneRecord record(ResourceRecordSet record, String apex) {
    boolean plain =
        record.type() == RRType.CNAME
            && record.setIdentifier() == null
            && record.resourceRecords().size() == 1;
    int ttl = record.ttl() == null ? 0 : record.ttl().intValue();
    String host = DnsText.host(record.name(), apex);
    return plain
        ? new ZoneRecord("", host, withoutDot(record.resourceRecords().get(0).value()), ttl)
        : new ZoneRecord("", host, otherType(record), "", ttl);
  }

  private static String otherType(ResourceRecordSet record) {
    return record.type() == RRType.CNAME ? "special CNAME" : record.typeAsString();
  }

  /** The case stays: to be deleted, a record has to be named as it is. */
  private static String withoutDot(String target) {
    return target.endsWith(".") ? target.substring(0, target.length() - 1) : target;
  }

  static ChangeBatch batch(ChangeAction action, List<ZoneRecord> records, String apex) {
    return ChangeBatch.builder()
        .changes(
            records.stream()
                .map(
                    record ->
                        Change.builder()
                            .action(action)
                            .resourceRecordSet(recordSet(record, apex))
                            .build())
                .toList())
        .build();
  }

  private static ResourceRecordSet recordSet(ZoneRecord record, String apex) {
    return ResourceRecordSet.builder()
        .name(DnsText.name(record.host(), apex))
        .type(RRType.CNAME)
        .ttl((long) record.ttlSeconds())
        .resourceRecords(ResourceRecord.builder().value(record.target()).build())
        .build();
  }
}
