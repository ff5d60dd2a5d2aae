package io.privatelink4j.testing;

import static io.privatelink4j.testing.Assumption.CONNECTING_IS_PENDING;
import static io.privatelink4j.testing.Assumption.FRESH_CONNECTION_PENDING;
import static io.privatelink4j.testing.Assumption.SERVICE_DELETED_ZONES_DISCONNECTED;
import static io.privatelink4j.testing.Assumption.ZONE_DOMAIN_AT_ENDPOINT;

import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.ResourceState;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An interface endpoint on Alibaba Cloud: the endpoint, its connection and each of its zones have a
 * status of their own.
 */
final class AlicloudEndpoint extends SimEndpoint {
  private final String dnsName;
  private final SortedMap<String, Foot> feet = new TreeMap<>();
  private final Timeline<Status> status;
  private final Timeline<Connection> connection;
  private final long builtAt;
  private boolean billingLocked;

  AlicloudEndpoint(
      World world,
      String id,
      SimNetwork network,
      SimService service,
      List<SimSubnet> subnets,
      Map<String, String> labels) {
    super(world, id, network, service, world.now().truncatedTo(ChronoUnit.SECONDS), labels);
    dnsName = id + "." + service.id + "." + service.region + ".privatelink.aliyuncs.com";
    builtAt = createdAt + world.latencies.building().toNanos();
    status = new Timeline<>(createdAt, Status.CREATING).set(builtAt, Status.ACTIVE);
    connection =
        new Timeline<>(
                createdAt,
                world.assumptions.hold(FRESH_CONNECTION_PENDING)
                    ? Connection.PENDING
                    : Connection.DISCONNECTED)
            .set(builtAt, Connection.DISCONNECTED);
    for (SimSubnet subnet : subnets) {
      feet.put(subnet.zoneId, new Foot(subnet, createdAt, builtAt, domainOf(subnet.zoneId)));
    }
    if (service.automatic) {
      connect(builtAt);
    }
  }

  private String domainOf(String zoneId) {
    boolean atEndpoint = world.assumptions.hold(ZONE_DOMAIN_AT_ENDPOINT);
    String region = service.region;
    return id
        + ("-" + (atEndpoint ? zoneId : region))
        + ("." + service.id)
        + ("." + (atEndpoint ? region : zoneId))
        + ".privatelink.aliyuncs.com";
  }

  private void connect(long from) {
    long done = from + world.latencies.connecting().toNanos();
    if (world.assumptions.hold(CONNECTING_IS_PENDING)) {
      status.set(from, Status.PENDING).set(done, Status.ACTIVE);
    }
    connection.set(from, Connection.CONNECTING).set(done, Connection.CONNECTED);
    for (Foot foot : stayingFeet()) {
      foot.status.set(from, FootStatus.CONNECTING).set(done, FootStatus.CONNECTED);
    }
  }

  @Override
  Endpoint view(long at, long labelsAt) {
    Status resource = status.at(at);
    Connection link = connection.at(at);
    return Endpoint.builder()
        .id(id)
        .serviceName(service.name)
        .vpcId(network.vpcId)
        .resource(resource.state)
        .link(link.state)
        .rawStatus(resource.raw + "/" + link.raw)
        .billingLocked(billingLocked)
        .createTime(createTime)
        .labels(labels.at(labelsAt))
        .dnsName(Optional.of(dnsName))
        .build();
  }

  /** {@return the zones, with their status} */
  List<EndpointZone> zones(long at) {
    return feet.values().stream()
        .filter(foot -> foot.there(at))
        .map(foot -> foot.view(at))
        .toList();
  }

  @Override
  String stateForOwner(long now) {
    return connection.at(now).raw;
  }

  /**
   * An owner can decide as soon as the endpoint is built; one who is earlier is taken at his word.
   */
  private long decisionAt(long now) {
    return Math.max(now, builtAt);
  }

  @Override
  boolean awaitsOwner(long now) {
    long moment = decisionAt(now);
    return alive()
        && connection.at(moment) == Connection.DISCONNECTED
        && feet.values().stream().anyMatch(foot -> foot.status.at(moment) == FootStatus.WAIT);
  }

  @Override
  void accept(long now) {
    if (!alive() || connection.at(decisionAt(now)) != Connection.DISCONNECTED) {
      throw cannot("accept", now);
    }
    connect(decisionAt(now));
  }

  @Override
  void reject(long now) {
    long from = decisionAt(now);
    Connection current = alive() ? connection.at(from) : Connection.DELETING;
    long done = from + world.latencies.connecting().toNanos();
    if (current == Connection.CONNECTED || current == Connection.CONNECTING) {
      connection.set(from, Connection.DISCONNECTING).set(done, Connection.DISCONNECTED);
      for (Foot foot : stayingFeet()) {
        foot.status.set(from, FootStatus.DISCONNECTING).set(done, FootStatus.DISCONNECTED);
      }
      if (world.assumptions.hold(CONNECTING_IS_PENDING)) {
        status.set(from, Status.ACTIVE);
      }
    } else if (awaitsOwner(now)) {
      stayingFeet().forEach(foot -> foot.status.set(from, FootStatus.DISCONNECTED));
    } else {
      throw cannot("reject", now);
    }
  }

  @Override
  void expire(long now) {
    throw new UnsupportedOperationException("requests do not expire on Alibaba Cloud");
  }

  @Override
  void fail(String message, long now) {
    throw new UnsupportedOperationException("Alibaba Cloud documents no failed state");
  }

