package io.privatelink4j;

import static io.privatelink4j.Looking.QUIET;
import static io.privatelink4j.Looking.codes;
import static io.privatelink4j.Looking.look;
import static io.privatelink4j.Looking.repair;
import static io.privatelink4j.Looking.untouched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.privatelink4j.exception.AccessDeniedException;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.DomainConflictException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.RefusedException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.Repair;
import io.privatelink4j.model.RepairReport;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What repair never touches, and what it does when others are at work at the same time. */
class RepairBoundsTest {
  private static final DomainRequest MANAGED = DomainRequest.managed();

  private static void assertFailed(Repair repair, Class<? extends Exception> kind, String why) {
    assertThat(repair.outcome()).isEqualTo(Repair.Outcome.FAILED);
    assertThat(repair.failure().orElseThrow()).isInstanceOf(kind).hasMessageContaining(why);
    assertThat(repair.message()).contains(why);
  }

  // --- what is not ours ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneThatAnswersElsewhereToo_isNotTouched(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.RECORD_CHANGED_BY_HAND.make(setup);
      setup.cloud.addBinding(Disorder.zone(setup), setup.cloud.addNetwork());
      setup.settle();

      Repair left = untouched(setup);

      assertThat(left.outcome()).isEqualTo(Repair.Outcome.LEFT);
      assertThat(left.message()).contains("answers in other networks", "by hand");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void orphanThatAnswersElsewhereToo_isNotTouched(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ENDPOINT_VANISHED.make(setup);
      setup.cloud.addBinding(Disorder.zone(setup), setup.cloud.addNetwork());
      setup.settle();

      Repair left = untouched(setup);

      assertThat(left.drift().code()).isEqualTo(DriftCode.ORPHAN_ZONE);
      assertThat(left.outcome()).isEqualTo(Repair.Outcome.LEFT);
      assertThat(left.message()).contains("by hand");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void orphanWithRecordsOfOthers_isNotTouched(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ENDPOINT_VANISHED.make(setup);
      setup.cloud.addForeignRecord(Disorder.zone(setup), "www", "A");

      assertFailed(untouched(setup), ConflictException.class, "A www");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneOfAnEndpointThatLostItsLabels_isNotTouched(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      for (String key : setup.cloud.endpoints().get(0).labels().keySet()) {
        setup.cloud.removeLabel(Disorder.endpoint(setup), key);
      }

      assertFailed(untouched(setup), ConflictException.class, "lost the labels");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneOfAnEndpointWhoseClusterLabelWasEdited_isNoOrphan(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      setup.cloud.editLabel(Disorder.endpoint(setup), "plc.cluster", "c.somebody");

      assertThat(look(setup).isClean()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void duplicateWithADomainOfItsOwn_isNotTouched(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      setup.cloud.duplicateOutOfBand(Disorder.endpoint(setup));
      setup.settle();

      Repair left = untouched(setup);

      assertThat(left.drift().code()).isEqualTo(DriftCode.DUPLICATE_ENDPOINT);
      assertThat(left.message()).contains("domains of its own");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void duplicateThatGetsADomainMeanwhile_isUnmarkedAndStays(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.SECOND_ENDPOINT.make(setup);
      setup.settle();
      String duplicate = setup.cloud.endpoints().get(1).id();
      String main = setup.cloud.endpoints().get(0).id();
      String younger =
          setup
                  .cloud
                  .endpoints()
                  .get(0)
                  .createTime()
                  .isAfter(setup.cloud.endpoints().get(1).createTime())
              ? main
              : duplicate;
      AtomicBoolean once = new AtomicBoolean();
      setup.cloud.onCall(
          call -> {
            if (call == Operation.PUT_LABELS && once.compareAndSet(false, true)) {
              setup.cloud.editLabel(
                  younger,
                  "plc.d.ad-aaaaaaaaaaaaaaaa",
                  "attaching_managed_1_1767225683_az54ue6yfkizyvkrd6z3zbntfp");
            }
          });

      RepairReport report = repair(setup);

      assertFailed(report.repairs().get(0), ConflictException.class, "domains of its own");
      assertThat(setup.cloud.endpoints()).hasSize(2);
      assertThat(setup.cloud.endpoints())
          .allSatisfy(each -> assertThat(each.labels()).doesNotContainKey("plc.del"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void strangerWhoTookTheName_isNotTouched_andTheLabelStays(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      DomainAttachment domain = Disorder.attached(setup);
      setup.cloud.deleteZoneOutOfBand(Disorder.zone(setup));
      setup.cloud.addStrangersZone(setup.network, domain.apex());

      RepairReport report = repair(setup);

      assertThat(report.repairs()).hasSize(1);
      assertFailed(report.repairs().get(0), DomainConflictException.class, "another private zone");
      setup.settle();
      assertThat(setup.client().get(link(setup)).domains())
          .extracting(DomainAttachment::id)
          .containsExactly(domain.id());
      assertThat(setup.cloud.zones()).isEmpty();
    }
  }

  private static PrivateLinkConnection link(Setup setup) {
    return setup.client().listAll(Setup.CLUSTER).toList().get(0);
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void domainThatThePolicyRefusesByNow_isNotRestored(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ZONE_DELETED_BY_HAND.make(setup);
      PrivateLinkClient strict =
          setup.client(builder -> builder.domainPolicy(use -> Decision.deny("not theirs")));
      setup.cloud.calls().clear();

      RepairReport report = strict.repairAtOnce(Setup.CLUSTER);

      assertFailed(report.repairs().get(0), RefusedException.class, "not theirs");
      assertThat(setup.cloud.calls().writes()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "AWS")
  void customersDomain_isRestoredAsTheirs(CloudProvider flavour) {
    try (Setup setup =
        new Setup(flavour, builder -> builder.domainPolicy(use -> Decision.allow()))) {
      PrivateLinkConnection link = setup.active();
      DomainAttachment domain =
          setup.links.attachDomain(
              link, DomainRequest.confluent("domnprzqrog." + setup.cloud.region()));
      setup.settle();
      setup.cloud.removeLabel(link.endpointId(), "plc.d." + domain.id());
      setup.settle();

      RepairReport report = setup.links.repairAtOnce(Setup.CLUSTER);

      assertThat(report.with(Repair.Outcome.DONE)).hasSize(1);
      setup.settle();
      assertThat(setup.links.get(link).domains())
          .singleElement()
          .satisfies(
              restored -> {
                assertThat(restored.id()).isEqualTo(domain.id());
                assertThat(restored.type()).isEqualTo(domain.type());
                assertThat(restored.apex()).isEqualTo(domain.apex());
              });
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ALICLOUD")
  void zonesOfOneName_areReducedToTheOneThatServes(CloudProvider flavour) {
    for (boolean bound : new boolean[] {true, false}) {
      try (Setup setup = new Setup(flavour)) {
        DomainAttachment domain = Disorder.attached(setup);
        String serving = Disorder.zone(setup);
        setup.cloud.open().createZone(setup.network, domain.apex(), "any");
        setup.cloud.open().createZone(setup.network, domain.apex(), "any");
        if (!bound) {
          setup.cloud.removeBinding(serving, setup.network);
        }
        setup.settle();

        repair(setup);

        Disorder.ZONE_DELETED_BY_HAND.assertMended(setup);
        assertThat(look(setup).isClean()).isTrue();
        assertThat(link(setup).domains())
            .extracting(DomainAttachment::id)
            .containsExactly(domain.id());
      }
    }
  }

  // --- one failure is not all ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void whatFails_doesNotKeepTheOthersFromBeingMended(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ENDPOINT_VANISHED.make(setup);
      setup.cloud.addForeignRecord(Disorder.zone(setup), "www", "A");
      Disorder.DETACH_DIED_BEFORE_ITS_ZONE.make(setup);

      RepairReport report = repair(setup);

      assertThat(report.with(Repair.Outcome.FAILED)).hasSize(1);
      assertThat(report.with(Repair.Outcome.DONE))
          .singleElement()
          .satisfies(
              done -> assertThat(done.drift().code()).isEqualTo(DriftCode.UNFINISHED_DETACH));
      assertThat(codes(look(setup))).containsExactly(DriftCode.ORPHAN_ZONE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void policyThatFails_failsItsOwnDomainOnly(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ZONE_DELETED_BY_HAND.make(setup);
      Disorder.SECOND_ENDPOINT.make(setup);
      PrivateLinkClient broken =
          setup.client(
              builder ->
                  builder.domainPolicy(
                      use -> {
                        throw new IllegalStateException("no answer");
                      }));

      RepairReport report = broken.repairAtOnce(Setup.CLUSTER);

      assertThat(report.with(Repair.Outcome.FAILED)).hasSize(1);
      assertFailed(
          report.with(Repair.Outcome.FAILED).get(0), IllegalStateException.class, "no answer");
      assertThat(report.with(Repair.Outcome.DONE)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void callThatIsDenied_isNamed(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ENDPOINT_VANISHED.make(setup);
      setup.cloud.faults().always(Operation.DELETE_ZONE, Fault.DENIED);

      assertFailed(
          repair(setup).repairs().get(0),
          AccessDeniedException.class,
          "DeleteZone".substring(0, 6));

      setup.cloud.faults().clear();
      assertThat(repair(setup).with(Repair.Outcome.DONE)).hasSize(1);
      Disorder.ENDPOINT_VANISHED.assertMended(setup);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void whatTimeDoesNotSufficeFor_isLeft(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      for (int i = 0; i < 3; i++) {
        Disorder.DELETE_DIED_AFTER_ITS_MARK.make(setup);
      }
      setup.cloud.onCall(
          call -> {
            if (call == Operation.DELETE_ENDPOINTS) {
              setup.time.advance(Duration.ofMinutes(6));
            }
          });

      RepairReport report = repair(setup);

      assertThat(report.with(Repair.Outcome.LEFT))
          .hasSize(2)
          .allSatisfy(left -> assertThat(left.message()).contains("repair again"));
      setup.cloud.onCall(call -> {});
      repair(setup);
      Disorder.DELETE_DIED_AFTER_ITS_MARK.assertMended(setup);
    }
  }

  // --- others at work ---

  /** A client that comes in between, before a repair's n-th call. */
  private static Throwable rivalBefore(Setup setup, int call, Runnable rival, Runnable repair) {
    AtomicInteger calls = new AtomicInteger();
    List<Throwable> failures = new ArrayList<>();
    setup.cloud.onCall(
        operation -> {
          if (calls.incrementAndGet() == call) {
            failures.add(catchThrowable(rival::run));
          }
        });
    repair.run();
    setup.cloud.onCall(operation -> {});
    return failures.isEmpty() ? null : failures.get(0);
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void attachThatGoesOnAfterTheLook_isLeftAlone(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.ATTACH_DIED_BEFORE_ITS_ZONE.make(setup);
      PrivateLinkConnection link = link(setup);
      ReconcileReport earlier = look(setup);
      int calls = setup.cloud.calls().size();
      setup.time.advance(QUIET);
      List<RepairReport> reports = new ArrayList<>();

      Throwable attach =
          rivalBefore(
              setup,
              calls + 1,
              () -> setup.client().attachDomain(link, MANAGED),
              () -> reports.add(setup.client().repair(earlier)));

      assertThat(attach).isNull();
      assertThat(reports.get(0).repairs().get(0).message()).contains("moved on");
      setup.settle();
      assertThat(look(setup).isClean()).isTrue();
      Disorder.ATTACH_DIED_AFTER_ITS_ZONE.assertMended(setup);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.privatelink4j.Disorder#ofConnections")
  void deleteAtAnyMomentOfARepair_leavesNothing(CloudProvider flavour, Disorder disorder) {
    int call = 1;
    while (isDeletedDuringRepair(flavour, disorder, call)) {
      call++;
    }
    assertThat(call).isGreaterThan(4);
  }

  private static boolean isDeletedDuringRepair(CloudProvider flavour, Disorder disorder, int call) {
    try (Setup setup = new Setup(flavour)) {
      disorder.make(setup);
      PrivateLinkConnection link = link(setup);
      AtomicBoolean came = new AtomicBoolean();

      Throwable delete =
          rivalBefore(
              setup,
              call,
              () -> {
                came.set(true);
                setup.client().delete(link);
              },
              () -> setup.client().repairAtOnce(Setup.CLUSTER));
      if (delete != null) {
        assertThat(delete).isInstanceOf(NotFoundException.class);
      }
      setup.time.advance(Duration.ofMinutes(20));
      setup.client().repairAtOnce(Setup.CLUSTER);
      if (came.get()) {
        setup.time.advance(Duration.ofMinutes(20));
        assertThat(setup.cloud.leftovers()).as("delete before call %s", call).isEmpty();
      }
      return came.get();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.privatelink4j.Disorder#everywhere")
  void twoRepairsAtOnce_endAsOne(CloudProvider flavour, Disorder disorder) {
    int call = 1;
    boolean came = true;
    while (came) {
      try (Setup setup = new Setup(flavour)) {
        disorder.make(setup);
        AtomicBoolean second = new AtomicBoolean();
        rivalBefore(
            setup,
            call,
            () -> {
              second.set(true);
              setup.client().repairAtOnce(Setup.CLUSTER);
            },
            () -> setup.client().repairAtOnce(Setup.CLUSTER));
        setup.time.advance(Duration.ofMinutes(20));
        setup.client().repairAtOnce(Setup.CLUSTER);
        setup.settle();
        assertThat(look(setup).drifts()).as("before call %s", call).isEmpty();
        disorder.assertMended(setup);
        came = second.get();
      }
      call++;
    }
    assertThat(call).isGreaterThan(4);
  }
}
