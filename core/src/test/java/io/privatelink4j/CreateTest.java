package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.exception.AccessDeniedException;
import io.privatelink4j.exception.CloudUnavailableException;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.QuotaExceededException;
import io.privatelink4j.exception.RefusedException;
import io.privatelink4j.exception.ServiceNotUsableException;
import io.privatelink4j.exception.ThrottledException;
import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.CheckMode;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ServiceUse;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.LoggedCall;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One request id gives one endpoint, in the right zones, if the policies allow it. */
class CreateTest {
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  // --- idempotency ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void sameRequestId_givesTheSameConnection_fromAnyProcess(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      CreateConnectionRequest request = setup.request().requestId("op-1").build();
      PrivateLinkConnection first = setup.links.create(request);

      for (PrivateLinkClient client : List.of(setup.links, setup.client())) {
        PrivateLinkConnection again = client.create(request);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.endpointId()).isEqualTo(first.endpointId());
        setup.settle();
      }

      assertThat(setup.cloud.endpoints()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void otherRequestIds_orNone_giveOtherConnections(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.directory.put("other", List.of(setup.network));
      List<PrivateLinkConnection> all =
          List.of(
              setup.links.create(setup.request().requestId("op-1").build()),
              setup.links.create(setup.request().requestId("op-2").build()),
              setup.links.create(setup.request().clusterId("other").requestId("op-1").build()),
              setup.create(),
              setup.create());

      assertThat(all).extracting(PrivateLinkConnection::id).doesNotHaveDuplicates();
      assertThat(setup.cloud.endpoints()).hasSize(5);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void sameRequestId_withOtherParameters_isAConflict(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link =
          setup.links.create(setup.request().requestId("op-1").createdBy("ann").build());
      OwnedService second = setup.publish();
      List<UnaryOperator<CreateConnectionRequest.Builder>> changes =
          List.of(
              b -> b.displayName("Orders-kafka"),
              b -> b.createdBy("bob"),
              b -> b.putExtraLabels("team", "x"),
              b -> b.type(second.type()));

      for (PrivateLinkClient client : List.of(setup.links, setup.client())) {
        for (UnaryOperator<CreateConnectionRequest.Builder> change : changes) {
          CreateConnectionRequest request =
              change.apply(setup.request().requestId("op-1").createdBy("ann")).build();
          ConflictException refusal =
              Refusal.of(setup, ConflictException.class, () -> client.create(request));
          assertThat(refusal)
              .hasMessageContaining("request id \"op-1\" is used")
              .hasMessageContaining("with other parameters")
              .hasMessageContaining("take a new one");
          assertThat(refusal.details().resource()).contains(link.id());
        }
      }
      assertThat(setup.cloud.endpoints()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void requestId_ofADeletedConnection_isAConflict_whileTheCloudRemembers(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      CreateConnectionRequest request = setup.request().requestId("op-1").build();
      PrivateLinkConnection link = setup.links.create(request);
      setup.settle();
      setup.links.delete(link);

      for (PrivateLinkClient client : List.of(setup.links, setup.client())) {
        assertThatThrownBy(() -> client.create(request))
            .isInstanceOf(ConflictException.class)
            .hasMessageContaining("request id \"op-1\" is used")
            .hasMessageContaining("deleted");
      }
      setup.links.awaitDeleted(link, HALF_AN_HOUR);
      setup.time.advance(Duration.ofMinutes(3));
      assertThatThrownBy(() -> setup.client().create(request))
          .as("the client token still tells of it")
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("is deleted");
      assertThat(setup.cloud.endpoints()).isEmpty();
    }
  }

  // --- lost replies ---

  static Stream<Arguments> positions() {
    Set<Assumption.Question> questions =
        Set.of(
            Assumption.Question.TOKEN_MEMORY,
            Assumption.Question.FILTER_LAG,
            Assumption.Question.LABEL_LAG,
            Assumption.Question.FRESH_ENDPOINT,
            Assumption.Question.DUPLICATE_ENDPOINT,
            Assumption.Question.LABEL_VALUE_START);
    return Setup.flavours()
        .flatMap(
            cloud ->
                Stream.of(Assumption.values())
                    .filter(a -> questions.contains(a.question()) && a.question().concerns(cloud))
                    .map(a -> Arguments.of(cloud, a)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("positions")
  void lostReply_isMadeUpFor_withoutASecondEndpoint(CloudProvider flavour, Assumption position) {
    try (Setup setup = new Setup(flavour, position)) {
      CreateConnectionRequest request = setup.request().requestId("op-1").build();
      setup.cloud.faults().onCall(Operation.CREATE_ENDPOINT, 1, Fault.REPLY_LOST);

      PrivateLinkConnection link = setup.links.create(request);

      assertThat(setup.cloud.endpoints())
          .singleElement()
          .extracting(Endpoint::id)
          .isEqualTo(link.endpointId());
      assertThat(setup.links.create(request).endpointId()).isEqualTo(link.endpointId());
      assertThat(setup.client().create(request).endpointId()).isEqualTo(link.endpointId());
      assertThat(setup.cloud.endpoints()).hasSize(1);
      setup.settle();
      assertThat(setup.links.get(link).displayName()).isEqualTo("orders-kafka");
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("positions")
  void generatedRequestId_survivesALostReplyToo(CloudProvider flavour, Assumption position) {
    try (Setup setup = new Setup(flavour, position)) {
      setup.cloud.faults().onCall(Operation.CREATE_ENDPOINT, 1, Fault.REPLY_LOST);

      PrivateLinkConnection link = setup.create();

      assertThat(setup.cloud.endpoints())
          .singleElement()
          .extracting(Endpoint::id)
          .isEqualTo(link.endpointId());
    }
  }

  static Stream<Arguments> notDone() {
    return positions()
        .flatMap(
            each ->
                Stream.of(Fault.TIMEOUT_BEFORE, Fault.SERVER_ERROR)
                    .map(fault -> Arguments.of(each.get()[0], each.get()[1], fault)));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("notDone")
  void unknownOutcome_thatWasNotDone_isTold_andTheRepetitionMakesOne(
      CloudProvider flavour, Assumption position, Fault fault) {
    try (Setup setup = new Setup(flavour, position)) {
      CreateConnectionRequest request = setup.request().requestId("op-1").build();
      setup.cloud.faults().onCall(Operation.CREATE_ENDPOINT, 1, fault);

      OutcomeUnknownException unknown =
          catchThrowableOfType(OutcomeUnknownException.class, () -> setup.links.create(request));

      assertThat(unknown)
          .hasMessageContaining("is not known")
          .hasMessageContaining("Create it again with request id \"op-1\"");
      assertThat(unknown.details().cloud()).contains(flavour);
      assertThat(unknown.details().operation()).contains("CreateVpcEndpoint");
      assertThat(unknown.details().requestId()).isPresent();
      assertThat(unknown.details().attempts()).isEqualTo(1);
      assertThat(setup.cloud.calls().count(Operation.CREATE_ENDPOINT)).isEqualTo(1);
      assertThat(setup.cloud.endpoints()).isEmpty();

      setup.links.create(request);
      assertThat(setup.cloud.endpoints()).hasSize(1);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("positions")
  void generatedRequestId_isToldWhenTheOutcomeIsUnknown_andGood(
      CloudProvider flavour, Assumption position) {
    try (Setup setup = new Setup(flavour, position)) {
      setup.cloud.faults().onCall(Operation.CREATE_ENDPOINT, 1, Fault.TIMEOUT_BEFORE);
      OutcomeUnknownException unknown =
          catchThrowableOfType(OutcomeUnknownException.class, setup::create);
      String id = unknown.getMessage().replaceFirst("(?s).*request id \"([^\"]+)\".*", "$1");

      PrivateLinkConnection link = setup.links.create(setup.request().requestId(id).build());

      assertThat(unknown).hasMessageContaining(link.id());
      assertThat(setup.cloud.endpoints()).hasSize(1);
    }
  }

  // --- other failures ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void throttledAndUnavailable_areRepeated(CloudProvider flavour) {
    for (Fault fault : List.of(Fault.THROTTLE, Fault.UNAVAILABLE)) {
      try (Setup setup = new Setup(flavour)) {
        setup.cloud.faults().onCall(Operation.CREATE_ENDPOINT, 1, fault);
        setup.cloud.faults().onCall(Operation.CREATE_ENDPOINT, 2, fault);

        setup.create();

        assertThat(setup.cloud.calls().count(Operation.CREATE_ENDPOINT)).isEqualTo(3);
        assertThat(setup.cloud.endpoints()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void throttledForTooLong_endsWithinTheOperationTimeout(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Instant start = setup.time.now();
      setup.cloud.faults().always(Operation.CREATE_ENDPOINT, Fault.THROTTLE);

      ThrottledException refusal =
          catchThrowableOfType(
              ThrottledException.class,
              () ->
                  setup
                      .links
                      .withOperationTimeout(Duration.ofMinutes(1))
                      .create(setup.request().build()));

      assertThat(refusal).hasMessageContaining("Repeat later");
      assertThat(refusal.details().operation()).contains("CreateVpcEndpoint");
      assertThat(refusal.details().attempts()).isGreaterThanOrEqualTo(1);
      assertThat(Duration.between(start, setup.time.now()))
          .isLessThanOrEqualTo(Duration.ofMinutes(1));
      assertThat(setup.cloud.endpoints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void unavailableForTooLong_isTold(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.cloud.faults().always(Operation.CREATE_ENDPOINT, Fault.UNAVAILABLE);

      CloudUnavailableException refusal =
          catchThrowableOfType(CloudUnavailableException.class, setup::create);

      assertThat(refusal).hasMessageContaining("Nothing was done by this call. Repeat later");
      assertThat(refusal.details().attempts()).isGreaterThan(3);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void denied_namesThePermission_andIsNotRepeated(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.cloud.faults().always(Operation.CREATE_ENDPOINT, Fault.DENIED);

      AccessDeniedException refusal =
          catchThrowableOfType(AccessDeniedException.class, setup::create);

      String permission = setup.cloud.traits().action(Operation.CREATE_ENDPOINT).permission();
      assertThat(refusal).hasMessageContaining("Allow the action " + permission);
      assertThat(refusal.details().errorCode()).isPresent();
      assertThat(refusal.details().requestId()).isPresent();
      assertThat(refusal.details().attempts()).isEqualTo(1);
      assertThat(setup.cloud.calls().count(Operation.CREATE_ENDPOINT)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void quota_isToldAndNotRepeated(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.cloud.faults().always(Operation.CREATE_ENDPOINT, Fault.QUOTA);

      QuotaExceededException refusal =
          catchThrowableOfType(QuotaExceededException.class, setup::create);

      assertThat(refusal).hasMessageContaining("Raise the quota or delete what is not used");
      assertThat(setup.cloud.calls().count(Operation.CREATE_ENDPOINT)).isEqualTo(1);
    }
  }

  // --- rivals ---

  static Stream<Arguments> rivals() {
    return Setup.flavours()
        .flatMap(
            cloud ->
                Stream.of(
                        Assumption.TOKEN_MEMORY_10_MIN,
                        Assumption.TOKEN_MEMORY_NONE,
                        Assumption.FILTER_LAG_10S)
                    .map(a -> Arguments.of(cloud, a)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rivals")
  void twoClientsWithOneRequestId_agreeOnOneConnection_andDeleteRemovesAll(
      CloudProvider flavour, Assumption position) {
    boolean met = true;
    for (int k = 1; met; k++) {
      try (Setup setup = new Setup(flavour, position)) {
        CreateConnectionRequest request = setup.request().requestId("op-1").build();
        PrivateLinkClient rival = setup.client();
        int at = k;
        int[] calls = {0};
        setup.cloud.onCall(
            operation -> {
              if (++calls[0] == at) {
                rival.create(request);
              }
            });
        PrivateLinkConnection link = setup.links.create(request);
        setup.cloud.onCall(operation -> {});
        met = calls[0] >= at;
        setup.settle();

        int endpoints = setup.cloud.endpoints().size();
        assertThat(endpoints).as("call %d", k).isBetween(1, 2);
        if (position != Assumption.TOKEN_MEMORY_NONE) {
          assertThat(endpoints).as("call %d: the token makes it one", k).isEqualTo(1);
        }
        List<PrivateLinkConnection> all =
            setup.links.list(ListRequest.of(Setup.CLUSTER)).connections();
        assertThat(all).extracting(PrivateLinkConnection::id).containsOnly(link.id());
        assertThat(all).hasSize(endpoints);
        assertThat(all.get(0).integrity()).isEqualTo(Integrity.OK);
        assertThat(all.subList(1, all.size()))
            .allSatisfy(c -> assertThat(c.integrity()).isEqualTo(Integrity.DUPLICATE));
        assertThat(rival.create(request).endpointId())
            .as("the oldest is the connection")
            .isEqualTo(all.get(0).endpointId());

        setup.links.delete(link);
        setup.links.awaitDeleted(link, HALF_AN_HOUR);
        setup.settle();
        assertThat(setup.cloud.leftovers()).as("call %d", k).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void whatIsFoundAfterALostReply_existsForEveryOperation_evenWhileCallsMissIt(
      CloudProvider flavour) {
    List<BiConsumer<PrivateLinkClient, PrivateLinkConnection>> operations =
        List.of(
            PrivateLinkClient::get,
            PrivateLinkClient::delete,
            (links, link) -> links.planDomain(link, DomainRequest.managed()),
            (links, link) ->
                links.attachDomain(link, DomainRequest.managed().allowedBeforeActive()));
    for (BiConsumer<PrivateLinkClient, PrivateLinkConnection> operation : operations) {
      try (Setup setup = new Setup(flavour, Assumption.FRESH_ENDPOINT_MISSING_3S)) {
        setup.cloud.faults().onCall(Operation.CREATE_ENDPOINT, 1, Fault.REPLY_LOST);
        PrivateLinkConnection link = setup.create();

        assertThatCode(() -> operation.accept(setup.links, link)).doesNotThrowAnyException();
      }
    }
  }

  // --- check modes ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void strictMode_refusesWhatTheCheckFinds(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.service.disallow(setup.cloud.accountId());

      ServiceNotUsableException refusal =
          Refusal.of(setup, ServiceNotUsableException.class, setup::create);

      assertThat(refusal).hasMessageContaining(setup.cloud.accountId());
      assertThat(refusal.check().errors())
          .extracting(Finding::code)
          .containsExactly(FindingCode.NOT_FOUND_OR_NOT_ALLOWED);
      assertThat(setup.cloud.calls().count(Operation.CREATE_ENDPOINT)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneThatTheCloudFindsUnserved_isToldAsThat(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      OwnedService narrow = setup.cloud.publish(setup.zoneIds()[2]).allow(setup.cloud.accountId());
      CreateConnectionRequest request =
          setup.request().type(narrow.type()).checkMode(CheckMode.OFF).build();

      ServiceNotUsableException refusal =
          catchThrowableOfType(ServiceNotUsableException.class, () -> setup.links.create(request));

      assertThat(refusal)
          .hasMessageContaining("the owner adds one of the cluster's zones")
          .hasMessageContaining(setup.zoneIds()[0])
          .hasMessageNotContaining("typing error");
      assertThat(refusal.check().errors())
          .extracting(Finding::code)
          .contains(FindingCode.NO_COMMON_ZONE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void warnAndOffModes_leaveItToTheCloud_whoseRefusalCarriesTheCheck(CloudProvider flavour) {
    for (CheckMode mode : List.of(CheckMode.WARN, CheckMode.OFF)) {
      try (Setup setup = new Setup(flavour)) {
        setup.service.disallow(setup.cloud.accountId());
        CreateConnectionRequest request = setup.request().checkMode(mode).build();

        ServiceNotUsableException refusal =
            catchThrowableOfType(
                ServiceNotUsableException.class, () -> setup.links.create(request));

        assertThat(refusal)
            .hasMessageContaining("the cloud refused to connect to the service")
            .hasMessageContaining(setup.cloud.accountId());
        assertThat(refusal.check().errors())
            .extracting(Finding::code)
            .contains(FindingCode.NOT_FOUND_OR_NOT_ALLOWED);
        assertThat(setup.cloud.calls().count(Operation.CREATE_ENDPOINT)).isEqualTo(1);
        assertThat(setup.cloud.endpoints()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void warnMode_createsAlthoughTheCheckFindsAnError_offModeDoesNotAsk(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.cloud.faults().always(Operation.READ_SERVICE, Fault.DENIED);
      assertThat(Refusal.of(setup, ServiceNotUsableException.class, setup::create).check().errors())
          .extracting(Finding::code)
          .containsExactly(FindingCode.ACCESS_DENIED);

      setup.links.create(setup.request().checkMode(CheckMode.WARN).build());
      assertThat(setup.cloud.endpoints()).hasSize(1);

      setup.cloud.calls().clear();
      setup.links.create(setup.request().checkMode(CheckMode.OFF).build());
      assertThat(setup.cloud.calls().count(Operation.READ_SERVICE)).isZero();
      assertThat(setup.cloud.endpoints())
          .hasSize(2)
          .allSatisfy(e -> assertThat(e.zones()).hasSize(3));
    }
  }

  // --- policies and limits ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void defaultPolicy_keepsASelfAcceptingServiceToTheFirstCluster(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.directory.put("other", List.of(setup.network));
      setup.service.acceptAutomatically();
      PrivateLinkConnection first = setup.create();
      setup.settle();
      CreateConnectionRequest intruder = setup.request().clusterId("other").build();

      for (PrivateLinkClient client : List.of(setup.links, setup.client())) {
        RefusedException refusal =
            Refusal.of(setup, RefusedException.class, () -> client.create(intruder));
        assertThat(refusal)
            .hasMessageContaining("another cluster has a link to it")
            .hasMessageContaining("set a ServicePolicy that knows so")
            .message()
            .doesNotContain(Setup.CLUSTER, first.id());
        assertThat(refusal.details().resource()).contains(setup.service.name());
      }
      setup.create();
      assertThat(setup.cloud.endpoints()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void defaultPolicy_alsoDeniesWhenTheCheckIsOff(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.directory.put("other", List.of(setup.network));
      setup.create();
      setup.settle();
      CreateConnectionRequest intruder =
          setup.request().clusterId("other").checkMode(CheckMode.OFF).build();

      assertThat(Refusal.of(setup, RefusedException.class, () -> setup.links.create(intruder)))
          .hasMessageContaining("the service policy refused");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void defaultPolicy_allowsEveryCluster_whereTheOwnerAccepts(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.directory.put("other", List.of(setup.network));
      setup.create();
      setup.settle();

      setup.links.create(setup.request().clusterId("other").build());

      assertThat(setup.cloud.endpoints()).hasSize(2);
    }
  }

  @Test
  void defaultPolicy_deniesWhereTheCloudDoesNotTellWhoAccepts() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD, Assumption.ACCEPTANCE_NOT_TOLD)) {
      setup.directory.put("other", List.of(setup.network));
      setup.create();
      setup.settle();
      CreateConnectionRequest intruder = setup.request().clusterId("other").build();

      Refusal.of(setup, RefusedException.class, () -> setup.links.create(intruder));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void ownPolicy_isAskedBeforeTheFirstWrite_andItsReasonIsTold(CloudProvider flavour) {
    List<ServiceUse> asked = new ArrayList<>();
    try (Setup setup =
        new Setup(
            flavour,
            b ->
                b.servicePolicy(
                    use -> {
                      asked.add(use);
                      boolean linked = use.linkedByOtherCluster().getAsBoolean();
                      assertThat(use.linkedByOtherCluster().getAsBoolean()).isEqualTo(linked);
                      return Decision.deny("not your service");
                    }))) {
      assertThat(Refusal.of(setup, RefusedException.class, setup::create))
          .hasMessageContaining("to cluster " + Setup.CLUSTER + ": not your service");
      assertThat(asked)
          .singleElement()
          .satisfies(
              use -> {
                assertThat(use.clusterId()).isEqualTo(Setup.CLUSTER);
                assertThat(use.type().serviceName()).isEqualTo(setup.service.name());
                assertThat(use.acceptance()).isEqualTo(Acceptance.REQUIRED);
              });
      long byService =
          setup.cloud.calls().all().stream()
              .filter(call -> call.operation() == Operation.LIST_ENDPOINTS)
              .map(LoggedCall::subject)
              .filter(subject -> subject.contains(setup.service.name()))
              .count();
      assertThat(byService).as("the second question costs nothing").isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void connectionsPerCluster_areLimited_forEveryProcess(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, b -> b.maxConnectionsPerCluster(2))) {
      setup.directory.put("other", List.of(setup.network));
      PrivateLinkConnection first = setup.create();
      setup.create();
      setup.settle();
      PrivateLinkClient second = setup.client(b -> b.maxConnectionsPerCluster(2));

      for (PrivateLinkClient client : List.of(setup.links, second)) {
        QuotaExceededException refusal =
            Refusal.of(
                setup, QuotaExceededException.class, () -> client.create(setup.request().build()));
        assertThat(refusal)
            .hasMessageContaining("2 of at most 2 connections: delete one, or raise");
        assertThat(refusal.details().resource()).contains(Setup.CLUSTER);
      }
      setup.links.create(setup.request().clusterId("other").build());
      setup.links.delete(first);
      setup.links.awaitDeleted(first, HALF_AN_HOUR);
      setup.time.advance(Duration.ofMinutes(2));
      second.create(setup.request().build());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void connectionLimit_holdsWithoutWaitingForTheLabels(CloudProvider flavour) {
    try (Setup setup =
        new Setup(flavour, b -> b.maxConnectionsPerCluster(2), Assumption.FILTER_LAG_10S)) {
      setup.create();
      setup.create();

      Refusal.of(setup, QuotaExceededException.class, setup::create);
    }
  }

  // --- what is written ---

  static Stream<Arguments> names() {
    return Setup.flavours()
        .flatMap(
            cloud ->
                Stream.of(
                        "x",
                        "a.b_c-D9",
                        "9 lives",
                        " leading and trailing ",
                        "aliyun-copy",
                        "AWS orders",
                        "-._",
                        "Bücher — 東京 🚀",
                        "עברית \u202e\u202d",
                        "line\nbreak\ttab\u0000nul",
                        "é vs e\u0301",
                        "😀".repeat(64),
                        "\uffff".repeat(64),
                        "z".repeat(64))
                    .map(name -> Arguments.of(cloud, name)));
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("names")
  void displayName_comesBackExactly(CloudProvider flavour, String name) {
    for (Assumption position :
        List.of(Assumption.LABEL_VALUE_ANY_START, Assumption.LABEL_VALUE_LETTER_FIRST)) {
      try (Setup setup = new Setup(flavour, position)) {
        PrivateLinkConnection link =
            setup.links.create(setup.request().displayName(name).createdBy("ann b.").build());
        setup.settle();
        PrivateLinkClient other = setup.client();

        for (PrivateLinkConnection read :
            List.of(
                link,
                other.get(link),
                other.list(ListRequest.of(Setup.CLUSTER)).connections().get(0))) {
          assertThat(read.displayName()).isEqualTo(name);
          assertThat(read.createdBy()).contains("ann b.");
          assertThat(read.integrity()).isEqualTo(Integrity.OK);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void extraLabels_areWrittenAndComeBack(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link =
          setup.links.create(
              setup
                  .request()
                  .putExtraLabels("team", "payments")
                  .putExtraLabels("cost.center", "42")
                  .build());
      setup.settle();

      assertThat(setup.client().get(link).extraLabels())
          .containsOnly(Map.entry("team", "payments"), Map.entry("cost.center", "42"));
      assertThat(setup.cloud.endpoints().get(0).labels())
          .containsEntry("team", "payments")
          .containsEntry("cost.center", "42");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void endpoint_getsOneSubnetInEachCommonZone(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      String[] zones = setup.zoneIds();
      ClusterNetwork network =
          setup.cloud.addNetwork(zones[0], zones[0], zones[1], zones[1], zones[2]);
      setup.directory.put(Setup.CLUSTER, List.of(network));
      OwnedService service = setup.cloud.publish(zones[0], zones[1]).allow(setup.cloud.accountId());

      PrivateLinkConnection link = setup.links.create(setup.request().type(service.type()).build());
      setup.settle();

      List<String> subnets = network.subnetIds();
      List<String> first = List.of(subnets.get(0), subnets.get(1)).stream().sorted().toList();
      List<String> second = List.of(subnets.get(2), subnets.get(3)).stream().sorted().toList();
      assertThat(setup.cloud.endpoints().get(0).zones())
          .extracting(EndpointZone::subnetId)
          .as("the first by id of each zone that both have")
          .containsExactlyInAnyOrder(Optional.of(first.get(0)), Optional.of(second.get(0)));
      assertThat(setup.links.get(link).zoneIds()).containsExactly(zones[0], zones[1]);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void create_usesTheCurrentNetwork_notAFormerOne(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      ClusterNetwork current = setup.cloud.addNetwork();
      setup.directory.put(Setup.CLUSTER, List.of(current, setup.network));

      setup.create();

      assertThat(setup.cloud.endpoints())
          .singleElement()
          .extracting(Endpoint::vpcId)
          .isEqualTo(current.vpcId());
    }
  }

  @Test
  void principalOfTheNetwork_isToldFirst_andIsEnoughForTheOwner() {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      String role = "arn:aws:iam::" + setup.cloud.accountId() + ":role/tenant-7";
      ClusterNetwork network =
          ClusterNetwork.builder()
              .cloud(CloudProvider.AWS)
              .region(setup.network.region())
              .vpcId(setup.network.vpcId())
              .subnetIds(setup.network.subnetIds())
              .principal(role)
              .build();
      setup.directory.put(Setup.CLUSTER, List.of(network));
      OwnedService service = setup.cloud.publish(setup.zoneIds());

      assertThat(setup.links.zones(Setup.CLUSTER).principals())
          .containsExactly(role, "arn:aws:iam::" + setup.cloud.accountId() + ":root");
      assertThat(setup.links.check(Setup.CLUSTER, service.type()).errors())
          .singleElement()
          .satisfies(finding -> assertThat(finding.message()).contains(role));

      service.allow(role);
      PrivateLinkConnection link = setup.links.create(setup.request().type(service.type()).build());
      assertThat(link.state()).isIn(ConnectionState.CREATING, ConnectionState.PENDING_ACCEPTANCE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void fullSubnet_isFoundByTheCloudToo_andTheNextTryReadsTheNetworkAnew(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.links.zones(Setup.CLUSTER);
      String subnet = setup.network.subnetIds().get(0);
      setup.cloud.setFreeAddresses(subnet, 0);

      assertThatThrownBy(setup::create)
          .isInstanceOf(PrivateLinkException.class)
          .hasMessageContaining("Correct the VPC, subnets or security groups");
      assertThat(setup.cloud.endpoints()).isEmpty();
      ServiceNotUsableException refusal =
          Refusal.of(setup, ServiceNotUsableException.class, setup::create);
      assertThat(refusal.check().errors())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.code()).isEqualTo(FindingCode.NO_FREE_ADDRESS);
                assertThat(finding.message()).contains(subnet);
              });
    }
  }
}
