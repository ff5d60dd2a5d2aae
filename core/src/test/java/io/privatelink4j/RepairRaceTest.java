package io.privatelink4j;

import static io.privatelink4j.Looking.QUIET;
import static io.privatelink4j.Looking.look;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.Repair;
import io.privatelink4j.model.RepairReport;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.ZoneRecord;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Attaches and detaches that come between the look of a repair and its act. */
class RepairRaceTest {
  private static final DomainRequest MANAGED = DomainRequest.managed();

  private static PrivateLinkConnection link(Setup setup) {
    return setup.client().listAll(Setup.CLUSTER).toList().get(0);
  }

  /** Lets a rival come before the first call of an operation from now on. */
  private static AtomicBoolean beforeFirst(Setup setup, Operation operation, Runnable rival) {
    AtomicBoolean came = new AtomicBoolean();
    setup.cloud.onCall(
        call -> {
          if (call == operation && came.compareAndSet(false, true)) {
            rival.run();
          }
        });
    return came;
  }

  private static void assertLeft(RepairReport report, String why) {
    assertThat(report.repairs())
        .singleElement()
        .satisfies(left -> assertThat(left.outcome()).isEqualTo(Repair.Outcome.LEFT))
        .satisfies(left -> assertThat(left.message()).contains(why));
  }

  private static void assertDetached(Setup setup) {
    setup.settle();
    assertThat(setup.client().get(link(setup)).domains()).isEmpty();
    assertThat(setup.cloud.zones()).isEmpty();
  }

  // --- attaches ---

