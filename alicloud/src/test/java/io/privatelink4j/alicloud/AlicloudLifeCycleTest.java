package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.AccessDeniedException;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.StateReason;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client over the driver, the SDK and a socket. */
class AlicloudLifeCycleTest {
  static Stream<Named<List<Assumption>>> positions() {
    return AlicloudDriverContractTest.positions();
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
      assertThat(links.get(link).state()).isEqualTo(ConnectionState.PENDING_ACCEPTANCE);
      DomainPlan plan = links.planDomain(link, DomainRequest.managed());
      cloud.cloud.accept(link.endpointId());
      link = links.awaitActive(link, Duration.ofMinutes(30));
      assertThat(link.zonalHostNames()).containsOnlyKeys(AlicloudCloud.ZONES);
      DomainAttachment domain = links.attachDomain(link, DomainRequest.managed());

      assertThat(domain.state()).isEqualTo(DomainState.ATTACHED);
      assertThat(domain.apex()).isEqualTo(plan.apex());
      cloud.settle();
      assertThat(cloud.listed()).extracting(PrivateLinkConnection::id).containsExactly(link.id());
      assertThat(cloud.cloud.zoneCount()).isEqualTo(1);

      links.detachDomain(link, domain.id());
      assertThat(cloud.cloud.zoneCount()).isZero();
      links.delete(link);
      links.awaitDeleted(link, Duration.ofMinutes(10));

      cloud.settle();
      assertThat(cloud.listed()).isEmpty();
      assertThat(cloud.cloud.endpointCount()).isZero();
      assertThat(cloud.permissionsUsed()).isSubsetOf(AlicloudCloud.permissionsDeclared());
    }
  }

  /** The endpoint's own status is the same before and after the refusal. */
  @ParameterizedTest
  @MethodSource("positions")
  void rejection_isToldByTheZones_andEndsTheWait(List<Assumption> position) {
    try (AlicloudCloud cloud = new AlicloudCloud(position)) {
      PrivateLinkConnection link =
          cloud.links.create(AlicloudCloud.request(cloud.service(), "op-1"));
      cloud.settle();
      assertThat(reason(cloud.links.get(link))).isEqualTo(ReasonCode.AWAITING_OWNER);

      cloud.cloud.reject(link.endpointId());
      cloud.settle();

      PrivateLinkConnection rejected = cloud.links.get(link);
      assertThat(rejected.state()).isEqualTo(ConnectionState.FAILED);
      assertThat(reason(rejected)).isIn(ReasonCode.REJECTED, ReasonCode.DISCONNECTED);
      assertThatThrownBy(() -> cloud.links.awaitActive(link, Duration.ofMinutes(30)))
          .isInstanceOf(ConnectionFailedException.class);
    }
  }

  @Test
  void deletedService_endsTheWait_withItsReason() {
    try (AlicloudCloud cloud = new AlicloudCloud(List.of())) {
      PrivateLinkConnection link =
          cloud.links.create(AlicloudCloud.request(cloud.service(), "op-1"));
      cloud.settle();
      cloud.cloud.deleteService(link.type().serviceName());
      cloud.settle();

      assertThat(reason(cloud.links.get(link))).isEqualTo(ReasonCode.SERVICE_DELETED);
      assertThatThrownBy(() -> cloud.links.awaitActive(link, Duration.ofMinutes(30)))
          .isInstanceOf(ConnectionFailedException.class);
    }
  }

  @Test
  void overdueBill_isToldAsReason() {
    try (AlicloudCloud cloud = new AlicloudCloud(List.of())) {
      PrivateLinkConnection link = cloud.active(AlicloudCloud.request(cloud.service(), "op-1"));
      cloud.cloud.lock(link.endpointId(), true);

      assertThat(reason(cloud.links.get(link))).isEqualTo(ReasonCode.BILLING_LOCKED);
    }
  }

  @Test
  void overdueBill_stopsADeletionAtOnce_andWhenItIsPaidItGoesOn() {
    try (AlicloudCloud cloud = new AlicloudCloud(List.of())) {
      PrivateLinkConnection link = cloud.active(AlicloudCloud.request(cloud.service(), "op-1"));
      cloud.cloud.lock(link.endpointId(), true);

      assertThatThrownBy(() -> cloud.links.delete(link))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("a bill is overdue");

      cloud.cloud.lock(link.endpointId(), false);
      cloud.links.delete(link);
      cloud.links.awaitDeleted(link, Duration.ofMinutes(10));
      assertThat(cloud.cloud.endpointCount()).isZero();
    }
  }

  @Test
  void productThatIsNotOpened_isSaid_withWhatToDo() {
    try (AlicloudCloud cloud = new AlicloudCloud(List.of())) {
      ConnectionType type = cloud.service();
      cloud.links.check(AlicloudCloud.CLUSTER, type);
      cloud.cloud.linkRole(false);

      assertThatThrownBy(() -> cloud.links.create(AlicloudCloud.request(type, "op-1")))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("AliyunServiceRoleForPrivatelink");
    }
  }

  private static ReasonCode reason(PrivateLinkConnection link) {
    return link.reason().map(StateReason::code).orElseThrow();
  }
}
