package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.AccessDeniedException;
import io.privatelink4j.exception.ServiceNotUsableException;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Action;
import io.privatelink4j.testing.Assumption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies in the documentation, evaluated for the requests of a connection's whole life. */
class AlicloudPermissionsTest {
  private static final String CLUSTER = "10581234";
  private static final String OTHER_CLUSTER = "c.20991111";
  private static final String OTHER_ACCOUNT = "9999888877776666";

  /** Its reference lists no authorization. */
  private static final String FREE = "sts:GetCallerIdentity";

  /** Part of the check before a creation, which wraps what it found. */
  private static final String READS_SERVICE = "privatelink:ListVpcEndpointServicesByEndUser";

  /** What PrivateLink asks on behalf of the caller when its role is missing. */
  private static final RamCheck FIRST_USE =
      new RamCheck(
          "ram:CreateServiceLinkedRole",
          "*",
          Map.of("ram:ServiceName", "privatelink.aliyuncs.com"));

  private static final List<String> IDENTITY = List.of("plc.id", "plc.cluster", "plc.req", "plc.v");

  /** Of a custom policy, without blanks. */
  private static final int LONGEST_POLICY = 6_144;

  private static Life life;

  /** Which of the two. */
  enum Variant {
    COMMON,
    TENANT;

    RamPolicy policy() {
      RamPolicy common = documented("<!-- alicloud-policy -->");
      return this == COMMON
          ? common
          : common.replacing(documented("<!-- alicloud-policy-tenant -->"));
    }
  }

  @BeforeAll
  static void live() {
    life = Life.live();
  }

