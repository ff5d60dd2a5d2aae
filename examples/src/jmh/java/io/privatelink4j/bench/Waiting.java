package io.privatelink4j.bench;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.CheckMode;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.Latencies;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** (c) Waiting for many links, in virtual time, beside one poller for each at a fixed 5 s. */
final class Waiting {
  private static final Duration POLL = Duration.ofSeconds(30);
  private static final Duration FIXED_POLL = Duration.ofSeconds(5);
  private static final int PER_CLUSTER = 100;

  /** So many acceptances at least. */
  private static final int SAMPLES = 100;

  private Waiting() {}

  static void measure(Table table) {
    for (int links : new int[] {1, 100, 1_000, 10_000}) {
      measure(table, links);
    }
  }

  private static void measure(Table table, int count) {
    String what = String.format(Locale.ROOT, "(c) %,d pending, ", count);
    List<Seen> libraries = new ArrayList<>();
    List<Seen> allPollers = new ArrayList<>();
    for (int round = 0; round < Math.max(1, SAMPLES / count); round++) {
      try (World world = new World(count, round)) {
        libraries.add(world.library());
        if (count == 10_000) {
          world.alone(table);
        }
      }
      try (World world = new World(count, round)) {
        allPollers.add(world.pollers());
      }
    }
    Seen library = Seen.of(libraries);
    Seen pollers = Seen.of(allPollers);
    table.compare(
        what + "calls per minute",
        library.callsPerMinute,
        pollers.callsPerMinute,
        "",
        count == 10_000 ? "≤ 10 per tick" : "");
    if (count == 10_000) {
      table.add(
          what + "calls in the dearest tick", Table.number(library.mostInTick), "", "", "≤ 10");
    }
    table.add(
        what + "acceptance seen after, median and maximum, of the poll in force",
        library.latencies(POLL),
        pollers.latencies(FIXED_POLL),
        "",
        "≤ 0.6, ≤ 1.05");
  }

  /** What a way to wait showed. */
  private record Seen(double callsPerMinute, int mostInTick, List<Duration> latencies) {
    static Seen of(List<Seen> rounds) {
      return new Seen(
          rounds.stream().mapToDouble(Seen::callsPerMinute).average().orElseThrow(),
          rounds.stream().mapToInt(Seen::mostInTick).max().orElseThrow(),
          rounds.stream().flatMap(round -> round.latencies.stream()).toList());
    }

    String latencies(Duration poll) {
      List<Duration> sorted = latencies.stream().sorted().toList();
      Duration median = sorted.get(sorted.size() / 2);
      Duration most = sorted.get(sorted.size() - 1);
      return String.format(
          Locale.ROOT,
          "%.1f s = %.2f, %.1f s = %.2f",
          median.toMillis() / 1e3,
          (double) median.toMillis() / poll.toMillis(),
          most.toMillis() / 1e3,
          (double) most.toMillis() / poll.toMillis());
    }
  }

  /** One account with so many links whose owner does nothing. */
  private static final class World implements AutoCloseable {
    private final InMemoryCloud cloud =
        InMemoryCloud.builder(CloudProvider.AWS)
            .endpointsPerVpc(100_000)
            .latencies(Latencies.none())
            .build();
    private final ClusterNetwork network = cloud.network();
    private final OwnedService service = cloud.publish().allow(cloud.accountId());
    private final PrivateLinkClient client;
    private final List<PrivateLinkConnection> links = new ArrayList<>();
    private final Map<String, Instant> acceptedAt = new HashMap<>();
    private final List<Duration> latencies = new ArrayList<>();
    private final Random random;

    World(int count, int seed) {
      random = new Random(seed);
      network.subnetIds().forEach(id -> cloud.setFreeAddresses(id, 1_000_000));
      String creates = cloud.traits().action(Operation.CREATE_ENDPOINT).family().name();
      // Else the links would take hours to be made; all other budgets are what they are.
      CallFamily unbounded = new CallFamily(creates, 1_000_000, 1e6, false);
      client =
          PrivateLinkClient.builder()
              .provider(cloud)
              .time(cloud.time())
              .pacing(new Pacing(cloud.time(), List.of(unbounded)))
              .random(new Random(seed))
              .executor(Runnable::run)
              .maxConnectionsPerCluster(PER_CLUSTER)
              .servicePolicy(use -> Decision.allow())
              .clusters(id -> List.of(network))
              .build();
      for (int i = 0; i < count; i++) {
        links.add(
            client.create(
                CreateConnectionRequest.builder()
                    .clusterId("cluster-" + i / PER_CLUSTER)
                    .displayName("orders")
                    .type(service.type())
                    .checkMode(CheckMode.OFF)
                    .build()));
      }
      cloud.manualTime().advance(Duration.ofMinutes(1));
    }

