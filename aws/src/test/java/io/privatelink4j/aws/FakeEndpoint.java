package io.privatelink4j.aws;

import io.privatelink4j.testing.Assumption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An interface endpoint. */
final class FakeEndpoint {
  private static final Set<String> CUTTABLE =
      Set.of("pendingAcceptance", "pending", "partial", "available");

  final String id;
  final FakeWorld.Vpc vpc;
  final FakeWorld.Service service;
  final List<FakeWorld.FakeSubnet> subnets;
  final long createdAt;
  final History<Map<String, String>> tags;
  private final FakeWorld world;
  private final List<String> securityGroups;
  private final boolean privateDns;
  private final Instant createTime;
  private final String suffix;
  private final History<String> state;
  private Optional<String> failure = Optional.empty();
  private boolean deleted;
  private long goneAt = Long.MAX_VALUE;

  FakeEndpoint(
      FakeWorld world,
      FakeWorld.Vpc vpc,
      FakeWorld.Service service,
      List<FakeWorld.FakeSubnet> subnets,
      List<String> securityGroups,
      boolean privateDns,
      Map<String, String> tags) {
    this.world = world;
    this.vpc = vpc;
    this.service = service;
    this.subnets = List.copyOf(subnets);
    this.securityGroups = List.copyOf(securityGroups);
    this.privateDns = privateDns;
    id = world.hex("vpce-0", 16);
    suffix = world.hex("", 8);
    createdAt = world.now();
    createTime = world.time.now().truncatedTo(ChronoUnit.MILLIS);
    this.tags = new History<>(createdAt, Map.copyOf(tags));
    state = new History<>(createdAt, "pendingAcceptance");
    if (!service.acceptance) {
      build();
    }
  }

  private void build() {
    long from = world.now();
    long building = FakeWorld.BUILDING.toNanos();
    state.set(from, "pending");
    if (world.holds(Assumption.PARTIAL_WHILE_BUILDING)) {
      state.set(from + building / 2, "partial");
    }
    state.set(from + building, "available");
  }

  String state(long at) {
    return state.at(at);
  }

  void accept() {
    String now = state.at(world.now());
    boolean again = now.equals("rejected") && world.holds(Assumption.REJECTION_REVERSIBLE);
    if (!now.equals("pendingAcceptance") && !again) {
      throw new IllegalStateException("cannot accept what is " + now);
    }
    build();
  }

  void reject() {
    String now = state.at(world.now());
    if (!CUTTABLE.contains(now)) {
      throw new IllegalStateException("cannot reject what is " + now);
    }
    state.set(world.now(), "rejected");
  }

  /** The owner has not answered for too long; how long that is, AWS does not say. */
  void expire() {
    leave("pendingAcceptance", "expired");
  }

  void fail(String message) {
    leave("pending", "failed");
    failure = Optional.of(message);
  }

  private void leave(String from, String to) {
    String now = state.at(world.now());
    if (!now.equals(from)) {
      throw new IllegalStateException("what is " + now + " does not become " + to);
    }
    state.set(world.now(), to);
  }

  /** Any modification makes it pending once more. */
  void modify() {
    leave("available", "pending");
    build();
  }

  /** A service can be deleted only after its owner has rejected everybody. */
  void serviceDeleted() {
    if (CUTTABLE.contains(state.at(world.now()))) {
      state.set(world.now(), "rejected");
    }
  }

  void delete() {
    if (deleted) {
      return;
    }
    deleted = true;
    long seen = world.now() + world.nanos(Assumption.Question.DELETION_SEEN);
    long done = Math.max(seen, world.now() + FakeWorld.DELETING.toNanos());
    state.set(seen, "deleting").set(done, "deleted");
    goneAt = done + world.nanos(Assumption.Question.DELETED_LISTED);
  }

  boolean deletionBegun() {
    return deleted;
  }

  boolean gone() {
    return world.now() >= goneAt;
  }

  /** Whether its network interfaces are there, and it counts. */
  boolean present() {
    return !state.at(world.now()).equals("deleted");
  }

  private List<String> names() {
    String own = id + "-" + suffix;
    String rest = "." + service.id + "." + service.region + ".vpce.amazonaws.com";
    List<String> names = new java.util.ArrayList<>();
    // The regional name comes in the middle: its place means nothing.
    for (FakeWorld.FakeSubnet subnet : subnets) {
      names.add(own + "-" + subnet.zoneName() + rest);
    }
    names.add(names.size() / 2, own + rest);
    return names;
  }

  Xml write(Xml xml, String element, long at, long tagsAt) {
    xml.open(element)
        .text("vpcEndpointId", id)
        .text("vpcEndpointType", "Interface")
        .text("vpcId", vpc.id())
        .text("serviceName", service.name)
        .text("serviceRegion", service.region)
        .text("state", state.at(at))
        .text("ownerId", FakeWorld.ACCOUNT)
        .text("privateDnsEnabled", String.valueOf(privateDns))
        .text("requesterManaged", "false")
        .text("creationTimestamp", createTime.toString())
        .items("subnetIdSet", subnets.stream().map(FakeWorld.FakeSubnet::id).toList());
    failure.ifPresent(
        message ->
            xml.open("lastError")
                .text("code", "InternalError")
                .text("message", message)
                .close("lastError"));
    xml.open("groupSet");
    securityGroups.forEach(
        group -> xml.open("item").text("groupId", group).text("groupName", "links").close("item"));
    xml.close("groupSet").open("dnsEntrySet");
    names()
        .forEach(
            name ->
                xml.open("item")
                    .text("dnsName", name)
                    .text("hostedZoneId", "Z7HUB22UULQXV")
                    .close("item"));
    if (privateDns) {
      xml.open("item")
          .text("dnsName", service.privateName.orElseThrow())
          .text("hostedZoneId", "Z06320943MMOWYG6MAVL9")
          .close("item");
    }
    xml.close("dnsEntrySet").open("tagSet");
    new TreeMap<>(tags.at(tagsAt))
        .forEach(
            (key, value) -> xml.open("item").text("key", key).text("value", value).close("item"));
    return xml.close("tagSet").close(element);
  }
}
