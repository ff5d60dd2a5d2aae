package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.Assumption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A create is lost, whatever the cloud remembers of tokens, and however late its lists are. */
class AlicloudLostCreateTest {
  private enum Loss {
    REQUEST,
    REPLY,
    REST_OF_REPLY
  }

  static Stream<Arguments> positions() {
    return AlicloudLifeCycleTest.positions()
        .flatMap(position -> Stream.of(Loss.values()).map(loss -> Arguments.of(position, loss)));
  }

  @ParameterizedTest
  @MethodSource("positions")
  void lostCreate_leavesOneEndpoint(List<Assumption> position, Loss loss) {
    try (AlicloudCloud cloud = new AlicloudCloud(position)) {
      ConnectionType type = cloud.service();
      CreateConnectionRequest request = AlicloudCloud.request(type, "op-1");
      lose(cloud, loss);

      PrivateLinkConnection link;
      try {
        link = cloud.links.create(request);
      } catch (OutcomeUnknownException e) {
        cloud.settle();
        link = cloud.links.create(request);
      }

      cloud.settle();
      assertThat(cloud.fake.endpoints())
          .extracting(endpoint -> endpoint.id)
          .containsExactly(link.endpointId());
      assertThat(cloud.listed()).extracting(PrivateLinkConnection::id).containsExactly(link.id());
    }
  }

  private static void lose(AlicloudCloud cloud, Loss loss) {
    Predicate<FakeRequest> create = request -> request.action().equals("CreateVpcEndpoint");
    switch (loss) {
      case REQUEST -> cloud.fake.dropNext(create);
      case REPLY -> cloud.fake.loseNextReply(create);
      case REST_OF_REPLY -> cloud.fake.truncateNextReply(create);
    }
  }
}
