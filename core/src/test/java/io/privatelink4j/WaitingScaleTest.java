package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.SystemTime;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.LoggedCall;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Very many waits at once, in virtual time: what they cost, and that they end in time. Heap and
 * threads are the whole JVM's, so nothing else may run.
 */
@Isolated
class WaitingScaleTest {
  private static final int MANY = 10_000;
  private static final int VANISHED = MANY / 100;
  private static final int ALL = 50_000;
  private static final int FEW = 100;
  private static final int PAGE = 1_000;
  private static final int FILTER_VALUES = 200;
  private static final int ZONE_READS = 50;

  /**
   * An endpoint of AWS works twenty seconds after its owner accepted it, one of the other at 5 s.
   */
  private static final Map<CloudProvider, Duration> CONNECTING =
      Map.of(
          CloudProvider.AWS, Duration.ofSeconds(20), CloudProvider.ALICLOUD, Duration.ofSeconds(5));

  private static final Duration POLL = Duration.ofSeconds(30);

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void tenThousandPending_costFewCallsLittleHeapNoThread_andEndInTime(CloudProvider flavour) {
    try (WaitingLinks world = new WaitingLinks(flavour)) {
      world.create(MANY);
      settle(world);
      int threadsBefore = threads();
      long heapBefore = usedHeap();

      world.links.forEach(world::await);
      world.time.advance(Duration.ofSeconds(1));
      world.cloud.calls().clear();

      long perLink = (usedHeap() - heapBefore) / MANY;
      assertThat(perLink).as("bytes of heap per waiting link").isLessThan(2048);
      assertThat(threads()).as("threads").isLessThan(threadsBefore + 10);

      world.time.advance(Duration.ofSeconds(80));
      List<List<LoggedCall>> steady = world.ticks(Duration.ofSeconds(70));
      assertSteady(flavour, steady, MANY);

      Instant vanishedAt = world.now();
      for (int i = 0; i < MANY; i += MANY / VANISHED) {
        world.cloud.vanish(world.links.get(i).endpointId());
      }
      List<List<LoggedCall>> after = world.ticks(Duration.ofSeconds(70));
      Duration slowestGone = Duration.ZERO;
      for (int i = 0; i < MANY; i += MANY / VANISHED) {
        WaitingLinks.Outcome outcome = world.outcome(world.links.get(i));
        assertThat(outcome.why()).isEqualTo("ENDPOINT_GONE");
        slowestGone = max(slowestGone, Duration.between(vanishedAt, outcome.at()));
      }
      assertThat(world.outcomes).as("ended waits").hasSize(VANISHED);
      assertThat(slowestGone)
          .as("slowest news of a vanished link")
          .isLessThanOrEqualTo(onePoll(flavour, mostAfterVanishing(flavour)));
      assertThat(readsOf(after.get(0)))
          .as("calls of the tick that meets vanished links")
          .isLessThanOrEqualTo(mostAfterVanishing(flavour));
      assertSteady(flavour, after.subList(1, after.size()), MANY);

      Duration slowest = acceptInWaves(world, flavour);
      assertThat(world.outcomes).as("ended waits").hasSize(MANY);
      assertThat(world.links.stream().filter(link -> world.outcome(link).active()).count())
          .isEqualTo(MANY - VANISHED);
      assertThat(world.ticks(Duration.ofMinutes(5))).as("calls when nobody waits").isEmpty();
      report(
          flavour,
          MANY + " pending",
          steady,
          perLink + " B per link, " + (threads() - threadsBefore) + " more threads",
          readsOf(after.get(0))
              + " calls in the tick after 100 vanished, known after "
              + slowestGone.toSeconds()
              + " s, slowest active "
              + slowest.toMillis() / 1e3
              + " s");
      assertThat(slowest)
          .as("slowest news of an accepted link")
          .isLessThanOrEqualTo(onePoll(flavour, MANY / PAGE + ZONE_READS));
    }
  }

