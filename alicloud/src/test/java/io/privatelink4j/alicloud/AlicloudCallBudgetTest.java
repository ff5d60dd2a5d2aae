package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Which requests each operation of a warm client sends, counted at the socket, for a cluster in
 * three zones. Warm: it has read the account, the network's vSwitches and DNS, and the cluster's
 * connections, in the last minutes.
 */
class AlicloudCallBudgetTest {
  private static final int ZONES = AlicloudCloud.ZONES.size();

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

  /** Each action once, or as often as {@code "3 x Action"} says. */
  private static List<String> calls(String... actions) {
    List<String> all = new ArrayList<>();
    for (String action : actions) {
      String[] parts = action.split(" x ", 2);
      if (parts.length == 1) {
        all.add(action);
      } else {
        all.addAll(Collections.nCopies(Integer.parseInt(parts[0]), parts[1]));
      }
    }
    return all;
  }

  private static List<String> and(List<String> first, List<String> then) {
    List<String> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }

  @Test
  void building_sendsNothing_andZonesAsksOnceForVSwitchesAndAccount() {
    try (AlicloudCloud cloud = new AlicloudCloud(List.of())) {
      Runnable zones = () -> cloud.links.zones(AlicloudCloud.CLUSTER);
      assertThat(cloud.fake.requests()).isEmpty();

      assertThat(cloud.actions(zones)).containsExactly("DescribeVSwitches", "GetCallerIdentity");
      assertThat(cloud.actions(zones)).isEmpty();

      cloud.fake.advance(Duration.ofMinutes(6));
      assertThat(cloud.actions(zones))
          .as("vSwitches are kept for minutes, the account for good")
          .containsExactly("DescribeVSwitches");
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
  void check_cold_readsTheNetworkAndTheClustersConnectionsToo() {
    try (AlicloudCloud cloud = new AlicloudCloud(List.of())) {
      ConnectionType type = cloud.service();

      assertThat(cloud.actions(() -> cloud.links.check(AlicloudCloud.CLUSTER, type)))
          .containsExactlyInAnyOrder(
              "DescribeVSwitches",
              "GetCallerIdentity",
              "ListVpcEndpointServicesByEndUser",
              "ListVpcEndpoints");
    }
  }

  @Test
  void create_inThreeZones_takesTwoCalls() {
    try (Warm warm = new Warm()) {
      List<FakeRequest> create = warm.cloud.requests(() -> warm.links.create(warm.request()));

      assertThat(create)
          .extracting(FakeRequest::action)
          .containsExactly("ListVpcEndpointServicesByEndUser", "CreateVpcEndpoint");
      assertThat(create.get(1).elements("Zone"))
          .extracting(zone -> zone.get("ZoneId"))
          .containsExactlyInAnyOrderElementsOf(AlicloudCloud.ZONES);
      assertThat(create.get(1).list("SecurityGroupId"))
          .containsExactlyElementsOf(warm.cloud.network.securityGroupIds());
      assertThat(create.get(1).elements("Tag")).as("no call of their own for tags").isNotEmpty();
    }
  }

  @Test
  void create_cold_readsTheNetworkAndTheClustersConnectionsToo() {
    try (AlicloudCloud cloud = new AlicloudCloud(List.of())) {
      CreateConnectionRequest request = AlicloudCloud.request(cloud.service()).build();

      assertThat(cloud.actions(() -> cloud.links.create(request)))
          .containsExactlyInAnyOrder(
              "DescribeVSwitches",
              "GetCallerIdentity",
              "ListVpcEndpoints",
              "ListVpcEndpointServicesByEndUser",
              "CreateVpcEndpoint");
    }
  }

  @Test
  void create_withTheCallersRequestId_takesThreeCalls_andRepeatedTwoReads() {
    try (Warm warm = new Warm()) {
      CreateConnectionRequest request = AlicloudCloud.request(warm.type, "op-1");

      assertThat(warm.cloud.actions(() -> warm.links.create(request)))
          .containsExactly(
              "ListVpcEndpoints", "ListVpcEndpointServicesByEndUser", "CreateVpcEndpoint");
      assertThat(warm.cloud.actions(() -> warm.links.create(request)))
          .containsExactly("ListVpcEndpoints", "ListVpcEndpoints");
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
  void get_cold_readsTheNetworkToo() {
    try (Warm warm = new Warm();
        PrivateLinkClient other = warm.cloud.client()) {
      PrivateLinkConnection link = warm.links.create(warm.request());
      warm.cloud.settle();

      assertThat(warm.cloud.actions(() -> other.get(link)))
          .containsExactlyInAnyOrder(
              "ListVpcEndpoints", "ListVpcEndpointZones", "DescribeVSwitches", "GetCallerIdentity");
    }
  }

  @Test
  void list_takesOneCallPerThousandConnections() {
    try (Warm warm = new Warm()) {
      createBehindTheClient(warm, 2_500);
      warm.cloud.settle();
      warm.cloud.listed();
      List<PrivateLinkConnection> listed = new ArrayList<>();

      List<FakeRequest> requests =
          warm.cloud.requests(
              () ->
                  listed.addAll(
                      warm.links
                          .list(ListRequest.of(AlicloudCloud.CLUSTER).withPageSize(1_000))
                          .connections()));

      assertThat(requests)
          .hasSize(3)
          .allSatisfy(
              request -> {
                assertThat(request.action()).isEqualTo("ListVpcEndpoints");
                assertThat(request.parameters()).containsEntry("MaxResults", "1000");
              });
      assertThat(requests.get(0).parameters()).doesNotContainKey("NextToken");
      assertThat(listed)
          .hasSize(1_000)
          .extracting(PrivateLinkConnection::id)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void list_ofOurPages_takesThePagesOfTheCloud() {
    try (Warm warm = new Warm()) {
      for (int i = 0; i < 5; i++) {
        warm.links.create(warm.request());
      }
      warm.cloud.settle();
      ListRequest all = ListRequest.of(AlicloudCloud.CLUSTER);

      assertThat(warm.cloud.actions(() -> warm.links.list(all)))
          .isEqualTo(calls("ListVpcEndpoints"));
      assertThat(warm.cloud.actions(() -> warm.links.list(all.withPageSize(1))))
          .as("our pages are not the cloud's")
          .isEqualTo(calls("ListVpcEndpoints"));
      warm.cloud.fake.limitPages(2);
      assertThat(warm.cloud.actions(() -> warm.links.list(all)))
          .isEqualTo(calls("3 x ListVpcEndpoints"));
    }
  }

  /**
   * Connections of somebody whose quota was raised, in no zone: to look for free addresses takes
   * time.
   */
  private static void createBehindTheClient(Warm warm, int count) {
    FakeRequest model = warm.cloud.requests(() -> warm.links.create(warm.request())).get(1);
    String modelId =
        model.parameters().values().stream()
            .filter(value -> value.startsWith("plc-"))
            .distinct()
            .reduce((one, other) -> one + " and " + other)
            .orElseThrow();
    warm.cloud.fake.limitEndpoints(count);
    for (int made = 1; made < count; made++) {
      String id = connectionId(made);
      Map<String, String> parameters = new TreeMap<>(model.parameters());
      parameters.replaceAll((name, value) -> value.replace(modelId, id));
      parameters.put("ClientToken", "token-" + made);
      parameters.keySet().removeIf(name -> name.startsWith("Zone."));
      warm.cloud.fake.carryOut(FakeRequest.of("privatelink", "CreateVpcEndpoint", parameters));
    }
  }

  private static String connectionId(int number) {
    StringBuilder id = new StringBuilder("plc-").append("a".repeat(20));
    for (int shift = 25; shift >= 0; shift -= 5) {
      id.append("abcdefghijklmnopqrstuvwxyz234567".charAt(number >> shift & 31));
    }
    return id.toString();
  }

  @Test
  void planDomain_readsTheConnectionOnly() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.cloud.active(warm.request());
      Runnable plan = () -> warm.links.planDomain(link, DomainRequest.managed());

      assertThat(warm.cloud.actions(plan))
          .as("the network's DNS is looked at every few minutes")
          .isEqualTo(calls("ListVpcEndpoints", "ListVpcEndpointZones", "DescribeZones"));
      assertThat(warm.cloud.actions(plan))
          .isEqualTo(calls("ListVpcEndpoints", "ListVpcEndpointZones"));
    }
  }

  @Test
  void attachAndDetach_stayInTheirBudgets() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.cloud.active(warm.request());
      warm.cloud.actions(() -> warm.links.planDomain(link, DomainRequest.managed()));
      List<DomainAttachment> domains = new ArrayList<>();

      List<FakeRequest> attach =
          warm.cloud.requests(
              () -> domains.add(warm.links.attachDomain(link, DomainRequest.managed())));

      assertThat(attach)
          .extracting(FakeRequest::action)
          .as("a record for the whole and one for each zone; binding lags by three seconds")
          .isEqualTo(
              calls(
                  "ListVpcEndpoints",
                  "ListVpcEndpointZones",
                  "TagResources",
                  "DescribeZones",
                  "AddZone",
                  (1 + ZONES) + " x AddZoneRecord",
                  "BindZoneVpc",
                  "3 x DescribeZoneInfo",
                  "ListVpcEndpoints",
                  "TagResources",
                  "UntagResources"));
      assertThat(attach)
          .filteredOn(request -> request.action().equals("AddZoneRecord"))
          .extracting(request -> request.required("Rr"))
          .containsExactlyInAnyOrder(
              "*", "*.ap-southeast-1a", "*.ap-southeast-1b", "*.ap-southeast-1c");
      assertThat(warm.cloud.actions(() -> warm.links.attachDomain(link, DomainRequest.managed())))
          .as("attaching what is attached reads only")
          .isEqualTo(calls("ListVpcEndpoints", "ListVpcEndpointZones", "DescribeZoneInfo"));

      // A young one is read once more: somebody else may have attached it at the same time.
      warm.cloud.fake.advance(Duration.ofMinutes(1));
      assertThat(warm.cloud.actions(() -> warm.links.detachDomain(link, domains.get(0).id())))
          .isEqualTo(
              calls(
                  "ListVpcEndpoints",
                  "ListVpcEndpointZones",
                  "TagResources",
                  "DescribeZoneInfo",
                  "BindZoneVpc",
                  "2 x DescribeZoneInfo",
                  "DeleteZone",
                  "UntagResources"));
    }
  }

  /** Zones go first, one after the other, each watched for the four seconds until it is gone. */
  private static List<String> takeDown() {
    List<String> all = new ArrayList<>(calls("ListVpcEndpointZones"));
    for (int zone = 0; zone < ZONES; zone++) {
      all.addAll(calls("RemoveZoneFromVpcEndpoint", "2 x ListVpcEndpointZones"));
    }
    all.add("DeleteVpcEndpoint");
    return all;
  }

  @Test
  void delete_ofWhatThisClientMade_takesTheZonesOneByOne() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.links.create(warm.request());
      warm.cloud.settle();

      assertThat(warm.cloud.actions(() -> warm.links.delete(link)))
          .isEqualTo(and(calls("TagResources", "ListVpcEndpoints"), takeDown()));
    }
  }