  /** What repair takes for left over, or for without label, is an attach's by the time it acts. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("zonesWithoutLabel")
  void attachBetweenTheLookAndTheAct_keepsItsZoneAndItsId(CloudProvider flavour, Disorder zone) {
    try (Setup setup = new Setup(flavour)) {
      zone.make(setup);
      setup.settle();
      ReconcileReport earlier = look(setup);
      setup.time.advance(QUIET);
      PrivateLinkConnection link = link(setup);
      List<DomainAttachment> attached = new ArrayList<>();
      beforeFirst(
          setup,
          Operation.READ_ENDPOINT,
          () -> attached.add(setup.client().attachDomain(link, MANAGED)));

      RepairReport report = setup.client().repair(earlier);

      assertLeft(report, "has a label by now");
      setup.settle();
      assertThat(setup.client().get(link).domains())
          .extracting(DomainAttachment::id)
          .containsExactly(attached.get(0).id());
      assertThat(look(setup).isClean()).isTrue();
      Disorder.LABEL_REMOVED_BY_HAND.assertMended(setup);
    }
  }

  static Stream<Arguments> zonesWithoutLabel() {
    return Disorder.everywhere()
        .filter(arguments -> ((Disorder) arguments.get()[1]).code == DriftCode.ZONE_WITHOUT_ENTRY);
  }

  /** A zone without label that was filled by hand since the look serves the domain by now. */
  @ParameterizedTest
  @EnumSource(names = "AWS")
  void zoneThatServesByTheTimeOfTheAct_isNotRemoved(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.LABEL_REMOVED_BY_HAND.make(setup);
      String zone = Disorder.zone(setup);
      List<ZoneRecord> records = setup.cloud.records(zone);
      records.forEach(record -> setup.cloud.removeRecordOutOfBand(zone, record.host()));
      ReconcileReport earlier = look(setup);
      setup.time.advance(QUIET);
      AtomicBoolean came =
          beforeFirst(
              setup,
              Operation.READ_ENDPOINT,
              () ->
                  records.forEach(
                      record ->
                          setup.cloud.editRecordOutOfBand(zone, record.host(), record.target())));

      RepairReport report = setup.client().repair(earlier);

      assertThat(came).isTrue();
      assertLeft(report, "serves");
      assertThat(setup.cloud.zones()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void attachThatGoesOnLong_isNotTakenBackByARepair(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ATTACH_DIED_BEFORE_ITS_ZONE.make(setup);
      ReconcileReport earlier = look(setup);
      setup.time.advance(QUIET.plus(QUIET));
      PrivateLinkConnection link = link(setup);
      List<RepairReport> repairs = new ArrayList<>();
      beforeFirst(setup, Operation.CREATE_ZONE, () -> repairs.add(setup.client().repair(earlier)));

      setup.client().attachDomain(link, MANAGED);

      assertThat(repairs.get(0).with(Repair.Outcome.DONE)).isEmpty();
      Disorder.ATTACH_DIED_AFTER_ITS_ZONE.assertMended(setup);
    }
  }

  // --- detaches ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void detachWhileThePolicyIsAsked_isNotUndoneByARestore(CloudProvider flavour) {
    for (Assumption lag : List.of(Assumption.LABEL_LAG_0S, Assumption.LABEL_LAG_10S)) {
      try (Setup setup = new Setup(flavour, lag)) {
        Disorder.ZONE_DELETED_BY_HAND.make(setup);
        setup.settle();
        ReconcileReport earlier = look(setup);
        setup.time.advance(QUIET);
        PrivateLinkConnection link = link(setup);
        PrivateLinkClient repairer =
            setup.client(
                builder ->
                    builder.domainPolicy(
                        use -> {
                          setup.client().detachDomain(link, link.domains().get(0).id());
                          return Decision.allow();
                        }));

        assertLeft(repairer.repair(earlier), "moved on");

        assertDetached(setup);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void detachBeforeAnyReadOfARestore_isNotUndone(CloudProvider flavour) {
    for (Assumption lag : List.of(Assumption.LABEL_LAG_0S, Assumption.LABEL_LAG_10S)) {
      boolean came = true;
      int call = 1;
      for (; came; call++) {
        try (Setup setup = new Setup(flavour, lag)) {
          Disorder.ZONE_DELETED_BY_HAND.make(setup);
          setup.settle();
          ReconcileReport earlier = look(setup);
          setup.time.advance(QUIET);
          PrivateLinkConnection link = link(setup);
          int at = call;
          AtomicInteger calls = new AtomicInteger();
          setup.cloud.onCall(
              operation -> {
                if (!operation.isWrite() && calls.incrementAndGet() == at) {
                  setup.client().detachDomain(link, link.domains().get(0).id());
                }
              });

          RepairReport report = setup.client().repair(earlier);

          came = calls.get() >= at;
          setup.cloud.onCall(operation -> {});
          if (came) {
            setup.settle();
            assertThat(setup.client().get(link).domains())
                .as("%s, before read %s: %s", lag, at, report)
                .isEmpty();
            assertThat(setup.cloud.zones()).as("%s, before read %s", lag, at).isEmpty();
          }
        }
      }
      assertThat(call).isGreaterThan(4);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void detachJustBeforeARepairAtOnce_isNotUndone(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, Assumption.LABEL_LAG_10S)) {
      DomainAttachment domain = Disorder.attached(setup);
      PrivateLinkConnection link = link(setup);
      setup.client().detachDomain(link, domain.id());

      assertThat(setup.client().repairAtOnce(Setup.CLUSTER).with(Repair.Outcome.DONE)).isEmpty();

      assertDetached(setup);
    }
  }

  // --- labels of one name ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void spareLabelOfAnAttachedName_goesWithoutTheDomain(CloudProvider flavour) {
    for (String state : List.of("attaching", "detaching")) {
      for (boolean byHand : List.of(true, false)) {
        if (byHand && flavour == CloudProvider.ALICLOUD) {
          continue; // there each attach begins with such a label: see FirstLabelTest
        }
        try (Setup setup = new Setup(flavour)) {
          DomainAttachment domain = Disorder.attached(setup);
          String spare = "ad-aaaaaaaaaaaaaaaa";
          String value = setup.cloud.endpoints().get(0).labels().get("plc.d." + domain.id());
          String withoutZone = String.join("_", List.of(value.split("_", -1)).subList(0, 5));
          setup.cloud.editLabel(
              Disorder.endpoint(setup),
              "plc.d." + spare,
              withoutZone.replaceFirst("attached", state));
          setup.settle();
          PrivateLinkConnection link = link(setup);
          if (byHand) {
            setup.client().detachDomain(link, spare);
          } else {
            ReconcileReport earlier = look(setup);
            setup.time.advance(QUIET);
            setup.client().repair(earlier);
          }

          setup.settle();
          assertThat(setup.client().get(link).domains())
              .as(state)
              .singleElement()
              .extracting(DomainAttachment::state)
              .isEqualTo(DomainState.ATTACHED);
          assertThat(look(setup).drifts()).isEmpty();
          Disorder.LABEL_REMOVED_BY_HAND.assertMended(setup);
        }
      }
    }
  }

  // --- what fails again and again ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void whatNeverEnds_leavesTimeForTheRest(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      setup.cloud.vanish(Disorder.endpoint(setup));
      for (int i = 0; i < 3; i++) {
        PrivateLinkConnection link = setup.active();
        Disorder.dies(setup, Operation.PUT_LABELS, () -> setup.client().delete(link));
      }
      setup.cloud.faults().always(Operation.DELETE_ENDPOINTS, Fault.TIMEOUT_BEFORE);
      ReconcileReport earlier = look(setup);
      setup.time.advance(QUIET);

      RepairReport report = setup.client().repair(earlier);

      assertThat(report.with(Repair.Outcome.FAILED)).hasSize(3);
      assertThat(report.with(Repair.Outcome.DONE)).hasSize(1);
      assertThat(setup.cloud.zones()).isEmpty();
    }
  }

