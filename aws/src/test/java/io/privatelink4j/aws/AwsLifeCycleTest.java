package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client over the driver, the SDK and a socket. */
class AwsLifeCycleTest {
  static Stream<List<Assumption>> positions() {
    return Stream.concat(Stream.of(List.of()), FakeWorld.positions().stream().map(List::of));
  }

  @ParameterizedTest
  @MethodSource("positions")
  void connection_livesFromZonesToDeletion_andLeavesNothing(List<Assumption> position) {
    try (AwsCloud cloud = new AwsCloud(position)) {
      PrivateLinkClient links = cloud.links;
      ConnectionType type = cloud.service();
      assertThat(links.zones(AwsCloud.CLUSTER).accountId()).isEqualTo(FakeWorld.ACCOUNT);
      assertThat(links.zones(AwsCloud.CLUSTER).zoneIds()).containsExactlyElementsOf(AwsCloud.ZONES);
      assertThat(links.check(AwsCloud.CLUSTER, type).errors()).isEmpty();

      PrivateLinkConnection link = links.create(AwsCloud.request(type, "op-1"));
      assertThat(links.create(AwsCloud.request(type, "op-1")).endpointId())
          .isEqualTo(link.endpointId());
      cloud.settle();
      assertThat(links.get(link).state()).isEqualTo(ConnectionState.PENDING_ACCEPTANCE);
      DomainPlan plan = links.planDomain(link, DomainRequest.managed());
      cloud.aws.accept(link.endpointId());
      link = links.awaitActive(link, Duration.ofMinutes(30));
      assertThat(link.zonalHostNames()).containsOnlyKeys(AwsCloud.ZONES);
      DomainAttachment domain = links.attachDomain(link, DomainRequest.managed());

      assertThat(domain.state()).isEqualTo(DomainState.ATTACHED);
      assertThat(domain.apex()).isEqualTo(plan.apex());
      cloud.settle();
      assertThat(links.list(ListRequest.of(AwsCloud.CLUSTER)).connections())
          .extracting(PrivateLinkConnection::id)
          .containsExactly(link.id());

      links.detachDomain(link, domain.id());
      links.delete(link);
      links.awaitDeleted(link, Duration.ofMinutes(10));

      cloud.settle();
      assertThat(links.list(ListRequest.of(AwsCloud.CLUSTER)).connections()).isEmpty();
      assertThat(cloud.permissionsUsed()).isSubsetOf(cloud.permissionsDeclared());
    }
  }
}