  @Test
  void delete_ofWhatOthersMayHaveMadeTwice_looksFirst() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.links.create(AlicloudCloud.request(warm.type, "op-1"));
      warm.cloud.settle();

      assertThat(warm.cloud.actions(() -> warm.links.delete(link)))
          .isEqualTo(
              and(calls("ListVpcEndpoints", "TagResources", "ListVpcEndpoints"), takeDown()));
    }
  }

  @Test
  void delete_withADomain_takesTheDetachOnTop() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.cloud.active(warm.request());
      warm.links.attachDomain(link, DomainRequest.managed());
      warm.cloud.settle();

      assertThat(warm.cloud.actions(() -> warm.links.delete(link)))
          .isEqualTo(
              and(
                  calls(
                      "TagResources",
                      "ListVpcEndpoints",
                      "DescribeZones",
                      "DescribeZoneInfo",
                      "BindZoneVpc",
                      "2 x DescribeZoneInfo",
                      "DeleteZone"),
                  takeDown()));
    }
  }

  @Test
  void wait_takesOneCallPerPoll_andOneToRememberThatTheLinkWasUp() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.links.create(warm.request());
      warm.cloud.settle();
      warm.cloud.fake.accept(link.endpointId());
      warm.cloud.settle();

      assertThat(warm.cloud.actions(() -> warm.links.awaitActive(link, Duration.ofMinutes(1))))
          .isEqualTo(
              calls(
                  "ListVpcEndpoints", "TagResources", "ListVpcEndpoints", "ListVpcEndpointZones"));
    }
  }

  /** The status of the endpoint does not tell waiting from rejected, that of its zones does. */
  @Test
  void wait_forAnOwner_readsZonesAtEveryTenthPoll() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.links.create(warm.request());
      warm.cloud.settle();

      List<String> polls =
          warm.cloud.actions(
              () -> {
                var unused = warm.links.whenActive(link, Duration.ofHours(1));
                warm.cloud.fake.advance(Duration.ofMinutes(15));
              });

      assertThat(polls).containsOnly("ListVpcEndpoints", "ListVpcEndpointZones");
      long reads = polls.stream().filter("ListVpcEndpoints"::equals).count();
      assertThat(reads).isBetween(30L, 50L);
      assertThat(polls)
          .filteredOn("ListVpcEndpointZones"::equals)
          .hasSizeBetween((int) reads / 10, (int) reads / 10 + 1);
    }
  }
}
