package io.privatelink4j.testing;

import static io.privatelink4j.testing.Assumption.PARTIAL_WHILE_BUILDING;
import static io.privatelink4j.testing.Assumption.REJECTION_REVERSIBLE;

import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.ResourceState;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** An interface endpoint on AWS: one state for resource and connection together. */
final class AwsEndpoint extends SimEndpoint {
  private final List<SimSubnet> subnets;
  private final String dnsName;
  private final SortedMap<String, String> zonalNames = new TreeMap<>();
  private final Timeline<State> state;
  private String failure = "";

  AwsEndpoint(
      World world,
      String id,
      SimNetwork network,
      SimService service,
      List<SimSubnet> subnets,
      Map<String, String> labels) {
    super(world, id, network, service, world.now().truncatedTo(ChronoUnit.MILLIS), labels);
    this.subnets = List.copyOf(subnets);
    String own = id + "-" + world.ids.hex(8);
    String rest = "." + service.id + "." + service.region + ".vpce.amazonaws.com";
    dnsName = own + rest;
    for (SimSubnet subnet : subnets) {
      zonalNames.put(subnet.zoneName, own + "-" + subnet.zoneName + rest);
    }
    state = new Timeline<>(createdAt, State.PENDING_ACCEPTANCE);
    if (service.automatic) {
      build(createdAt);
    }
  }

  private void build(long from) {
    long building = world.latencies.building().toNanos();
    state.set(from, State.PENDING);
    if (world.assumptions.hold(PARTIAL_WHILE_BUILDING)) {
      state.set(from + building / 2, State.BUILT_PARTLY);
    }
    state.set(from + building, State.AVAILABLE);
  }

  @Override
  Endpoint view(long at, long labelsAt) {
    State seen = state.at(at);
    return Endpoint.builder()
        .id(id)
        .serviceName(service.name)
        .serviceRegion(Optional.of(service.region).filter(region -> !region.equals(network.region)))
        .vpcId(network.vpcId)
        .resource(seen.resource)
        .link(seen.link)
        .rawStatus(seen.raw)
        .failure(Optional.of(failure).filter(text -> seen == State.FAILED && !text.isEmpty()))
        .createTime(createTime)
        .labels(labels.at(labelsAt))
        .dnsName(Optional.of(dnsName))
        .zonalDnsNames(zonalNames)
        .zones(subnets.stream().map(AwsEndpoint::zone).toList())
        .build();
  }

  private static EndpointZone zone(SimSubnet subnet) {
    return new EndpointZone(
        Optional.of(subnet.id), Optional.empty(), LinkState.UNKNOWN, Optional.empty());
  }

  @Override
  String stateForOwner(long now) {
    return state.at(now).raw;
  }

  @Override
  boolean awaitsOwner(long now) {
    return alive() && state.at(now) == State.PENDING_ACCEPTANCE;
  }

  @Override
  void accept(long now) {
    boolean rejected = alive() && state.at(now) == State.REJECTED;
    if (!awaitsOwner(now) && !(rejected && world.assumptions.hold(REJECTION_REVERSIBLE))) {
      throw cannot("accept", now);
    }
    build(now);
  }

  @Override
  void reject(long now) {
    if (!connectable(now)) {
      throw cannot("reject", now);
    }
    state.set(now, State.REJECTED);
  }

  @Override
  void expire(long now) {
    if (!awaitsOwner(now)) {
      throw cannot("expire", now);
    }
    state.set(now, State.EXPIRED);
  }

  @Override
  void fail(String message, long now) {
    if (!alive()) {
      throw cannot("fail", now);
    }
    failure = message;
    state.set(now, State.FAILED);
  }

  /** A service can only be deleted once its owner has rejected everybody. */
  @Override
  void serviceDeleted(long now) {
    if (connectable(now)) {
      state.set(now, State.REJECTED);
    }
  }

  private boolean connectable(long now) {
    return alive() && State.CONNECTABLE.contains(state.at(now));
  }

  @Override
  void modify(long now) {
    if (!alive() || !State.UP.contains(state.at(now))) {
      throw cannot("modify", now);
    }
    state
        .set(now, State.MODIFYING)
        .set(now + world.latencies.building().toNanos(), State.AVAILABLE);
  }

  @Override
  void partial(long now) {
    if (!alive() || !State.UP.contains(state.at(now))) {
      throw cannot("break a zone of", now);
    }
    state.set(now, State.PARTIAL);
  }

  @Override
  void lockBilling(boolean locked) {
    throw new UnsupportedOperationException("AWS has no billing lock");
  }

  @Override
  void delete(long now) {
    if (!alive()) {
      return;
    }
    deletedAt = now;
    long done = now + world.latencies.deleting().toNanos();
    long seen = now + world.assumptions.nanos(Assumption.Question.DELETION_SEEN);
    state.set(seen, State.DELETING).set(Math.max(seen, done), State.DELETED);
    goneAt = state.lastChange() + world.assumptions.nanos(Assumption.Question.DELETED_LISTED);
    subnets.forEach(subnet -> subnet.releaseAt(done));
  }

  @Override
  boolean deleted(long now) {
    return gone(now) || state.at(now) == State.DELETED;
  }

  @Override
  Optional<Set<String>> trafficTo(String name) {
    if (name.equals(dnsName)) {
      return Optional.of(Set.copyOf(zoneIds(createdAt)));
    }
    return subnets.stream()
        .filter(subnet -> name.equals(zonalNames.get(subnet.zoneName)))
        .findFirst()
        .map(subnet -> Set.of(subnet.zoneId));
  }

  @Override
  boolean carriesTraffic(long now) {
    return State.UP.contains(state.at(now));
  }

  @Override
  List<String> zoneIds(long now) {
    return subnets.stream().map(subnet -> subnet.zoneId).sorted().toList();
  }

  /** States; several can look the same from outside. */
  private enum State {
    PENDING_ACCEPTANCE("pendingAcceptance", ResourceState.CREATING, LinkState.AWAITING_OWNER),
    PENDING("pending", ResourceState.CREATING, LinkState.CONNECTING),
    BUILT_PARTLY("partial", ResourceState.PARTIAL, LinkState.CONNECTED),
    AVAILABLE("available", ResourceState.READY, LinkState.CONNECTED),
    MODIFYING("pending", ResourceState.CREATING, LinkState.CONNECTING),
    PARTIAL("partial", ResourceState.PARTIAL, LinkState.CONNECTED),
    REJECTED("rejected", ResourceState.READY, LinkState.REJECTED),
    EXPIRED("expired", ResourceState.READY, LinkState.EXPIRED),
    FAILED("failed", ResourceState.FAILED, LinkState.UNKNOWN),
    DELETING("deleting", ResourceState.DELETING, LinkState.UNKNOWN),
    DELETED("deleted", ResourceState.DELETED, LinkState.UNKNOWN);

    static final Set<State> UP = EnumSet.of(AVAILABLE, MODIFYING, PARTIAL);
    static final Set<State> CONNECTABLE =
        EnumSet.of(PENDING_ACCEPTANCE, PENDING, BUILT_PARTLY, AVAILABLE, MODIFYING, PARTIAL);

    private final String raw;
    private final ResourceState resource;
    private final LinkState link;

    State(String raw, ResourceState resource, LinkState link) {
      this.raw = raw;
      this.resource = resource;
      this.link = link;
    }
  }
}
