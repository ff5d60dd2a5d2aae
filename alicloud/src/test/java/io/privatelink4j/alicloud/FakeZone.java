package io.privatelink4j.alicloud;

import io.privatelink4j.testkit.crashes.CloudState.ZoneState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A private zone. */
final class FakeZone {
  final String id;
  final String name;
  final String owner;
  final long createdAt;
  final FakeHistory<Set<Binding>> bindings;
  final NavigableMap<Long, FakeRecord> records = new TreeMap<>();
  final Map<String, String> tags = new TreeMap<>();
  final String proxyPattern;
  final Instant createTime;
  String remark = "";
  boolean deleted;

  FakeZone(
      String id,
      String name,
      String owner,
      String proxyPattern,
      long createdAt,
      Instant createTime,
      Set<Binding> bindings) {
    this.id = id;
    this.name = name;
    this.owner = owner;
    this.proxyPattern = proxyPattern;
    this.createdAt = createdAt;
    this.createTime = createTime;
    this.bindings = new FakeHistory<>(createdAt, Set.copyOf(bindings));
  }

  /** What lists and reads tell alike. */
  Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("ZoneId", id);
    view.put("ZoneName", name);
    view.put("Remark", remark);
    view.put("RecordCount", records.size());
    view.put("ProxyPattern", proxyPattern);
    view.put("ZoneType", "AUTH_ZONE");
    view.put("IsPtr", false);
    view.put("DnsGroup", "FAST_ZONE");
    view.put("DnsGroupChanging", false);
    view.put("CreateTime", FakeWorld.minutes(createTime));
    view.put("UpdateTime", FakeWorld.minutes(createTime));
    view.put("CreateTimestamp", createTime.toEpochMilli());
    view.put("UpdateTimestamp", createTime.toEpochMilli());
    view.put("Creator", owner);
    view.put("CreatorType", "USER");
    view.put("ResourceGroupId", "rg-acfmfakefakefake");
    return view;
  }

  /** Without any lag; its records are CNAMEs, one of a host. */
  ZoneState state() {
    return new ZoneState(
        id,
        name,
        Optional.empty(),
        bindings.last().stream().map(Binding::vpcId).collect(Collectors.toSet()),
        records.values().stream().collect(Collectors.toMap(FakeRecord::rr, FakeRecord::value)));
  }

  /** A VPC that the zone answers in. */
  record Binding(String regionId, String vpcId) {}
}
