package io.privatelink4j;

import static io.privatelink4j.Looking.QUIET;
import static io.privatelink4j.Looking.look;
import static io.privatelink4j.Looking.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.Drift;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.Repair;
import io.privatelink4j.model.RepairReport;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.SimulatedCrash;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of disorder that repair mends: seen, left alone while young, mended, and gone. */
class RepairTest {
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.privatelink4j.Disorder#everywhere")
  void disorder_isReported_withoutAWrite(CloudProvider flavour, Disorder disorder) {
    try (Setup setup = new Setup(flavour)) {
      disorder.make(setup);

      ReconcileReport report = look(setup);

      Drift drift = only(report);
      assertThat(drift.code()).isEqualTo(disorder.code);
      assertThat(drift.remedy()).isEqualTo(disorder.remedy);
      assertThat(drift.connectionId()).isPresent();
      assertThat(drift.seen()).isNotBlank();
      assertThat(drift.advice()).isNotBlank();
      assertThat(drift.actsFrom()).hasValue(drift.since().orElse(report.observedAt()).plus(QUIET));
      assertThat(report.isClean()).isFalse();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.privatelink4j.Disorder#everywhere")
  void disorder_thatIsYoung_isLeftAlone(CloudProvider flavour, Disorder disorder) {
    try (Setup setup = new Setup(flavour)) {
      disorder.make(setup);
      ReconcileReport earlier = look(setup);
      Drift drift = only(earlier);
      setup.time.advance(
          Duration.between(setup.time.now(), drift.actsFrom().orElseThrow()).minusSeconds(5));
      setup.cloud.calls().clear();

      RepairReport repair = setup.client().repair(earlier);

      assertThat(setup.cloud.calls().writes()).isEmpty();
      assertThat(repair.repairs())
          .singleElement()
          .satisfies(each -> assertThat(each.outcome()).isEqualTo(Repair.Outcome.LEFT))
          .satisfies(each -> assertThat(each.message()).contains("repair later"));
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.privatelink4j.Disorder#everywhere")
  void disorder_thatTheEarlierReportHasNot_isLeftAlone(CloudProvider flavour, Disorder disorder) {
    try (Setup setup = new Setup(flavour)) {
      ReconcileReport earlier = look(setup);
      disorder.make(setup);
      setup.time.advance(QUIET.multipliedBy(2));
      setup.cloud.calls().clear();

      RepairReport repair = setup.client().repair(earlier);

      assertThat(setup.cloud.calls().writes()).isEmpty();
      assertThat(repair.with(Repair.Outcome.LEFT)).hasSize(1);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.privatelink4j.Disorder#everywhere")
  void disorder_afterTheQuietPeriod_isMended_andThenThereIsNothing(
      CloudProvider flavour, Disorder disorder) {
    try (Setup setup = new Setup(flavour)) {
      disorder.make(setup);
      ReconcileReport earlier = look(setup);
      setup.time.advance(QUIET);
      setup.cloud.calls().clear();

      RepairReport repair = setup.client().repair(earlier);

      assertThat(setup.cloud.calls().actions()).hasSize(disorder.calls(flavour));
      assertThat(repair.repairs())
          .singleElement()
          .satisfies(
              each -> assertThat(each.outcome()).as(each.message()).isEqualTo(Repair.Outcome.DONE))
          .satisfies(each -> assertThat(each.drift().isSame(only(earlier))).isTrue());
      setup.settle();
      assertThat(look(setup).drifts()).isEmpty();
      disorder.assertMended(setup);
      setup.cloud.calls().clear();
      assertThat(setup.client().repair(earlier).repairs()).isEmpty();
      assertThat(setup.cloud.calls().writes()).isEmpty();
    }
  }

  static Stream<Arguments> positions() {
    return Disorder.everywhere()
        .flatMap(
            arguments ->
                Assumption.positions((CloudProvider) arguments.get()[0]).stream()
                    .map(
                        position ->
                            Arguments.of(arguments.get()[0], arguments.get()[1], position)));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("positions")
  void disorder_whateverIsTrueOfTheCloud_isMended(
      CloudProvider flavour, Disorder disorder, Assumption position) {
    try (Setup setup = new Setup(flavour, position)) {
      disorder.make(setup);
      setup.settle();
      ReconcileReport earlier = look(setup);
      setup.time.advance(QUIET);

      RepairReport repair = setup.client().repair(earlier);

      assertThat(repair.with(Repair.Outcome.DONE)).isEqualTo(repair.repairs()).hasSize(1);
      setup.settle();
      assertThat(look(setup).drifts()).isEmpty();
      disorder.assertMended(setup);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.privatelink4j.Disorder#everywhere")
  void disorder_whenNothingElseRuns_isMendedAtOnce(CloudProvider flavour, Disorder disorder) {
    try (Setup setup = new Setup(flavour)) {
      disorder.make(setup);

      RepairReport repair = setup.client().repairAtOnce(Setup.CLUSTER);

      assertThat(repair.with(Repair.Outcome.DONE)).hasSize(1);
      disorder.assertMended(setup);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.privatelink4j.Disorder#everywhere")
  void repair_thatDiesAtAnyCall_isEndedByTheNext(CloudProvider flavour, Disorder disorder) {
    for (Fault fault : new Fault[] {Fault.CRASH_BEFORE, Fault.CRASH_AFTER}) {
      int calls = 1;
      while (dies(flavour, disorder, fault, calls)) {
        calls++;
      }
      assertThat(calls).isGreaterThan(4);
    }
  }

  /** {@return whether the repair made so many calls} */
  private static boolean dies(CloudProvider flavour, Disorder disorder, Fault fault, int at) {
    try (Setup setup = new Setup(flavour)) {
      disorder.make(setup);
      ReconcileReport earlier = look(setup);
      setup.time.advance(QUIET);
      setup.cloud.faults().onCall(at, fault);
      boolean died = false;
      try {
        setup.client().repair(earlier);
      } catch (SimulatedCrash e) {
        died = true;
      }
      setup.cloud.faults().clear();
      setup.settle();

      ReconcileReport again = look(setup);
      setup.time.advance(QUIET);
      RepairReport second = setup.client().repair(again);

      assertThat(second.with(Repair.Outcome.FAILED)).as("%s at call %s", fault, at).isEmpty();
      setup.settle();
      assertThat(look(setup).drifts()).as("%s at call %s", fault, at).isEmpty();
      disorder.assertMended(setup);
      return died;
    }
  }
}
