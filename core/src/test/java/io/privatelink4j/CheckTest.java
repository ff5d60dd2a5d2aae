package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.model.Severity;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The check tells everything that is in the way, at once, and who has to do what about it. */
class CheckTest {

  private static ServiceCheck check(Setup setup, ConnectionType type) {
    setup.cloud.calls().clear();
    ServiceCheck check = setup.links.check(Setup.CLUSTER, type);
    assertThat(setup.cloud.calls().writes()).isEmpty();
    assertThat(check.findings())
        .isSortedAccordingTo(Comparator.comparing(Finding::severity).reversed());
    return check;
  }

  private static ServiceCheck check(Setup setup) {
    return check(setup, setup.service.type());
  }

  private static Finding only(ServiceCheck check, FindingCode code) {
    List<Finding> found = check.findings().stream().filter(f -> f.code() == code).toList();
    assertThat(found).as("%s in %s", code, check.findings()).hasSize(1);
    return found.get(0);
  }

  private static void assertFinding(
      Finding finding, Severity severity, Actor actor, String... words) {
    assertThat(finding.severity()).isEqualTo(severity);
    assertThat(finding.actor()).isEqualTo(actor);
    assertThat(finding.message()).contains(words);
  }

  // --- good services ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void goodService_isDescribedInFull(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      ServiceCheck check = check(setup);