  /** Half of the owners accept at once, the others twelve seconds later. */
  private static Duration acceptInWaves(WaitingLinks world, CloudProvider flavour) {
    Instant first = world.now();
    for (int i = 0; i < MANY; i += 2) {
      accept(world, world.links.get(i));
    }
    world.time.advance(Duration.ofSeconds(12));
    Instant second = world.now();
    for (int i = 1; i < MANY; i += 2) {
      accept(world, world.links.get(i));
    }
    world.time.advance(Duration.ofSeconds(100));
    Duration connecting = CONNECTING.getOrDefault(flavour, Duration.ZERO);
    Duration slowest = Duration.ZERO;
    for (int i = 0; i < MANY; i++) {
      WaitingLinks.Outcome outcome = world.outcome(world.links.get(i));
      if (outcome.active()) {
        Instant worksAt = (i % 2 == 0 ? first : second).plus(connecting);
        slowest = max(slowest, Duration.between(worksAt, outcome.at()));
      }
    }
    return slowest;
  }

  private static void accept(WaitingLinks world, PrivateLinkConnection link) {
    if (!world.outcomes.containsKey(link.id())) {
      world.service.accept(link.endpointId());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void aHundredPendingAmongFiftyThousand_costWhatTheyMust_andEndInTime(CloudProvider flavour) {
    try (WaitingLinks world = new WaitingLinks(flavour)) {
      world.create(FEW);
      world.addOthers(ALL - FEW);
      settle(world);
      int threadsBefore = threads();
      long heapBefore = usedHeap();
      world.links.forEach(world::await);
      world.time.advance(Duration.ofSeconds(1));
      long perLink = (usedHeap() - heapBefore) / FEW;

      world.time.advance(Duration.ofSeconds(90));
      List<List<LoggedCall>> steady = world.ticks(Duration.ofSeconds(90));
      for (List<LoggedCall> tick : steady) {
        if (flavour == CloudProvider.AWS) {
          assertThat(readsOf(tick)).as("calls per tick").isEqualTo(1);
        } else {
          assertThat(count(tick, Operation.LIST_ENDPOINTS)).isLessThanOrEqualTo(ALL / PAGE);
          assertThat(readsOf(tick)).isLessThanOrEqualTo(ALL / PAGE + ZONE_READS);
        }
      }
      assertThat(threads()).as("threads").isLessThan(threadsBefore + 10);

      PrivateLinkConnection vanished = world.links.get(0);
      Instant changedAt = world.now();
      world.cloud.vanish(vanished.endpointId());
      world.links.subList(1, FEW).forEach(link -> world.service.accept(link.endpointId()));
      world.time.advance(Duration.ofSeconds(90));

      assertThat(world.outcome(vanished).why()).isEqualTo("ENDPOINT_GONE");
      assertThat(Duration.between(changedAt, world.outcome(vanished).at()))
          .as("news of the vanished link")
          .isLessThanOrEqualTo(onePoll(flavour, ALL / PAGE + ZONE_READS));
      Instant worksAt = changedAt.plus(CONNECTING.getOrDefault(flavour, Duration.ZERO));
      Duration slowest = Duration.ZERO;
      for (PrivateLinkConnection link : world.links.subList(1, FEW)) {
        assertThat(world.outcome(link).why()).isEqualTo("ACTIVE");
        slowest = max(slowest, Duration.between(worksAt, world.outcome(link).at()));
      }
      report(
          flavour,
          FEW + " pending among " + ALL,
          steady,
          perLink + " B per link",
          "slowest active " + slowest.toMillis() / 1e3 + " s");
      assertThat(slowest)
          .as("slowest news of an accepted link")
          .isLessThanOrEqualTo(onePoll(flavour, ALL / PAGE + ZONE_READS));
    }
  }

  /** A mass deletion costs a read for each on Alibaba Cloud; it must not starve the other waits. */
  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void moreVanishThanCanBeReadInATurn_everyWaitStillEnds(CloudProvider flavour) {
    try (WaitingLinks world = new WaitingLinks(flavour)) {
      int count = 2_000;
      world.create(count);
      settle(world);
      world.links.forEach(world::await);
      world.time.advance(Duration.ofMinutes(3));

      world.links.subList(0, count / 2).forEach(link -> world.cloud.vanish(link.endpointId()));
      world
          .links
          .subList(count / 2, count)
          .forEach(link -> world.service.accept(link.endpointId()));
      world.time.advance(Duration.ofMinutes(10));

      assertThat(how(world, world.links.subList(count / 2, count)))
          .isEqualTo(Map.of("ACTIVE", (long) count / 2));
      assertThat(how(world, world.links.subList(0, count / 2)))
          .isEqualTo(Map.of("ENDPOINT_GONE", (long) count / 2));
    }
  }

  /** The read by filter, which follows a failed read by id, does not show yet what is new. */
  @Test
  void aNewLink_isNotTakenForGoneBecauseAnotherOneIs() {
    try (WaitingLinks world = new WaitingLinks(CloudProvider.AWS, Assumption.FILTER_LAG_10S)) {
      world.create(1);
      settle(world);
      world.links.add(world.create("cluster-1"));
      world.links.forEach(world::await);
      world.time.advance(Duration.ofSeconds(1));

      world.cloud.vanish(world.links.get(0).endpointId());
      world.time.advance(Duration.ofMinutes(1));

      assertThat(world.outcome(world.links.get(0)).why()).isEqualTo("ENDPOINT_GONE");
      assertThat(world.outcomes).doesNotContainKey(world.links.get(1).id());
    }
  }

  /** What a list still shows may be gone when its zones are read. */
  @Test
  void aLinkThatVanishesBetweenListAndZones_endsItsOwnWaitOnly() {
    try (WaitingLinks world = new WaitingLinks(CloudProvider.ALICLOUD)) {
      world.create(3);
      settle(world);
      world.cloud.onCall(
          operation -> {
            if (operation == Operation.READ_ENDPOINT_ZONES) {
              world.cloud.onCall(any -> {});
              world.cloud.vanish(world.links.get(0).endpointId());
            }
          });
      world.links.forEach(world::await);
      world.time.advance(Duration.ofMinutes(2));

      assertThat(world.outcomes.keySet()).containsExactly(world.links.get(0).id());
      assertThat(world.outcome(world.links.get(0)).why()).isEqualTo("ENDPOINT_GONE");
    }
  }

  /** A tenant's network that was taken apart says nothing about other tenants' links. */
  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void anotherClustersBrokenNetwork_endsNobodyElsesWait(CloudProvider flavour) {
    try (WaitingLinks world = new WaitingLinks(flavour)) {
      ClusterNetwork other = world.cloud.addNetwork();
      world.elsewhere.put("other", other);
      world.create(2);
      PrivateLinkConnection others = world.create("other");
      settle(world);
      world.links.forEach(world::await);
      world.await(others);
      world.time.advance(Duration.ofMinutes(3));

      other.subnetIds().forEach(world.cloud::removeSubnet);
      world.time.advance(Duration.ofMinutes(10));
      assertThat(world.outcomes.keySet()).isSubsetOf(others.id());
      world.links.forEach(link -> world.service.accept(link.endpointId()));
      world.time.advance(Duration.ofMinutes(2));

      assertThat(how(world, world.links)).isEqualTo(Map.of("ACTIVE", 2L));
    }
  }

  /**
   * After a restart nothing is remembered. In real time and with the default executor, because only
   * there a wait could hold a thread.
   */
  @Test
  void aRestartedProcess_resumesHundredsOfWaitsWithAFewThreads() {
    int count = 600;
    try (SystemTime time = new SystemTime()) {
      InMemoryCloud cloud =
          InMemoryCloud.builder(CloudProvider.AWS).time(time).endpointsPerVpc(count + 1).build();
      ClusterNetwork network = cloud.network();
      OwnedService service = cloud.publish().allow(cloud.accountId());
      try (PrivateLinkClient before = realTime(cloud)) {
        PrivateLinkConnection unused =
            before.create(
                CreateConnectionRequest.builder()
                    .clusterId("first")
                    .displayName("orders")
                    .type(service.type())
                    .build());
      }
      List<ConnectionRef> refs = WaitingLinks.addPastTheClient(cloud, network, service, count);
      int threadsBefore = threads();
      try (PrivateLinkClient restarted = realTime(cloud)) {
        List<CompletableFuture<PrivateLinkConnection>> waits =
            refs.stream().map(ref -> restarted.whenActive(ref, Duration.ofHours(1))).toList();
        assertThat(threads() - threadsBefore)
            .as("threads for " + waits.size() + " waits")
            .isLessThan(50);
      }
    }
  }

  private static PrivateLinkClient realTime(InMemoryCloud cloud) {
    ClusterNetwork network = cloud.network();
    return PrivateLinkClient.builder().provider(cloud).clusters(id -> List.of(network)).build();
  }

  private static Map<String, Long> how(WaitingLinks world, List<PrivateLinkConnection> links) {
    return links.stream()
        .map(link -> world.outcomes.containsKey(link.id()) ? world.outcome(link).why() : "WAITS")
        .collect(Collectors.groupingBy(why -> why, TreeMap::new, Collectors.counting()));
  }

  private static void assertSteady(
      CloudProvider flavour, List<List<LoggedCall>> ticks, int pending) {
    assertThat(ticks).as("ticks").hasSizeBetween(1, 4);
    for (List<LoggedCall> tick : ticks) {
      int pages = pending / PAGE;
      if (flavour == CloudProvider.AWS) {
        assertThat(readsOf(tick)).as("calls per tick").isLessThanOrEqualTo(pages);
        assertThat(count(tick, Operation.LIST_ENDPOINTS)).as("calls by filter").isZero();
      } else {
        assertThat(count(tick, Operation.LIST_ENDPOINTS)).as("pages").isLessThanOrEqualTo(pages);
        assertThat(count(tick, Operation.READ_ENDPOINT)).as("reads by id").isZero();
        assertThat(readsOf(tick)).as("calls per tick").isLessThanOrEqualTo(pages + ZONE_READS);
      }
    }
  }

  /** The longest pause between two reads, and as long as the budget takes for the calls of one. */
  private static Duration onePoll(CloudProvider flavour, int calls) {
    return flavour == CloudProvider.AWS
        ? POLL
        : POLL.plus(Duration.ofSeconds(Math.max(0, calls - 20) / 10));
  }

  private static int mostAfterVanishing(CloudProvider flavour) {
    int pages = MANY / PAGE;
    return flavour == CloudProvider.AWS
        ? pages + MANY / FILTER_VALUES
        : pages + VANISHED + ZONE_READS;
  }

  /** All calls of a tick; a network's subnets are read once in a few minutes and not counted. */
  private static int readsOf(List<LoggedCall> tick) {
    assertThat(tick).allMatch(call -> !call.isWrite());
    assertThat(count(tick, Operation.READ_SUBNETS)).isLessThanOrEqualTo(1);
    return tick.size() - count(tick, Operation.READ_SUBNETS);
  }

  private static int count(List<LoggedCall> calls, Operation operation) {
    return (int) calls.stream().filter(call -> call.operation() == operation).count();
  }

  private static void report(
      CloudProvider flavour, String what, List<List<LoggedCall>> ticks, String... rest) {
    String calls =
        ticks.stream()
            .map(tick -> Integer.toString(readsOf(tick)))
            .distinct()
            .sorted()
            .collect(Collectors.joining("/"));
    System.out.println(
        "waiting "
            + flavour
            + ": "
            + what
            + ", "
            + calls
            + " calls per tick, "
            + String.join(", ", rest));
  }

  private static void settle(WaitingLinks world) {
    world.time.advance(Duration.ofMinutes(1));
    world.cloud.calls().clear();
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static int threads() {
    return Thread.getAllStackTraces().size();
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
