package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.DomainConflictException;
import io.privatelink4j.exception.InUseException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.exception.QuotaExceededException;
import io.privatelink4j.exception.RefusedException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DnsRecord;
import io.privatelink4j.model.Domain;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.model.DomainUse;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ZoneCoverage;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.OwnedService;
import io.privatelink4j.testing.Resolution;
import io.privatelink4j.testing.SimulatedCrash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Domains: exactly one zone while attached, none afterwards, whoever dies or comes in between. */
class DomainTest {
  private static final DomainRequest MANAGED = DomainRequest.managed();
  private static final DomainRequest CONFLUENT = DomainRequest.confluent("domnprzqrog.us-west-2");
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private static List<String> attachmentLabels(Setup setup, PrivateLinkConnection link) {
    return setup.cloud.endpoints().stream()
        .filter(e -> e.id().equals(link.endpointId()))
        .flatMap(e -> e.labels().keySet().stream())
        .filter(key -> key.startsWith("plc.d."))
        .toList();
  }

  private static String apex(Setup setup, PrivateLinkConnection link) {
    String cloud = setup.cloud.cloud() == CloudProvider.AWS ? "aws" : "alicloud";
    return link.id().substring(4) + "." + cloud + ".tidbcloud.com";
  }

  private static void assertAttached(Setup setup, PrivateLinkConnection link, String when) {
    assertThat(setup.cloud.zones())
        .as("zones %s", when)
        .extracting(DnsZone::name)
        .containsExactly(apex(setup, link));
    assertThat(attachmentLabels(setup, link)).as("labels %s", when).hasSize(1);
    for (String zone : setup.zoneIds()) {
      Resolution answer =
          setup.cloud.resolve(setup.network, "b1." + zone + "." + apex(setup, link));
      assertThat(answer.zoneIds()).as("traffic %s", when).isEqualTo(Set.of(zone));
    }
  }

  private static void assertDetached(Setup setup, PrivateLinkConnection link, String when) {
    assertThat(setup.cloud.zones()).as("zones %s", when).isEmpty();
    assertThat(attachmentLabels(setup, link)).as("labels %s", when).isEmpty();
  }

  // --- the plain way ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void attachedDomain_leadsToTheConnection_andIsShown(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      ClusterNetwork elsewhere = setup.cloud.addNetwork();

      DomainAttachment domain = setup.links.attachDomain(link, MANAGED);
      setup.settle();

