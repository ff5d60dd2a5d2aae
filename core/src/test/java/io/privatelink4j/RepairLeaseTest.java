package io.privatelink4j;

import static io.privatelink4j.Looking.QUIET;
import static io.privatelink4j.Looking.look;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.Repair;
import io.privatelink4j.spi.Operation;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a repair that died under its lease means to others, and that none outlives its work. */
class RepairLeaseTest {
  private static final String LEASE = "plc.fix";
  private static final Duration LONGEST = Duration.ofMinutes(3);

  /** A zone is gone, and the repair that was making it anew as well. */
  private static ReconcileReport deadRepair(Setup setup) {
    Disorder.ZONE_DELETED_BY_HAND.make(setup);
    ReconcileReport earlier = look(setup);
    setup.time.advance(QUIET);
    Disorder.dies(setup, Operation.CREATE_ZONE, () -> setup.client().repair(earlier));
    assertThat(setup.cloud.endpoints().get(0).labels()).containsKey(LEASE);
    return earlier;
  }

  private static PrivateLinkConnection link(Setup setup) {
    return setup.client().listAll(Setup.CLUSTER).toList().get(0);
  }

  /** When the lease is over, by its label. */
  private static Instant end(Setup setup) {
    String[] parts = setup.cloud.endpoints().get(0).labels().get(LEASE).split("_", -1);
    return Instant.ofEpochSecond(Long.parseLong(parts[2])).plus(LONGEST);
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void leaseOfADeadRepair_holdsAnotherUp_untilItIsOver(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      deadRepair(setup);
      ReconcileReport earlier =
          new ReconcileReport(Setup.CLUSTER, setup.time.now().minus(QUIET), look(setup).drifts());

      assertThat(setup.client().repair(earlier).repairs())
          .singleElement()
          .satisfies(left -> assertThat(left.outcome()).isEqualTo(Repair.Outcome.LEFT))
          .satisfies(left -> assertThat(left.message()).contains("another repair is at work"));

      setup.time.advance(LONGEST);
      assertThat(setup.client().repair(earlier).with(Repair.Outcome.DONE)).hasSize(1);
      Disorder.ZONE_DELETED_BY_HAND.assertMended(setup);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void leaseOfADeadRepair_isTakenOver_ifNothingElseIsAtWork(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      deadRepair(setup);

      assertThat(setup.client().repairAtOnce(Setup.CLUSTER).with(Repair.Outcome.DONE)).hasSize(1);

      Disorder.ZONE_DELETED_BY_HAND.assertMended(setup);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void attachAndDetach_waitForALease_andNoLonger(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      deadRepair(setup);
      Instant end = end(setup);
      PrivateLinkConnection link = link(setup);

      DomainAttachment domain = setup.client().attachDomain(link, DomainRequest.managed());

      assertThat(setup.time.now()).isBetween(end, end.plus(Duration.ofMinutes(1)));
      assertThat(setup.cloud.resolve(setup.network, "b." + domain.apex()).leadsToEndpoint())
          .isTrue();
    }
    try (Setup setup = new Setup(flavour)) {
      deadRepair(setup);
      Instant end = end(setup);
      PrivateLinkConnection link = link(setup);

      setup.client().detachDomain(link, link.domains().get(0).id());

      assertThat(setup.time.now()).isBetween(end, end.plus(Duration.ofMinutes(1)));
      setup.settle();
      assertThat(link(setup).domains()).isEmpty();
      assertThat(setup.cloud.zones()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.privatelink4j.Disorder#everywhere")
  void noLease_outlivesARepair(CloudProvider flavour, Disorder disorder) {
    try (Setup setup = new Setup(flavour)) {
      disorder.make(setup);

      setup.client().repairAtOnce(Setup.CLUSTER);

      setup.settle();
      assertThat(setup.cloud.endpoints())
          .allSatisfy(endpoint -> assertThat(endpoint.labels()).doesNotContainKey(LEASE));
    }
  }
}
