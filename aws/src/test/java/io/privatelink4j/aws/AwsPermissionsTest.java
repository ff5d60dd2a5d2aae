package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.Repair;
import io.privatelink4j.spi.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The policies in the documentation, evaluated for the requests of a connection's whole life. */
class AwsPermissionsTest {
  private static final String CLUSTER = "10581234";
  private static final String OTHER_CLUSTER = "c.20991111";
  private static final String OTHER_VPC = "vpc-0ffffffffffffffff";

  private static final String SERVICE = "ec2:VpceServiceName";
  private static final String KEYS = "aws:TagKeys";
  private static final String VPCS = "route53:VPCs";
  private static final String NAMES = "route53:ChangeResourceRecordSetsNormalizedRecordNames";
  private static final String TYPES = "route53:ChangeResourceRecordSetsRecordTypes";
  private static final String CHANGES = "route53:ChangeResourceRecordSetsActions";

  /** Of a customer managed policy, without blanks. */
  private static final int LONGEST_POLICY = 6_144;

  private static Life life;

  /** Which of the two. */
  enum Variant {
    COMMON,
    TENANT;

    IamPolicy policy() {
      IamPolicy common = documented("<!-- aws-policy -->");
      return this == COMMON ? common : common.replacing(documented("<!-- aws-policy-tenant -->"));
    }
  }

  @BeforeAll
  static void live() {
    life = Life.live();
  }

