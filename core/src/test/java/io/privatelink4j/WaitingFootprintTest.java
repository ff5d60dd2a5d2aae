package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.SystemTime;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.LoggedCall;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What very many waits at once take of the machine, in virtual time. Heap and threads are the whole
 * JVM's, so nothing else may run.
 */
@Isolated
class WaitingFootprintTest {
  private static final int MANY = 10_000;
  private static final int VANISHED = MANY / 100;
  private static final int FILTER_VALUES = 200;

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void tenThousandPending_costFewCallsLittleHeapNoThread_andEndInTime(CloudProvider flavour) {
    try (WaitingLinks world = new WaitingLinks(flavour)) {
      world.create(MANY);
      world.settle();
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
        slowestGone = WaitCosts.later(slowestGone, Duration.between(vanishedAt, outcome.at()));
      }
      assertThat(world.outcomes).as("ended waits").hasSize(VANISHED);
      assertThat(slowestGone)
          .as("slowest news of a vanished link")
          .isLessThanOrEqualTo(WaitCosts.onePoll(flavour, mostAfterVanishing(flavour)));
      assertThat(WaitCosts.readsOf(after.get(0)))
          .as("calls of the tick that meets vanished links")
          .isLessThanOrEqualTo(mostAfterVanishing(flavour));
      assertSteady(flavour, after.subList(1, after.size()), MANY);

      Duration slowest = acceptInWaves(world, flavour);
      assertThat(world.outcomes).as("ended waits").hasSize(MANY);
      assertThat(world.links.stream().filter(link -> world.outcome(link).active()).count())
          .isEqualTo(MANY - VANISHED);
      assertThat(world.ticks(Duration.ofMinutes(5))).as("calls when nobody waits").isEmpty();
      WaitCosts.report(
          flavour,
          MANY + " pending",
          steady,
          perLink + " B per link, " + (threads() - threadsBefore) + " more threads",
          WaitCosts.readsOf(after.get(0))
              + " calls in the tick after 100 vanished, known after "
              + slowestGone.toSeconds()
              + " s, slowest active "
              + slowest.toMillis() / 1e3
              + " s");
      assertThat(slowest)
          .as("slowest news of an accepted link")
          .isLessThanOrEqualTo(
              WaitCosts.onePoll(flavour, MANY / WaitCosts.PAGE + WaitCosts.ZONE_READS));
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
    Duration connecting = WaitCosts.CONNECTING.getOrDefault(flavour, Duration.ZERO);
    Duration slowest = Duration.ZERO;
    for (int i = 0; i < MANY; i++) {
      WaitingLinks.Outcome outcome = world.outcome(world.links.get(i));
      if (outcome.active()) {
        Instant worksAt = (i % 2 == 0 ? first : second).plus(connecting);
        slowest = WaitCosts.later(slowest, Duration.between(worksAt, outcome.at()));
      }
    }
    return slowest;
  }

  private static void accept(WaitingLinks world, PrivateLinkConnection link) {
    if (!world.outcomes.containsKey(link.id())) {
      world.service.accept(link.endpointId());
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

  private static void assertSteady(
      CloudProvider flavour, List<List<LoggedCall>> ticks, int pending) {
    assertThat(ticks).as("ticks").hasSizeBetween(1, 4);
    for (List<LoggedCall> tick : ticks) {
      int pages = pending / WaitCosts.PAGE;
      if (flavour == CloudProvider.AWS) {
        assertThat(WaitCosts.readsOf(tick)).as("calls per tick").isLessThanOrEqualTo(pages);
        assertThat(WaitCosts.count(tick, Operation.LIST_ENDPOINTS)).as("calls by filter").isZero();
      } else {
        assertThat(WaitCosts.count(tick, Operation.LIST_ENDPOINTS))
            .as("pages")
            .isLessThanOrEqualTo(pages);
        assertThat(WaitCosts.count(tick, Operation.READ_ENDPOINT)).as("reads by id").isZero();
        assertThat(WaitCosts.readsOf(tick))
            .as("calls per tick")
            .isLessThanOrEqualTo(pages + WaitCosts.ZONE_READS);
      }
    }
  }

  private static int mostAfterVanishing(CloudProvider flavour) {
    int pages = MANY / WaitCosts.PAGE;
    return flavour == CloudProvider.AWS
        ? pages + MANY / FILTER_VALUES
        : pages + VANISHED + WaitCosts.ZONE_READS;
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
