package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Links that will not come up: readable, deletable, and no obstacle to the next one. */
class TerminalLinkTest {
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  /** How a link ends that waits for its owner. */
  enum End {
    REJECTED(ReasonCode.REJECTED),
    EXPIRED(ReasonCode.EXPIRED),
    FAILED(ReasonCode.CLOUD_ERROR);

    private final ReasonCode reason;

    End(ReasonCode reason) {
      this.reason = reason;
    }

    void come(OwnedService service, String endpointId) {
      switch (this) {
        case REJECTED -> service.reject(endpointId);
        case EXPIRED -> service.expire(endpointId);
        case FAILED -> service.fail(endpointId, "no capacity");
      }
    }
  }

  /** Alibaba Cloud's requests do not expire, and it documents no failed state. */
  static Stream<Arguments> ends() {
    return Stream.concat(
        Arrays.stream(End.values()).map(end -> Arguments.of(CloudProvider.AWS, end)),
        Stream.of(Arguments.of(CloudProvider.ALICLOUD, End.REJECTED)));
  }

  private static PrivateLinkConnection ended(Setup setup, End end) {
    PrivateLinkConnection link = setup.links.create(setup.request().requestId("op-1").build());
    setup.settle();
    end.come(setup.service, link.endpointId());
    setup.settle();
    return link;
  }

  @ParameterizedTest
  @MethodSource("ends")
  void endedLink_isReadable_withItsReason(CloudProvider flavour, End end) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = ended(setup, end);

      PrivateLinkConnection read = setup.client().get(link);

      assertThat(read.state()).isEqualTo(ConnectionState.FAILED);
      assertThat(read.reason().orElseThrow().code()).isEqualTo(end.reason);
      assertThat(read.message()).isNotBlank();
      assertThat(setup.client().listAll(Setup.CLUSTER))
          .extracting(PrivateLinkConnection::id)
          .containsExactly(link.id());
    }
  }

  @ParameterizedTest
  @MethodSource("ends")
  void endedLink_isDeletable(CloudProvider flavour, End end) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = ended(setup, end);

      PrivateLinkConnection deleted = setup.client().delete(link);

      assertThat(deleted.state()).isEqualTo(ConnectionState.DELETING);
      setup.links.awaitDeleted(link, HALF_AN_HOUR);
      assertThat(setup.cloud.endpoints()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("ends")
  void newRequest_makesAnotherLinkBesideIt_theOldOneGivesTheSame(CloudProvider flavour, End end) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = ended(setup, end);

      PrivateLinkConnection same = setup.client().create(setup.request().requestId("op-1").build());
      PrivateLinkConnection next = setup.client().create(setup.request().requestId("op-2").build());
      setup.settle();
      setup.service.accept(next.endpointId());

      assertThat(same.id()).isEqualTo(link.id());
      assertThat(next.id()).isNotEqualTo(link.id());
      assertThat(setup.links.awaitActive(next, HALF_AN_HOUR).state())
          .isEqualTo(ConnectionState.ACTIVE);
      assertThat(setup.links.get(link).state()).isEqualTo(ConnectionState.FAILED);
      setup.links.delete(link);
      assertThat(setup.links.get(next).state()).isEqualTo(ConnectionState.ACTIVE);
    }
  }
}
