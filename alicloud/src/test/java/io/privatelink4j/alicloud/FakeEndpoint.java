package io.privatelink4j.alicloud;

import io.privatelink4j.testing.Assumption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An interface endpoint: itself, its connection and each of its zones have a status of their own.
 */
final class FakeEndpoint {
  private static final long NEVER = Long.MAX_VALUE;

  final String id;
  final FakeWorld.Vpc vpc;
  final FakeWorld.Service service;
  final long createdAt;
  final FakeHistory<Map<String, String>> tags;
  final NavigableMap<String, Long> groups = new TreeMap<>();
  Optional<String> name = Optional.empty();
  Optional<String> description = Optional.empty();
  boolean financialLock;
  private final FakeWorld world;
  private final String createTime;
  private final String domain;
  private final long builtAt;
  private final NavigableMap<String, Foot> feet = new TreeMap<>();
  private final FakeHistory<String> status;
  private final FakeHistory<String> connection;
  private boolean deleted;
  private long goneAt = NEVER;

  FakeEndpoint(
      FakeWorld world,
      FakeWorld.Vpc vpc,
      FakeWorld.Service service,
      List<FakeWorld.VSwitch> switches,
      Map<String, String> tags) {
    this.world = world;
    this.vpc = vpc;
    this.service = service;
    id = world.id("ep");
    createdAt = world.now();
    createTime = world.seconds();
    this.tags = new FakeHistory<>(createdAt, Map.copyOf(tags));
    domain = id + "." + service.id + "." + service.region + ".privatelink.aliyuncs.com";
    builtAt = createdAt + FakeWorld.BUILDING.toNanos();
    status = new FakeHistory<>(createdAt, "Creating").set(builtAt, "Active");
    boolean pending = world.holds(Assumption.FRESH_CONNECTION_PENDING);
    connection =
        new FakeHistory<>(createdAt, pending ? "Pending" : "Disconnected")
            .set(builtAt, "Disconnected");
    switches.forEach(each -> feet.put(each.zoneId(), new Foot(each, createdAt, builtAt)));
    if (!service.acceptance) {
      connect(builtAt);
    }
  }

  private String zoneDomain(String zoneId) {
    boolean atEndpoint = world.holds(Assumption.ZONE_DOMAIN_AT_ENDPOINT);
    return String.join(
        ".",
        id + "-" + (atEndpoint ? zoneId : service.region),
        service.id,
        atEndpoint ? service.region : zoneId,
        "privatelink.aliyuncs.com");
  }

  private void connect(long from) {
    long done = from + FakeWorld.CONNECTING.toNanos();
    if (world.holds(Assumption.CONNECTING_IS_PENDING)) {
      status.set(from, "Pending").set(done, "Active");
    }
    connection.set(from, "Connecting").set(done, "Connected");
    staying().forEach(foot -> foot.status.set(from, "Connecting").set(done, "Connected"));
  }

  String status(long at) {
    return status.at(at);
  }

  String connection(long at) {
    return connection.at(at);
  }

  boolean active() {
    return !deleted && status.at(world.now()).equals("Active");
  }

  boolean connecting() {
    return List.of("Connecting", "Disconnecting").contains(connection.at(world.now()));
  }

  /** Somebody changes it, in another way than {@link #removing} a zone. */
  boolean modified() {
    return status.at(world.now()).equals("Pending") && !removing() && !connecting();
  }

  boolean removing() {
    return feet.values().stream().anyMatch(foot -> foot.there() && foot.goneAt != NEVER);
  }

  boolean deletionBegun() {
    return deleted;
  }

  boolean gone() {
    return world.now() >= goneAt;
  }

  boolean awaitsOwner() {
    long moment = Math.max(world.now(), builtAt);
    return !deleted
        && connection.at(moment).equals("Disconnected")
        && feet.values().stream().anyMatch(foot -> foot.status.at(moment).equals("Wait"));
  }

  // What owner and caller do

  /** An owner who is early is taken at their word; what was rejected can be accepted again. */
  void accept() {
    long from = Math.max(world.now(), builtAt);
    if (deleted || !connection.at(from).equals("Disconnected")) {
      throw new IllegalStateException("cannot accept what is " + connection.at(from));
    }
    connect(from);
  }

  void reject() {
    long from = Math.max(world.now(), builtAt);
    String current = deleted ? "Deleting" : connection.at(from);
    if (current.equals("Connected") || current.equals("Connecting")) {
      long done = from + FakeWorld.CONNECTING.toNanos();
      connection.set(from, "Disconnecting").set(done, "Disconnected");
      staying().forEach(foot -> foot.status.set(from, "Disconnecting").set(done, "Disconnected"));
      if (world.holds(Assumption.CONNECTING_IS_PENDING)) {
        status.set(from, "Active");
      }
    } else if (awaitsOwner()) {
      staying().forEach(foot -> foot.status.set(from, "Disconnected"));
    } else {
      throw new IllegalStateException("cannot reject what is " + current);
    }
  }