  @Override
  void serviceDeleted(long now) {
    if (!alive()) {
      return;
    }
    connection.set(now, Connection.SERVICE_DELETED);
    if (world.assumptions.hold(SERVICE_DELETED_ZONES_DISCONNECTED)) {
      stayingFeet().forEach(foot -> foot.status.set(now, FootStatus.DISCONNECTED));
    }
  }

  private List<Foot> stayingFeet() {
    return feet.values().stream().filter(foot -> foot.goneAt == NEVER).toList();
  }

  @Override
  void modify(long now) {
    if (!alive() || status.at(now) != Status.ACTIVE) {
      throw cannot("modify", now);
    }
    status.set(now, Status.PENDING).set(now + world.latencies.building().toNanos(), Status.ACTIVE);
  }

  @Override
  void partial(long now) {
    throw new UnsupportedOperationException("Alibaba Cloud has no partial state");
  }

  @Override
  void lockBilling(boolean locked) {
    billingLocked = locked;
  }

  boolean billingLocked() {
    return billingLocked;
  }

  boolean active(long now) {
    return status.at(now) == Status.ACTIVE;
  }

  boolean connecting(long now) {
    Connection current = connection.at(now);
    return current == Connection.CONNECTING || current == Connection.DISCONNECTING;
  }

  boolean removing(long now) {
    return feet.values().stream().anyMatch(foot -> foot.there(now) && foot.goneAt != NEVER);
  }

  boolean hasZone(String zoneId, long now) {
    Foot foot = feet.get(zoneId);
    return foot != null && foot.there(now);
  }

  /** Begins to remove a zone that is there. */
  void removeZone(String zoneId, long now) {
    long done = now + world.latencies.zoneRemoval().toNanos();
    Foot foot = feet.get(zoneId);
    if (foot != null) {
      foot.leave(now, done);
      status.set(now, Status.PENDING).set(done, Status.ACTIVE);
    }
  }

  @Override
  void delete(long now) {
    if (!alive()) {
      return;
    }
    deletedAt = now;
    long seen = now + world.assumptions.nanos(Assumption.Question.DELETION_SEEN);
    goneAt = Math.max(seen, now + world.latencies.deleting().toNanos());
    status.set(seen, Status.DELETING);
    connection.set(seen, Connection.DELETING);
    stayingFeet().forEach(foot -> foot.leave(now, goneAt));
  }

  @Override
  boolean deleted(long now) {
    return gone(now);
  }

  @Override
  Optional<Set<String>> trafficTo(String name) {
    if (name.equals(dnsName)) {
      return Optional.of(new TreeSet<>(zoneIds(world.nanos())));
    }
    return feet.values().stream()
        .filter(foot -> name.equals(foot.domain))
        .findFirst()
        .map(foot -> Set.of(foot.subnet.zoneId));
  }

  @Override
  boolean carriesTraffic(long now) {
    return alive() && !billingLocked && connection.at(now) == Connection.CONNECTED;
  }

  @Override
  List<String> zoneIds(long now) {
    return feet.values().stream()
        .filter(foot -> foot.there(now))
        .map(foot -> foot.subnet.zoneId)
        .toList();
  }

  /** The endpoint's address in one zone. */
  private static final class Foot {
    private final SimSubnet subnet;
    private final String domain;
    private final Timeline<FootStatus> status;
    private long goneAt = NEVER;

    Foot(SimSubnet subnet, long createdAt, long builtAt, String domain) {
      this.subnet = subnet;
      this.domain = domain;
      status = new Timeline<>(createdAt, FootStatus.CREATING).set(builtAt, FootStatus.WAIT);
    }

    boolean there(long now) {
      return goneAt > now;
    }

    void leave(long now, long done) {
      status.set(now, FootStatus.DELETING);
      goneAt = done;
      subnet.releaseAt(done);
    }

    EndpointZone view(long at) {
      return new EndpointZone(
          Optional.of(subnet.id),
          Optional.of(subnet.zoneId),
          status.at(at).state,
          Optional.of(domain));
    }
  }

  /** EndpointStatus. */
  private enum Status {
    CREATING("Creating", ResourceState.CREATING),
    ACTIVE("Active", ResourceState.READY),
    PENDING("Pending", ResourceState.MODIFYING),
    DELETING("Deleting", ResourceState.DELETING);

    private final String raw;
    private final ResourceState state;

    Status(String raw, ResourceState state) {
      this.raw = raw;
      this.state = state;
    }
  }

  /** ConnectionStatus. */
  private enum Connection {
    PENDING("Pending", LinkState.UNKNOWN),
    CONNECTING("Connecting", LinkState.CONNECTING),
    CONNECTED("Connected", LinkState.CONNECTED),
    DISCONNECTING("Disconnecting", LinkState.DISCONNECTING),
    DISCONNECTED("Disconnected", LinkState.DISCONNECTED),
    DELETING("Deleting", LinkState.DISCONNECTING),
    SERVICE_DELETED("ServiceDeleted", LinkState.SERVICE_DELETED);

    private final String raw;
    private final LinkState state;

    Connection(String raw, LinkState state) {
      this.raw = raw;
      this.state = state;
    }
  }

  /** ZoneStatus. */
  private enum FootStatus {
    CREATING(LinkState.UNKNOWN),
    WAIT(LinkState.AWAITING_OWNER),
    CONNECTING(LinkState.CONNECTING),
    CONNECTED(LinkState.CONNECTED),
    DISCONNECTING(LinkState.DISCONNECTING),
    DISCONNECTED(LinkState.DISCONNECTED),
    DELETING(LinkState.DISCONNECTING);

    private final LinkState state;

    FootStatus(LinkState state) {
      this.state = state;
    }
  }
}
