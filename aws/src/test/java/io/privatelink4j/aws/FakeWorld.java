package io.privatelink4j.aws;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.Time;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** What EC2 and Route 53 share: clock, account, networks, services and what is assumed of AWS. */
final class FakeWorld {
  static final String ACCOUNT = "210987654321";
  static final String STRANGER = "999988887777";
  static final Duration BUILDING = Duration.ofSeconds(6);
  static final Duration DELETING = Duration.ofSeconds(5);
  static final Duration DNS_SYNC = Duration.ofSeconds(3);

  final Time time;
  final Map<String, Vpc> vpcs = new TreeMap<>();
  final Map<String, Service> services = new TreeMap<>();
  final Set<String> denied = new HashSet<>();
  final Set<String> shared = new HashSet<>();
  int pageLimit = Integer.MAX_VALUE;
  private final Set<String> dnsOff = new HashSet<>();
  private final Random random = new Random(20260101);
  private final Set<Assumption> chosen;

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
          case FILTER_LAG_10S, LABEL_LAG_10S -> Duration.ofSeconds(10);
          case FRESH_ENDPOINT_MISSING_3S, DELETION_SEEN_AFTER_3S, FRESH_ZONE_MISSING_3S ->
              Duration.ofSeconds(3);
          case DELETED_LISTED_60S -> Duration.ofSeconds(60);
          case DELETED_LISTED_1H -> Duration.ofHours(1);
          case CHANGES_REFUSED_FOR_1S -> Duration.ofSeconds(1);
          default -> Duration.ZERO;
        };
    return duration.toNanos();
  }

  /** The defaults, then every single other position. */
  static List<Assumption> positions() {
    return Assumption.positions(CloudProvider.AWS);
  }

  String hex(String prefix, int digits) {
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < digits; i++) {
      id.append(Character.forDigit(random.nextInt(16), 16));
    }
    return id.toString();
  }

  String upper(String prefix) {
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < 19; i++) {
      id.append((char) ('A' + random.nextInt(26)));
    }
    return id.toString();
  }

  Vpc addVpc(String region, String zonePrefix, int zones) {
    Vpc vpc =
        new Vpc(hex("vpc-0", 16), region, hex("sg-0", 16), hex("sg-0", 16), new ArrayList<>());
    // Names in another order than ids: whoever takes one for the other fails.
    for (int i = 1; i <= zones; i++) {
      String name = region + (char) ('a' + i % zones);
      vpc.subnets.add(
          new FakeSubnet(hex("subnet-0", 16), vpc.id, zonePrefix + "-az" + i, name, 4_000));
    }
    vpcs.put(vpc.id, vpc);
    return vpc;
  }

  /** One more subnet in a zone that has one. */
  FakeSubnet addSubnet(String vpcId, String zoneId, int addresses) {
    Vpc vpc = Optional.ofNullable(vpcs.get(vpcId)).orElseThrow();
    String zoneName =
        vpc.subnets.stream()
            .filter(subnet -> subnet.zoneId.equals(zoneId))
            .map(FakeSubnet::zoneName)
            .findFirst()
            .orElseThrow();
    FakeSubnet subnet = new FakeSubnet(hex("subnet-0", 16), vpcId, zoneId, zoneName, addresses);
    vpc.subnets.add(subnet);
    return subnet;
  }

  String owner(String vpcId) {
    return shared.contains(vpcId) ? STRANGER : ACCOUNT;
  }

  boolean dns(String vpcId, String attribute) {
    return !dnsOff.contains(vpcId + " " + attribute);
  }

  void switchDns(String vpcId, String attribute, boolean on) {
    if (on) {
      dnsOff.remove(vpcId + " " + attribute);
    } else {
      dnsOff.add(vpcId + " " + attribute);
    }
  }

  Vpc vpc(String id, String region, String code) {
    return Optional.ofNullable(vpcs.get(id))
        .filter(vpc -> vpc.region.equals(region))
        .orElseThrow(() -> FakeError.bad(code, "The vpc ID '" + id + "' does not exist"));
  }

  Service publish(String region, List<String> zoneIds, boolean acceptance) {
    String id = hex("vpce-svc-0", 16);
    Service service = new Service("com.amazonaws.vpce." + region + "." + id, id, region);
    service.zoneIds.addAll(zoneIds);
    service.acceptance = acceptance;
    services.put(service.name, service);
    return service;
  }

  /** The service, if it is there for our account in that region. */
  Optional<Service> visible(String name, String serviceRegion) {
    return Optional.ofNullable(services.get(name))
        .filter(service -> !service.deleted && service.allowed)
        .filter(service -> service.region.equals(serviceRegion));
  }

  /** One page of a map that is sorted by key; the token is bound to the question. */
  <T> FakePage<T> page(
      NavigableMap<String, T> all, String question, Optional<String> token, int size, String code) {
    String mark = Integer.toHexString(question.hashCode()) + "-";
    NavigableMap<String, T> rest = all;
    if (token.isPresent()) {
      FakeError.check(token.get().startsWith(mark), code, "The token is not valid.");
      rest = all.tailMap(token.get().substring(mark.length()), false);
    }
    List<T> items = new ArrayList<>();
    String last = "";
    for (Map.Entry<String, T> entry : rest.entrySet()) {
      if (items.size() == Math.min(size, pageLimit)) {
        return new FakePage<>(items, Optional.of(mark + last));
      }
      items.add(entry.getValue());
      last = entry.getKey();
    }
    return new FakePage<>(items, Optional.empty());
  }

  record FakePage<T>(List<T> items, Optional<String> next) {}

  record FakeSubnet(String id, String vpcId, String zoneId, String zoneName, int addresses) {}

  record Vpc(
      String id,
      String region,
      String securityGroup,
      String defaultGroup,
      List<FakeSubnet> subnets) {}

  /** An endpoint service of a customer. */
  static final class Service {
    final String name;
    final String id;
    final String region;
    final List<String> zoneIds = new ArrayList<>();
    Optional<String> privateName = Optional.empty();
    boolean acceptance;
    boolean allowed;
    boolean deleted;

    Service(String name, String id, String region) {
      this.name = name;
      this.id = id;
      this.region = region;
    }
  }
}
