package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/**
 * Which requests each operation of a warm client sends, counted at the socket. Warm: it has read
 * the network's subnets and DNS, and the cluster's connections, in the last minutes.
 */
class AwsCallBudgetTest {
  private static final List<String> ZONES = List.of("usw2-az1", "usw2-az2", "usw2-az3", "usw2-az4");

  /** With a network of four zones, and warm. */
  private static final class Warm implements AutoCloseable {
    private final AwsCloud cloud = new AwsCloud(List.of(), ZONES.size());
    private final PrivateLinkClient links = cloud.links;
    private final ConnectionType type = cloud.service(ZONES);

    Warm() {
      links.zones(AwsCloud.CLUSTER);
      links.check(AwsCloud.CLUSTER, type);
    }

    CreateConnectionRequest request() {
      return AwsCloud.request(AwsCloud.CLUSTER, type).build();
    }

    @Override
    public void close() {
      cloud.close();
    }
  }

  @Test
  void building_sendsNothing_andZonesAsksOnceForSubnets() {
    try (AwsCloud cloud = new AwsCloud(List.of())) {
      assertThat(cloud.aws.requests()).isEmpty();
      assertThat(cloud.actions(() -> cloud.links.zones(AwsCloud.CLUSTER)))
          .containsExactly("DescribeSubnets");
      assertThat(cloud.actions(() -> cloud.links.zones(AwsCloud.CLUSTER))).isEmpty();
    }
  }

  @Test
  void check_takesOneCall() {
    try (Warm warm = new Warm()) {
      assertThat(warm.cloud.actions(() -> warm.links.check(AwsCloud.CLUSTER, warm.type)))
          .containsExactly("DescribeVpcEndpointServices");
    }
  }

  @Test
  void create_takesTwoCalls() {
    try (Warm warm = new Warm()) {
      assertThat(warm.cloud.actions(() -> warm.links.create(warm.request())))
          .containsExactly("DescribeVpcEndpointServices", "CreateVpcEndpoint");
    }
  }

  @Test
  void create_withTheCallersRequestId_takesThreeCalls_andRepeatedReadsOnly() {
    try (Warm warm = new Warm()) {
      CreateConnectionRequest request = AwsCloud.request(warm.type, "op-1");

      assertThat(warm.cloud.actions(() -> warm.links.create(request)))
          .containsExactly(
              "DescribeVpcEndpoints", "DescribeVpcEndpointServices", "CreateVpcEndpoint");
      assertThat(warm.cloud.actions(() -> warm.links.create(request)))
          .containsExactly("DescribeVpcEndpoints", "DescribeVpcEndpoints");
    }
  }

  @Test
  void get_takesOneCall() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.links.create(warm.request());
      warm.cloud.settle();

