package io.privatelink4j;

import static io.privatelink4j.Looking.QUIET;
import static io.privatelink4j.Looking.codes;
import static io.privatelink4j.Looking.look;
import static io.privatelink4j.Looking.untouched;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.Remedy;
import io.privatelink4j.model.Repair;
import io.privatelink4j.model.RepairReport;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be judged for sure is reported and left: a zone that works is never removed. */
class RepairSafetyTest {
  private static final DomainRequest MANAGED = DomainRequest.managed();

  private static String elsewhere(CloudProvider flavour) {
    return flavour == CloudProvider.AWS ? "eu-west-1" : "cn-hangzhou";
  }

  // --- one account, several credentials ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneThatIsListedWithTwoCredentials_isNoSpareOfItself(CloudProvider flavour) {
    for (boolean sameRegion : new boolean[] {true, false}) {
      try (Setup setup = new Setup(flavour)) {
        Disorder.attached(setup);
        ClusterNetwork second =
            sameRegion ? setup.cloud.addNetwork() : setup.cloud.addNetworkIn(elsewhere(flavour));
        setup.directory.put(Setup.CLUSTER, List.of(setup.network, second));
        PrivateLinkClient client = setup.client(new CredentialsPerNetwork(setup.cloud));

        ReconcileReport report = client.reconcile(Setup.CLUSTER);
        setup.time.advance(QUIET);
        client.repair(report);

        assertThat(report.isClean()).isTrue();
        Disorder.ZONE_DELETED_BY_HAND.assertMended(setup);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void connectionThatIsListedWithTwoCredentials_isOne(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      setup.directory.put(Setup.CLUSTER, List.of(setup.network, setup.cloud.addNetwork()));

      PrivateLinkClient client = setup.client(new CredentialsPerNetwork(setup.cloud));

      assertThat(client.listAll(Setup.CLUSTER).toList()).hasSize(1);
    }
  }

  // --- zones without label ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneWhoseRecordsWereNotRead_isLeft(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, b -> b.maxConnectionsPerCluster(14))) {
      List<DomainAttachment> all = new ArrayList<>();
      for (int i = 1; i <= 14; i++) {
        PrivateLinkConnection link = setup.active();
        String first = link.id().substring("plc-".length());
        all.add(setup.links.attachDomain(link, MANAGED));
        for (int j = 2; j <= 8; j++) {
          all.add(setup.links.attachDomain(link, DomainRequest.managed(first + "-" + j)));
        }
      }
      DomainAttachment last =
          Collections.max(all, Comparator.comparing(DomainAttachment::connectionId));
      loseLabel(setup, last);

      Repair left = unlabelled(repairLater(setup, setup.client()));

      assertThat(left.outcome()).isEqualTo(Repair.Outcome.LEFT);
      assertThat(left.drift().remedy()).isEqualTo(Remedy.NONE);
      assertThat(setup.cloud.zones()).hasSize(all.size());
    }
  }

  private static void loseLabel(Setup setup, DomainAttachment domain) {
    String label = "plc.d." + domain.id();
    setup.cloud.endpoints().stream()
        .filter(endpoint -> endpoint.labels().containsKey(label))
        .forEach(endpoint -> setup.cloud.removeLabel(endpoint.id(), label));
    setup.settle();
  }

  private static RepairReport repairLater(Setup setup, PrivateLinkClient client) {
    ReconcileReport earlier = client.reconcile(Setup.CLUSTER);
    setup.time.advance(QUIET);
    return client.repair(earlier);
  }

  private static Repair unlabelled(RepairReport report) {
    List<Repair> repairs =
        report.repairs().stream()
            .filter(each -> each.drift().code() == DriftCode.ZONE_WITHOUT_ENTRY)
            .toList();
    assertThat(repairs).hasSize(1);
    return repairs.get(0);
  }

  @ParameterizedTest
  @EnumSource(names = "AWS")
  void zoneWithASuffixThatIsNotConfigured_isLeft(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.LABEL_REMOVED_BY_HAND.make(setup);
      PrivateLinkClient newer = setup.client(b -> b.managedSuffix(flavour, "plc.tidbcloud.com"));

      Repair left = unlabelled(repairLater(setup, newer));

      assertThat(left.outcome()).isEqualTo(Repair.Outcome.LEFT);
      assertThat(left.message()).contains("suffix");
      assertThat(setup.cloud.zones()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void remedyThatTheEarlierReportHasNot_isNotTaken(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.LABEL_REMOVED_BY_HAND.make(setup);
      ReconcileReport earlier = look(setup);
      setup.time.advance(QUIET);
      setup
          .cloud
          .records(Disorder.zone(setup))
          .forEach(r -> setup.cloud.removeRecordOutOfBand(Disorder.zone(setup), r.host()));

      Repair left = unlabelled(setup.client().repair(earlier));

      assertThat(left.outcome()).isEqualTo(Repair.Outcome.LEFT);
      assertThat(left.drift().remedy()).isEqualTo(Remedy.REMOVE);
      assertThat(setup.cloud.zones()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneThatServesInPart_isLeft(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.LABEL_REMOVED_BY_HAND.make(setup);
      setup.cloud.removeRecordOutOfBand(Disorder.zone(setup), "*." + setup.zoneIds()[2]);

      Repair left = untouched(setup);

      assertThat(left.drift().code()).isEqualTo(DriftCode.ZONE_WITHOUT_ENTRY);
      assertThat(left.message()).contains("in part");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneThatSomebodyLeadElsewhere_isLeft(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.LABEL_REMOVED_BY_HAND.make(setup);
      setup.cloud.editRecordOutOfBand(Disorder.zone(setup), "*", "elsewhere.example.com");

      assertThat(untouched(setup).message()).contains("in part");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneOfADuplicatesLabel_isNoStray(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      DomainAttachment domain = Disorder.attached(setup);
      String main = Disorder.endpoint(setup);
      setup.cloud.duplicateOutOfBand(main);
      setup.settle();
      setup.service.acceptAll();
      setup.settle();
      setup.cloud.removeLabel(main, "plc.d." + domain.id());
      setup
          .cloud
          .records(Disorder.zone(setup))
          .forEach(r -> setup.cloud.removeRecordOutOfBand(Disorder.zone(setup), r.host()));
      setup.settle();

      assertThat(untouched(setup).drift().code()).isEqualTo(DriftCode.DUPLICATE_ENDPOINT);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "AWS")
  void recordThatIsNewBehindALongList_isNoDriftOfTheEarlierReport(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      String zone = Disorder.zone(setup);
      for (char c = 'a'; c < 'u'; c++) {
        setup.cloud.editRecordOutOfBand(zone, "a" + c, "somewhere.else.in.the.world.example.com");
      }
      ReconcileReport earlier = look(setup);
      setup.time.advance(QUIET);
      setup.cloud.editRecordOutOfBand(zone, "zz-new", "brand-new.example.com");

      RepairReport report = setup.client().repair(earlier);

      assertThat(report.with(Repair.Outcome.DONE)).isEmpty();
      assertThat(setup.cloud.records(zone)).anyMatch(r -> r.host().equals("zz-new"));
    }
  }

  // --- another managed suffix ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void domainOfAnotherSuffix_keepsItsZone(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      PrivateLinkClient newer = setup.client(b -> b.managedSuffix(flavour, "plc.tidbcloud.com"));

      assertThat(repairLater(setup, newer).repairs()).isEmpty();
      Disorder.ZONE_DELETED_BY_HAND.assertMended(setup);

      newer.forceDelete(newer.listAll(Setup.CLUSTER).toList().get(0));
      setup.time.advance(Duration.ofMinutes(30));
      newer.repairAtOnce(Setup.CLUSTER);
      setup.settle();
      assertThat(setup.cloud.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ALICLOUD")
  void unboundZoneOfAnotherSuffix_isNotMadeASecondTime(CloudProvider flavour) {
    for (Disorder disorder :
        new Disorder[] {Disorder.ZONE_UNBOUND_BY_HAND, Disorder.ATTACH_DIED_AFTER_A_RECORD}) {
      try (Setup setup = new Setup(flavour)) {
        disorder.make(setup);
        PrivateLinkClient newer = setup.client(b -> b.managedSuffix(flavour, "plc.tidbcloud.com"));

        RepairReport report = repairLater(setup, newer);

        assertThat(report.repairs())
            .singleElement()
            .satisfies(
                left -> {
                  assertThat(left.outcome()).isEqualTo(Repair.Outcome.LEFT);
                  assertThat(left.message()).contains("suffix");
                });
        assertThat(setup.cloud.zones()).hasSize(1);
      }
    }
  }

  // --- other regions' zones, which their names do not tell ---

  private static final String OTHER = "20991111";

  /** An active connection of another cluster in another region. */
  private static PrivateLinkConnection others(Setup setup, String region) {
    OwnedService service = setup.cloud.publishIn(region).allow(setup.cloud.accountId());
    setup.directory.put(OTHER, List.of(setup.cloud.addNetworkIn(region)));
    return active(setup, service);
  }

  private static PrivateLinkConnection active(Setup setup, OwnedService service) {
    PrivateLinkConnection link =
        setup.links.create(setup.request().clusterId(OTHER).type(service.type()).build());
    setup.settle();
    service.acceptAll();
    setup.settle();
    return link;
  }

  /** Both are tried while the other cluster's zone is bound, which does not show yet. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void zoneThatIsBeingBoundInARegionOfSimilarName_isNotTouched(boolean purged) {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD, Assumption.BINDING_LAG_10S)) {
      PrivateLinkConnection link = others(setup, "cn-shanghai-finance-1");
      ClusterNetwork ours = setup.cloud.addNetworkIn("cn-shanghai");
      setup.directory.put(Setup.CLUSTER, List.of(ours));
      AtomicBoolean bound = new AtomicBoolean();
      AtomicBoolean once = new AtomicBoolean();
      setup.cloud.onCall(
          call -> {
            if (call == Operation.BIND_ZONE) {
              bound.set(true);
            } else if (bound.get() && once.compareAndSet(false, true)) {
              if (purged) {
                setup.client().purgeAtOnce("gone", List.of(ours));
              } else {
                setup.client().repairAtOnce(Setup.CLUSTER);
              }
            }
          });

      setup.links.attachDomain(link, MANAGED);

      assertThat(once).isTrue();
      setup.settle();
      assertThat(setup.cloud.records(Disorder.zone(setup))).hasSize(4);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ALICLOUD")
  void unboundZoneOfARegionOfSimilarName_isNotTouched(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.links.attachDomain(others(setup, "cn-shanghai-finance-1"), MANAGED);
      setup.directory.put(Setup.CLUSTER, List.of(setup.cloud.addNetworkIn("cn-shanghai")));
      setup.cloud.removeBinding(Disorder.zone(setup), setup.directory.get(OTHER).get(0));
      setup.settle();

      assertThat(repairLater(setup, setup.client()).repairs()).isEmpty();
      assertThat(setup.cloud.zones()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ALICLOUD")
  void emptyUnboundZone_ofAnyRegion_isLeftAtOnce_andRemovedAfterTheQuietPeriod(
      CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = others(setup, "cn-hangzhou");
      Disorder.dies(setup, Operation.CREATE_ZONE, () -> setup.client().attachDomain(link, MANAGED));

      assertThat(untouched(setup).message()).contains("in any region");
      RepairReport purge = setup.client().purgeAtOnce("gone", List.of(setup.network));
      assertThat(purge.with(Repair.Outcome.LEFT)).isEqualTo(purge.repairs()).hasSize(1);
      assertThat(setup.cloud.zones()).hasSize(1);

      assertThat(repairLater(setup, setup.client()).with(Repair.Outcome.DONE))
          .singleElement()
          .satisfies(done -> assertThat(done.drift().code()).isEqualTo(DriftCode.EMPTY_ZONE));
      assertThat(setup.cloud.zones()).isEmpty();
      assertThat(look(setup).drifts()).isEmpty();
      setup.client().attachDomain(link, MANAGED);
      assertThat(setup.cloud.records(Disorder.zone(setup))).hasSize(4);
    }
  }

  /** The other region's attach is begun again before each call of the repair. */
  @ParameterizedTest
  @EnumSource(names = "ALICLOUD")
  void emptyUnboundZone_thatIsTakenIntoUseMeanwhile_serves(CloudProvider flavour) {
    boolean begun = true;
    for (int call = 1; begun; call++) {
      try (Setup setup = new Setup(flavour)) {
        PrivateLinkConnection link = others(setup, "cn-hangzhou");
        Disorder.dies(
            setup, Operation.CREATE_ZONE, () -> setup.client().attachDomain(link, MANAGED));
        PrivateLinkClient client = setup.client();
        ReconcileReport earlier = client.reconcile(Setup.CLUSTER);
        setup.time.advance(QUIET);
        AtomicInteger left = new AtomicInteger(call);
        setup.cloud.onCall(
            any -> {
              if (left.decrementAndGet() == 0) {
                setup.client().attachDomain(link, MANAGED);
              }
            });

        client.repair(earlier);

        begun = left.get() <= 0;
        setup.cloud.onCall(any -> {});
        setup.settle();
        if (begun) {
          assertThat(setup.cloud.records(Disorder.zone(setup))).as("call %s", call).hasSize(4);
          assertThat(setup.client().get(link).domains()).as("call %s", call).hasSize(1);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ALICLOUD")
  void manyZonesOfOtherRegions_hideNoOrphan_andAreNoDrift(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, b -> b.maxConnectionsPerCluster(20))) {
      String region = "cn-hangzhou";
      OwnedService service = setup.cloud.publishIn(region).allow(setup.cloud.accountId());
      setup.directory.put(OTHER, List.of(setup.cloud.addNetworkIn(region)));
      for (int i = 0; i < 7; i++) {
        PrivateLinkConnection link = active(setup, service);
        setup.links.attachDomain(link, MANAGED);
        String first = link.id().substring("plc-".length());
        for (int j = 2; j <= 8; j++) {
          setup.links.attachDomain(link, DomainRequest.managed(first + "-" + j));
        }
      }
      assertThat(look(setup).isClean()).isTrue();
      for (int i = 0; i < 12; i++) {
        Disorder.attached(setup);
      }
      setup.cloud.endpoints().stream()
          .filter(endpoint -> endpoint.vpcId().equals(setup.network.vpcId()))
          .forEach(endpoint -> setup.cloud.vanish(endpoint.id()));

      repairLater(setup, setup.client());

      assertThat(setup.cloud.zones()).hasSize(56);
    }
  }

  // --- networks that the cluster has left ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void orphanInAFormerNetworkOfTheRegion_isRemoved(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ENDPOINT_VANISHED.make(setup);
      setup.directory.put(Setup.CLUSTER, List.of(setup.cloud.addNetwork(), setup.network));

      repairLater(setup, setup.client());

      Disorder.ENDPOINT_VANISHED.assertMended(setup);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "AWS")
  void orphanInANetworkThatTheDirectoryForgot_isRemoved(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ENDPOINT_VANISHED.make(setup);
      setup.directory.put(Setup.CLUSTER, List.of(setup.cloud.addNetwork()));

      repairLater(setup, setup.client());

      Disorder.ENDPOINT_VANISHED.assertMended(setup);
    }
  }

  // --- what cannot be read ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void readThatIsDenied_isReported_andTheRestIsSeen(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ENDPOINT_VANISHED.make(setup);
      Disorder.DETACH_DIED_BEFORE_ITS_ZONE.make(setup);
      setup.cloud.faults().always(Operation.READ_ZONE, Fault.DENIED);

      assertThat(codes(look(setup)))
          .containsExactlyInAnyOrder(DriftCode.UNFINISHED_DETACH, DriftCode.NOT_CHECKED);

      setup.cloud.faults().clear();
      setup.cloud.faults().always(Operation.LIST_RECORDS, Fault.DENIED);
      Disorder.attached(setup);

      assertThat(codes(look(setup))).contains(DriftCode.UNFINISHED_DETACH, DriftCode.NOT_CHECKED);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ALICLOUD")
  void oneLinksZonesThatCannotBeRead_areReported_andTheOthersAreSeen(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.DETACH_DIED_BEFORE_ITS_ZONE.make(setup);
      setup.active();
      setup.cloud.faults().onCall(Operation.READ_ENDPOINT_ZONES, 1, Fault.DENIED);

      List<DriftCode> first = codes(look(setup));
      setup.cloud.faults().clear();
      setup.cloud.faults().onCall(Operation.READ_ENDPOINT_ZONES, 2, Fault.DENIED);
      List<DriftCode> second = codes(look(setup));

      assertThat(List.of(first, second))
          .containsExactlyInAnyOrder(
              List.of(DriftCode.NOT_CHECKED),
              List.of(DriftCode.UNFINISHED_DETACH, DriftCode.NOT_CHECKED));
    }
  }
}