  static Set<String> declared() {
    return AlicloudTraits.TRAITS.actions().values().stream()
        .map(Action::permission)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @EnumSource
  void policy_allowsEveryRequest(Variant variant) {
    RamPolicy policy = variant.policy();

    assertThat(life.checks).hasSizeGreaterThan(40);
    assertThat(life.checks).filteredOn(check -> !policy.allows(check)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void policy_hasNothingThatNoRequestNeeds(Variant variant) {
    Map<String, RamPolicy> less = variant.policy().grantingLess();

    assertThat(less).hasSizeGreaterThan(25);
    less.values().removeIf(policy -> !life.checks.stream().allMatch(policy::allows));
    assertThat(less.keySet()).isEmpty();
  }

  /** What the driver declares is what the hints of refused calls name. */
  @ParameterizedTest
  @EnumSource
  void policy_allowsTheDeclaredActions_andTheRoleOfFirstUse(Variant variant) {
    Set<String> expected = new HashSet<>(declared());
    expected.remove(FREE);
    expected.add(FIRST_USE.action());

    assertThat(variant.policy().actions()).isEqualTo(expected);
  }

  @Test
  void life_usesEveryDeclaredAction() {
    assertThat(life.actions).isEqualTo(declared());
  }

  @ParameterizedTest
  @EnumSource
  void policy_refusesMisuse(Variant variant) {
    RamPolicy policy = variant.policy();
    Map<String, RamCheck> misuses = misuses(variant);

    assertThat(misuses).hasSizeGreaterThan(30);
    misuses.values().removeIf(check -> !policy.allows(check));
    assertThat(misuses.keySet()).isEmpty();
  }

  /** Else a condition or denial that says nothing could stay unnoticed. */
  @ParameterizedTest
  @EnumSource
  void everyCondition_keepsOutSomeMisuse(Variant variant) {
    Map<String, RamPolicy> less = variant.policy().demandingLess();
    Map<String, RamCheck> misuses = misuses(variant);

    assertThat(less).hasSizeGreaterThanOrEqualTo(8);
    less.values().removeIf(policy -> misuses.values().stream().anyMatch(policy::allows));
    assertThat(less.keySet()).isEmpty();
  }

  /** What the page says that the policies cannot do. */
  @ParameterizedTest
  @EnumSource
  void limits_areTheDocumentedOnes(Variant variant) {
    RamPolicy policy = variant.policy();
    String othersZone = "acs:pvtz::" + FakeAlicloud.ACCOUNT + ":zone/others";
    List<RamCheck> possible = new ArrayList<>();
    for (String action :
        List.of("BindZoneVpc", "DeleteZone", "AddZoneRecord", "DeleteZoneRecord")) {
      possible.add(life.check("pvtz:" + action).resource(othersZone));
    }
    possible.add(life.check("privatelink:UntagResources"));
    possible.add(life.check("privatelink:TagResources").with("acs:RequestTag/plc.id", ""));
    possible.add(life.check("privatelink:TagResources").with("acs:RequestTag/team", "mine"));

    assertThat(possible).allMatch(policy::allows);
    RamCheck othersEndpoint =
        life.check("privatelink:DeleteVpcEndpoint")
            .with("acs:ResourceTag/plc.cluster", OTHER_CLUSTER);
    assertThat(policy.allows(othersEndpoint)).isEqualTo(variant == Variant.COMMON);
  }

  @ParameterizedTest
  @MethodSource("declared")
  void refusal_namesTheAction(String permission) {
    try (FakeAlicloud cloud = Life.strict()) {
      cloud.deny(permission);

      assertThatExceptionOfType(
              permission.equals(READS_SERVICE)
                  ? ServiceNotUsableException.class
                  : AccessDeniedException.class)
          .isThrownBy(() -> Life.live(cloud))
          .withMessageContaining("Allow the action " + permission + " to the credentials");
    }
  }

  /** Each differs in one respect from what a request of the library's led to. */
  private static Map<String, RamCheck> misuses(Variant variant) {
    Map<String, RamCheck> misuses = new LinkedHashMap<>();
    RamCheck create = life.check("privatelink:CreateVpcEndpoint", ":vpcendpoint/");
    misuses.put("create without id", create.without("acs:RequestTag/plc.id"));
    misuses.put("create with another's id", create.with("acs:RequestTag/plc.id", "mine"));
    misuses.put("create without cluster", create.without("acs:RequestTag/plc.cluster"));
    misuses.put("create with empty cluster", create.with("acs:RequestTag/plc.cluster", "c."));
    misuses.put("create without tags", create.without(key -> key.startsWith("acs:RequestTag/")));
    misuses.put("create elsewhere", elsewhere(create));
    RamCheck vpc = life.check("privatelink:CreateVpcEndpoint", ":vpc/");
    misuses.put(
        "create in another VPC",
        vpc.resource(vpc.resource().replace(life.network.vpcId(), "vpc-other")));
    misuses.put("create without id in the VPC", vpc.without("acs:RequestTag/plc.id"));

    for (String action :
        List.of(
            "ListVpcEndpointZones",
            "TagResources",
            "UntagResources",
            "RemoveZoneFromVpcEndpoint",
            "DeleteVpcEndpoint")) {
      RamCheck own = life.check("privatelink:" + action);
      misuses.put(action + " without id", own.without("acs:ResourceTag/plc.id"));
      misuses.put(action + " with another's id", own.with("acs:ResourceTag/plc.id", "mine"));
      misuses.put(
          action + " of a stranger's", own.without(key -> key.startsWith("acs:ResourceTag/")));
      misuses.put(action + " elsewhere", elsewhere(own));
      misuses.put(
          action + " of a service",
          own.resource(own.resource().replaceFirst("vpcendpoint/.*", "vpcendpointservice/e1")));
      if (variant == Variant.TENANT) {
        misuses.put(
            action + " of another's", own.with("acs:ResourceTag/plc.cluster", OTHER_CLUSTER));
      }
    }
    RamCheck mark = life.check("privatelink:TagResources");
    for (String key : IDENTITY) {
      misuses.put("set " + key, mark.with("acs:RequestTag/" + key, "x"));
    }
    RamCheck delete = life.check("privatelink:DeleteVpcEndpoint");
    for (String action :
        List.of(
            "AddZoneToVpcEndpoint",
            "AttachSecurityGroupToVpcEndpoint",
            "DetachSecurityGroupFromVpcEndpoint",
            "UpdateVpcEndpointAttribute",
            "ChangeResourceGroup",
            "OpenPrivateLinkService")) {
      misuses.put(action, delete.action("privatelink:" + action));
    }
    RamCheck zone = life.check("pvtz:DeleteZone");
    for (String action : List.of("UpdateZoneRecord", "SetProxyPattern", "TagResources")) {
      misuses.put(action + " of a zone", zone.action("pvtz:" + action));
    }
    misuses.put("zone of another account", ofOther(zone));
    misuses.put("list elsewhere", elsewhere(life.check("privatelink:ListVpcEndpoints")));
    misuses.put("vSwitches elsewhere", elsewhere(life.check("vpc:DescribeVSwitches")));
    misuses.put("role of another", FIRST_USE.with("ram:ServiceName", "ecs.aliyuncs.com"));
    if (variant == Variant.TENANT) {
      misuses.put("create for another", create.with("acs:RequestTag/plc.cluster", OTHER_CLUSTER));
    }
    return misuses;
  }

  private static RamCheck elsewhere(RamCheck check) {
    return check.resource(check.resource().replace(FakeAlicloud.REGION, "eu-central-1"));
  }

  private static RamCheck ofOther(RamCheck check) {
    return check.resource(check.resource().replace(FakeAlicloud.ACCOUNT, OTHER_ACCOUNT));
  }

  /** As somebody has it who followed the instructions on the page. */
  private static RamPolicy documented(String mark) {
    String page;
    try {
      page = Files.readString(documents().resolve("permissions.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String fence = mark + "\n```json\n";
    assertThat(page).containsOnlyOnce(fence);
    int from = page.indexOf(fence) + fence.length();
    String json = page.substring(from, page.indexOf("\n```\n", from));
    assertThat(json.replaceAll("\\s", "")).hasSizeLessThanOrEqualTo(LONGEST_POLICY);
    return RamPolicy.read(
        json.replace("1111222233334444", FakeAlicloud.ACCOUNT)
            .replace("vpc-t4n0a1b2c3d4e5f6g7h8i", life.network.vpcId()));
  }

  /** The build runs in the module's folder, an IDE perhaps in the project's. */
  private static Path documents() {
    Path above = Path.of("..", "docs");
    return Files.isDirectory(above) ? above : Path.of("docs");
  }

  /** What Alibaba Cloud checks while a connection is created, used and deleted. */
  private record Life(ClusterNetwork network, List<RamCheck> checks, Set<String> actions) {

    static Life live() {
      try (FakeAlicloud cloud = strict()) {
        return live(cloud);
      }
    }

    /** One that wants records to be removed before their zone, which makes one call more. */
    static FakeAlicloud strict() {
      return new FakeAlicloud(Assumption.ZONE_WITH_RECORDS_KEPT);
    }

    static Life live(FakeAlicloud cloud) {
      ClusterNetwork network = cloud.addNetwork();
      String region = FakeAlicloud.REGION;
      String service = cloud.publish(List.of(region + "a", region + "b", region + "c"), true);
      cloud.allow(service);
      AlicloudOptions options =
          AlicloudOptions.builder()
              .endpoint(cloud.uri())
              .credentials(Keys.provider(FakeAlicloud.KEY_ID, FakeAlicloud.SECRET))
              .build();
      PrivateLinkConnection link;
      try (PrivateLinkClient links =
          PrivateLinkClient.builder()
              .provider(new AlicloudPrivateLinkProvider(options))
              .time(cloud.time())
              .random(new Random(1))
              .domainPolicy(use -> Decision.allow())
              .clusters(id -> id.equals(CLUSTER) ? List.of(network) : List.of())
              .build()) {
        link = live(cloud, links, AlicloudEndpointService.of(service));
      }
      assertThat(cloud.zoneCount()).isZero();
      assertThat(cloud.endpointCount()).isZero();
      List<FakeRequest> requests = cloud.requests();
      List<RamCheck> checks =
          new ArrayList<>(
              new RamChecks(region, FakeAlicloud.ACCOUNT, Map.of(link.id(), link.endpointId()))
                  .of(requests));
      checks.add(FIRST_USE);
      return new Life(
          network,
          List.copyOf(checks),
          requests.stream()
              .map(request -> request.product() + ":" + request.action())
              .collect(Collectors.toSet()));
    }

    private static PrivateLinkConnection live(
        FakeAlicloud cloud, PrivateLinkClient links, ConnectionType type) {
      links.zones(CLUSTER);
      links.check(CLUSTER, type);
      PrivateLinkConnection link =
          links.create(
              CreateConnectionRequest.builder()
                  .clusterId(CLUSTER)
                  .displayName("Bestellungen für Kafka")
                  .type(type)
                  .requestId("op-1")
                  .createdBy("someone@example.com")
                  .putExtraLabels("team", "orders")
                  .build());
      cloud.advance(Duration.ofSeconds(15));
      links.get(link);
      cloud.accept(link.endpointId());
      link = links.awaitActive(link, Duration.ofMinutes(30));
      for (int i = 0; i < 2; i++) {
        // Some things are read only after something went wrong.
        cloud.loseNextReply(each -> each.action().equals("AddZone"));
        cloud.loseNextReply(each -> each.action().equals("AddZoneRecord"));
        links.planDomain(link, DomainRequest.managed());
        DomainAttachment domain = links.attachDomain(link, DomainRequest.managed());
        cloud.advance(Duration.ofSeconds(15));
        links.list(ListRequest.of(CLUSTER));
        links.reconcile(CLUSTER);
        links.detachDomain(link, domain.id());
      }
      links.delete(link);
      links.awaitDeleted(link, Duration.ofMinutes(10));
      return link;
    }

    RamCheck check(String action) {
      return check(action, "");
    }

    RamCheck check(String action, String resource) {
      return first(each -> each.action().equals(action) && each.resource().contains(resource));
    }

    private RamCheck first(Predicate<RamCheck> which) {
      return checks.stream().filter(which).findFirst().orElseThrow();
    }
  }
}