      String apex = apex(setup, link);
      assertThat(domain.apex()).isEqualTo(apex);
      assertThat(domain.type()).isEqualTo(DomainType.TIDBCLOUD_MANAGED);
      assertThat(domain.uniqueName()).isEqualTo(link.id().substring(4));
      assertThat(domain.clusterId()).isEqualTo(Setup.CLUSTER);
      assertThat(domain.connectionId()).isEqualTo(link.id());
      assertThat(domain.domains())
          .isNotEmpty()
          .allSatisfy(d -> assertThat(d.state()).isEqualTo(DomainState.ATTACHED));
      assertAttached(setup, link, "attached");
      Resolution regional = setup.cloud.resolve(setup.network, "bootstrap." + apex);
      assertThat(regional.zoneIds()).isEqualTo(Set.of(setup.zoneIds()));
      assertThat(regional.endpointId()).contains(link.endpointId());
      assertThat(setup.cloud.resolve(elsewhere, "bootstrap." + apex).leadsToEndpoint()).isFalse();
      assertThat(setup.client().get(link).domains())
          .singleElement()
          .extracting(DomainAttachment::id, DomainAttachment::state, DomainAttachment::apex)
          .containsExactly(domain.id(), DomainState.ATTACHED, apex);
      assertThat(setup.client().get(link).domains().get(0).domains())
          .extracting(Domain::name)
          .containsExactly(
              "*." + apex,
              "*." + setup.zoneIds()[0] + "." + apex,
              "*." + setup.zoneIds()[1] + "." + apex,
              "*." + setup.zoneIds()[2] + "." + apex);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void plan_isTheSameInEveryState(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      DomainPlan pending = setup.links.planDomain(link, MANAGED);
      setup.service.acceptAll();
      setup.links.awaitActive(link, HALF_AN_HOUR);
      DomainPlan before = setup.links.planDomain(link, MANAGED);
      DomainAttachment domain = setup.links.attachDomain(link, MANAGED);
      setup.settle();
      DomainPlan after = setup.client().planDomain(link, MANAGED);

      assertThat(pending.apex()).isEqualTo(before.apex()).isEqualTo(domain.apex());
      assertThat(before.records()).isEqualTo(after.records()).isEqualTo(pending.records());
      assertThat(before.uniqueName()).isEqualTo(after.uniqueName());
      assertThat(before.coverage()).isEqualTo(after.coverage());
      assertThat(before.coverage().values()).containsOnly(ZoneCoverage.ZONAL);
      assertThat(before.records())
          .extracting(DnsRecord::host)
          .containsExactly(
              "*", "*." + setup.zoneIds()[0], "*." + setup.zoneIds()[1], "*." + setup.zoneIds()[2]);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zonesThatTheServiceDoesNotServe_fallBackToTheRegionalName(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      String[] zones = setup.zoneIds();
      OwnedService narrow = setup.cloud.publish(zones[0]).allow(setup.cloud.accountId());
      PrivateLinkConnection link = setup.links.create(setup.request().type(narrow.type()).build());
      setup.settle();
      narrow.acceptAll();
      setup.links.awaitActive(link, HALF_AN_HOUR);

      DomainPlan plan = setup.links.planDomain(link, MANAGED);
      assertThat(plan.coverage())
          .isEqualTo(
              Map.of(
                  zones[0], ZoneCoverage.ZONAL,
                  zones[1], ZoneCoverage.REGIONAL_FALLBACK,
                  zones[2], ZoneCoverage.REGIONAL_FALLBACK));
      assertThat(plan.findings()).extracting(Finding::code).contains(FindingCode.CROSS_ZONE_NEEDED);

      DomainAttachment domain = setup.links.attachDomain(link, MANAGED);
      setup.settle();
      assertThat(
              setup.cloud.resolve(setup.network, "b1." + zones[1] + "." + domain.apex()).zoneIds())
          .isEqualTo(Set.of(zones[0]));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void attachAndDetach_canBeRepeated(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      DomainAttachment first = setup.links.attachDomain(link, MANAGED);
      setup.settle();

      for (PrivateLinkClient client : List.of(setup.links, setup.client())) {
        setup.cloud.calls().clear();
        DomainAttachment again = client.attachDomain(link, MANAGED);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.state()).isEqualTo(DomainState.ATTACHED);
        assertThat(setup.cloud.calls().writes()).isEmpty();
      }
      assertThat(setup.links.detachDomain(link, first.id()).id()).isEqualTo(first.id());
      setup.settle();
      for (PrivateLinkClient client : List.of(setup.links, setup.client())) {
        NotFoundException refusal =
            Refusal.of(setup, NotFoundException.class, () -> client.detachDomain(link, first.id()));
        assertThat(refusal)
            .hasMessageContaining("it is detached already, or another connection's")
            .hasMessageContaining("Get the connection to see its domains");
        assertThat(refusal.details().resource()).contains(first.id());
      }

      DomainAttachment second = setup.links.attachDomain(link, MANAGED);
      setup.settle();
      assertThat(second.id()).as("a new life has a new id").isNotEqualTo(first.id());
      assertAttached(setup, link, "attached again");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void detach_ofAnotherConnectionsAttachment_isNotFound(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection one = setup.active();
      PrivateLinkConnection two = setup.active();
      DomainAttachment domain = setup.links.attachDomain(one, MANAGED);
      setup.settle();

      Refusal.of(setup, NotFoundException.class, () -> setup.links.detachDomain(two, domain.id()));
      assertAttached(setup, one, "left alone");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void connection_hasAtMostEightDomains(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      String own = link.id().substring(4);
      List<DomainAttachment> all = new ArrayList<>();
      all.add(setup.links.attachDomain(link, MANAGED));
      for (int i = 2; i <= 8; i++) {
        all.add(setup.links.attachDomain(link, DomainRequest.managed(own + "-" + i)));
      }
      setup.settle();

      DomainRequest ninth = DomainRequest.managed(own + "-9");
      assertThat(
              Refusal.of(
                  setup, QuotaExceededException.class, () -> setup.links.attachDomain(link, ninth)))
          .hasMessageContaining("has 8 of at most 8 domains: detach one");
      assertThat(setup.links.get(link).domains())
          .extracting(DomainAttachment::id)
          .containsExactlyInAnyOrderElementsOf(all.stream().map(DomainAttachment::id).toList());
      assertThat(setup.cloud.zones()).hasSize(8);

      setup.links.detachDomain(link, all.get(3).id());
      setup.links.attachDomain(link, ninth);
      setup.settle();
      setup.links.delete(link);
      setup.links.awaitDeleted(link, HALF_AN_HOUR);
      assertThat(setup.cloud.leftovers()).isEmpty();
    }
  }

  // --- what has to be so before ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void attach_beforeActive_isAConflict_unlessAllowed(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();

      assertThat(
              Refusal.of(
                  setup, ConflictException.class, () -> setup.links.attachDomain(link, MANAGED)))
          .hasMessageContaining(
              "is PENDING_ACCEPTANCE: names would lead nowhere. Wait until it is");

      setup.links.attachDomain(link, MANAGED.allowedBeforeActive());
      setup.service.acceptAll();
      setup.links.awaitActive(link, HALF_AN_HOUR);
      setup.settle();
      assertAttached(setup, link, "attached before");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void attachAndDetach_ofADeletedConnection_areConflicts(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      DomainAttachment domain = setup.links.attachDomain(link, MANAGED);
      setup.settle();
      setup.cloud.faults().onCall(Operation.DELETE_ENDPOINTS, 1, Fault.CRASH_BEFORE);
      assertThatThrownBy(() -> setup.links.delete(link)).isInstanceOf(SimulatedCrash.class);
      setup.settle();

      for (ThrowingCallable operation :
          List.<ThrowingCallable>of(
              () -> setup.client().attachDomain(link, MANAGED),
              () -> setup.client().detachDomain(link, domain.id()))) {
        assertThat(Refusal.of(setup, ConflictException.class, operation))
            .hasMessageContaining("is being deleted: nothing can be done with it but wait");
      }
    }
  }

  @Test
  void confluentDomain_inASharedNetwork_needsAPolicy() {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      PrivateLinkConnection link = setup.active();

      assertThat(
              Refusal.of(
                  setup, RefusedException.class, () -> setup.links.attachDomain(link, CONFLUENT)))
          .hasMessageContaining("is shared and no domain policy is set")
          .hasMessageContaining("Give the builder a DomainPolicy")
          .hasMessageContaining("or mark the network as not shared");
      assertThat(setup.links.planDomain(link, CONFLUENT).apex())
          .as("the dry run needs none")
          .isEqualTo("domnprzqrog.us-west-2.aws.confluent.cloud");
    }
  }

