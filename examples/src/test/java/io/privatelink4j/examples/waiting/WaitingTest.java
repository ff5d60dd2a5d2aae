package io.privatelink4j.examples.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.StateReason;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final InMemoryCloud cloud = InMemoryCloud.aws();
  private final OwnedService kafka = cloud.publish().allow(cloud.accountId());
  private final PrivateLinkClient links =
      PrivateLinkClient.builder()
          .provider(cloud)
          .time(cloud.time())
          .clusters(clusterId -> List.of(cloud.network()))
          .build();
  private final PrivateLinkConnection link =
      links.create(
          CreateConnectionRequest.builder()
              .clusterId("c1")
              .displayName("orders")
              .type(kafka.type())
              .requestId("op-1")
              .build());

  @AfterEach
  void close() {
    links.close();
  }

  @Test
  void awaitActive_whenTheOwnerAccepts_hasNoReason() {
    cloud.time().schedule(Duration.ofMinutes(10), kafka::acceptAll);

    assertThat(Waiting.awaitActive(links, link)).isEmpty();
  }

  @Test
  void awaitActive_whenTheOwnerRejects_tellsWhy() {
    cloud.time().schedule(Duration.ofMinutes(10), () -> kafka.reject(link.endpointId()));

    Optional<StateReason> reason = Waiting.awaitActive(links, link);

    assertThat(reason.map(StateReason::code)).contains(ReasonCode.REJECTED);
  }

  @Test
  void awaitOwner_tellsThemOnceAndGoesOn() {
    List<String> mails = new ArrayList<>();
    cloud.time().schedule(Duration.ofHours(20), kafka::acceptAll);

    PrivateLinkConnection active = Waiting.awaitOwner(links, link, mails::add);

    assertThat(active.state()).isEqualTo(ConnectionState.ACTIVE);
    assertThat(mails).hasSize(1);
    assertThat(mails.get(0)).contains(link.endpointId());
  }

  @Test
  void whenActive_afterANotification_completesAtOnce() {
    List<PrivateLinkConnection> started = new ArrayList<>();
    CompletableFuture<Void> wait = Waiting.whenActive(links, link, started::add);
    cloud.manualTime().advance(Duration.ofHours(1));
    kafka.acceptAll();
    // The endpoint is built in 20 seconds; by then the next poll is some seconds away.
    cloud.manualTime().advance(Duration.ofSeconds(20));
    int calls = cloud.calls().size();

    Waiting.onNotification(links, "c1", link.id());
    cloud.manualTime().advance(Duration.ZERO);

    assertThat(cloud.calls().size()).isGreaterThan(calls);
    assertThat(wait).isCompleted();
    assertThat(started).extracting(PrivateLinkConnection::id).containsExactly(link.id());
  }

  @Test
  void whenActive_cancelled_endsTheWait() {
    CompletableFuture<Void> wait = Waiting.whenActive(links, link, started -> {});

    wait.cancel(false);
    kafka.acceptAll();
    cloud.manualTime().advance(Duration.ofHours(1));

    assertThat(wait).isCancelled();
  }
}