  void serviceDeleted() {
    if (deleted) {
      return;
    }
    connection.set(world.now(), "ServiceDeleted");
    if (world.holds(Assumption.SERVICE_DELETED_ZONES_DISCONNECTED)) {
      staying().forEach(foot -> foot.status.set(world.now(), "Disconnected"));
    }
  }

  /** Any change makes it pending for a while. */
  void modify() {
    if (!active()) {
      throw new IllegalStateException("cannot modify what is " + status.at(world.now()));
    }
    pendingUntil(world.now() + FakeWorld.BUILDING.toNanos());
  }

  private void pendingUntil(long done) {
    status.set(world.now(), "Pending").set(done, "Active");
  }

  /** A new zone of a connected endpoint connects by itself. */
  void addZone(FakeWorld.VSwitch vSwitch) {
    long done = world.now() + FakeWorld.BUILDING.toNanos();
    Foot foot = new Foot(vSwitch, world.now(), done);
    String current = connection.at(world.now());
    if (current.equals("Connected")) {
      foot.status.set(done, "Connecting").set(done + FakeWorld.CONNECTING.toNanos(), "Connected");
    }
    feet.put(vSwitch.zoneId(), foot);
    pendingUntil(done);
  }

  void removeZone(String zoneId) {
    long done = world.now() + FakeWorld.ZONE_REMOVAL.toNanos();
    Foot foot = feet.get(zoneId);
    foot.leave(done);
    pendingUntil(done);
  }

  void delete() {
    if (deleted) {
      return;
    }
    deleted = true;
    long seen = world.now() + world.nanos(Assumption.Question.DELETION_SEEN);
    goneAt = Math.max(seen, world.now() + FakeWorld.DELETING.toNanos());
    status.set(seen, "Deleting");
    connection.set(seen, "Deleting");
    staying().forEach(foot -> foot.leave(goneAt));
  }

  private List<Foot> staying() {
    return feet.values().stream().filter(foot -> foot.goneAt == NEVER).toList();
  }

  // What one sees of it

  List<String> zoneIds() {
    return feet.values().stream().filter(Foot::there).map(foot -> foot.vSwitch.zoneId()).toList();
  }

  boolean stands(FakeWorld.VSwitch vSwitch) {
    return feet.values().stream().anyMatch(foot -> foot.there() && foot.vSwitch.equals(vSwitch));
  }

  NavigableMap<String, Map<String, Object>> zones() {
    NavigableMap<String, Map<String, Object>> zones = new TreeMap<>();
    feet.forEach(
        (zoneId, foot) -> {
          if (foot.there()) {
            zones.put(zoneId, foot.view());
          }
        });
    return zones;
  }

  /** What create, read and list tell alike. */
  Map<String, Object> view(long at) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("EndpointId", id);
    name.ifPresent(text -> view.put("EndpointName", text));
    description.ifPresent(text -> view.put("EndpointDescription", text));
    view.put("EndpointDomain", domain);
    view.put("EndpointStatus", status.at(at));
    view.put("ConnectionStatus", connection.at(at));
    view.put("EndpointBusinessStatus", financialLock ? "FinancialLocked" : "Normal");
    view.put("ServiceId", service.id);
    view.put("ServiceName", service.name);
    view.put("VpcId", vpc.id());
    view.put("CreateTime", createTime);
    view.put("Bandwidth", 1024);
    return view;
  }

  /** What read and list tell besides. */
  Map<String, Object> fullView(long at) {
    Map<String, Object> view = view(at);
    view.put("EndpointType", "Interface");
    view.put("RegionId", vpc.region());
    view.put("ResourceOwner", true);
    view.put("ResourceGroupId", "rg-acfmfakefakefake");
    view.put("ZoneAffinityEnabled", false);
    return view;
  }

  /** The endpoint's address in one zone. */
  private final class Foot {
    private final FakeWorld.VSwitch vSwitch;
    private final FakeHistory<String> status;
    private final long standsAt;
    private final String eniId = world.id("eni");
    private final String address;
    private long goneAt = NEVER;

    Foot(FakeWorld.VSwitch vSwitch, long from, long standsAt) {
      this.vSwitch = vSwitch;
      this.standsAt = standsAt;
      status = new FakeHistory<>(from, "Creating").set(standsAt, "Wait");
      String cidr = vSwitch.cidr();
      address =
          cidr.substring(0, cidr.lastIndexOf('.') + 1)
              + (10 + Integer.parseInt(world.hex(2), 16) % 200);
    }

    boolean there() {
      return world.now() < goneAt;
    }

    void leave(long done) {
      status.set(world.now(), "Deleting");
      goneAt = done;
    }

    /** Before it stands there is no interface to tell of. */
    Map<String, Object> view() {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("ZoneId", vSwitch.zoneId());
      view.put("VSwitchId", vSwitch.id());
      view.put("ZoneStatus", status.at(world.now()));
      view.put("ZoneDomain", zoneDomain(vSwitch.zoneId()));
      view.put("RegionId", vpc.region());
      if (world.now() >= standsAt) {
        view.put("EniId", eniId);
        view.put("EniIp", address);
      }
      return view;
    }
  }
}
