package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which requests each operation of a warm client sends, counted at the socket. Warm: it has read
 * the account, the network's vSwitches and DNS, and the cluster's connections, in the last minutes.
 */
class AlicloudCallBudgetTest {

  /** With a network of three zones, and warm. */
  private static final class Warm implements AutoCloseable {
    private final AlicloudCloud cloud = new AlicloudCloud(List.of());
    private final PrivateLinkClient links = cloud.links;
    private final ConnectionType type = cloud.service();

    Warm() {
      links.zones(AlicloudCloud.CLUSTER);
      links.check(AlicloudCloud.CLUSTER, type);
    }

    CreateConnectionRequest request() {
      return AlicloudCloud.request(type).build();
    }

    @Override
    public void close() {
      cloud.close();
    }
  }

  @Test
  void building_sendsNothing_andZonesAsksOnceForAccountAndVSwitches() {
    try (AlicloudCloud cloud = new AlicloudCloud(List.of())) {
      assertThat(cloud.cloud.requests()).isEmpty();
      assertThat(cloud.actions(() -> cloud.links.zones(AlicloudCloud.CLUSTER)))
          .containsExactlyInAnyOrder("GetCallerIdentity", "DescribeVSwitches");
      assertThat(cloud.actions(() -> cloud.links.zones(AlicloudCloud.CLUSTER))).isEmpty();
    }
  }

  @Test
  void check_takesOneCall() {
    try (Warm warm = new Warm()) {
      assertThat(warm.cloud.actions(() -> warm.links.check(AlicloudCloud.CLUSTER, warm.type)))
          .containsExactly("ListVpcEndpointServicesByEndUser");
    }
  }

  @Test
  void create_ofThreeZones_takesTwoCalls() {
    try (Warm warm = new Warm()) {
      assertThat(warm.cloud.actions(() -> warm.links.create(warm.request())))
          .containsExactly("ListVpcEndpointServicesByEndUser", "CreateVpcEndpoint");
    }
  }

  @Test
  void create_withTheCallersRequestId_takesThreeCalls() {
    try (Warm warm = new Warm()) {
      CreateConnectionRequest request = AlicloudCloud.request(warm.type, "op-1");

      assertThat(warm.cloud.actions(() -> warm.links.create(request)))
          .containsExactly(
              "ListVpcEndpoints", "ListVpcEndpointServicesByEndUser", "CreateVpcEndpoint");
    }
  }

  @Test
  void get_takesTwoCalls() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.links.create(warm.request());
      warm.cloud.settle();

      assertThat(warm.cloud.actions(() -> warm.links.get(link)))
          .containsExactly("ListVpcEndpoints", "ListVpcEndpointZones");
    }
  }

  @Test
  void attachAndDetach_writeOneRecordPerCall() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.cloud.active(warm.request());
      var unused = warm.links.planDomain(link, DomainRequest.managed());
      List<DomainAttachment> domains = new ArrayList<>();

      List<String> attach =
          warm.cloud.actions(
              () -> domains.add(warm.links.attachDomain(link, DomainRequest.managed())));
      List<String> detach =
          warm.cloud.actions(() -> warm.links.detachDomain(link, domains.get(0).id()));

      assertThat(withoutPolls(attach))
          .containsExactly(
              "ListVpcEndpoints",
              "ListVpcEndpointZones",
              "TagResources",
              "DescribeZones",
              "AddZone",
              "AddZoneRecord",
              "AddZoneRecord",
              "AddZoneRecord",
              "AddZoneRecord",
              "BindZoneVpc",
              "DescribeZoneInfo",
              "ListVpcEndpoints",
              "TagResources");
      assertThat(withoutPolls(detach))
          .containsExactly(
              "ListVpcEndpoints",
              "TagResources",
              "DescribeZones",
              "DescribeZoneInfo",
              "BindZoneVpc",
              "DescribeZoneInfo",
              "DeleteZone",
              "UntagResources");
    }
  }

  @Test
  void delete_takesZonesOneByOne() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.links.create(warm.request());
      warm.cloud.settle();

      List<String> delete = warm.cloud.actions(() -> warm.links.delete(link));

      assertThat(withoutPolls(delete))
          .containsExactly(
              "TagResources",
              "ListVpcEndpoints",
              "ListVpcEndpointZones",
              "RemoveZoneFromVpcEndpoint",
              "ListVpcEndpointZones",
              "RemoveZoneFromVpcEndpoint",
              "ListVpcEndpointZones",
              "RemoveZoneFromVpcEndpoint",
              "ListVpcEndpointZones",
              "DeleteVpcEndpoint");
    }
  }

  /** How often a change is looked at depends on how long it takes: one look stands for all. */
  private static List<String> withoutPolls(List<String> actions) {
    List<String> once = new ArrayList<>();
    for (String action : actions) {
      boolean again = !once.isEmpty() && once.get(once.size() - 1).equals(action);
      if (!again || action.startsWith("Add")) {
        once.add(action);
      }
    }
    return once;
  }
}
