package io.privatelink4j;

import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.model.CheckMode;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.LoggedCall;
import io.privatelink4j.testing.ManualTime;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A cloud with as many links as wanted, and a client that waits for some of them. */
final class WaitingLinks implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofHours(6);

  /** Two calls that are further apart belong to two ticks. */
  private static final Duration TICK_GAP = Duration.ofSeconds(4);

  final InMemoryCloud cloud;
  final ManualTime time;
  final ClusterNetwork network;
  final OwnedService service;
  final PrivateLinkClient client;
  final Map<String, ClusterNetwork> elsewhere = new HashMap<>();
  final List<PrivateLinkConnection> links = new ArrayList<>();
  final Map<String, Outcome> outcomes = new HashMap<>();

  /** How a wait ended: with whom, when. */
  record Outcome(Optional<Throwable> failure, Instant at) {
    boolean active() {
      return failure.isEmpty();
    }

    /** The reason's code, or the exception's name. */
    String why() {
      return failure
          .map(
              e ->
                  e instanceof ConnectionFailedException failed
                      ? failed.reason().code().name()
                      : e.getClass().getSimpleName())
          .orElse("ACTIVE");
    }
  }

  WaitingLinks(CloudProvider flavour, Assumption... assumptions) {
    cloud = InMemoryCloud.builder(flavour).endpointsPerVpc(100_000).assume(assumptions).build();
    time = cloud.manualTime();
    network = cloud.network();
    network.subnetIds().forEach(id -> cloud.setFreeAddresses(id, 1_000_000));
    service = cloud.publish().allow(cloud.accountId());
    client = client();
  }

  PrivateLinkClient client() {
    return PrivateLinkClient.builder()
        .provider(new WaitingProvider(cloud))
        .time(time)
        .random(new Random(7))
        .maxConnectionsPerCluster(200)
        .servicePolicy(use -> Decision.allow())
        .clusters(id -> List.of(elsewhere.getOrDefault(id, network)))
        .build();
  }

  /** Creates links through the client, a hundred for each cluster. */
  void create(int count) {
    for (int i = 0; i < count; i++) {
      links.add(create("cluster-" + i / 100));
    }
  }

  PrivateLinkConnection create(String clusterId) {
    return client.create(
        CreateConnectionRequest.builder()
            .clusterId(clusterId)
            .displayName("orders")
            .type(service.type())
            .checkMode(CheckMode.OFF)
            .build());
  }

  /** Adds links that nobody waits for. */
  void addOthers(int count) {
    List<ConnectionRef> unused = addPastTheClient(cloud, network, service, count);
  }

  /**
   * Adds links to a cloud that has one. They are made past the client, which would list its
   * cluster's links now and then: their labels are those of the link that the client made, but for
   * its id and cluster.
   */
  static List<ConnectionRef> addPastTheClient(
      InMemoryCloud cloud, ClusterNetwork network, OwnedService service, int count) {
    Endpoint model = cloud.endpoints().get(0);
    PrivateLinkDriver driver = cloud.open();
    List<Subnet> subnets = driver.subnets(network, Optional.empty()).items();
    List<ConnectionRef> refs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ConnectionRef ref = ConnectionRef.of("others-" + i / 10, id(i));
      TreeMap<String, String> labels = new TreeMap<>(model.labels());
      labels.put("plc.id", ref.id());
      labels.put("plc.cluster", "c." + ref.clusterId());
      Endpoint unused =
          driver.createEndpoint(
              network,
              new EndpointSpec("plc-other", service.type(), subnets, labels, "token-" + i));
      refs.add(ref);
    }
    return refs;
  }

  private static String id(int i) {
    StringBuilder letters = new StringBuilder("plc-");
    for (int rest = i, n = 0; n < 26; n++, rest /= 26) {
      letters.append((char) ('a' + rest % 26));
    }
    return letters.toString();
  }

  /** Begins to wait for a link. */
  void await(PrivateLinkConnection link) {
    CompletableFuture<?> unused =
        client
            .whenActive(link, PATIENCE)
            .whenComplete(
                (active, failure) ->
                    outcomes.put(
                        link.id(),
                        new Outcome(Optional.ofNullable(failure).map(WaitingLinks::cause), now())));
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Until everything shows. */
  void settle() {
    time.advance(Duration.ofMinutes(1));
    cloud.calls().clear();
  }

  Instant now() {
    return time.now();
  }

  Outcome outcome(PrivateLinkConnection link) {
    return outcomes.getOrDefault(
        link.id(), new Outcome(Optional.of(new IllegalStateException("waits")), Instant.EPOCH));
  }

  /** Calls of the next while, tick by tick; a call at the very end may be cut off. */
  List<List<LoggedCall>> ticks(Duration next) {
    cloud.calls().clear();
    time.advance(next);
    List<List<LoggedCall>> ticks = new ArrayList<>();
    Instant last = Instant.EPOCH;
    for (LoggedCall call : cloud.calls().all()) {
      if (Duration.between(last, call.at()).compareTo(TICK_GAP) > 0) {
        ticks.add(new ArrayList<>());
      }
      ticks.get(ticks.size() - 1).add(call);
      last = call.at();
    }
    cloud.calls().clear();
    return ticks;
  }

  @Override
  public void close() {
    client.close();
  }
}
