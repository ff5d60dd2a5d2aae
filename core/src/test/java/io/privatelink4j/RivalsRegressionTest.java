package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.privatelink4j.exception.AccessDeniedException;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.DomainConflictException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.Domain;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.SimulatedCrash;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What rivals, crashes and moved networks once did to domains: a zone too many or too few. */
class RivalsRegressionTest {
  private static final DomainRequest MANAGED = DomainRequest.managed();
  private static final Duration LONG = Duration.ofMinutes(20);

  static Stream<Arguments> lags() {
    return Setup.flavours()
        .flatMap(
            flavour ->
                Stream.of(
                        Assumption.LABEL_LAG_0S,
                        Assumption.LABEL_LAG_2S,
                        Assumption.LABEL_LAG_10S,
                        Assumption.FILTER_LAG_10S,
                        Assumption.FRESH_ZONE_MISSING_3S,
                        Assumption.BINDING_LAG_10S)
                    .filter(assumption -> assumption.question().concerns(flavour))
                    .map(assumption -> Arguments.of(flavour, assumption)));
  }

  private static void crashInAttach(Setup setup, PrivateLinkConnection link, Operation after) {
    setup.cloud.faults().onCall(after, 1, Fault.CRASH_AFTER);
    assertThatThrownBy(() -> setup.links.attachDomain(link, MANAGED))
        .isInstanceOf(SimulatedCrash.class);
  }

  private static void assertNothingLeft(Setup setup) {
    setup.time.advance(LONG);
    assertThat(setup.cloud.leftovers()).isEmpty();
    assertThat(setup.cloud.zones()).isEmpty();
    assertThat(setup.cloud.endpoints()).isEmpty();
  }

  private static void assertAttachedOnce(Setup setup, PrivateLinkConnection link) {
    setup.settle();
    assertThat(setup.cloud.zones()).hasSize(1);
    assertThat(setup.client().get(link).domains())
        .singleElement()
        .extracting(DomainAttachment::state)
        .isEqualTo(DomainState.ATTACHED);
    String apex = setup.cloud.zones().get(0).name();
    assertThat(setup.cloud.resolve(setup.network, "bootstrap." + apex).leadsToEndpoint()).isTrue();
  }

  /** Lets something happen before the first call of an operation. */
  private static void beforeFirst(Setup setup, Operation operation, Runnable rival) {
    AtomicBoolean once = new AtomicBoolean();
    setup.cloud.onCall(
        call -> {
          if (call == operation && once.compareAndSet(false, true)) {
            rival.run();
          }
        });
  }

  private static void detachAll(PrivateLinkClient client, PrivateLinkConnection link) {
    for (DomainAttachment domain : client.get(link).domains()) {
      client.detachDomain(link, domain.id());
    }
  }

  // --- rivals ---

  @ParameterizedTest
  @MethodSource("lags")
  void detachDuringAnAttach_leavesNoAttachedDomainWithoutAZone(
      CloudProvider flavour, Assumption assumption) {
    Operation late = flavour == CloudProvider.AWS ? Operation.READ_CHANGE : Operation.BIND_ZONE;
    for (Operation at : List.of(Operation.CREATE_ZONE, late)) {
      try (Setup setup = new Setup(flavour, assumption)) {
        PrivateLinkConnection link = setup.active();
        PrivateLinkClient rival = setup.client();
        AtomicBoolean came = new AtomicBoolean();
        beforeFirst(
            setup,
            at,
            () -> {
              detachAll(rival, link);
              came.set(true);
            });

        Throwable attach = catchThrowable(() -> setup.client().attachDomain(link, MANAGED));

        assertThat(came).isTrue();
        setup.settle();
        assertThat(setup.client().get(link).domains())
            .as("at %s: %s", at, attach)
            .hasSize(setup.cloud.zones().size());
        setup.client().attachDomain(link, MANAGED);
        assertAttachedOnce(setup, link);
      }
    }
  }