    Seen library() {
      for (PrivateLinkConnection link : links) {
        CompletableFuture<?> unused =
            client
                .whenActive(link, Duration.ofHours(6))
                .thenAccept(active -> seen(active.endpointId()));
      }
      cloud.manualTime().advance(Duration.ofMinutes(10));
      Duration watched = Duration.ofMinutes(10);
      cloud.calls().clear();
      cloud.manualTime().advance(watched);
      Map<Long, Integer> ticks = new HashMap<>();
      // The calls of a tick are made within a second or two, the next one comes half a minute
      // later.
      cloud.calls().all().stream()
          .filter(call -> call.operation() != Operation.READ_SUBNETS)
          .forEach(call -> ticks.merge(call.at().getEpochSecond() / 5, 1, Integer::sum));
      double perMinute = cloud.calls().size() / (double) watched.toMinutes();
      int most = ticks.values().stream().mapToInt(Integer::intValue).max().orElse(0);
      acceptWithin(Duration.ofMinutes(5));
      cloud.manualTime().advance(Duration.ofMinutes(6));
      return new Seen(perMinute, most, checked());
    }

    Seen pollers() {
      PrivateLinkDriver driver = cloud.open();
      for (PrivateLinkConnection link : links) {
        Duration offset = Duration.ofMillis(random.nextLong(FIXED_POLL.toMillis()));
        cloud.time().schedule(offset, () -> poll(driver, link.endpointId()));
      }
      cloud.manualTime().advance(Duration.ofMinutes(1));
      cloud.calls().clear();
      cloud.manualTime().advance(Duration.ofMinutes(1));
      double perMinute = cloud.calls().size();
      acceptWithin(Duration.ofMinutes(1));
      cloud.manualTime().advance(Duration.ofMinutes(2));
      return new Seen(perMinute, 0, checked());
    }

    private void poll(PrivateLinkDriver driver, String endpointId) {
      boolean active =
          driver
              .endpoint(network, endpointId)
              .filter(endpoint -> endpoint.rawStatus().equalsIgnoreCase("available"))
              .isPresent();
      if (active) {
        seen(endpointId);
      } else {
        cloud.time().schedule(FIXED_POLL, () -> poll(driver, endpointId));
      }
    }

    private void acceptWithin(Duration within) {
      for (PrivateLinkConnection link : links) {
        cloud
            .time()
            .schedule(
                Duration.ofMillis(random.nextLong(within.toMillis())),
                () -> {
                  acceptedAt.put(link.endpointId(), cloud.time().now());
                  service.accept(link.endpointId());
                });
      }
    }

    private void seen(String endpointId) {
      Instant accepted = acceptedAt.get(endpointId);
      if (accepted != null) {
        latencies.add(Duration.between(accepted, cloud.time().now()));
      }
    }

    private List<Duration> checked() {
      if (latencies.size() != links.size()) {
        throw new IllegalStateException(latencies.size() + " of " + links.size() + " were seen");
      }
      return latencies;
    }

    /** One more link in a cluster of its own, beside all the others and then without them. */
    void alone(Table table) {
      int among = refreshed("alone");
      int callsAmong = work("alone");
      try (World empty = new World(0, 0)) {
        table.add(
            "(c) refresh after an hour, calls, among 10,000 links and without them",
            Table.number(among),
            Table.number(empty.refreshed("alone")),
            "",
            "1");
        table.compare(
            "(c) create, get, list, check, attach and detach of a cluster among 10,000 others' links"
                + " and without them, calls",
            callsAmong,
            empty.work("alone"),
            "",
            "the same");
      }
    }

    private int refreshed(String cluster) {
      PrivateLinkConnection link = create(cluster);
      CompletableFuture<PrivateLinkConnection> wait = client.whenActive(link, Duration.ofHours(6));
      cloud.manualTime().advance(Duration.ofHours(1));
      client.zones(cluster); // zones are known for five minutes
      service.accept(link.endpointId());
      cloud.calls().clear();
      client.refresh(link);
      cloud.manualTime().advance(Duration.ZERO);
      if (!wait.isDone()) {
        throw new IllegalStateException("refresh did not end the wait");
      }
      return cloud.calls().count(Operation.READ_ENDPOINT);
    }

    private int work(String cluster) {
      cloud.calls().clear();
      var unused = client.check(cluster, service.type());
      PrivateLinkConnection link = create(cluster);
      service.accept(link.endpointId());
      link = client.awaitActive(link, Duration.ofMinutes(5));
      var unusedToo = client.get(link);
      var unusedList = client.list(ListRequest.of(cluster));
      var domain = client.attachDomain(link, DomainRequest.managed());
      client.detachDomain(link, domain.id());
      return cloud.calls().size();
    }

    private PrivateLinkConnection create(String cluster) {
      return client.create(
          CreateConnectionRequest.builder()
              .clusterId(cluster)
              .displayName("orders")
              .type(service.type())
              .checkMode(CheckMode.OFF)
              .build());
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