  @Test
  void restoreThatFails_leavesTheLabelAsItIs() {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      DomainAttachment domain = Disorder.attached(setup);
      setup.cloud.deleteZoneOutOfBand(Disorder.zone(setup));
      setup.cloud.addStrangersZone(setup.network, domain.apex());
      for (int i = 0; i < 3; i++) {
        setup.client().repairAtOnce(Setup.CLUSTER);
        setup.settle();
      }

      assertThat(setup.cloud.endpoints().get(0).labels().get("plc.d." + domain.id()))
          .contains("attached_managed_1_");
    }
  }

  @Test
  void lastGeneration_doesNotSpoilTheLabels() {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      DomainAttachment domain = Disorder.attached(setup);
      String key = "plc.d." + domain.id();
      String value = setup.cloud.endpoints().get(0).labels().get(key);
      for (int i = 0; i < 2; i++) {
        setup.cloud.deleteZoneOutOfBand(Disorder.zone(setup));
        setup.cloud.editLabel(
            Disorder.endpoint(setup), key, value.replace("_managed_1_", "_managed_9999_"));
        setup.settle();
        setup.client().repairAtOnce(Setup.CLUSTER);
        setup.settle();
        assertThat(link(setup).integrity()).isEqualTo(Integrity.OK);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void strayZoneWithRecordsOfOthers_isNotTouched(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.LABEL_REMOVED_BY_HAND.make(setup);
      String zone = Disorder.zone(setup);
      setup.cloud.removeRecordOutOfBand(zone, "*." + setup.zoneIds()[2]);
      setup.cloud.addForeignRecord(zone, "www", "A");
      int records = setup.cloud.records(zone).size();

      Repair repair = Looking.untouched(setup);

      assertThat(repair.outcome()).isNotEqualTo(Repair.Outcome.DONE);
      assertThat(setup.cloud.records(zone)).hasSize(records);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void halfAttachThatThePolicyRefusesByNow_isTakenBack(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ATTACH_DIED_AFTER_ITS_ZONE.make(setup);
      ReconcileReport earlier = look(setup);
      setup.time.advance(QUIET);

      RepairReport report =
          setup
              .client(builder -> builder.domainPolicy(use -> Decision.deny("not yours any more")))
              .repair(earlier);

      assertThat(report.repairs().get(0).message()).contains("not yours any more");
      assertDetached(setup);
      assertThat(look(setup).isClean()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void directoryThatFailsDuringAPurge_isAReasonToLeaveTheRest(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      AtomicInteger asked = new AtomicInteger();
      PrivateLinkClient client =
          setup.client(
              builder ->
                  builder.clusters(
                      id -> {
                        if (asked.incrementAndGet() > 1) {
                          throw new IllegalStateException("directory is down");
                        }
                        return List.of();
                      }));
      setup.cloud.calls().clear();

      RepairReport report = client.purgeAtOnce(Setup.CLUSTER, List.of(setup.network));

      assertLeft(report, "directory is down");
      assertThat(setup.cloud.calls().writes()).isEmpty();
    }
  }

  @Test
  void quietPeriodWithoutEnd_isRefused() {
    assertThat(
            catchThrowable(
                () -> PrivateLinkClient.builder().quietPeriod(Duration.ofSeconds(Long.MAX_VALUE))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("quiet period");
  }
}