  /**
   * Whoever detaches what is being attached waits until the attach must have seen it, so only an
   * attach that stands still between its last read and its last write is missed.
   */
  @ParameterizedTest
  @MethodSource("lags")
  void detachBeforeAnyReadOfAnAttach_leavesNoAttachedDomainWithoutAZone(
      CloudProvider flavour, Assumption assumption) {
    boolean came = true;
    for (int read = 1; came; read++) {
      try (Setup setup = new Setup(flavour, assumption)) {
        PrivateLinkConnection link = setup.active();
        setup.settle();
        PrivateLinkClient rival = setup.client();
        int at = read;
        AtomicInteger reads = new AtomicInteger();
        setup.cloud.onCall(
            call -> {
              if (!call.isWrite() && reads.incrementAndGet() == at) {
                detachAll(rival, link);
              }
            });

        Throwable attach = catchThrowable(() -> setup.client().attachDomain(link, MANAGED));
        came = reads.get() >= read;
        setup.cloud.onCall(call -> {});

        setup.settle();
        assertThat(setup.client().get(link).domains())
            .as("before read %s: %s", read, attach)
            .hasSize(setup.cloud.zones().size());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lags")
  void deleteDuringAnAttach_leavesNoZone(CloudProvider flavour, Assumption assumption) {
    for (Operation at : List.of(Operation.PUT_LABELS, Operation.CREATE_ZONE)) {
      try (Setup setup = new Setup(flavour, assumption)) {
        PrivateLinkConnection link = setup.active();
        setup.settle();
        PrivateLinkClient rival = setup.client();
        beforeFirst(setup, at, () -> rival.delete(link));

        assertThatThrownBy(() -> setup.client().attachDomain(link, MANAGED))
            .isInstanceOf(ConflictException.class);

        assertNothingLeft(setup);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void attachThatTimesOutAfterItsEndpointWasDeleted_leavesNoZone(CloudProvider flavour) {
    for (long seconds = 1; seconds <= 15; seconds++) {
      try (Setup setup = new Setup(flavour)) {
        PrivateLinkConnection link = setup.active();
        setup.settle();
        PrivateLinkClient rival = setup.client();
        AtomicBoolean once = new AtomicBoolean();
        String label = flavour == CloudProvider.AWS ? "CreateTags" : "TagResources";
        PrivateLinkClient hurried =
            setup
                .client(
                    builder ->
                        builder.listener(
                            Listening.toCalls(
                                call -> {
                                  if (call.action().equals(label)
                                      && once.compareAndSet(false, true)) {
                                    rival.delete(link);
                                  }
                                })))
                .withOperationTimeout(Duration.ofSeconds(seconds));

        assertThatThrownBy(() -> hurried.attachDomain(link, MANAGED))
            .as("after %s s", seconds)
            .isInstanceOf(PrivateLinkException.class);

        assertThat(once).isTrue();
        assertNothingLeft(setup);
      }
    }
  }

  @Test
  void deleteDuringTheBinding_whoseOwnTimeIsShort_leavesNoZone() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD, Assumption.LABEL_LAG_10S)) {
      PrivateLinkConnection link = setup.active();
      setup.settle();
      PrivateLinkClient rival = setup.client().withOperationTimeout(Duration.ofMillis(1900));
      beforeFirst(setup, Operation.BIND_ZONE, () -> rival.delete(link));

      assertThatThrownBy(() -> setup.client().attachDomain(link, MANAGED))
          .isInstanceOf(ConflictException.class);

      assertNothingLeft(setup);
    }
  }

  /** A zone whose mark cannot be read may be one's own: without its label nobody would find it. */
  @Test
  void attachThatMayNotReadTheZoneThatItMade_keepsItsLabel() {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      PrivateLinkConnection link = setup.active();
      setup.cloud.faults().onCall(Operation.CREATE_ZONE, 1, Fault.CRASH_AFTER);
      assertThatThrownBy(() -> setup.client().attachDomain(link, MANAGED))
          .isInstanceOf(SimulatedCrash.class);
      setup.settle();
      setup.cloud.faults().always(Operation.READ_ZONE, Fault.DENIED);

      assertThatThrownBy(() -> setup.client().attachDomain(link, MANAGED))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("GetHostedZone");

      setup.cloud.faults().clear();
      setup.settle();
      assertThat(setup.client().get(link).domains()).hasSize(1);
      setup.client().attachDomain(link, MANAGED);
      assertAttachedOnce(setup, link);
    }
  }

  // --- crashes, and labels that show late ---

  @ParameterizedTest
  @MethodSource("lags")
  void deleteRightAfterAnAttach_seesWhatWasAttached(CloudProvider flavour, Assumption assumption) {
    try (Setup setup = new Setup(flavour, assumption)) {
      PrivateLinkConnection link = setup.active();
      setup.settle();
      setup.links.attachDomain(link, MANAGED);

      setup.client().delete(link);

      assertNothingLeft(setup);
    }
  }

  @ParameterizedTest
  @MethodSource("lags")
  void deleteRightAfterAnAttachCrashed_removesItsZone(
      CloudProvider flavour, Assumption assumption) {
    try (Setup setup = new Setup(flavour, assumption)) {
      PrivateLinkConnection link = setup.active();
      setup.settle();
      crashInAttach(setup, link, Operation.CREATE_ZONE);

      setup.client().delete(link);

      assertNothingLeft(setup);
    }
  }

  @ParameterizedTest
  @MethodSource("lags")
  void attachRightAfterAnAttachCrashed_endsWithOneDomain(
      CloudProvider flavour, Assumption assumption) {
    for (Operation at : List.of(Operation.PUT_LABELS, Operation.CREATE_ZONE)) {
      try (Setup setup = new Setup(flavour, assumption)) {
        PrivateLinkConnection link = setup.active();
        setup.settle();
        crashInAttach(setup, link, at);

        setup.client().attachDomain(link, MANAGED);

        assertAttachedOnce(setup, link);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lags")
  void attachRightAfterADetachCrashed_makesTheZoneAnew(
      CloudProvider flavour, Assumption assumption) {
    try (Setup setup = new Setup(flavour, assumption)) {
      PrivateLinkConnection link = setup.active();
      DomainAttachment domain = setup.links.attachDomain(link, MANAGED);
      setup.settle();
      setup.cloud.faults().onCall(Operation.DELETE_ZONE, 1, Fault.CRASH_AFTER);
      assertThatThrownBy(() -> setup.links.detachDomain(link, domain.id()))
          .isInstanceOf(SimulatedCrash.class);

      setup.client().attachDomain(link, MANAGED);

      assertAttachedOnce(setup, link);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Assumption.class,
      names = {"BINDING_LAG_0S", "BINDING_LAG_3S", "BINDING_LAG_10S"})
  void detachRightAfterAnAttachCrashedAtTheBinding_removesTheZone(Assumption lag) {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD, lag)) {
      PrivateLinkConnection link = setup.active();
      crashInAttach(setup, link, Operation.BIND_ZONE);

      detachAll(setup.client(), link);

      assertThat(setup.cloud.zones()).isEmpty();
      setup.settle();
      assertThat(setup.client().get(link).domains()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneThatHidesAtFirst_isMadeOnce(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, Assumption.FRESH_ZONE_MISSING_3S)) {
      PrivateLinkConnection link = setup.active();

      setup.links.attachDomain(link, MANAGED);

      assertThat(setup.cloud.calls().count(Operation.CREATE_ZONE)).isEqualTo(1);
      assertAttachedOnce(setup, link);
    }
  }

  // --- what a client remembers ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void clientThatRemembersTheFirstZone_detachesTheOneThatWasMadeSince(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.settle();
      PrivateLinkClient client = setup.client();
      assertThatThrownBy(
              () -> client.withOperationTimeout(Duration.ofSeconds(4)).attachDomain(link, MANAGED))
          .isInstanceOf(WaitTimeoutException.class);
      List<DnsZone> made = setup.cloud.zones();
      assertThat(made).hasSize(1);
      setup.cloud.deleteZoneOutOfBand(made.get(0).id());
      setup.settle();
      DomainAttachment again = setup.client().attachDomain(link, MANAGED);

      client.detachDomain(link, again.id());

      setup.settle();
      assertThat(setup.client().get(link).domains()).isEmpty();
      assertThat(setup.cloud.zones()).isEmpty();
      setup.client().delete(link);
      assertNothingLeft(setup);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void answerOfAttach_namesAllDomains(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();

      DomainAttachment domain = setup.links.attachDomain(link, MANAGED);

      assertThat(domain.domains()).hasSize(4);
      assertThat(setup.client().get(link).domains())
          .singleElement()
          .extracting(d -> d.domains().stream().map(Domain::name).toList())
          .isEqualTo(domain.domains().stream().map(Domain::name).toList());
    }
  }

  // --- duplicates, suffixes, networks ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void deletingAConnectionWithADuplicate_removesTheDomainsOfBoth(CloudProvider flavour) {
    for (boolean olderAttaches : List.of(true, false)) {
      try (Setup setup =
          new Setup(flavour, Assumption.TOKEN_MEMORY_NONE, Assumption.FILTER_LAG_10S)) {
        setup.service.acceptAutomatically();
        PrivateLinkClient older = setup.client();
        PrivateLinkClient younger = setup.client();
        PrivateLinkConnection first = older.create(setup.request().requestId("op").build());
        setup.time.advance(Duration.ofSeconds(1));
        PrivateLinkConnection second = younger.create(setup.request().requestId("op").build());
        assertThat(second.endpointId()).isNotEqualTo(first.endpointId());
        ConnectionRef ref = ConnectionRef.of(first.clusterId(), first.id());
        setup.settle();
        PrivateLinkClient attaching = olderAttaches ? older : younger;
        attaching.awaitActive(ref, Duration.ofMinutes(5));
        attaching.attachDomain(ref, MANAGED);
        setup.settle();

        setup.client().delete(ref);

        assertNothingLeft(setup);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneThatWasAttachedUnderAnotherSuffix_isDeletedAndDetached(CloudProvider flavour) {
    for (boolean delete : List.of(true, false)) {
      try (Setup setup = new Setup(flavour)) {
        PrivateLinkConnection link = setup.active();
        DomainAttachment domain = setup.links.attachDomain(link, MANAGED);
        setup.settle();
        PrivateLinkClient renamed =
            setup.client(builder -> builder.managedSuffix(flavour, "x.plc.tidbcloud.com"));

        if (delete) {
          renamed.delete(link);
          assertNothingLeft(setup);
        } else {
          renamed.detachDomain(link, domain.id());
          setup.settle();
          assertThat(setup.cloud.zones()).isEmpty();
          assertThat(renamed.get(link).domains()).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void networkThatTheDirectoryForgot_canBeDetachedAndDeletedIn(CloudProvider flavour) {
    for (boolean delete : List.of(true, false)) {
      try (Setup setup = new Setup(flavour)) {
        PrivateLinkConnection link = setup.active();
        DomainAttachment domain = setup.links.attachDomain(link, MANAGED);
        ClusterNetwork next = setup.cloud.addNetwork(setup.zoneIds());
        setup.directory.put(Setup.CLUSTER, List.of(next));
        setup.settle();

        if (delete) {
          setup.client().delete(link);
          assertNothingLeft(setup);
        } else {
          setup.client().detachDomain(link, domain.id());
          setup.settle();
          assertThat(setup.cloud.zones()).isEmpty();
          assertThat(setup.client().get(link).domains()).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void networkThatTheDirectoryForgot_getsNoNewDomain_norDoesTheNextOne(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      ClusterNetwork next = setup.cloud.addNetwork(setup.zoneIds());
      setup.directory.put(Setup.CLUSTER, List.of(next));
      setup.settle();
      setup.cloud.calls().clear();

      assertThatThrownBy(() -> setup.client().attachDomain(link, MANAGED))
          .isInstanceOf(ConflictException.class)
          .isNotInstanceOf(DomainConflictException.class)
          .hasMessageContaining(setup.network.vpcId());

      assertThat(setup.cloud.calls().writes()).isEmpty();
      assertThat(setup.cloud.zones()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void formerNetwork_keepsTheDomainsOfItsConnections(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      ClusterNetwork next = setup.cloud.addNetwork(setup.zoneIds());
      setup.directory.put(Setup.CLUSTER, List.of(next, setup.network));
      setup.settle();

      DomainAttachment domain = setup.client().attachDomain(link, MANAGED);

      assertAttachedOnce(setup, link);
      assertThat(setup.cloud.resolve(next, "bootstrap." + domain.apex()).leadsToEndpoint())
          .isFalse();
      setup.client().delete(link);
      assertNothingLeft(setup);
    }
  }
}
