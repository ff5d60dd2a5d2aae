package io.privatelink4j.examples.changefeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.changefeed.ChangefeedService.Sink;
import io.privatelink4j.examples.changefeed.LinkOpener.Progress;
import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.StateReason;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import io.privatelink4j.testing.SimulatedCrash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkOpenerTest {
  private final InMemoryCloud cloud = InMemoryCloud.aws();
  private final OwnedService kafka = cloud.publish().allow(cloud.accountId());
  private final PrivateLinkClient links =
      PrivateLinkClient.builder()
          .provider(cloud)
          .time(cloud.time())
          .clusters(clusterId -> List.of(cloud.network()))
          .build();
  private final List<ReasonCode> told = new ArrayList<>();
  private Progress stored = Progress.begin();

  @AfterEach
  void close() {
    links.close();
  }

  private Sink open() {
    return new LinkOpener(links, this::tell)
        .open("c1", "feed-1", kafka.type(), 9092, stored, progress -> stored = progress);
  }

  private void tell(StateReason reason) {
    told.add(reason.code());
  }

  private void afterHours(int hours, Runnable owner) {
    cloud.time().schedule(Duration.ofHours(hours), owner);
  }

  private void reject() {
    kafka.reject(kafka.waiting().get(0));
  }

  private void expire() {
    kafka.expire(kafka.waiting().get(0));
  }

  @Test
  void open_ofALinkThatIsAccepted_takesOneAttempt() {
    afterHours(1, kafka::acceptAll);

    open();

    assertThat(told).isEmpty();
    assertThat(cloud.calls().count(Operation.CREATE_ENDPOINT)).isEqualTo(1);
  }

  @Test
  void open_afterTheOwnersNo_tellsItAndMakesAnother() {
    afterHours(1, this::reject);
    afterHours(2, this::expire);
    afterHours(3, kafka::acceptAll);
    List<Integer> endpoints = new ArrayList<>();
    cloud.onCall(call -> countBeforeCreate(call, endpoints));

    Sink sink = open();

    assertThat(told).containsExactly(ReasonCode.REJECTED, ReasonCode.EXPIRED);
    assertThat(endpoints)
        .as("endpoints that are there when one is created")
        .containsExactly(0, 0, 0);
    assertThat(kafka.connections()).containsOnlyKeys(links.get(sink.link()).endpointId());
  }

  private void countBeforeCreate(Operation call, List<Integer> endpoints) {
    if (call == Operation.CREATE_ENDPOINT) {
      endpoints.add(cloud.endpoints().size());
    }
  }

  @Test
  void open_rejectedThreeTimes_givesUp() {
    afterHours(1, this::reject);
    afterHours(2, this::reject);
    afterHours(3, this::reject);

    assertThatThrownBy(this::open).isInstanceOf(ConnectionFailedException.class);

    assertThat(told).hasSize(LinkOpener.ATTEMPTS - 1);
    assertThat(kafka.connections()).as("the last one, for the operator").hasSize(1);
  }

  @Test
  void open_forAReasonThatAnotherLinkWouldMeet_makesNone() {
    afterHours(1, () -> kafka.fail(kafka.waiting().get(0), "no capacity"));

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            ConnectionFailedException.class,
            e -> assertThat(e.reason().code()).isEqualTo(ReasonCode.CLOUD_ERROR));
    assertThat(cloud.calls().count(Operation.CREATE_ENDPOINT)).isEqualTo(1);
  }

  @Test
  void open_afterACrashBeforeTheDeletion_deletesWhatWasRejected() {
    crashAt(Fault.CRASH_BEFORE);
  }

  @Test
  void open_afterACrashAfterTheDeletion_goesOn() {
    crashAt(Fault.CRASH_AFTER);
  }

  private void crashAt(Fault crash) {
    afterHours(1, this::reject);
    cloud.faults().onCall(Operation.DELETE_ENDPOINTS, 1, crash);
    assertThatThrownBy(this::open).isInstanceOf(SimulatedCrash.class);
    afterHours(3, kafka::acceptAll);

    Sink sink = open();

    assertThat(told).containsExactly(ReasonCode.REJECTED);
    assertThat(kafka.connections()).containsOnlyKeys(links.get(sink.link()).endpointId());
  }
}
