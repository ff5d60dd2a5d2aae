package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.LoggedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Very many waits at once, in virtual time: what calls they cost, and that they end in time. */
class WaitingScaleTest {
  private static final int ALL = 50_000;
  private static final int FEW = 100;

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void aHundredPendingAmongFiftyThousand_costWhatTheyMust_andEndInTime(CloudProvider flavour) {
    try (WaitingLinks world = new WaitingLinks(flavour)) {
      world.create(FEW);
      world.addOthers(ALL - FEW);
      world.settle();
      world.links.forEach(world::await);
      world.time.advance(Duration.ofSeconds(1));

      world.time.advance(Duration.ofSeconds(90));
      List<List<LoggedCall>> steady = world.ticks(Duration.ofSeconds(90));
      for (List<LoggedCall> tick : steady) {
        if (flavour == CloudProvider.AWS) {
          assertThat(WaitCosts.readsOf(tick)).as("calls per tick").isEqualTo(1);
        } else {
          assertThat(WaitCosts.count(tick, Operation.LIST_ENDPOINTS))
              .isLessThanOrEqualTo(ALL / WaitCosts.PAGE);
          assertThat(WaitCosts.readsOf(tick))
              .isLessThanOrEqualTo(ALL / WaitCosts.PAGE + WaitCosts.ZONE_READS);
        }
      }

      PrivateLinkConnection vanished = world.links.get(0);
      Instant changedAt = world.now();
      world.cloud.vanish(vanished.endpointId());
      world.links.subList(1, FEW).forEach(link -> world.service.accept(link.endpointId()));
      world.time.advance(Duration.ofSeconds(90));

      assertThat(world.outcome(vanished).why()).isEqualTo("ENDPOINT_GONE");
      assertThat(Duration.between(changedAt, world.outcome(vanished).at()))
          .as("news of the vanished link")
          .isLessThanOrEqualTo(
              WaitCosts.onePoll(flavour, ALL / WaitCosts.PAGE + WaitCosts.ZONE_READS));
      Instant worksAt = changedAt.plus(WaitCosts.CONNECTING.getOrDefault(flavour, Duration.ZERO));
      Duration slowest = Duration.ZERO;
      for (PrivateLinkConnection link : world.links.subList(1, FEW)) {
        assertThat(world.outcome(link).why()).isEqualTo("ACTIVE");
        slowest = WaitCosts.later(slowest, Duration.between(worksAt, world.outcome(link).at()));
      }
      WaitCosts.report(
          flavour,
          FEW + " pending among " + ALL,
          steady,
          "slowest active " + slowest.toMillis() / 1e3 + " s");
      assertThat(slowest)
          .as("slowest news of an accepted link")
          .isLessThanOrEqualTo(
              WaitCosts.onePoll(flavour, ALL / WaitCosts.PAGE + WaitCosts.ZONE_READS));
    }
  }

  /** A mass deletion costs a read for each on Alibaba Cloud; it must not starve the other waits. */
  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void moreVanishThanCanBeReadInATurn_everyWaitStillEnds(CloudProvider flavour) {
    try (WaitingLinks world = new WaitingLinks(flavour)) {
      int count = 2_000;
      world.create(count);
      world.settle();
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
      world.settle();
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
      world.settle();
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
      world.settle();
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

  private static Map<String, Long> how(WaitingLinks world, List<PrivateLinkConnection> links) {
    return links.stream()
        .map(link -> world.outcomes.containsKey(link.id()) ? world.outcome(link).why() : "WAITS")
        .collect(Collectors.groupingBy(why -> why, TreeMap::new, Collectors.counting()));
  }
}
