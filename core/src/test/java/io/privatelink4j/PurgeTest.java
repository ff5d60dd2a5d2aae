package io.privatelink4j;

import static io.privatelink4j.Looking.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.PurgePlan;
import io.privatelink4j.model.Repair;
import io.privatelink4j.model.RepairReport;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.SimulatedCrash;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clusters that the directory does not know any more. */
class PurgeTest {
  private static final String OTHER = "20991111";

  private static RepairReport purge(Setup setup, ClusterNetwork... networks) {
    setup.directory.remove(Setup.CLUSTER);
    setup.cloud.calls().clear();
    return setup.client().purgeAtOnce(Setup.CLUSTER, List.of(networks));
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void knownCluster_isNotPurged(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);

      assertThat(
              Refusal.unasked(
                  setup,
                  ConflictException.class,
                  () -> setup.links.purgeAtOnce(Setup.CLUSTER, List.of(setup.network))))
          .hasMessageContaining("still knows cluster " + Setup.CLUSTER);
      assertThat(
              Refusal.unasked(
                  setup,
                  InvalidRequestException.class,
                  () -> setup.links.purgeAtOnce("gone", List.of())))
          .hasMessageContaining("networks");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void allOfTheCluster_isRemoved_andNothingElse(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.directory.put(OTHER, List.of(setup.network));
      PrivateLinkConnection others = setup.links.create(setup.request().clusterId(OTHER).build());
      setup.settle();
      setup.service.acceptAll();
      setup.settle();
      setup.links.attachDomain(others, DomainRequest.managed());
      Disorder.attached(setup);
      setup.create();
      setup.settle();

      RepairReport report = purge(setup, setup.network);

      assertThat(report.clusterId()).isEqualTo(Setup.CLUSTER);
      assertThat(report.repairs())
          .hasSize(2)
          .allSatisfy(
              each -> {
                assertThat(each.outcome()).as(each.message()).isEqualTo(Repair.Outcome.DONE);
                assertThat(each.drift().code()).isEqualTo(DriftCode.ABANDONED_CONNECTION);
              });
      setup.time.advance(Duration.ofMinutes(20));
      assertThat(setup.cloud.endpoints()).hasSize(1);
      assertThat(setup.cloud.zones()).hasSize(1);
      assertThat(setup.client().get(others).domains()).hasSize(1);

      assertThat(purge(setup, setup.network).repairs()).isEmpty();
      assertThat(setup.cloud.calls().writes()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.privatelink4j.Disorder#everywhere")
  void plan_writesNothing_andIsActedOn_afterTheQuietPeriod(
      CloudProvider flavour, Disorder disorder) {
    try (Setup setup = new Setup(flavour)) {
      disorder.make(setup);
      setup.directory.remove(Setup.CLUSTER);
      List<ClusterNetwork> networks = List.of(setup.network);
      setup.cloud.calls().clear();
      PurgePlan plan = setup.client().planPurge(Setup.CLUSTER, networks);
      setup.time.advance(QUIET.minusSeconds(1));

      RepairReport early = setup.client().purge(plan);

      assertThat(setup.cloud.calls().writes()).isEmpty();
      assertThat(early.with(Repair.Outcome.LEFT)).isEqualTo(early.repairs()).isNotEmpty();
      setup.time.advance(Duration.ofSeconds(1));
      RepairReport report = setup.client().purge(plan);
      assertThat(report.with(Repair.Outcome.DONE)).isEqualTo(report.repairs());
      assertThat(report.repairs())
          .extracting(Repair::drift)
          .allSatisfy(done -> assertThat(plan.found().drifts()).anyMatch(done::isSame));
      setup.time.advance(Duration.ofMinutes(20));
      assertThat(setup.cloud.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void whatThePlanHasNot_isLeft(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      List<ClusterNetwork> networks = List.of(setup.network);
      setup.directory.remove(Setup.CLUSTER);
      PurgePlan plan = setup.client().planPurge(Setup.CLUSTER, networks);
      setup.directory.put(Setup.CLUSTER, networks);
      Disorder.attached(setup);
      setup.directory.remove(Setup.CLUSTER);
      setup.time.advance(QUIET);
      setup.cloud.calls().clear();

      RepairReport report = setup.client().purge(plan);

      assertThat(plan.found().isClean()).isTrue();
      assertThat(report.with(Repair.Outcome.LEFT)).hasSize(1);
      assertThat(setup.cloud.calls().writes()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.privatelink4j.Disorder#everywhere")
  void whateverIsTheMatter_nothingIsLeft(CloudProvider flavour, Disorder disorder) {
    try (Setup setup = new Setup(flavour)) {
      disorder.make(setup);

      RepairReport report = purge(setup, setup.network);

      assertThat(report.with(Repair.Outcome.DONE)).isEqualTo(report.repairs()).isNotEmpty();
      setup.time.advance(Duration.ofMinutes(20));
      assertThat(setup.cloud.leftovers()).isEmpty();
      assertThat(purge(setup, setup.network).repairs()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void purgeThatDiesAtAnyCall_isEndedByTheNext(CloudProvider flavour) {
    for (Fault fault : new Fault[] {Fault.CRASH_BEFORE, Fault.CRASH_AFTER}) {
      boolean died = true;
      for (int call = 1; died; call++) {
        try (Setup setup = new Setup(flavour)) {
          Disorder.attached(setup);
          setup.cloud.faults().onCall(call, fault);
          died = false;
          try {
            purge(setup, setup.network);
          } catch (SimulatedCrash e) {
            died = true;
          }
          setup.cloud.faults().clear();
          setup.settle();

          purge(setup, setup.network);

          setup.time.advance(Duration.ofMinutes(20));
          assertThat(setup.cloud.leftovers()).as("%s at call %s", fault, call).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void whatIsInOtherNetworksOrWasEdited_isLeft(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.create();
      setup.settle();
      setup.cloud.editLabel(Disorder.endpoint(setup), "plc.req", "x");
      ClusterNetwork second = setup.cloud.addNetwork();
      setup.directory.put(Setup.CLUSTER, List.of(second, setup.network));
      setup.create();
      setup.settle();

      RepairReport report = purge(setup, setup.network);

      assertThat(setup.cloud.calls().writes()).isEmpty();
      assertThat(report.with(Repair.Outcome.LEFT))
          .extracting(each -> each.drift().code())
          .containsExactlyInAnyOrder(DriftCode.ABANDONED_CONNECTION, DriftCode.TAMPERED_LABELS);
      assertThat(purge(setup, setup.network, second).with(Repair.Outcome.DONE)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void clusterThatComesBackMeanwhile_keepsTheRest(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.create();
      setup.create();
      setup.settle();
      setup.cloud.onCall(
          call -> {
            if (call == Operation.DELETE_ENDPOINTS) {
              setup.directory.put(Setup.CLUSTER, List.of(setup.network));
            }
          });

      RepairReport report = purge(setup, setup.network);

      assertThat(report.with(Repair.Outcome.DONE)).hasSize(1);
      assertThat(report.with(Repair.Outcome.LEFT))
          .singleElement()
          .satisfies(left -> assertThat(left.message()).contains("knows the cluster again"));
    }
  }
}
