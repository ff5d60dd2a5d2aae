package io.privatelink4j.bench;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** (e) What a connection's life costs in time and heap, as there are more of them. */
final class LifeCycles {
  private static final int PER_CLUSTER = 10;

  /** A life's time, and what it takes while it lasts, the simulated cloud included. */
  private record Cost(double micros, double bytes) {}

  private LifeCycles() {}

  static void measure(Table table) {
    Cost few = best(1_000, 10);
    Cost many = best(10_000, 3);
    table.compare(
        "(e) life of a connection (create, wait, attach, detach, delete), 10,000 beside 1,000",
        many.micros,
        few.micros,
        " µs",
        "≤ 1.3");
    table.compare(
        "(e) heap of a connection, the simulated cloud included, 10,000 beside 1,000",
        many.bytes / 1000,
        few.bytes / 1000,
        " kB",
        "≤ 1.3");
  }

  /** Others on the machine only add to the time. */
  private static Cost best(int count, int runs) {
    return Stream.generate(() -> run(count))
        .limit(runs)
        .min(Comparator.comparingDouble(Cost::micros))
        .orElseThrow();
  }

  private static Cost run(int count) {
    long heapBefore = usedHeap();
    InMemoryCloud cloud = InMemoryCloud.aws();
    Map<String, List<ClusterNetwork>> directory = new HashMap<>();
    List<OwnedService> services = new ArrayList<>();
    for (int i = 0; i < PER_CLUSTER; i++) {
      services.add(cloud.publish().allow(cloud.accountId()));
    }
    for (int i = 0; i < count / PER_CLUSTER; i++) {
      directory.put("cluster-" + i, List.of(cloud.addNetwork()));
    }
    try (PrivateLinkClient links =
        PrivateLinkClient.builder()
            .provider(cloud)
            .time(cloud.time())
            .random(new Random(7))
            .clusters(id -> directory.getOrDefault(id, List.of()))
            .build()) {
      List<PrivateLinkConnection> alive = new ArrayList<>();
      long before = System.nanoTime();
      for (int i = 0; i < count; i++) {
        OwnedService service = services.get(i % PER_CLUSTER);
        PrivateLinkConnection link =
            links.create(
                CreateConnectionRequest.builder()
                    .clusterId("cluster-" + i / PER_CLUSTER)
                    .displayName("orders-" + i)
                    .type(service.type())
                    .requestId("op-" + i)
                    .build());
        service.accept(link.endpointId());
        link = links.awaitActive(link, Duration.ofMinutes(10));
        // An account has 500 hosted zones, so that not all links keep theirs.
        var domain = links.attachDomain(link, DomainRequest.managed());
        links.detachDomain(link, domain.id());
        alive.add(link);
        cloud.calls().clear();
      }
      long lived = System.nanoTime() - before;
      double bytes = (usedHeap() - heapBefore) / (double) count;
      before = System.nanoTime();
      for (PrivateLinkConnection link : alive) {
        var unused = links.delete(link);
        cloud.calls().clear();
      }
      lived += System.nanoTime() - before;
      cloud.manualTime().advance(Duration.ofMinutes(1));
      if (!cloud.leftovers().isEmpty()) {
        throw new IllegalStateException("left over: " + cloud.leftovers().size());
      }
      return new Cost(lived / 1e3 / count, bytes);
    }
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
