package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What once went wrong with creating, reading and deleting connections. */
class RegressionTest {
  private static final Duration LONG = Duration.ofMinutes(20);

  // --- create ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void createWhoseReplyIsLostNearTheDeadline_tellsTheRequestIdToResumeWith(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.cloud.faults().onCall(Operation.CREATE_ENDPOINT, 1, Fault.REPLY_LOST);
      PrivateLinkClient slow =
          setup
              .client(
                  builder ->
                      builder.listener(
                          Listening.toCalls(
                              call -> {
                                if (call.action().equals("CreateVpcEndpoint")) {
                                  setup.time.advance(Duration.ofSeconds(10));
                                }
                              })))
              .withOperationTimeout(Duration.ofSeconds(8));

      OutcomeUnknownException unknown =
          catchThrowableOfType(
              OutcomeUnknownException.class, () -> slow.create(setup.request().build()));

      assertThat(unknown).isNotNull();
      assertThat(unknown).hasMessageContaining("request id \"");
      String requestId = unknown.getMessage().replaceAll("(?s).*request id \"([^\"]+)\".*", "$1");
      setup.settle();
      PrivateLinkConnection link =
          setup.client().create(setup.request().requestId(requestId).build());
      assertThat(setup.cloud.endpoints())
          .extracting(Endpoint::id)
          .containsExactly(link.endpointId());
      assertThat(unknown).hasMessageContaining(link.id());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void requestIdOfADeletedConnection_isRefused_evenIfTheCloudStillAnswersItsToken(
      CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, Assumption.DELETED_LISTED_0S)) {
      CreateConnectionRequest request = setup.request().requestId("op-1").build();
      PrivateLinkConnection link = setup.links.create(request);
      setup.time.advance(Duration.ofSeconds(12));
      setup.client().delete(link);
      setup.links.awaitDeleted(link, Duration.ofMinutes(5));

      assertThatThrownBy(() -> setup.client().create(request))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("op-1");
      assertThat(setup.cloud.endpoints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void endpointThatCannotBeReadYet_isFoundByAnotherClient(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, Assumption.FRESH_ENDPOINT_MISSING_3S)) {
      PrivateLinkConnection link = setup.create();

      assertThat(setup.client().get(link).id()).isEqualTo(link.id());
    }
  }

  // --- check ---

  @Test
  void serviceThatNamesItsZonesOnly_isStillFoundToShareNoZone() {
    try (Setup setup = new Setup(CloudProvider.AWS, Assumption.SERVICE_ZONE_IDS_EMPTY)) {
      setup.directory.put(Setup.CLUSTER, List.of(setup.cloud.addNetwork("usw2-az1")));
      OwnedService service = setup.cloud.publish("usw2-az2").allow(setup.cloud.accountId());

      assertThat(setup.links.check(Setup.CLUSTER, service.type()).errors())
          .extracting(Finding::code)
          .contains(FindingCode.NO_COMMON_ZONE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void check_blamesTheMissingSubnetAlone_andKnowsTheAccount(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      String gone = setup.network.subnetIds().get(2);
      setup.cloud.removeSubnet(gone);
      setup.service.disallow(setup.cloud.accountId());

      ServiceCheck check = setup.links.check(Setup.CLUSTER, setup.service.type());

      assertThat(check.findings())
          .filteredOn(finding -> finding.code() == FindingCode.SUBNET_MISSING)
          .singleElement()
          .extracting(Finding::message)
          .asString()
          .contains(gone)
          .doesNotContain(setup.network.subnetIds().get(0))
          .doesNotContain(setup.network.subnetIds().get(1));
      assertThat(check.findings().toString()).doesNotContain("iam:::root");
    }
  }

  // --- a subnet that is gone ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void missingSubnet_keepsNobodyFromGettingListingAndDeleting(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.cloud.removeSubnet(setup.network.subnetIds().get(2));

      assertThat(setup.client().get(link).state()).isEqualTo(ConnectionState.PENDING_ACCEPTANCE);
      assertThat(setup.client().list(ListRequest.of(Setup.CLUSTER)).connections())
          .extracting(PrivateLinkConnection::id)
          .containsExactly(link.id());
      assertThat(setup.client().delete(link).state()).isEqualTo(ConnectionState.DELETING);
      setup.time.advance(LONG);
      assertThat(setup.cloud.endpoints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void missingSubnet_keepsNobodyFromDetaching(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      String domain = setup.links.attachDomain(link, DomainRequest.managed()).id();
      setup.settle();
      setup.cloud.removeSubnet(setup.network.subnetIds().get(2));

      setup.client().detachDomain(link, domain);

      assertThat(setup.cloud.zones()).isEmpty();
      setup.settle();
      assertThat(setup.client().get(link).domains()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void missingSubnet_isReadOncePerList_notOncePerConnection(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      for (int i = 0; i < 8; i++) {
        setup.create();
      }
      setup.settle();
      setup.cloud.removeSubnet(setup.network.subnetIds().get(2));
      setup.cloud.calls().clear();

      PrivateLinkClient fresh = setup.client();
      assertThat(fresh.list(ListRequest.of(Setup.CLUSTER)).connections()).hasSize(8);

      assertThat(setup.cloud.calls().count(Operation.READ_SUBNETS)).isEqualTo(1);
      int first = setup.cloud.calls().size();
      assertThat(first).isLessThanOrEqualTo(4);
      fresh.list(ListRequest.of(Setup.CLUSTER));
      assertThat(setup.cloud.calls().count(Operation.READ_SUBNETS)).isEqualTo(1);
    }
  }

  @Test
  void account_isReadOncePerScope_notOncePerNetwork() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD)) {
      for (int i = 0; i < 5; i++) {
        String cluster = "c" + i;
        setup.directory.put(cluster, List.of(setup.cloud.addNetwork(setup.zoneIds())));
        assertThat(setup.links.zones(cluster).accountId()).isEqualTo(setup.cloud.accountId());
      }

      assertThat(setup.cloud.calls().count(Operation.READ_ACCOUNT)).isEqualTo(1);
    }
  }

  // --- labels that others wrote ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void endpointThatNowBelongsToAnotherCluster_isNotMarkedForDeletion(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.cloud.editLabel(link.endpointId(), "plc.cluster", "c.other");
      setup.settle();

      assertThatThrownBy(() -> setup.links.delete(link)).isInstanceOf(NotFoundException.class);

      assertThat(setup.cloud.endpoints())
          .singleElement()
          .satisfies(endpoint -> assertThat(endpoint.labels()).doesNotContainKey("plc.del"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void foreignEndpointThatBearsTheIdAndCluster_isNotDeletedAsADuplicate(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.settle();
      String foreign = setup.cloud.addForeignEndpoint(setup.network, setup.service);
      setup.cloud.editLabel(foreign, "plc.id", link.id());
      setup.cloud.editLabel(foreign, "plc.cluster", "c." + Setup.CLUSTER);
      setup.settle();

      setup.client().delete(link);
      setup.time.advance(LONG);

      assertThat(setup.cloud.endpoints())
          .singleElement()
          .satisfies(
              endpoint -> {
                assertThat(endpoint.id()).isEqualTo(foreign);
                assertThat(endpoint.labels()).doesNotContainKey("plc.del");
              });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void oldestIntactEndpoint_isTheConnection_notAnOlderForeignOneWithItsId(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      String foreign = setup.cloud.addForeignEndpoint(setup.network, setup.service);
      setup.settle();
      PrivateLinkConnection link = setup.active();
      setup.cloud.editLabel(foreign, "plc.id", link.id());
      setup.cloud.editLabel(foreign, "plc.cluster", "c." + Setup.CLUSTER);
      setup.settle();

      PrivateLinkConnection seen = setup.client().get(link);

      assertThat(seen.endpointId()).isEqualTo(link.endpointId());
      assertThat(seen.integrity()).isNotEqualTo(Integrity.TAMPERED);
      assertThat(setup.client().list(ListRequest.of(Setup.CLUSTER)).connections())
          .filteredOn(connection -> connection.id().equals(link.id()))
          .extracting(PrivateLinkConnection::endpointId)
          .contains(link.endpointId());
      setup.client().delete(link);
      setup.time.advance(LONG);
      assertThat(setup.cloud.endpoints()).extracting(Endpoint::id).containsExactly(foreign);
    }
  }

  // --- deletions that go on in the background ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void severalDeletesOfOneConnection_goOnInTheBackgroundAsOne(CloudProvider flavour) {
    try (Setup one = new Setup(flavour);
        Setup several = new Setup(flavour)) {
      int callsOfOne = callsAfterDeletes(one, 1);
      int callsOfSeveral = callsAfterDeletes(several, 5);

      assertThat(callsOfOne).isPositive();
      assertThat(callsOfSeveral).isLessThanOrEqualTo(callsOfOne + callsOfOne / 2);

      several.cloud.faults().clear();
      several.time.advance(Duration.ofHours(1));
      assertThat(several.cloud.endpoints()).isEmpty();
    }
  }

  /** Counts the calls of an hour in which the cloud refuses to delete. */
  private static int callsAfterDeletes(Setup setup, int deletes) {
    PrivateLinkConnection link = setup.active();
    setup.settle();
    setup.cloud.faults().always(Operation.DELETE_ENDPOINTS, Fault.THROTTLE);
    PrivateLinkClient client = setup.client().withOperationTimeout(Duration.ofSeconds(5));
    for (int i = 0; i < deletes; i++) {
      assertThat(client.delete(link).state()).isEqualTo(ConnectionState.DELETING);
    }
    setup.cloud.calls().clear();
    setup.time.advance(Duration.ofHours(1));
    assertThat(setup.cloud.calls().all())
        .filteredOn(call -> call.operation() == Operation.DELETE_ENDPOINTS)
        .allSatisfy(
            call ->
                assertThat(call.failure())
                    .hasValueSatisfying(
                        failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.THROTTLED)));
    return setup.cloud.calls().size();
  }

  // --- newer versions ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void ledgerOfANewerVersion_isReadByAWait_butNotWritten(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.cloud.editLabel(link.endpointId(), "plc.v", "v2.0");
      setup.service.acceptAll();
      setup.cloud.calls().clear();

      PrivateLinkConnection active = setup.client().awaitActive(link, Duration.ofMinutes(10));
      setup.settle();

      assertThat(active.integrity()).isEqualTo(Integrity.NEWER_VERSION);
      assertThat(setup.cloud.calls().writes()).isEmpty();
      assertThat(setup.cloud.endpoints())
          .singleElement()
          .satisfies(endpoint -> assertThat(endpoint.labels()).doesNotContainKey("plc.up"));
    }
  }

  /** A list that lags shows no zones although the cloud still finds them in the way. */
  @Test
  void zonesThatAreListedLate_areRemovedBeforeTheNextTry() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD)) {
      PrivateLinkConnection link = setup.active();
      AtomicBoolean late = new AtomicBoolean(true);
      PrivateLinkProvider lagging =
          new MeddledProvider(
              setup.cloud,
              (method, call) ->
                  method.equals("endpointZones") && late.getAndSet(false)
                      ? List.of()
                      : call.make());

      setup.client(lagging).delete(link);

      assertThat(setup.cloud.calls().count(Operation.DELETE_ENDPOINTS)).isEqualTo(2);
      setup.settle();
      assertThat(setup.cloud.leftovers()).isEmpty();
    }
  }
}
