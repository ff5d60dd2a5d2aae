package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.Repair;
import io.privatelink4j.model.RepairReport;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.SimulatedCrash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On Alibaba Cloud an attach begins with a label of its own, and leaves a second one for good. What
 * becomes of the first one, if it stays or is detached, is nobody's wish to lose the domain.
 */
class FirstLabelTest {
  private static final DomainRequest MANAGED = DomainRequest.managed();

  @ParameterizedTest
  @MethodSource("io.privatelink4j.Setup#labelLags")
  void firstLabelThatCouldNotBeRemoved_isRepairedWithoutTheDomain(Assumption lag) {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD, lag)) {
      PrivateLinkConnection link = setup.active();
      setup.cloud.faults().always(Operation.REMOVE_LABELS, Fault.DENIED);
      DomainAttachment attached = setup.client().attachDomain(link, MANAGED);
      setup.settle();
      assertThat(repairLater(setup).repairs())
          .extracting(Repair::outcome)
          .contains(Repair.Outcome.FAILED);

      setup.cloud.faults().clear();
      setup.settle();
      assertThat(repairLater(setup).repairs()).isNotEmpty();

      assertWorks(setup, link, attached.id());
      assertThat(Looking.look(setup).drifts()).isEmpty();
    }
  }

  @Test
  void detachOfTheFirstLabelThatDied_isOverruledByALaterAttach() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD, Assumption.LABEL_LAG_10S)) {
      PrivateLinkConnection link = setup.active();
      String lasting = setup.client().attachDomain(link, MANAGED).id();
      String first = setup.client().get(link).domains().get(0).id();
      assertThat(first).isNotEqualTo(lasting);
      Disorder.dies(setup, Operation.PUT_LABELS, () -> setup.client().detachDomain(link, first));

      assertThat(setup.client().attachDomain(link, MANAGED).id()).isEqualTo(lasting);
      setup.settle();
      Looking.repair(setup);

      assertWorks(setup, link, lasting);
      assertThat(Looking.look(setup).drifts()).isEmpty();
    }
  }

  /** Whatever call it dies at: who repeats it under the same id gets what they asked for. */
  @Test
  void detachUnderTheFirstId_thatDied_isGoneOnWithUnderThatId() {
    boolean died = true;
    for (int call = 1; died; call++) {
      for (Fault death : List.of(Fault.CRASH_BEFORE, Fault.CRASH_AFTER)) {
        try (Setup setup = new Setup(CloudProvider.ALICLOUD, Assumption.LABEL_LAG_10S)) {
          PrivateLinkConnection link = setup.active();
          DomainAttachment unused = setup.client().attachDomain(link, MANAGED);
          PrivateLinkClient dying = setup.client();
          String first = dying.get(link).domains().get(0).id();
          setup.cloud.faults().onCall(call, death);
          died = dies(() -> dying.detachDomain(link, first));
          setup.cloud.faults().clear();

          if (died) {
            detachAgain(setup, link, first);
          }

          setup.settle();
          assertThat(setup.client().get(link).domains()).as("%s of %d", death, call).isEmpty();
          assertThat(setup.cloud.zones()).as("%s of %d", death, call).isEmpty();
        }
      }
    }
  }

  private static boolean dies(Runnable work) {
    try {
      work.run();
      return false;
    } catch (SimulatedCrash e) {
      return true;
    }
  }

  /** It may have died after its last write. */
  private static void detachAgain(Setup setup, PrivateLinkConnection link, String first) {
    try {
      DomainAttachment unused = setup.client().detachDomain(link, first);
    } catch (NotFoundException e) {
      assertThat(setup.cloud.zones()).isEmpty();
    }
  }

  /**
   * A detach that died left a label without a zone. Two attaches take the domain over; one of them
   * finds the zone of the other by its name, and is slow to remove it.
   */
  @Test
  void attachesThatTakeOver_doNotRemoveEachOthersZone() throws Exception {
    for (int start = 9_900; start <= 11_400; start += 500) {
      for (int slow = 1; slow <= 8; slow++) {
        try (Setup setup = new Setup(CloudProvider.ALICLOUD, Assumption.LABEL_LAG_10S)) {
          PrivateLinkConnection link = setup.active();
          Disorder.dies(
              setup, Operation.PUT_LABELS, () -> setup.client().attachDomain(link, MANAGED));
          String begun = setup.client().get(link).domains().get(0).id();
          Disorder.dies(
              setup, Operation.PUT_LABELS, () -> setup.client().detachDomain(link, begun));

          List<String> told = attachTwice(setup, link, Duration.ofMillis(start), slow);

          assertThat(told).as("second at %d ms, slow at %d", start, slow).hasSize(2);
          assertThat(told.get(1)).isEqualTo(told.get(0));
          assertWorks(setup, link, told.get(0));
        }
      }
    }
  }

  /**
   * {@return the ids that both were told}
   *
   * @param later when the second one begins
   * @param slow which call of the second one, with the next, takes almost five seconds
   */
  private static List<String> attachTwice(
      Setup setup, PrivateLinkConnection link, Duration later, int slow) throws Exception {
    Actors actors = new Actors(setup.time, 1);
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    Map<Thread, Integer> calls = new HashMap<>();
    List<Runnable> works = new ArrayList<>();
    for (Duration start : List.of(Duration.ofSeconds(1), later)) {
      PrivateLinkClient process = setup.actor(actors, works.size());
      works.add(
          () -> {
            actors.rest(start);
            if (start.equals(later)) {
              calls.put(Thread.currentThread(), 0);
            }
            told.add(process.attachDomain(link, MANAGED).id());
          });
    }
    setup.cloud.onCall(
        call -> {
          Integer number = calls.computeIfPresent(Thread.currentThread(), (who, n) -> n + 1);
          if (number != null && (number == slow || number == slow + 1)) {
            actors.rest(Duration.ofMillis(4_600));
          }
          actors.step();
        });
    actors.run(works);
    setup.cloud.onCall(call -> {});
    setup.settle();
    return told;
  }

  private static RepairReport repairLater(Setup setup) {
    ReconcileReport report = Looking.look(setup);
    setup.time.advance(Looking.QUIET);
    return setup.client().repair(report);
  }

  private static void assertWorks(Setup setup, PrivateLinkConnection link, String attachmentId) {
    setup.settle();
    List<DomainAttachment> domains = setup.client().get(link).domains();
    assertThat(domains).extracting(DomainAttachment::id).containsExactly(attachmentId);
    assertThat(domains).extracting(DomainAttachment::state).containsExactly(DomainState.ATTACHED);
    assertThat(setup.cloud.resolve(setup.network, "b." + domains.get(0).apex()).leadsToEndpoint())
        .isTrue();
    assertThat(setup.cloud.zones()).hasSize(1);
  }
}