      assertThat(warm.cloud.actions(() -> warm.links.get(link)))
          .containsExactly("DescribeVpcEndpoints");
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
                          .list(ListRequest.of(AwsCloud.CLUSTER).withPageSize(1_000))
                          .connections()));

      assertThat(requests)
          .hasSize(3)
          .allSatisfy(
              request -> {
                assertThat(request.action()).isEqualTo("DescribeVpcEndpoints");
                assertThat(request.parameters()).containsEntry("MaxResults", "1000");
              });
      assertThat(requests.get(0).parameters()).doesNotContainKey("NextToken");
      assertThat(listed)
          .hasSize(1_000)
          .extracting(PrivateLinkConnection::id)
          .doesNotHaveDuplicates();
    }
  }

  /** Connections in as many networks as the limit of endpoints per VPC asks for. */
  private static void createBehindTheClient(Warm warm, int count) {
    FakeRequest model = warm.cloud.requests(() -> warm.links.create(warm.request())).get(1);
    String idParameter =
        model.parameters().entrySet().stream()
            .filter(parameter -> parameter.getValue().startsWith("plc-"))
            .map(Map.Entry::getKey)
            .reduce((one, other) -> one + " and " + other)
            .orElseThrow();
    List<ClusterNetwork> networks = warm.cloud.directory.get(AwsCloud.CLUSTER);
    ClusterNetwork network = networks.get(0);
    for (int made = 1; made < count; made++) {
      if (made % 50 == 0) {
        network = warm.cloud.aws.addNetwork(ZONES.size());
        networks.add(network);
      }
      Map<String, String> parameters = new TreeMap<>(model.parameters());
      parameters.put("ClientToken", "token-" + made);
      parameters.put(idParameter, connectionId(made));
      parameters.put("VpcId", network.vpcId());
      parameters.put("SecurityGroupId.1", network.securityGroupIds().get(0));
      for (int zone = 0; zone < ZONES.size(); zone++) {
        parameters.put("SubnetId." + (zone + 1), network.subnetIds().get(zone));
      }
      warm.cloud.aws.carryOut(model.with(parameters));
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
  void attachAndDetach_writeAllRecordsOfFourZonesInOneChange() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.cloud.active(warm.request());
      assertThat(warm.cloud.actions(() -> warm.links.planDomain(link, DomainRequest.managed())))
          .as("the network's DNS is looked at every few minutes")
          .containsExactly(
              "DescribeVpcEndpoints",
              "DescribeVpcAttribute",
              "DescribeVpcAttribute",
              "ListHostedZonesByVPC");
      List<DomainAttachment> domains = new ArrayList<>();

      List<FakeRequest> attach =
          warm.cloud.requests(
              () -> domains.add(warm.links.attachDomain(link, DomainRequest.managed())));

      assertThat(attach)
          .extracting(FakeRequest::action)
          .containsExactly(
              "DescribeVpcEndpoints",
              "CreateTags",
              "CreateHostedZone",
              "ChangeResourceRecordSets",
              "GetChange",
              "DescribeVpcEndpoints",
              "CreateTags");
      String apex = domains.get(0).apex();
      assertThat(names(attach.get(3)))
          .containsExactlyInAnyOrder(
              "*." + apex,
              "*.usw2-az1." + apex,
              "*.usw2-az2." + apex,
              "*.usw2-az3." + apex,
              "*.usw2-az4." + apex);
      assertThat(warm.cloud.actions(() -> warm.links.attachDomain(link, DomainRequest.managed())))
          .as("attaching what is attached reads only")
          .containsExactly("DescribeVpcEndpoints", "GetHostedZone");

      // A young one is read once more: somebody else may have attached it at the same time.
      warm.cloud.aws.advance(Duration.ofMinutes(1));
      List<FakeRequest> detach =
          warm.cloud.requests(() -> warm.links.detachDomain(link, domains.get(0).id()));

      assertThat(detach)
          .extracting(FakeRequest::action)
          .containsExactly(
              "DescribeVpcEndpoints",
              "CreateTags",
              "ChangeResourceRecordSets",
              "DeleteHostedZone",
              "DeleteTags");
      assertThat(names(detach.get(2))).hasSameElementsAs(names(attach.get(3)));
    }
  }

  /** The names in a change, without the dot at their end. */
  private static List<String> names(FakeRequest change) {
    Element batch = FakeRequest.child(change.body().orElseThrow(), "ChangeBatch");
    return FakeRequest.children(FakeRequest.child(batch, "Changes"), "Change").stream()
        .map(each -> FakeRequest.text(FakeRequest.child(each, "ResourceRecordSet"), "Name"))
        .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
        .toList();
  }

  @Test
  void delete_ofWhatThisClientMade_takesThreeCalls() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.links.create(warm.request());
      warm.cloud.settle();

      assertThat(warm.cloud.actions(() -> warm.links.delete(link)))
          .containsExactly("CreateTags", "DescribeVpcEndpoints", "DeleteVpcEndpoints");
    }
  }

  @Test
  void delete_ofWhatOthersMayHaveMadeTwice_looksFirst() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.links.create(AwsCloud.request(warm.type, "op-1"));
      warm.cloud.settle();

      assertThat(warm.cloud.actions(() -> warm.links.delete(link)))
          .containsExactly(
              "DescribeVpcEndpoints", "CreateTags", "DescribeVpcEndpoints", "DeleteVpcEndpoints");
    }
  }

  @Test
  void delete_withADomain_takesTheDetachOnTop() {
    try (Warm warm = new Warm()) {
      PrivateLinkConnection link = warm.cloud.active(warm.request());
      warm.links.attachDomain(link, DomainRequest.managed());

      assertThat(warm.cloud.actions(() -> warm.links.delete(link)))
          .containsExactly(
              "CreateTags",
              "DescribeVpcEndpoints",
              "ChangeResourceRecordSets",
              "DeleteHostedZone",
              "DeleteVpcEndpoints");
    }
  }
}
