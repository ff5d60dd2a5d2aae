package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client over the driver, the SDK and a socket, in every single position. */
class AlicloudLifeCycleTest {
  static Stream<List<Assumption>> positions() {
    return Stream.concat(
        Stream.of(List.of()), Assumption.positions(CloudProvider.ALICLOUD).stream().map(List::of));
  }

  @ParameterizedTest
  @MethodSource("positions")
  void connection_livesFromZonesToDeletion_andLeavesNothing(List<Assumption> position) {
    try (AlicloudCloud cloud = new AlicloudCloud(position)) {
      PrivateLinkClient links = cloud.links;
      ConnectionType type = cloud.service();
      assertThat(links.zones(AlicloudCloud.CLUSTER).accountId()).isEqualTo(FakeAlicloud.ACCOUNT);
      assertThat(links.zones(AlicloudCloud.CLUSTER).zoneIds())
          .containsExactlyElementsOf(AlicloudCloud.ZONES);
      assertThat(links.check(AlicloudCloud.CLUSTER, type).errors()).isEmpty();

      PrivateLinkConnection link = links.create(AlicloudCloud.request(type, "op-1"));
      assertThat(links.create(AlicloudCloud.request(type, "op-1")).endpointId())
          .isEqualTo(link.endpointId());
      cloud.settle();
      PrivateLinkConnection pending = links.get(link);
      assertThat(pending.state()).isEqualTo(ConnectionState.PENDING_ACCEPTANCE);
      assertThat(pending.reason().orElseThrow().code()).isEqualTo(ReasonCode.AWAITING_OWNER);
      assertThat(pending.ownerInstructions().orElseThrow())
          .contains(link.endpointId(), FakeAlicloud.ACCOUNT);
      DomainPlan plan = links.planDomain(link, DomainRequest.managed());
      cloud.fake.accept(link.endpointId());
      link = links.awaitActive(link, Duration.ofMinutes(30));
      assertThat(link.zoneIds()).containsExactlyElementsOf(AlicloudCloud.ZONES);
      assertThat(link.zonalHostNames()).containsOnlyKeys(AlicloudCloud.ZONES);

      DomainAttachment domain = links.attachDomain(link, DomainRequest.managed());

      assertThat(domain.state()).isEqualTo(DomainState.ATTACHED);
      assertThat(domain.apex()).isEqualTo(plan.apex());
      cloud.settle();
      assertThat(resolved(cloud, "b1." + domain.apex())).isEqualTo(link.hostName().orElseThrow());
      for (String zone : AlicloudCloud.ZONES) {
        assertThat(resolved(cloud, "b1." + zone + "." + domain.apex()))
            .isEqualTo(link.zonalHostNames().get(zone));
      }
      assertThat(cloud.listed())
          .singleElement()
          .extracting(PrivateLinkConnection::id, PrivateLinkConnection::state)
          .containsExactly(link.id(), ConnectionState.ACTIVE);
      assertThat(links.get(link).domains())
          .singleElement()
          .extracting(DomainAttachment::id, DomainAttachment::state)
          .containsExactly(domain.id(), DomainState.ATTACHED);

      links.detachDomain(link, domain.id());
      assertThat(cloud.fake.zoneCount()).isZero();
      cloud.settle();
      assertThat(links.get(link).domains()).isEmpty();
      assertThat(links.delete(link).state()).isEqualTo(ConnectionState.DELETING);
      links.awaitDeleted(link, Duration.ofMinutes(10));

      assertThat(cloud.fake.endpoints()).isEmpty();
      cloud.settle();
      assertThat(cloud.listed()).isEmpty();
      assertThat(cloud.permissionsUsed()).isSubsetOf(AlicloudCloud.permissionsDeclared());
    }
  }

  private static String resolved(AlicloudCloud cloud, String name) {
    return cloud.fake.resolve(cloud.network.vpcId(), name).orElse("nothing");
  }

  /** The deletion alone takes the domain with it. */
  @ParameterizedTest
  @MethodSource("positions")
  void deletion_ofWhatStillHasItsDomain_leavesNothing(List<Assumption> position) {
    try (AlicloudCloud cloud = new AlicloudCloud(position)) {
      PrivateLinkConnection link = cloud.active(AlicloudCloud.request(cloud.service(), "op-1"));
      DomainAttachment domain = cloud.links.attachDomain(link, DomainRequest.managed());
      assertThat(domain.state()).isEqualTo(DomainState.ATTACHED);

      cloud.links.delete(link);
      cloud.links.awaitDeleted(link, Duration.ofMinutes(10));

      assertThat(cloud.fake.endpoints()).isEmpty();
      assertThat(cloud.fake.zoneCount()).isZero();
      cloud.settle();
      assertThat(cloud.listed()).isEmpty();
    }
  }
}