  @ParameterizedTest
  @EnumSource
  void policy_allowsEveryRequest(Variant variant) {
    IamPolicy policy = variant.policy();

    assertThat(life.checks).hasSizeGreaterThan(40);
    assertThat(life.checks).filteredOn(check -> !policy.allows(check)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void policy_hasNothingThatNoRequestNeeds(Variant variant) {
    Map<String, IamPolicy> less = variant.policy().grantingLess();

    assertThat(less).hasSizeGreaterThan(30);
    less.values().removeIf(policy -> !life.checks.stream().allMatch(policy::allows));
    assertThat(less.keySet()).isEmpty();
  }

  /** What the driver declares is what the hints of refused calls name. */
  @ParameterizedTest
  @EnumSource
  void policy_allowsTheDeclaredActions_andTheOneThatRoute53ChecksForUs(Variant variant) {
    Set<String> declared =
        AwsTraits.TRAITS.actions().values().stream()
            .map(Action::permission)
            .collect(Collectors.toCollection(HashSet::new));
    declared.add("ec2:DescribeVpcs");

    assertThat(variant.policy().actions()).isEqualTo(declared);
  }

  @ParameterizedTest
  @EnumSource
  void policy_refusesMisuse(Variant variant) {
    IamPolicy policy = variant.policy();
    Map<String, IamCheck> misuses = misuses(variant);

    assertThat(misuses).hasSizeGreaterThan(40);
    misuses.values().removeIf(check -> !policy.allows(check));
    assertThat(misuses.keySet()).isEmpty();
  }

  /** Else a condition that says nothing could stay unnoticed. */
  @ParameterizedTest
  @EnumSource
  void everyCondition_keepsOutSomeMisuse(Variant variant) {
    Map<String, IamPolicy> less = variant.policy().demandingLess();
    Map<String, IamCheck> misuses = misuses(variant);

    assertThat(less).hasSizeGreaterThan(10);
    less.values().removeIf(policy -> misuses.values().stream().anyMatch(policy::allows));
    assertThat(less.keySet()).isEmpty();
  }

  /** What the page says that the policies cannot do. */
  @ParameterizedTest
  @EnumSource
  void limits_areTheDocumentedOnes(Variant variant) {
    IamPolicy policy = variant.policy();
    IamCheck change = life.check("route53:ChangeResourceRecordSets");

    assertThat(
            List.of(
                life.check("route53:GetHostedZone").resource("arn:aws:route53:::hostedzone/ZOTHER"),
                life.check("route53:DeleteHostedZone")
                    .resource("arn:aws:route53:::hostedzone/ZOTHER"),
                change.resource("arn:aws:route53:::hostedzone/ZOTHER")))
        .allMatch(policy::allows);
    IamCheck othersEndpoint =
        life.check("ec2:DeleteVpcEndpoints").with("aws:ResourceTag/plc.cluster", OTHER_CLUSTER);
    assertThat(policy.allows(othersEndpoint)).isEqualTo(variant == Variant.COMMON);
  }

  /** Each differs in one respect from what a request of the library's led to. */
  private static Map<String, IamCheck> misuses(Variant variant) {
    Map<String, IamCheck> misuses = new LinkedHashMap<>();
    IamCheck create = life.check("ec2:CreateVpcEndpoint", "vpc-endpoint/");
    misuses.put("create without id", create.without("aws:RequestTag/plc.id"));
    misuses.put("create without cluster", create.without("aws:RequestTag/plc.cluster"));
    misuses.put("create without tags", create.without(key -> key.startsWith("aws:")));
    misuses.put("to S3", create.with(SERVICE, "com.amazonaws.us-west-2.s3"));
    misuses.put("to AWS", create.with(SERVICE, "aws.sagemaker.us-west-2.notebook"));
    misuses.put(
        "to another region",
        create.with(SERVICE, "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"));
    misuses.put("in another region", elsewhere(create));
    misuses.put("in another VPC", inOtherVpc(life.check("ec2:CreateVpcEndpoint", "vpc/")));
    misuses.put("attribute of another VPC", inOtherVpc(life.check("ec2:DescribeVpcAttribute")));

    IamCheck mark = life.checkOfTags("ec2:CreateTags", "plc.up");
    IamCheck unmark = life.checkOfTags("ec2:DeleteTags", "plc.d.");
    for (String key : List.of("plc.id", "plc.cluster", "plc.req", "plc.v", "plc.name", "team")) {
      misuses.put("set " + key, mark.with(KEYS, key));
      misuses.put("set " + key + " with another", mark.with(KEYS, "plc.up", key));
      misuses.put("remove " + key, unmark.with(KEYS, key));
    }
    misuses.put("remove all tags", unmark.without(KEYS));
    misuses.put("mark what has no id", mark.without("aws:ResourceTag/plc.id"));
    misuses.put("unmark what has no id", unmark.without("aws:ResourceTag/plc.id"));
    misuses.put("mark a stranger's", strangers(mark));
    misuses.put("mark elsewhere", elsewhere(mark));
    misuses.put(
        "tag on creating something else",
        mark.with(KEYS, "plc.id").with("ec2:CreateAction", "RunInstances"));
    misuses.put(
        "tag a VPC", mark.resource(mark.resource().replaceFirst("vpc-endpoint/.*", "vpc/*")));

    IamCheck delete = life.check("ec2:DeleteVpcEndpoints");
    misuses.put("delete what has no id", delete.without("aws:ResourceTag/plc.id"));
    misuses.put("delete a stranger's", strangers(delete));
    misuses.put("delete elsewhere", elsewhere(delete));
    misuses.put("modify", delete.action("ec2:ModifyVpcEndpoint"));

    for (String action : List.of("route53:CreateHostedZone", "route53:ListHostedZonesByVPC")) {
      IamCheck zone = life.check(action);
      misuses.put(action + " for another VPC", zone.with(VPCS, vpcs(OTHER_VPC, FakeAws.REGION)));
      misuses.put(action + " elsewhere", zone.with(VPCS, vpcs(life.network.vpcId(), "us-east-1")));
      misuses.put(action + " without VPC", zone.without(VPCS));
    }
    IamCheck zone = life.check("route53:DeleteHostedZone");
    misuses.put("associate a VPC", zone.action("route53:AssociateVPCWithHostedZone"));
    misuses.put("comment", zone.action("route53:UpdateHostedZoneComment"));
    misuses.put("list zones by name", new IamCheck("route53:ListHostedZonesByName", "*", Map.of()));

    IamCheck change = life.check("route53:ChangeResourceRecordSets");
    misuses.put("A record", change.with(TYPES, "A"));
    misuses.put("A record among others", change.with(TYPES, "CNAME", "A"));
    misuses.put("other name", change.with(NAMES, "www.example.com"));
    misuses.put(
        "other name among others", change.with(NAMES, "x.aws.tidbcloud.com", "tidbcloud.com"));
    misuses.put("name that only ends alike", change.with(NAMES, "x.notaws.tidbcloud.com"));
    misuses.put("CREATE", change.with(CHANGES, "CREATE"));
    if (variant == Variant.TENANT) {
      misuses.put("create for another", create.with("aws:RequestTag/plc.cluster", OTHER_CLUSTER));
      for (IamCheck each : List.of(mark, unmark, delete)) {
        misuses.put(
            each.action() + " of another's",
            each.with("aws:ResourceTag/plc.cluster", OTHER_CLUSTER));
      }
    }
    return misuses;
  }

  private static IamCheck strangers(IamCheck check) {
    return check.without(key -> key.startsWith("aws:ResourceTag/"));
  }

  private static IamCheck elsewhere(IamCheck check) {
    return check.resource(check.resource().replace(FakeAws.REGION, "eu-west-1"));
  }

  private static IamCheck inOtherVpc(IamCheck check) {
    return check
        .resource(check.resource().replace(life.network.vpcId(), OTHER_VPC))
        .with("ec2:VpcID", OTHER_VPC);
  }

  private static String vpcs(String id, String region) {
    return "VPCId=" + id + ",VPCRegion=" + region;
  }

  /** As somebody has it who followed the instructions on the page. */
  private static IamPolicy documented(String mark) {
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
    return IamPolicy.read(
        json.replace("111122223333", FakeWorld.ACCOUNT)
            .replace("vpc-0a1b2c3d4e5f60718", life.network.vpcId()));
  }

  /** The build runs in the module's folder, an IDE perhaps in the project's. */
  private static Path documents() {
    Path above = Path.of("..", "docs");
    return Files.isDirectory(above) ? above : Path.of("docs");
  }

  /** What AWS checks while a connection is created, used and deleted. */
  private record Life(ClusterNetwork network, List<IamCheck> checks) {

    static Life live() {
      try (FakeAws aws = new FakeAws()) {
        ClusterNetwork network = aws.addNetwork();
        String service = aws.publish(List.of("usw2-az1", "usw2-az2", "usw2-az3"), true);
        aws.allow(service);
        PrivateLinkConnection link;
        try (PrivateLinkClient links =
            PrivateLinkClient.builder()
                .provider(new AwsPrivateLinkProvider(aws.options().build()))
                .time(aws.time())
                .random(new Random(1))
                .domainPolicy(use -> Decision.allow())
                .clusters(id -> id.equals(CLUSTER) ? List.of(network) : List.of())
                .build()) {
          link = live(aws, links, AwsEndpointService.of(service));
        }
        assertThat(aws.zoneCount()).isZero();
        List<IamCheck> checks =
            new IamChecks(FakeAws.REGION, FakeWorld.ACCOUNT, Map.of(link.id(), link.endpointId()))
                .of(aws.requests());
        return new Life(network, checks);
      }
    }

    private static PrivateLinkConnection live(
        FakeAws aws, PrivateLinkClient links, ConnectionType type) {
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
      aws.advance(Duration.ofSeconds(15));
      links.get(link);
      aws.accept(link.endpointId());
      link = links.awaitActive(link, Duration.ofMinutes(30));
      DomainRequest confluent = DomainRequest.confluent("domnprzqrog." + FakeAws.REGION);
      for (DomainRequest request : List.of(DomainRequest.managed(), confluent)) {
        // Zones and records are read only after something went wrong.
        aws.loseNextReply(each -> each.action().equals("CreateHostedZone"));
        links.planDomain(link, request);
        DomainAttachment domain = links.attachDomain(link, request);
        aws.advance(Duration.ofSeconds(15));
        links.list(ListRequest.of(CLUSTER));
        links.reconcile(CLUSTER);
        aws.loseNextReply(each -> each.action().equals("ChangeResourceRecordSets"));
        links.detachDomain(link, domain.id());
      }
      attachIsRepaired(aws, links, link);
      links.delete(link);
      links.awaitDeleted(link, Duration.ofMinutes(10));
      return link;
    }

    private static void attachIsRepaired(
        FakeAws aws, PrivateLinkClient links, PrivateLinkConnection link) {
      aws.answerNext(
          each -> each.action().equals("CreateHostedZone"),
          FakeReply.route53Error(400, "InvalidInput", "Not this time."));
      assertThatExceptionOfType(PrivateLinkException.class)
          .isThrownBy(() -> links.attachDomain(link, DomainRequest.managed()));
      aws.advance(Duration.ofSeconds(15));
      assertThat(links.repairAtOnce(CLUSTER).with(Repair.Outcome.DONE)).hasSize(1);
    }

    IamCheck check(String action) {
      return check(action, "");
    }

    IamCheck check(String action, String resource) {
      return first(each -> each.action().equals(action) && each.resource().contains(resource));
    }

    /** Of a request of its own, not of one that creates. */
    IamCheck checkOfTags(String action, String key) {
      return first(
          each ->
              each.action().equals(action)
                  && !each.context().containsKey("ec2:CreateAction")
                  && each.context().get(KEYS).stream().allMatch(given -> given.startsWith(key)));
    }

    private IamCheck first(Predicate<IamCheck> which) {
      return checks.stream().filter(which).findFirst().orElseThrow();
    }
  }
}
