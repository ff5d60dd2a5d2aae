package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.Latencies;
import io.privatelink4j.testing.LoggedCall;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often a link that somebody waits for is read: often after news, seldom after hours. */
class WaitPaceTest {
  /** Long enough for a link that was accepted to be seen on its way. */
  private static final Duration BUILDING = Duration.ofMinutes(10);

  private final InMemoryCloud cloud =
      InMemoryCloud.builder(CloudProvider.AWS)
          .latencies(
              new Latencies(BUILDING, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO))
          .build();
  private final OwnedService service = cloud.publish().allow(cloud.accountId());
  private final PrivateLinkClient links =
      PrivateLinkClient.builder()
          .provider(cloud)
          .time(cloud.time())
          .random(new Random(1))
          .clusters(id -> List.of(cloud.network()))
          .build();
  private final PrivateLinkConnection link =
      links.create(
          CreateConnectionRequest.builder()
              .clusterId("c1")
              .displayName("orders")
              .type(service.type())
              .build());
  private final CompletableFuture<PrivateLinkConnection> wait =
      links.whenActive(link, Duration.ofDays(2));

  @AfterEach
  void close() {
    links.close();
  }

  private int readsWithin(Duration next) {
    cloud.calls().clear();
    cloud.manualTime().advance(next);
    List<LoggedCall> calls = cloud.calls().all();
    assertThat(calls).noneMatch(LoggedCall::isWrite);
    return calls.size();
  }

  @Test
  void inTheFirstHour_everyHalfMinute() {
    cloud.manualTime().advance(Duration.ofMinutes(30));

    assertThat(readsWithin(Duration.ofMinutes(30))).isBetween(60, 67);
  }

  @Test
  void afterFiveHours_everyTwoAndAHalfMinutes() {
    cloud.manualTime().advance(Duration.ofHours(5));

    assertThat(readsWithin(Duration.ofMinutes(30))).isBetween(11, 13);
  }

  @Test
  void afterADay_everyFiveMinutes() {
    cloud.manualTime().advance(Duration.ofDays(1));

    assertThat(readsWithin(Duration.ofHours(1))).isBetween(12, 14);
  }

  @Test
  void afterADay_refresh_readsOnceAndThenOften() {
    cloud.manualTime().advance(Duration.ofDays(1));
    links.refresh(link);

    assertThat(readsWithin(Duration.ZERO)).isEqualTo(1);
    assertThat(readsWithin(Duration.ofSeconds(15))).isBetween(3, 4);
  }

  @Test
  void afterADay_aChange_isFollowedByFrequentReads() {
    cloud.manualTime().advance(Duration.ofDays(1));
    service.acceptAll();
    cloud.manualTime().advance(Duration.ofMinutes(5));

    assertThat(readsWithin(BUILDING.minusMinutes(5).minusSeconds(1))).isGreaterThanOrEqualTo(10);
    assertThat(wait).isNotDone();
    cloud.manualTime().advance(Duration.ofSeconds(31));
    assertThat(wait).isCompleted();
  }
}
