package io.privatelink4j.alicloud;

import io.privatelink4j.spi.Time;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** What all products share: clock, account, networks, services and what is assumed of the cloud. */
final class FakeWorld {
  static final String STRANGER = "1999888877776666";
  static final Duration BUILDING = Duration.ofSeconds(6);
  static final Duration CONNECTING = Duration.ofSeconds(3);
  static final Duration ZONE_REMOVAL = Duration.ofSeconds(4);
  static final Duration DELETING = Duration.ofSeconds(5);

  final Time time;
  final Map<String, Vpc> vpcs = new TreeMap<>();
  final Map<String, Service> services = new TreeMap<>();
  final Set<String> denied = new HashSet<>();
  final Set<String> trusting = new HashSet<>();
  final Set<String> busySwitches = new HashSet<>();
  final FakePages pages = new FakePages();
  final FakeTokens tokens = new FakeTokens(this);
  boolean opened = true;
  boolean linkedRole = true;
  boolean lookupsLag;
  int endpointsPerVpc = 1_000;
  int zonesPerAccount = 500;
  private final Random random = new Random(20260101);
  private final Set<Assumption> chosen;
  private long recordId = 5_000_000_000L;

  FakeWorld(Time time, List<Assumption> chosen) {
    this.time = time;
    this.chosen = Set.copyOf(chosen);
  }

  long now() {
    return time.nanoTime();
  }

  boolean holds(Assumption assumption) {
    return position(assumption.question()) == assumption;
  }

  private Assumption position(Assumption.Question question) {
    return chosen.stream()
        .filter(assumption -> assumption.question() == question)
        .findFirst()
        .orElse(question.positions().get(0));
  }

  long nanos(Assumption.Question question) {
    Duration duration =
        switch (position(question)) {
          case TOKEN_MEMORY_10_MIN -> Duration.ofMinutes(10);
          case TOKEN_MEMORY_FOREVER -> Duration.ofDays(36_500);
          case FILTER_LAG_2S, LABEL_LAG_2S -> Duration.ofSeconds(2);
          case FILTER_LAG_10S, LABEL_LAG_10S, BINDING_LAG_10S -> Duration.ofSeconds(10);
          case FRESH_ENDPOINT_MISSING_3S,
              DELETION_SEEN_AFTER_3S,
              FRESH_ZONE_MISSING_3S,
              BINDING_LAG_3S ->
              Duration.ofSeconds(3);
          default -> Duration.ZERO;
        };
    return duration.toNanos();
  }

  /** Such as {@code ep-t4n1x9w2k0s7c5v3b8m6}. */
  String id(String prefix) {
    StringBuilder id = new StringBuilder(prefix).append("-t4n");
    for (int i = 0; i < 17; i++) {
      id.append(Character.forDigit(random.nextInt(36), 36));
    }
    return id.toString();
  }

  String hex(int digits) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      id.append(Character.forDigit(random.nextInt(16), 16));
    }
    return id.toString();
  }

  /** More than an int can hold. */
  long nextRecordId() {
    recordId += 1 + random.nextInt(1_000);
    return recordId;
  }

  String seconds() {
    return time.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** PrivateZone tells minutes. */
  static String minutes(Instant time) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm'Z'", Locale.ROOT)
        .withZone(ZoneOffset.UTC)
        .format(time);
  }

  void permit(FakeRequest request) {
    String permission = request.product() + ":" + request.action();
    if (denied.contains(permission)) {
      String code = request.product().equals("privatelink") ? "NoPermission" : "Forbidden.RAM";
      throw new FakeError(
          403, code, "User not authorized to operate on the specified resource: " + permission);
    }
  }

  Vpc addVpc(String owner, String region, int zones) {
    int number = vpcs.size();
    Vpc vpc = new Vpc(id("vpc"), owner, region, new TreeMap<>(), new TreeMap<>());
    vpc.groups.put(id("sg"), "normal");
    for (int i = 0; i < zones; i++) {
      addVSwitch(vpc, region + (char) ('a' + i), 4_091, "10." + number + "." + i * 16 + ".0/20");
    }
    vpcs.put(vpc.id, vpc);
    return vpc;
  }

  VSwitch addVSwitch(Vpc vpc, String zoneId, int addresses, String cidr) {
    VSwitch made = new VSwitch(id("vsw"), vpc.id, zoneId, addresses, cidr);
    vpc.switches.put(made.id, made);
    return made;
  }

  Optional<Vpc> vpc(String id, String region) {
    return Optional.ofNullable(vpcs.get(id))
        .filter(vpc -> vpc.owner.equals(FakeAlicloud.ACCOUNT))
        .filter(vpc -> vpc.region.equals(region));
  }

  Service publish(String region, List<String> zoneIds, boolean acceptance) {
    String id = id("epsrv");
    Service service =
        new Service("com.aliyuncs.privatelink." + region + "." + id, id, region, zoneIds);
    service.acceptance = acceptance;
    services.put(service.name, service);
    return service;
  }

  record VSwitch(String id, String vpcId, String zoneId, int addresses, String cidr) {}

  /**
   * A network, of ours or of somebody else's.
   *
   * @param groups its security groups, with their type
   */
  record Vpc(
      String id,
      String owner,
      String region,
      NavigableMap<String, VSwitch> switches,
      NavigableMap<String, String> groups) {}

  /** An endpoint service of a customer. */
  static final class Service {
    final String name;
    final String id;
    final String region;
    final List<String> zoneIds;
    boolean acceptance;
    boolean allowed;
    boolean deleted;

    Service(String name, String id, String region, List<String> zoneIds) {
      this.name = name;
      this.id = id;
      this.region = region;
      this.zoneIds = new ArrayList<>(zoneIds);
    }
  }
}