      assertThat(check.ok()).isTrue();
      assertThat(check.serviceZoneIds()).containsExactly(setup.zoneIds());
      assertThat(check.commonZoneIds()).containsExactly(setup.zoneIds());
      assertThat(check.zones().zoneIds()).containsExactly(setup.zoneIds());
      assertThat(check.zones().accountId()).isEqualTo(setup.cloud.accountId());
      assertThat(check.acceptance()).isEqualTo(Acceptance.REQUIRED);
      assertThat(check.type())
          .isEqualTo(
              flavour == CloudProvider.AWS
                  ? AwsEndpointService.of(setup.service.name(), "us-west-2")
                  : setup.service.type());
      assertThat(check.findings()).hasSize(1);
      assertFinding(
          only(check, FindingCode.ACCEPTANCE_REQUIRED),
          Severity.INFO,
          Actor.SERVICE_OWNER,
          "The owner has to accept");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void selfAcceptingService_hasNoFindings(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.service.acceptAutomatically();

      ServiceCheck check = check(setup);

      assertThat(check.acceptance()).isEqualTo(Acceptance.AUTOMATIC);
      assertThat(check.findings()).isEmpty();
    }
  }

  @Test
  void serviceThatDoesNotTellWhoAccepts_isFound() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD, Assumption.ACCEPTANCE_NOT_TOLD)) {
      ServiceCheck check = check(setup);

      assertThat(check.acceptance()).isEqualTo(Acceptance.UNKNOWN);
      assertThat(check.ok()).isTrue();
      assertFinding(
          only(check, FindingCode.ACCEPTANCE_UNKNOWN),
          Severity.INFO,
          Actor.SERVICE_OWNER,
          "does not tell whether the owner has to accept");
    }
  }

  // --- names ---

  @ParameterizedTest
  @CsvSource({
    "kafka, MALFORMED_SERVICE_NAME",
    "vpce-svc-0a1b2c3d4e5f60718, BARE_SERVICE_ID",
    "vpce-0a1b2c3d4e5f60718, ENDPOINT_NAME",
    "kafka-0123456789abcdef.elb.us-west-2.amazonaws.com, LOAD_BALANCER_NAME",
    "com.aliyuncs.privatelink.ap-southeast-1.epsrv-hp3vpx8yqxblby3i, OTHER_CLOUD",
    "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718, OTHER_REGION"
  })
  void wrongName_onAws_isFound_withoutAskingForTheService(String name, FindingCode code) {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      ServiceCheck check = check(setup, AwsEndpointService.of(name));

      assertThat(only(check, code).severity()).isEqualTo(Severity.ERROR);
      assertThat(check.ok()).isFalse();
      assertThat(check.commonZoneIds()).isEmpty();
      assertThat(check.zones().accountId()).isEqualTo(setup.cloud.accountId());
      assertThat(setup.cloud.calls().count(Operation.READ_SERVICE)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kafka, MALFORMED_SERVICE_NAME",
    "epsrv-hp3vpx8yqxblby3i, BARE_SERVICE_ID",
    "ep-hp3vpx8yqxblby3i, ENDPOINT_NAME",
    "nlb-abcdefgh12345678.ap-southeast-1.nlb.aliyuncs.com, LOAD_BALANCER_NAME",
    "com.amazonaws.vpce.us-west-2.vpce-svc-0a1b2c3d4e5f60718, OTHER_CLOUD",
    "com.aliyuncs.privatelink.eu-central-1.epsrv-hp3vpx8yqxblby3i, OTHER_REGION"
  })
  void wrongName_onAlibabaCloud_isFound_withoutAskingForTheService(String name, FindingCode code) {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD)) {
      ServiceCheck check = check(setup, AlicloudEndpointService.of(name));

      assertThat(only(check, code).severity()).isEqualTo(Severity.ERROR);
      assertThat(check.ok()).isFalse();
      assertThat(setup.cloud.calls().count(Operation.READ_SERVICE)).isZero();
    }
  }

  @Test
  void regionThatContradictsTheName_isFound() {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      ServiceCheck check =
          check(setup, AwsEndpointService.of(setup.service.name(), "eu-central-1"));

      assertFinding(
          only(check, FindingCode.REGION_CONTRADICTION),
          Severity.ERROR,
          Actor.CALLER,
          "us-west-2",
          "eu-central-1");
    }
  }

  // --- regions ---

  @Test
  void serviceOfAnotherRegion_isAnError_unlessAskedForAndOffered() {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      OwnedService far = setup.cloud.publishIn("us-east-1").allow(setup.cloud.accountId());

      assertFinding(
          only(check(setup, far.type()), FindingCode.OTHER_REGION),
          Severity.ERROR,
          Actor.CALLER,
          "AwsEndpointService.of(\"" + far.name() + "\", \"us-east-1\")");

      ConnectionType asked = AwsEndpointService.of(far.name(), "us-east-1");
      ServiceCheck notOffered = check(setup, asked);
      assertThat(notOffered.ok()).isFalse();
      only(notOffered, FindingCode.NOT_FOUND_OR_NOT_ALLOWED);

      far.offerTo("us-west-2");
      ServiceCheck offered = check(setup, asked);
      assertThat(offered.ok()).isTrue();
      assertFinding(
          only(offered, FindingCode.CROSS_REGION),
          Severity.INFO,
          Actor.SERVICE_OWNER,
          "must list us-west-2 among the service's supported regions");
      assertThat(offered.commonZoneIds()).as("need not overlap").containsExactly(setup.zoneIds());

      PrivateLinkConnection link = setup.links.create(setup.request().type(asked).build());
      assertThat(link.type()).isEqualTo(asked);
    }
  }

  @Test
  void serviceOfAnotherPartition_isAnError_evenIfAskedFor() {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      String name = "cn.com.amazonaws.vpce.cn-north-1.vpce-svc-0a1b2c3d4e5f60718";

      assertFinding(
          only(check(setup, AwsEndpointService.of(name, "cn-north-1")), FindingCode.OTHER_REGION),
          Severity.ERROR,
          Actor.CALLER,
          "No link crosses the border between AWS partitions");
    }
  }

  // --- permission ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void serviceThatDoesNotAllowUs_isFound_withWhomToAllow(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.service.disallow(setup.cloud.accountId());

      ServiceCheck check = check(setup);

      Finding finding = only(check, FindingCode.NOT_FOUND_OR_NOT_ALLOWED);
      assertFinding(
          finding, Severity.ERROR, Actor.SERVICE_OWNER, setup.service.name(), setup.cloud.region());
      assertThat(check.zones().principals())
          .isNotEmpty()
          .allSatisfy(principal -> assertThat(finding.message()).contains(principal))
          .allSatisfy(principal -> assertThat(principal).contains(setup.cloud.accountId()));

      setup.service.allow(
          flavour == CloudProvider.AWS
              ? check.zones().principals().get(0)
              : setup.cloud.accountId());
      assertThat(check(setup).ok()).as("what was told is what helps").isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void serviceThatIsNot_isFound(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      ConnectionType type =
          flavour == CloudProvider.AWS
              ? AwsEndpointService.of("com.amazonaws.vpce.us-west-2.vpce-svc-0123456789abcdef0")
              : AlicloudEndpointService.of(
                  "com.aliyuncs.privatelink.ap-southeast-1.epsrv-hp3vpx8yqxblby3i");

      assertThat(only(check(setup, type), FindingCode.NOT_FOUND_OR_NOT_ALLOWED).message())
          .contains("or the name has a typing error");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void credentialsThatMayNotReadServices_areFound_withThePermission(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.cloud.faults().always(Operation.READ_SERVICE, Fault.DENIED);

      assertFinding(
          only(check(setup), FindingCode.ACCESS_DENIED),
          Severity.ERROR,
          Actor.OPERATOR,
          "Allow the action " + setup.cloud.traits().action(Operation.READ_SERVICE).permission());
    }
  }

  @Test
  void productThatIsNotOpened_isFound() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD)) {
      setup.cloud.openProduct(false);

      assertFinding(
          only(check(setup), FindingCode.PRODUCT_NOT_OPENED),
          Severity.ERROR,
          Actor.OPERATOR,
          "Open the product for the account");
    }
  }

  // --- zones and subnets ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void serviceWithoutACommonZone_isFound_withBothLists(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      String[] zones = setup.zoneIds();
      setup.directory.put(Setup.CLUSTER, List.of(setup.cloud.addNetwork(zones[0], zones[1])));
      OwnedService elsewhere = setup.cloud.publish(zones[2]).allow(setup.cloud.accountId());

      ServiceCheck check = check(setup, elsewhere.type());

      assertThat(check.ok()).isFalse();
      assertThat(check.serviceZoneIds()).containsExactly(zones[2]);
      assertThat(check.commonZoneIds()).isEmpty();
      assertFinding(
          only(check, FindingCode.NO_COMMON_ZONE),
          Severity.ERROR,
          Actor.SERVICE_OWNER,
          "[" + zones[2] + "]",
          "[" + zones[0] + ", " + zones[1] + "]");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void serviceInFewerZones_isAWarning(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      String[] zones = setup.zoneIds();
      OwnedService narrow = setup.cloud.publish(zones[1]).allow(setup.cloud.accountId());

      ServiceCheck check = check(setup, narrow.type());

      assertThat(check.ok()).isTrue();
      assertThat(check.commonZoneIds()).containsExactly(zones[1]);
      assertFinding(
          only(check, FindingCode.FEWER_ZONES),
          Severity.WARNING,
          Actor.SERVICE_OWNER,
          "only [" + zones[1] + "] can be used");
    }
  }

  @Test
  void zoneNames_doWhereTheCloudDoesNotTellZoneIds() {
    try (Setup setup = new Setup(CloudProvider.AWS, Assumption.SERVICE_ZONE_IDS_EMPTY)) {
      String[] zones = setup.zoneIds();
      OwnedService narrow = setup.cloud.publish(zones[1]).allow(setup.cloud.accountId());

      assertThat(check(setup).commonZoneIds()).containsExactly(zones);
      assertThat(check(setup, narrow.type()).commonZoneIds()).containsExactly(zones[1]);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void subnetWithoutAFreeAddress_isFound(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      String full = setup.network.subnetIds().get(1);
      setup.cloud.setFreeAddresses(full, 0);

      assertFinding(
          only(check(setup), FindingCode.NO_FREE_ADDRESS),
          Severity.ERROR,
          Actor.OPERATOR,
          "[" + full + "]");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void fullSubnet_inAZoneThatIsNotUsed_doesNotMatter(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      OwnedService narrow = setup.cloud.publish(setup.zoneIds()[0]).allow(setup.cloud.accountId());
      setup.cloud.setFreeAddresses(setup.network.subnetIds().get(1), 0);

      assertThat(check(setup, narrow.type()).ok()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void missingSubnet_isFound(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      String gone = setup.network.subnetIds().get(2);
      setup.cloud.removeSubnet(gone);

      assertFinding(
          only(check(setup), FindingCode.SUBNET_MISSING),
          Severity.ERROR,
          Actor.OPERATOR,
          gone,
          setup.network.vpcId(),
          "correct the cluster directory");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void severalSubnetsInOneZone_areTold(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      String[] zones = setup.zoneIds();
      ClusterNetwork network = setup.cloud.addNetwork(zones[0], zones[0], zones[1]);
      setup.directory.put(Setup.CLUSTER, List.of(network));

      ServiceCheck check = check(setup);

      assertThat(check.ok()).isTrue();
      assertFinding(
          only(check, FindingCode.SEVERAL_SUBNETS_IN_ZONE),
          Severity.INFO,
          Actor.OPERATOR,
          "[" + zones[0] + "]",
          "the first by id is used");
    }
  }

  // --- what the cluster has ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void secondLinkToAService_isAWarning_fromAnyProcess(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();

      for (PrivateLinkClient client : List.of(setup.links, setup.client())) {
        ServiceCheck check = client.check(Setup.CLUSTER, setup.service.type());
        assertThat(check.ok()).isTrue();
        assertFinding(
            only(check, FindingCode.DUPLICATE_LINK), Severity.WARNING, Actor.CALLER, link.id());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void connectionLimit_isFoundBeforeItIsMet(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, b -> b.maxConnectionsPerCluster(1))) {
      setup.create();

      assertFinding(
          only(check(setup), FindingCode.CONNECTION_LIMIT),
          Severity.ERROR,
          Actor.CALLER,
          "1 of at most 1 connections: delete one, or raise maxConnectionsPerCluster");
    }
  }

  // --- all at once ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void everythingThatHolds_isToldAtOnce_worstFirst(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, b -> b.maxConnectionsPerCluster(1))) {
      String[] zones = setup.zoneIds();
      ClusterNetwork network = setup.cloud.addNetwork(zones[0], zones[1], zones[2], zones[2]);
      setup.directory.put(Setup.CLUSTER, List.of(network));
      OwnedService narrow = setup.cloud.publish(zones[0], zones[1]).allow(setup.cloud.accountId());
      setup.links.create(setup.request().type(narrow.type()).build());
      setup.settle();
      setup.cloud.setFreeAddresses(network.subnetIds().get(0), 0);

      ServiceCheck check =
          setup.client(b -> b.maxConnectionsPerCluster(1)).check(Setup.CLUSTER, narrow.type());

      assertThat(check.findings())
          .extracting(Finding::code)
          .containsExactlyInAnyOrder(
              FindingCode.CONNECTION_LIMIT,
              FindingCode.NO_FREE_ADDRESS,
              FindingCode.FEWER_ZONES,
              FindingCode.DUPLICATE_LINK,
              FindingCode.ACCEPTANCE_REQUIRED,
              FindingCode.SEVERAL_SUBNETS_IN_ZONE);
      assertThat(check.findings())
          .extracting(Finding::severity)
          .containsExactly(
              Severity.ERROR,
              Severity.ERROR,
              Severity.WARNING,
              Severity.WARNING,
              Severity.INFO,
              Severity.INFO);
      assertThat(check.errors()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void malformedName_doesNotHideWhatElseIsWrong(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, b -> b.maxConnectionsPerCluster(1))) {
      setup.create();
      setup.settle();
      setup.time.advance(Duration.ofMinutes(6));
      setup.cloud.removeSubnet(setup.network.subnetIds().get(0));
      ConnectionType type =
          flavour == CloudProvider.AWS
              ? AwsEndpointService.of("lb.elb.us-west-2.amazonaws.com")
              : AlicloudEndpointService.of("x.ap-southeast-1.nlb.aliyuncs.com");

      assertThat(check(setup, type).errors())
          .extracting(Finding::code)
          .containsExactlyInAnyOrder(
              FindingCode.LOAD_BALANCER_NAME,
              FindingCode.SUBNET_MISSING,
              FindingCode.CONNECTION_LIMIT);
    }
  }
}
