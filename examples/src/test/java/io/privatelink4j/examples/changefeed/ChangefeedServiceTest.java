package io.privatelink4j.examples.changefeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.changefeed.ChangefeedService.Sink;
import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangefeedServiceTest {
  // region test
  private final InMemoryCloud cloud = InMemoryCloud.aws();
  private final OwnedService kafka = cloud.publish().allow(cloud.accountId()); // the customer's
  private final PrivateLinkClient links =
      PrivateLinkClient.builder()
          .provider(cloud)
          .time(cloud.time()) // minutes of waiting take no time
          .clusters(clusterId -> List.of(cloud.network()))
          .build();
  private final ChangefeedService service = new ChangefeedService(links);

  @Test
  void changefeed_isReachable_whenTheCustomerHasAccepted() {
    Sink sink = service.createLink("c1", "feed-1", kafka.type(), 9092);
    CompletableFuture<InetSocketAddress> address = service.whenReachable(sink, Duration.ofHours(1));

    cloud.manualTime().advance(Duration.ofMinutes(5));
    assertThat(address).isNotDone();
    assertThat(service.customerInstructions(sink)).isNotEmpty();

    kafka.acceptAll();
    cloud.manualTime().advance(Duration.ofMinutes(1));
    assertThat(address).isCompleted();
    assertThat(cloud.resolve(cloud.network(), address.join().getHostString()).leadsToEndpoint())
        .isTrue();
  }

  // endregion

  @Test
  void createLink_afterALostReply_makesNoSecondLink() {
    cloud.faults().onCall(Operation.CREATE_ENDPOINT, 1, Fault.REPLY_LOST);

    service.createLink("c1", "feed-1", kafka.type(), 9092);

    assertThat(cloud.endpoints()).hasSize(1);
    assertThat(cloud.calls().count(Operation.CREATE_ENDPOINT)).isEqualTo(1);
  }

  @AfterEach
  void close() {
    links.close();
  }

  @Test
  void createLink_again_givesTheSameSink() {
    Sink first = service.createLink("c1", "feed-1", kafka.type(), 9092);

    assertThat(service.createLink("c1", "feed-1", kafka.type(), 9092)).isEqualTo(first);
    assertThat(cloud.endpoints()).hasSize(1);
  }

  @Test
  void createLink_whoseOutcomeStaysUnknown_canBeRepeated() {
    cloud.faults().always(Operation.CREATE_ENDPOINT, Fault.TIMEOUT_BEFORE);
    assertThatThrownBy(() -> service.createLink("c1", "feed-1", kafka.type(), 9092))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("feed-1");
    cloud.faults().clear();

    service.createLink("c1", "feed-1", kafka.type(), 9092);

    assertThat(cloud.endpoints()).hasSize(1);
  }

  @Test
  void whenReachable_ofARejectedLink_saysSo() {
    Sink sink = service.createLink("c1", "feed-1", kafka.type(), 9092);
    CompletableFuture<InetSocketAddress> address = service.whenReachable(sink, Duration.ofHours(1));

    kafka.reject(kafka.waiting().get(0));
    cloud.manualTime().advance(Duration.ofMinutes(1));

    assertThatThrownBy(address::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ConnectionFailedException.class,
            e -> assertThat(e.reason().code()).isEqualTo(ReasonCode.REJECTED));
  }

  @Test
  void dropLink_leavesNothingAndCanBeRepeated() {
    Sink sink = service.createLink("c1", "feed-1", kafka.type(), 9092);

    service.dropLink(sink);
    cloud.manualTime().advance(Duration.ofMinutes(1));
    service.dropLink(sink);

    assertThat(cloud.leftovers()).isEmpty();
  }
}
