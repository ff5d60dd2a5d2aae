package io.privatelink4j;

import static io.privatelink4j.Looking.codes;
import static io.privatelink4j.Looking.look;
import static io.privatelink4j.Looking.only;
import static io.privatelink4j.Looking.untouched;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.Drift;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.Remedy;
import io.privatelink4j.model.Repair;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.ZoneRecord;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a look sees of what only people can mend, and what looking costs. */
class ReconcileTest {
  private static final String OTHER = "20991111";

  // --- a world in order ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void healthyWorld_isClean_andCostsPages(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      setup.links.zones(Setup.CLUSTER);
      setup.cloud.calls().clear();

      assertThat(setup.links.reconcile(Setup.CLUSTER).isClean()).isTrue();

      assertThat(setup.cloud.calls().actions())
          .containsExactlyElementsOf(
              flavour == CloudProvider.AWS
                  ? List.of(
                      "DescribeVpcEndpoints",
                      "ListHostedZones",
                      "ListHostedZonesByVPC",
                      "ListResourceRecordSets")
                  : List.of(
                      "ListVpcEndpoints",
                      "DescribeZones",
                      "ListVpcEndpointZones",
                      "DescribeZones",
                      "DescribeZoneRecords"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void healthyLinks_addNoCallBeyondPages_whereTheListsTellAll(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      List<Integer> calls = new ArrayList<>();
      for (int links = 1; links <= 8; links++) {
        setup.active();
        setup.cloud.calls().clear();
        assertThat(setup.links.reconcile(Setup.CLUSTER).isClean()).isTrue();
        calls.add(setup.cloud.calls().size());
      }

      assertThat(calls)
          .isEqualTo(
              flavour == CloudProvider.AWS
                  ? Collections.nCopies(8, 2)
                  : List.of(3, 4, 5, 6, 7, 8, 9, 10));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void othersLinksAndZones_addPagesOnly(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.active();
      setup.directory.put(OTHER, List.of(setup.network));
      List<Integer> calls = new ArrayList<>();
      for (int others = 0; others <= 3; others++) {
        setup.cloud.calls().clear();
        assertThat(setup.links.reconcile(Setup.CLUSTER).isClean()).isTrue();
        calls.add(setup.cloud.calls().size());
        attachedToOther(setup);
      }

      assertThat(calls)
          .as("one more list as soon as there are zones whose names do not tell their cluster")
          .isEqualTo(flavour == CloudProvider.AWS ? List.of(2, 2, 2, 2) : List.of(3, 4, 4, 4));
    }
  }

  private static DomainAttachment attachedToOther(Setup setup) {
    PrivateLinkConnection link = setup.links.create(setup.request().clusterId(OTHER).build());
    setup.settle();
    setup.service.acceptAll();
    setup.settle();
    DomainAttachment domain = setup.links.attachDomain(link, DomainRequest.managed());
    setup.settle();
    return domain;
  }

  /** Attaches domains to a new link; the first one has the link's own name. */
  private static void attachMany(Setup setup, int domains) {
    PrivateLinkConnection link = setup.active();
    String first = link.id().substring("plc-".length());
    setup.links.attachDomain(link, DomainRequest.managed());
    for (int i = 2; i <= domains; i++) {
      setup.links.attachDomain(link, DomainRequest.managed(first + "-" + i));
    }
    setup.settle();
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void fullCluster_costsOneReadForEachDomain(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      for (int links = 1; links <= 10; links++) {
        attachMany(setup, 8);
      }
      setup.links.zones(Setup.CLUSTER);
      setup.cloud.calls().clear();

      assertThat(setup.links.reconcile(Setup.CLUSTER).isClean()).isTrue();

      assertThat(setup.cloud.calls().size()).isEqualTo(flavour == CloudProvider.AWS ? 83 : 93);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void recordsOfTooManyDomains_areReadUpToABound(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, builder -> builder.maxConnectionsPerCluster(14))) {
      for (int links = 1; links <= 14; links++) {
        attachMany(setup, 8);
      }

      ReconcileReport report = look(setup);

      assertThat(setup.cloud.calls().count(Operation.LIST_RECORDS)).isEqualTo(100);
      assertThat(only(report).code()).isEqualTo(DriftCode.NOT_CHECKED);
      assertThat(only(report).seen()).isEqualTo("12 DNS zones");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void networksOfSeveralRegions_shareOneListOfZones(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      farAway(setup);
      ClusterNetwork far = setup.directory.get(Setup.CLUSTER).get(0);
      setup.directory.put(Setup.CLUSTER, List.of(setup.network, setup.cloud.addNetwork(), far));

      assertThat(codes(look(setup))).containsExactly(DriftCode.NETWORK_LEFT);

      assertThat(setup.cloud.calls().count(Operation.LIST_ENDPOINTS)).isEqualTo(2);
      assertThat(setup.cloud.calls().count(Operation.LIST_OWN_ZONES)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void manyPages_areAllRead(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      for (int i = 0; i < 4; i++) {
        Disorder.attached(setup);
      }
      setup.cloud.limitPages(2);
      setup.cloud.deleteZoneOutOfBand(setup.cloud.zones().get(3).id());

      assertThat(codes(look(setup))).containsExactly(DriftCode.ENTRY_WITHOUT_ZONE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void pendingLink_isNoDrift(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.create();
      assertThat(look(setup).isClean()).isTrue();
      setup.settle();
      assertThat(look(setup).isClean()).isTrue();
    }
  }

  // --- what people have to mend ---

  private static void assertLeft(Setup setup, DriftCode code) {
    Drift drift = only(look(setup));
    assertThat(drift.code()).isEqualTo(code);
    assertThat(drift.remedy()).isEqualTo(Remedy.NONE);
    assertThat(drift.actsFrom()).isEmpty();
    assertThat(drift.resourceIds()).isNotEmpty();
    Repair repair = untouched(setup);
    assertThat(repair.outcome()).isEqualTo(Repair.Outcome.LEFT);
    assertThat(repair.message()).isEqualTo(drift.advice()).isNotBlank();
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void linkThatItsOwnerRejected_isReported(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.service.reject(link.endpointId());
      setup.settle();

      assertLeft(setup, DriftCode.LINK_REJECTED);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "AWS")
  void linkWhoseRequestExpired_isReported(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.service.expire(link.endpointId());

      assertLeft(setup, DriftCode.LINK_EXPIRED);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void linkThatDoesNotWork_isReported(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      if (flavour == CloudProvider.AWS) {
        setup.service.fail(link.endpointId(), "no capacity");
      } else {
        setup.service.delete();
      }
      setup.settle();

      assertLeft(setup, DriftCode.LINK_FAILED);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void endpointThatSomebodyDeletes_isReported_thenItsZoneIsAnOrphan(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      setup.cloud.deleteEndpointOutOfBand(Disorder.endpoint(setup));

      assertLeft(setup, DriftCode.ENDPOINT_GONE);

      setup.time.advance(Looking.QUIET);
      assertThat(codes(look(setup))).containsExactly(DriftCode.ORPHAN_ZONE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void editedLabels_areReported_andNothingOfTheLinkIsTouched(CloudProvider flavour) {
    for (String key : List.of("plc.req", "plc.v", "plc.name")) {
      try (Setup setup = new Setup(flavour)) {
        Disorder.DETACH_DIED_BEFORE_ITS_ZONE.make(setup);
        setup.cloud.editLabel(Disorder.endpoint(setup), key, key.equals("plc.name") ? "" : "x");

        if (key.equals("plc.name")) {
          setup.cloud.removeLabel(Disorder.endpoint(setup), key);
        }

        assertLeft(setup, DriftCode.TAMPERED_LABELS);
        assertThat(setup.cloud.zones()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void labelsOfANewerVersion_areReported_andNothingOfTheLinkIsTouched(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.DETACH_DIED_BEFORE_ITS_ZONE.make(setup);
      setup.cloud.editLabel(Disorder.endpoint(setup), "plc.v", "v2.0");

      assertLeft(setup, DriftCode.NEWER_LEDGER);
      assertThat(setup.cloud.zones()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void networkThatTheClusterLeft_isReported(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.active();
      setup.directory.put(Setup.CLUSTER, List.of(setup.cloud.addNetwork(), setup.network));

      assertLeft(setup, DriftCode.NETWORK_LEFT);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void subnetThatTheNetworkNamesNoMore_isReported(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.active();
      ClusterNetwork whole = setup.network;
      setup.directory.put(
          Setup.CLUSTER,
          List.of(
              ClusterNetwork.builder()
                  .cloud(whole.cloud())
                  .region(whole.region())
                  .vpcId(whole.vpcId())
                  .subnetIds(whole.subnetIds().subList(0, 2))
                  .build()));

      assertLeft(setup, DriftCode.ZONES_DIFFER);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void namesThatWereNotPlanned_areReported_andStay(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      String zone = Disorder.zone(setup);
      setup.cloud.editRecordOutOfBand(zone, "*.elsewhere", "elsewhere.example.com");

      assertLeft(setup, DriftCode.RECORD_EXTRA);
      assertThat(setup.cloud.records(zone)).extracting(ZoneRecord::host).contains("*.elsewhere");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void recordsOfOtherTypes_areReported_andStay(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      setup.cloud.addForeignRecord(Disorder.zone(setup), "www", "A");

      assertLeft(setup, DriftCode.RECORD_EXTRA);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "AWS")
  void zoneThatLeftTheNetwork_isReported_whereOnlyPeopleCanBindIt(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      setup.cloud.removeBinding(Disorder.zone(setup), setup.network);

      assertLeft(setup, DriftCode.ZONE_NOT_BOUND);
    }
  }

  // --- whose things they are ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void anotherClusters_areNotSeen(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      ClusterNetwork elsewhere = setup.cloud.addNetwork();
      setup.directory.put(OTHER, List.of(elsewhere));
      PrivateLinkConnection link = setup.links.create(setup.request().clusterId(OTHER).build());
      setup.settle();
      setup.service.acceptAll();
      setup.settle();
      setup.links.attachDomain(link, DomainRequest.managed());
      setup.settle();
      assertThat(look(setup).isClean()).isTrue();

      setup.cloud.vanish(link.endpointId());

      assertThat(look(setup).isClean()).isTrue();
      assertThat(codes(look(setup, OTHER))).containsExactly(DriftCode.ORPHAN_ZONE);
    }
  }

  /** An active connection of the cluster, which has moved to another region since. */
  private static PrivateLinkConnection farAway(Setup setup) {
    String region = setup.cloud.cloud() == CloudProvider.AWS ? "eu-west-1" : "cn-hangzhou";
    OwnedService service = setup.cloud.publishIn(region).allow(setup.cloud.accountId());
    setup.directory.put(Setup.CLUSTER, List.of(setup.cloud.addNetworkIn(region)));
    PrivateLinkConnection link = setup.links.create(setup.request().type(service.type()).build());
    setup.settle();
    service.acceptAll();
    setup.settle();
    return link;
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneOfAnotherRegion_isNotSeen(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.links.attachDomain(farAway(setup), DomainRequest.managed());
      setup.settle();
      assertThat(look(setup).isClean()).isTrue();

      setup.directory.put(Setup.CLUSTER, List.of(setup.network));

      assertThat(look(setup).drifts())
          .as("whether it has an endpoint cannot be seen from here")
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void halfMadeZoneOfAnotherRegion_isNotSeen(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = farAway(setup);
      Disorder.dies(
          setup,
          Operation.PUT_RECORDS,
          () -> setup.client().attachDomain(link, DomainRequest.managed()));
      assertThat(codes(look(setup))).containsExactly(DriftCode.UNFINISHED_ATTACH);

      setup.directory.put(Setup.CLUSTER, List.of(setup.network));

      assertThat(look(setup).isClean()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ALICLOUD")
  void zonesThatNamesCannotTellApart_areReadInTurns(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkDriver driver = setup.cloud.open();
      for (int i = 0; i < 60; i++) {
        String id = "a".repeat(24) + (char) ('a' + i / 26) + (char) ('a' + i % 26);
        driver.createZone(setup.network, id + ".alicloud.tidbcloud.com", "any");
      }

      ReconcileReport report = look(setup);

      assertThat(setup.cloud.calls().count(Operation.READ_ZONE)).isEqualTo(50);
      assertThat(codes(report)).hasSize(50).containsOnly(DriftCode.EMPTY_ZONE);
      setup.time.advance(Duration.ofHours(1));
      ReconcileReport later = look(setup);
      List<Drift> seen = new ArrayList<>(report.drifts());
      seen.addAll(later.drifts());
      assertThat(seen.stream().map(Drift::resourceIds).distinct()).as("in turns").hasSize(60);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void strangersAndForeignThings_areNotSeen(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.active();
      setup.cloud.addForeignEndpoint(setup.network, setup.service);
      setup.cloud.addForeignZone(setup.network, "orders.example.com");
      setup.cloud.addStrangersZone(setup.network, "strange.example.com");

      assertThat(look(setup).isClean()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void orphan_isToldToTheListener(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ENDPOINT_VANISHED.make(setup);
      List<Drift> told = new ArrayList<>();
      PrivateLinkListener listener =
          new PrivateLinkListener() {
            @Override
            public void onOrphan(Drift orphan) {
              told.add(orphan);
            }
          };

      assertThat(
              setup.client(builder -> builder.listener(listener)).reconcile(Setup.CLUSTER).drifts())
          .isEqualTo(told)
          .hasSize(1);
    }
  }
}