  @Test
  void confluentDomain_inANetworkOfOneTenant_needsNone() {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      ClusterNetwork alone =
          ClusterNetwork.builder()
              .cloud(CloudProvider.AWS)
              .region(setup.network.region())
              .vpcId(setup.network.vpcId())
              .subnetIds(setup.network.subnetIds())
              .shared(false)
              .build();
      setup.directory.put(Setup.CLUSTER, List.of(alone));
      PrivateLinkConnection link = setup.active();

      DomainAttachment domain = setup.links.attachDomain(link, CONFLUENT);
      setup.settle();

      assertThat(domain.type()).isEqualTo(DomainType.CONFLUENT);
      assertThat(setup.cloud.zones())
          .extracting(DnsZone::name)
          .containsExactly("domnprzqrog.us-west-2.aws.confluent.cloud");
      assertThat(
              setup
                  .cloud
                  .resolve(
                      setup.network, "lkc-1.usw2-az2.domnprzqrog.us-west-2.aws.confluent.cloud")
                  .zoneIds())
          .containsExactly("usw2-az2");
      setup.links.detachDomain(link, domain.id());
      assertDetached(setup, link, "detached");
    }
  }

  @Test
  void domainPolicy_decides_andIsToldWhoWantsWhat() {
    List<DomainUse> asked = new ArrayList<>();
    DomainPolicy policy =
        use -> {
          asked.add(use);
          return use.uniqueName().startsWith("good")
              ? Decision.allow()
              : Decision.deny("it is another tenant's");
        };
    try (Setup setup = new Setup(CloudProvider.AWS, b -> b.domainPolicy(policy))) {
      PrivateLinkConnection link = setup.active();

      RefusedException refusal =
          Refusal.of(
              setup, RefusedException.class, () -> setup.links.attachDomain(link, CONFLUENT));
      assertThat(refusal)
          .hasMessageContaining("to cluster " + Setup.CLUSTER + ": it is another tenant's");
      assertThat(refusal.details().resource())
          .contains("domnprzqrog.us-west-2.aws.confluent.cloud");
      assertThat(asked)
          .containsExactly(
              new DomainUse(
                  Setup.CLUSTER,
                  link.id(),
                  DomainType.CONFLUENT,
                  "domnprzqrog.us-west-2",
                  "domnprzqrog.us-west-2.aws.confluent.cloud"));
      setup.links.attachDomain(link, DomainRequest.confluent("good1.us-west-2"));
      Refusal.of(setup, RefusedException.class, () -> setup.links.attachDomain(link, MANAGED));
    }
  }

  // --- conflicts ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void strangersZone_isAConflict_andIsLeftAlone(CloudProvider flavour) {
    for (boolean foreign : new boolean[] {false, true}) {
      List<String> told = new ArrayList<>();
      PrivateLinkListener listener =
          new PrivateLinkListener() {
            @Override
            public void onConflict(String description) {
              told.add(description);
            }
          };
      try (Setup setup = new Setup(flavour, b -> b.listener(listener))) {
        PrivateLinkConnection link = setup.active();
        String apex = apex(setup, link);
        if (foreign && flavour == CloudProvider.ALICLOUD) {
          continue; // A zone of our account with the connection's own name is the connection's.
        }
        if (foreign) {
          setup.cloud.addForeignZone(setup.network, apex);
        } else {
          setup.cloud.addStrangersZone(setup.network, apex);
        }
        int zones = setup.cloud.zones().size();

        DomainConflictException refusal =
            catchThrowableOfType(
                DomainConflictException.class, () -> setup.links.attachDomain(link, MANAGED));

        assertThat(refusal)
            .hasMessageContaining("another private zone answers for " + apex)
            .hasMessageContaining("ask the operator of the network");
        assertThat(refusal.ownerConnectionId()).isEmpty();
        assertThat(refusal.details().resource()).contains(apex);
        assertThat(told).singleElement().satisfies(text -> assertThat(text).contains(apex));
        assertThat(setup.cloud.zones()).hasSize(zones);
        setup.links.delete(link);
        setup.links.awaitDeleted(link, HALF_AN_HOUR);
        assertThat(setup.cloud.zones()).as("never overwritten").hasSize(zones);
      }
    }
  }

  @Test
  void zoneOfTheSameClustersOtherConnection_isAConflictThatNamesIt() {
    try (Setup setup = new Setup(CloudProvider.AWS, b -> b.domainPolicy(use -> Decision.allow()))) {
      PrivateLinkConnection one = setup.active();
      PrivateLinkConnection two = setup.active();
      setup.links.attachDomain(one, CONFLUENT);
      setup.settle();

      DomainConflictException refusal =
          catchThrowableOfType(
              DomainConflictException.class, () -> setup.links.attachDomain(two, CONFLUENT));

      assertThat(refusal)
          .hasMessageContaining("it is connection " + one.id() + "'s. Detach it there first");
      assertThat(refusal.ownerConnectionId()).contains(one.id());
      assertThat(setup.cloud.zones()).hasSize(1);
      setup.links.delete(two);
      assertThat(setup.cloud.zones()).as("not ours to delete").hasSize(1);
      setup.links.attachDomain(one, CONFLUENT);
    }
  }

  @Test
  void zoneOfAnotherCluster_isAConflictThatOnlyTheListenerCanName() {
    List<String> told = new ArrayList<>();
    PrivateLinkListener listener =
        new PrivateLinkListener() {
          @Override
          public void onConflict(String description) {
            told.add(description);
          }
        };
    try (Setup setup =
        new Setup(
            CloudProvider.AWS, b -> b.domainPolicy(use -> Decision.allow()).listener(listener))) {
      setup.directory.put("other", List.of(setup.network));
      PrivateLinkConnection theirs = setup.links.create(setup.request().clusterId("other").build());
      PrivateLinkConnection ours = setup.create();
      setup.settle();
      setup.service.acceptAll();
      setup.links.awaitActive(theirs, HALF_AN_HOUR);
      setup.links.awaitActive(ours, HALF_AN_HOUR);
      setup.links.attachDomain(theirs, CONFLUENT);
      setup.settle();

      DomainConflictException refusal =
          catchThrowableOfType(
              DomainConflictException.class, () -> setup.links.attachDomain(ours, CONFLUENT));

      assertThat(refusal.getMessage())
          .doesNotContain(theirs.id(), "other/", theirs.endpointId())
          .contains("It is not this cluster's: ask the operator");
      assertThat(refusal.ownerConnectionId()).isEmpty();
      assertThat(told)
          .singleElement()
          .satisfies(text -> assertThat(text).contains("other", theirs.id(), ours.id()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneThatHoldsOthersRecords_isKept_andTheyAreNamed(CloudProvider flavour) {
    // Where the cloud deletes a zone with whatever is in it, there is nothing to be asked.
    Assumption[] position =
        flavour == CloudProvider.AWS
            ? new Assumption[0]
            : new Assumption[] {Assumption.ZONE_WITH_RECORDS_KEPT};
    try (Setup setup = new Setup(flavour, position)) {
      PrivateLinkConnection link = setup.active();
      DomainAttachment domain = setup.links.attachDomain(link, DomainRequest.managed());
      String zoneId = setup.cloud.zones().get(0).id();
      setup.cloud.addForeignRecord(zoneId, "www", "A");

      assertThatThrownBy(() -> setup.client().detachDomain(link, domain.id()))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("A www")
          .hasMessageContaining(zoneId);
      assertThatThrownBy(() -> setup.client().delete(link))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("A www");
      setup.settle();
      assertThat(setup.cloud.zones()).hasSize(1);
      assertThat(setup.client().get(link).state()).isEqualTo(ConnectionState.DELETING);

      setup.time.schedule(
          Duration.ofMinutes(1), () -> setup.cloud.removeRecordOutOfBand(zoneId, "www"));
      setup.client().awaitDeleted(link, Duration.ofMinutes(30));
      setup.settle();
      assertThat(setup.cloud.leftovers()).isEmpty();
    }
  }

  /** Where records go one by one, much can happen between two of them. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"REPLY_LOST", "TIMEOUT_BEFORE"})
  void recordWhoseRemovalIsInDoubt_isLookedForAgain(Fault fault) {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD, Assumption.ZONE_WITH_RECORDS_KEPT)) {
      PrivateLinkConnection link = setup.active();
      DomainAttachment domain = setup.links.attachDomain(link, MANAGED);
      setup.cloud.faults().onCall(Operation.REMOVE_RECORDS, 2, fault);

      setup.links.detachDomain(link, domain.id());

      assertThat(setup.cloud.faults().met()).isEqualTo(1);
      assertDetached(setup, link, "detached");
    }
  }

  @Test
  void recordsThatARivalRemovesMeanwhile_areNoObstacle() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD, Assumption.ZONE_WITH_RECORDS_KEPT)) {
      PrivateLinkConnection link = setup.active();
      DomainAttachment domain = setup.links.attachDomain(link, MANAGED);
      String zoneId = setup.cloud.zones().get(0).id();
      AtomicInteger removals = new AtomicInteger();
      setup.cloud.onCall(
          operation -> {
            if (operation == Operation.REMOVE_RECORDS && removals.incrementAndGet() == 2) {
              setup
                  .cloud
                  .records(zoneId)
                  .forEach(record -> setup.cloud.removeRecordOutOfBand(zoneId, record.host()));
            }
          });

      setup.links.detachDomain(link, domain.id());

      assertThat(removals).hasValueGreaterThan(1);
      assertDetached(setup, link, "detached");
    }
  }

  @Test
  void recordsThatCannotBeRemoved_endTheDetachSoon() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD, Assumption.ZONE_WITH_RECORDS_KEPT)) {
      PrivateLinkConnection link = setup.active();
      DomainAttachment domain = setup.links.attachDomain(link, MANAGED);
      setup.cloud.faults().always(Operation.REMOVE_RECORDS, Fault.SERVER_ERROR);
      setup.cloud.calls().clear();

      assertThatThrownBy(() -> setup.links.detachDomain(link, domain.id()))
          .isInstanceOf(OutcomeUnknownException.class);

      assertThat(setup.cloud.calls().count(Operation.LIST_RECORDS)).isEqualTo(5);
      setup.cloud.faults().clear();
      setup.links.detachDomain(link, domain.id());
      assertDetached(setup, link, "detached after all");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void failedAttach_canBeRepeatedOnceTheWayIsFree(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      String zone = setup.cloud.addStrangersZone(setup.network, apex(setup, link));
      assertThatThrownBy(() -> setup.links.attachDomain(link, MANAGED))
          .isInstanceOf(DomainConflictException.class);

      setup.cloud.deleteZoneOutOfBand(zone);
      setup.settle();
      setup.links.attachDomain(link, MANAGED);
      setup.settle();

      assertAttached(setup, link, "attached after all");
    }
  }

  @Test
  void zoneThatSomebodyBoundElsewhereToo_isNotUnbound() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD)) {
      PrivateLinkConnection link = setup.active();
      DomainAttachment domain = setup.links.attachDomain(link, MANAGED);
      setup.settle();
      setup.cloud.addBinding(setup.cloud.zones().get(0).id(), setup.cloud.addNetwork());
      setup.settle();

      assertThatThrownBy(() -> setup.client().detachDomain(link, domain.id()))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("is bound to other networks too")
          .hasMessageContaining("by hand, then detach again");
      assertThat(setup.cloud.zones().get(0).networks()).hasSize(2);
    }
  }

  // --- what is worth knowing ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void surroundings_areFound_inThePlanAndInTheAttach(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      String apex = apex(setup, link);
      setup.cloud.addForeignZone(setup.network, apex.substring(apex.indexOf('.') + 1));
      setup.cloud.addForeignZone(setup.network, "deep." + apex);
      setup.settle();

      DomainPlan plan = setup.links.planDomain(link, MANAGED);
      DomainAttachment domain = setup.links.attachDomain(link, MANAGED);

      for (List<Finding> findings : List.of(plan.findings(), domain.findings())) {
        assertThat(findings)
            .extracting(Finding::code)
            .contains(FindingCode.PARENT_ZONE, FindingCode.CHILD_ZONE, FindingCode.NEGATIVE_CACHE);
        assertThat(findings)
            .filteredOn(f -> f.code() == FindingCode.CHILD_ZONE)
            .singleElement()
            .satisfies(f -> assertThat(f.message()).contains("deep." + apex));
      }
      assertThat(setup.links.get(link).domains().get(0).findings()).isEmpty();
    }
  }

  @Test
  void dnsThatIsSwitchedOff_isFound() {
    for (DnsSwitch which : DnsSwitch.values()) {
      try (Setup setup = new Setup(CloudProvider.AWS)) {
        PrivateLinkConnection link = setup.active();
        setup.cloud.switchDns(setup.network, which, false);

        assertThat(setup.links.planDomain(link, MANAGED).findings())
            .filteredOn(f -> f.code() == FindingCode.DNS_SWITCHED_OFF)
            .singleElement()
            .satisfies(f -> assertThat(f.message()).contains(which.name(), "Switch it on"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void surroundingsThatMayNotBeRead_areNoObstacle(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.cloud.faults().onCall(Operation.LIST_ZONES, 1, Fault.DENIED);

      assertThat(setup.links.planDomain(link, MANAGED).findings())
          .extracting(Finding::code)
          .contains(FindingCode.NOT_CHECKED);
    }
  }

  // --- rivals ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void deleteInTheMiddleOfAttach_leavesNothing(CloudProvider flavour) {
    boolean met = true;
    for (int k = 1; met; k++) {
      try (Setup setup = new Setup(flavour)) {
        PrivateLinkConnection link = setup.active();
        PrivateLinkClient rival = setup.client();
        int[] calls = {0};
        int at = k;
        setup.cloud.onCall(
            operation -> {
              if (++calls[0] == at) {
                rival.delete(link);
              }
            });
        Throwable failure = catchThrowable(() -> setup.links.attachDomain(link, MANAGED));
        setup.cloud.onCall(operation -> {});
        met = calls[0] >= at;

        if (met) {
          // A delete that comes after the last look has come after the attach.
          if (!isAfterTheLastLook(setup, k)) {
            assertThat(failure).as("call %d", k).isInstanceOf(ConflictException.class);
          }
          rival.awaitDeleted(link, HALF_AN_HOUR);
          assertThat(setup.cloud.leftovers()).as("call %d", k).isEmpty();
        } else {
          assertThat(failure).isNull();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void detach_underTheIdThatItBeganWith_isOneOfTheAttachment(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      PrivateLinkClient rival = setup.client();
      Set<String> seen = new LinkedHashSet<>();
      boolean[] looking = {false};
      setup.cloud.onCall(
          operation -> {
            if (!looking[0]) {
              looking[0] = true;
              rival.get(link).domains().forEach(domain -> seen.add(domain.id()));
              looking[0] = false;
            }
          });
      DomainAttachment attached = setup.links.attachDomain(link, MANAGED);
      setup.cloud.onCall(operation -> {});
      String first = seen.iterator().next();
      setup.settle();

      PrivateLinkClient guarded =
          setup.client(
              builder ->
                  builder.usageCheck(
                      new UsageCheck() {
                        @Override
                        public List<String> users(ConnectionRef ref) {
                          return List.of();
                        }

                        @Override
                        public List<String> usersOfDomain(ConnectionRef ref, String attachmentId) {
                          return attachmentId.equals(attached.id())
                              ? List.of("changefeed-1")
                              : List.of();
                        }
                      }));
      assertThatThrownBy(() -> guarded.detachDomain(link, first))
          .isInstanceOf(InUseException.class);
      rival.detachDomain(link, first);

      assertThat(first.equals(attached.id())).isEqualTo(flavour == CloudProvider.AWS);
      setup.settle();
      assertThat(setup.client().get(link).domains()).isEmpty();
      assertThat(setup.cloud.zones()).isEmpty();
    }
  }

  @Test
  void zoneThatIsReplacedBetweenTwoLooks_isNoStrangers() {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      PrivateLinkConnection link = setup.active();
      PrivateLinkClient rival = setup.client();
      List<DomainAttachment> lives = new ArrayList<>();
      boolean[] busy = {false};
      setup.cloud.onCall(
          operation -> {
            boolean first = operation == Operation.CREATE_ZONE && lives.isEmpty();
            boolean second = operation == Operation.READ_ZONE && lives.size() == 1;
            if (busy[0] || !(first || second)) {
              return;
            }
            busy[0] = true;
            if (second) {
              rival.detachDomain(link, lives.get(0).id());
            }
            lives.add(rival.attachDomain(link, MANAGED));
            busy[0] = false;
          });

      assertThatThrownBy(() -> setup.links.attachDomain(link, MANAGED))
          .as("its label was the rival's too, who has ended it; it may not be called a stranger's")
          .isExactlyInstanceOf(ConflictException.class)
          .hasMessageContaining("was detached while its zone was being made");

      setup.cloud.onCall(operation -> {});
      assertThat(lives).hasSize(2);
      setup.settle();
      assertThat(setup.client().get(link).domains())
          .extracting(DomainAttachment::id)
          .containsExactly(lives.get(1).id());
      assertThat(setup.cloud.zones()).hasSize(1);
    }
  }

  private static boolean isAfterTheLastLook(Setup setup, int k) {
    try (Setup undisturbed = new Setup(setup.cloud.cloud())) {
      PrivateLinkConnection link = undisturbed.active();
      undisturbed.cloud.calls().clear();
      undisturbed.links.attachDomain(link, MANAGED);
      List<String> calls = undisturbed.cloud.calls().actions();
      return k > calls.lastIndexOf(calls.get(0)) + 1;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void attachInTheMiddleOfDelete_leavesNothing(CloudProvider flavour) {
    boolean met = true;
    for (int k = 1; met; k++) {
      try (Setup setup = new Setup(flavour)) {
        PrivateLinkConnection link = setup.active();
        PrivateLinkClient rival = setup.client();
        int[] calls = {0};
        int at = k;
        List<Throwable> failures = new ArrayList<>();
        setup.cloud.onCall(
            operation -> {
              if (++calls[0] == at) {
                Throwable failure = catchThrowable(() -> rival.attachDomain(link, MANAGED));
                if (failure != null) {
                  failures.add(failure);
                }
              }
            });
        setup.links.delete(link);
        setup.cloud.onCall(operation -> {});
        met = calls[0] >= at;

        assertThat(failures)
            .allSatisfy(failure -> assertThat(failure).isInstanceOf(ConflictException.class));
        setup.links.awaitDeleted(link, HALF_AN_HOUR);
        assertThat(setup.cloud.leftovers()).as("call %d", k).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void twoAttachesAtOnce_convergeToOneZone_andDetachLeavesNothing(CloudProvider flavour) {
    boolean aws = flavour == CloudProvider.AWS;
    boolean met = true;
    for (int k = 1; met; k++) {
      try (Setup setup = new Setup(flavour)) {
        PrivateLinkConnection link = setup.active();
        PrivateLinkClient rival = setup.client();
        int[] calls = {0};
        int at = k;
        setup.cloud.onCall(
            operation -> {
              if (++calls[0] == at) {
                rival.attachDomain(link, MANAGED);
              }
            });
        DomainAttachment ours = setup.links.attachDomain(link, MANAGED);
        setup.cloud.onCall(operation -> {});
        met = calls[0] >= at;
        setup.settle();

        assertThat(setup.cloud.zones())
            .as("call %d", k)
            .extracting(DnsZone::name)
            .containsExactly(apex(setup, link));
        assertThat(setup.cloud.resolve(setup.network, "b1." + apex(setup, link)).leadsToEndpoint())
            .isTrue();
        List<DomainAttachment> shown = setup.client().get(link).domains();
        // Where only the zone's name tells whose it is, both attachments may stand for it.
        assertThat(shown).as("call %d", k).hasSizeBetween(1, aws ? 1 : 2);
        assertThat(shown).extracting(DomainAttachment::id).contains(ours.id());
        assertThat(shown)
            .allSatisfy(domain -> assertThat(domain.state()).isEqualTo(DomainState.ATTACHED));
        assertThat(attachmentLabels(setup, link)).hasSameSizeAs(shown);
        setup.client().detachDomain(link, shown.get(shown.size() - 1).id());
        assertDetached(setup, link, "call " + k);
      }
    }
  }

  // --- lags ---

  static Stream<Arguments> positions() {
    return Setup.flavours()
        .flatMap(
            cloud ->
                Assumption.positions(cloud).stream()
                    .filter(
                        each ->
                            cloud == CloudProvider.AWS || each != Assumption.FRESH_ZONE_MISSING_3S)
                    .map(each -> Arguments.of(cloud, each)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("positions")
  void attachDetachAttach_worksWhateverIsAssumed(CloudProvider flavour, Assumption position) {
    try (Setup setup = new Setup(flavour, position)) {
      PrivateLinkConnection link = setup.active();

      DomainAttachment first = setup.links.attachDomain(link, MANAGED);
      setup.links.detachDomain(link, first.id());
      assertDetached(setup, link, "at once");
      setup.links.attachDomain(link, MANAGED);
      setup.settle();
      assertAttached(setup, link, "again");
      PrivateLinkClient other = setup.client();
      other.detachDomain(link, other.get(link).domains().get(0).id());
      assertDetached(setup, link, "by another process");
    }
  }
}
