package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.exception.AccessDeniedException;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.PrivateLinkConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only somebody at the account can put right. */
class AlicloudObstaclesTest {

  @Test
  void overdueBill_stopsADeletionAtOnce_andWhenItIsPaidItGoesOn() {
    try (AlicloudCloud cloud = new AlicloudCloud(List.of())) {
      PrivateLinkConnection link = cloud.active(AlicloudCloud.request(cloud.service(), "op-1"));
      cloud.fake.lock(link.endpointId(), true);

      assertThatThrownBy(() -> cloud.links.delete(link))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("a bill is overdue");

      cloud.fake.lock(link.endpointId(), false);
      cloud.links.delete(link);
      cloud.links.awaitDeleted(link, Duration.ofMinutes(10));
      assertThat(cloud.fake.endpointCount()).isZero();
    }
  }

  @Test
  void roleThatIsMissing_isSaid_withWhatToDo() {
    try (AlicloudCloud cloud = new AlicloudCloud(List.of())) {
      ConnectionType type = cloud.service();
      cloud.links.check(AlicloudCloud.CLUSTER, type);
      cloud.fake.linkRole(false);

      assertThatThrownBy(() -> cloud.links.create(AlicloudCloud.request(type, "op-1")))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("AliyunServiceRoleForPrivatelink");
    }
  }
}
