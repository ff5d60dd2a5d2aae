package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.privatelink4j.internal.StateMachine.Reason;
import io.privatelink4j.internal.StateMachine.Verdict;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.ResourceState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StateMachineTest {
  private static final LinkState[] NOT_READ = {};

  private static Endpoint endpoint(
      ResourceState resource, LinkState link, List<LinkState> zones, boolean locked) {
    return Fixtures.endpointBuilder("vpce-1")
        .resource(resource)
        .link(link)
        .rawStatus("raw")
        .billingLocked(locked)
        .zones(
            zones.stream()
                .map(
                    z ->
                        new EndpointZone(
                            Optional.of("subnet"), Optional.empty(), z, Optional.empty()))
                .toList())
        .build();
  }

  private static Verdict judge(ResourceState resource, LinkState link, LinkState... zones) {
    return StateMachine.judge(
        endpoint(resource, link, Arrays.asList(zones), false), false, false, false);
  }

  private static Arguments row(
      String moment,
      ResourceState resource,
      LinkState link,
      LinkState[] zones,
      boolean wasUp,
      ConnectionState state,
      ReasonCode code,
      Actor actor) {
    return arguments(moment, resource, link, zones, wasUp, state, code, actor);
  }

  private static LinkState[] zones(LinkState... zones) {
    return zones;
  }

  /** AWS has one state: facts/aws.md 1.2. A null code means that there is nothing to tell. */
  static Stream<Arguments> aws() {
    return Stream.of(
        row(
            "pendingAcceptance",
            ResourceState.CREATING,
            LinkState.AWAITING_OWNER,
            NOT_READ,
            false,
            ConnectionState.PENDING_ACCEPTANCE,
            ReasonCode.AWAITING_OWNER,
            Actor.SERVICE_OWNER),
        row(
            "pending, built for the first time",
            ResourceState.CREATING,
            LinkState.CONNECTING,
            NOT_READ,
            false,
            ConnectionState.CREATING,
            null,
            null),
        row(
            "pending again after a change",
            ResourceState.CREATING,
            LinkState.CONNECTING,
            NOT_READ,
            true,
            ConnectionState.ACTIVE,
            ReasonCode.MODIFYING,
            Actor.NOBODY),
        row(
            "available",
            ResourceState.READY,
            LinkState.CONNECTED,
            NOT_READ,
            false,
            ConnectionState.ACTIVE,
            null,
            null),
        row(
            "available, up before",
            ResourceState.READY,
            LinkState.CONNECTED,
            NOT_READ,
            true,
            ConnectionState.ACTIVE,
            null,
            null),
        row(
            "partial, never up: transitional, not ready",
            ResourceState.PARTIAL,
            LinkState.CONNECTED,
            NOT_READ,
            false,
            ConnectionState.CREATING,
            ReasonCode.PARTIAL,
            Actor.NOBODY),
        row(
            "partial, up before",
            ResourceState.PARTIAL,
            LinkState.CONNECTED,
            NOT_READ,
            true,
            ConnectionState.ACTIVE,
            ReasonCode.PARTIAL,
            Actor.CLOUD),
        row(
            "rejected",
            ResourceState.READY,
            LinkState.REJECTED,
            NOT_READ,
            false,
            ConnectionState.FAILED,
            ReasonCode.REJECTED,
            Actor.SERVICE_OWNER),
        row(
            "rejected after available",
            ResourceState.READY,
            LinkState.REJECTED,
            NOT_READ,
            true,
            ConnectionState.FAILED,
            ReasonCode.REJECTED,
            Actor.SERVICE_OWNER),
        row(
            "expired",
            ResourceState.READY,
            LinkState.EXPIRED,
            NOT_READ,
            false,
            ConnectionState.FAILED,
            ReasonCode.EXPIRED,
            Actor.CALLER),
        row(
            "failed",
            ResourceState.FAILED,
            LinkState.UNKNOWN,
            NOT_READ,
            false,
            ConnectionState.FAILED,
            ReasonCode.CLOUD_ERROR,
            Actor.CALLER),
        row(
            "failed, up before",
            ResourceState.FAILED,
            LinkState.UNKNOWN,
            NOT_READ,
            true,
            ConnectionState.FAILED,
            ReasonCode.CLOUD_ERROR,
            Actor.CALLER),
        row(
            "deleting by somebody else",
            ResourceState.DELETING,
            LinkState.UNKNOWN,
            NOT_READ,
            true,
            ConnectionState.DELETING,
            ReasonCode.ENDPOINT_GONE,
            Actor.CALLER),
        row(
            "deleted by somebody else",
            ResourceState.DELETED,
            LinkState.UNKNOWN,
            NOT_READ,
            true,
            ConnectionState.DELETING,
            ReasonCode.ENDPOINT_GONE,
            Actor.CALLER),
        row(
            "a status of next year",
            ResourceState.UNKNOWN,
            LinkState.UNKNOWN,
            NOT_READ,
            false,
            ConnectionState.CREATING,
            ReasonCode.UNKNOWN,
            Actor.NOBODY));
  }

  /** Alibaba Cloud has states of endpoint, connection and zones: facts/alicloud.md 2.2. */
  static Stream<Arguments> alicloud() {
    return Stream.of(
        row(
            "just created",
            ResourceState.CREATING,
            LinkState.DISCONNECTED,
            zones(LinkState.UNKNOWN),
            false,
            ConnectionState.CREATING,
            null,
            null),
        row(
            "just created, zones not read",
            ResourceState.CREATING,
            LinkState.DISCONNECTED,
            NOT_READ,
            false,
            ConnectionState.CREATING,
            null,
            null),
        row(
            "waits for the owner",
            ResourceState.READY,
            LinkState.DISCONNECTED,
            zones(LinkState.AWAITING_OWNER, LinkState.AWAITING_OWNER),
            false,
            ConnectionState.PENDING_ACCEPTANCE,
            ReasonCode.AWAITING_OWNER,
            Actor.SERVICE_OWNER),
        row(
            "waits for the owner in one zone",
            ResourceState.READY,
            LinkState.DISCONNECTED,
            zones(LinkState.DISCONNECTED, LinkState.AWAITING_OWNER),
            false,
            ConnectionState.PENDING_ACCEPTANCE,
            ReasonCode.AWAITING_OWNER,
            Actor.SERVICE_OWNER),
        row(
            "waits for the owner again after it was up",
            ResourceState.READY,
            LinkState.DISCONNECTED,
            zones(LinkState.AWAITING_OWNER),
            true,
            ConnectionState.PENDING_ACCEPTANCE,
            ReasonCode.AWAITING_OWNER,
            Actor.SERVICE_OWNER),
        row(
            "waits for the owner, or rejected: zones not read",
            ResourceState.READY,
            LinkState.DISCONNECTED,
            NOT_READ,
            false,
            ConnectionState.PENDING_ACCEPTANCE,
            ReasonCode.NOT_CONNECTED,
            Actor.SERVICE_OWNER),
        row(
            "accepted",
            ResourceState.READY,
            LinkState.CONNECTING,
            zones(LinkState.CONNECTING),
            false,
            ConnectionState.CREATING,
            null,
            null),
        row(
            "accepted, the zones first",
            ResourceState.READY,
            LinkState.DISCONNECTED,
            zones(LinkState.CONNECTING),
            false,
            ConnectionState.CREATING,
            null,
            null),
        row(
            "connected",
            ResourceState.READY,
            LinkState.CONNECTED,
            zones(LinkState.CONNECTED),
            false,
            ConnectionState.ACTIVE,
            null,
            null),
        row(
            "connected, zones not read",
            ResourceState.READY,
            LinkState.CONNECTED,
            NOT_READ,
            false,
            ConnectionState.ACTIVE,
            null,
            null),
        row(
            "rejected",
            ResourceState.READY,
            LinkState.DISCONNECTED,
            zones(LinkState.DISCONNECTED, LinkState.DISCONNECTED),
            false,
            ConnectionState.FAILED,
            ReasonCode.REJECTED,
            Actor.SERVICE_OWNER),
        row(
            "being cut",
            ResourceState.READY,
            LinkState.DISCONNECTING,
            zones(LinkState.DISCONNECTING),
            true,
            ConnectionState.FAILED,
            ReasonCode.DISCONNECTED,
            Actor.SERVICE_OWNER),
        row(
            "cut after it was up",
            ResourceState.READY,
            LinkState.DISCONNECTED,
            zones(LinkState.DISCONNECTED),
            true,
            ConnectionState.FAILED,
            ReasonCode.DISCONNECTED,
            Actor.SERVICE_OWNER),
        row(
            "connected, a change is applied",
            ResourceState.MODIFYING,
            LinkState.CONNECTED,
            zones(LinkState.CONNECTED),
            true,
            ConnectionState.ACTIVE,
            ReasonCode.MODIFYING,
            Actor.NOBODY),
        row(
            "the service was deleted",
            ResourceState.READY,
            LinkState.SERVICE_DELETED,
            zones(LinkState.DISCONNECTED),
            true,
            ConnectionState.FAILED,
            ReasonCode.SERVICE_DELETED,
            Actor.SERVICE_OWNER),
        row(
            "deleted by somebody else",
            ResourceState.DELETING,
            LinkState.DISCONNECTING,
            NOT_READ,
            true,
            ConnectionState.DELETING,
            ReasonCode.ENDPOINT_GONE,
            Actor.CALLER),
        row(
            "a connection status of next year",
            ResourceState.READY,
            LinkState.UNKNOWN,
            NOT_READ,
            false,
            ConnectionState.CREATING,
            ReasonCode.UNKNOWN,
            Actor.NOBODY),
        row(
            "an endpoint status of next year",
            ResourceState.UNKNOWN,
            LinkState.CONNECTED,
            NOT_READ,
            false,
            ConnectionState.CREATING,
            ReasonCode.UNKNOWN,
            Actor.NOBODY));
  }

  @ParameterizedTest(name = "{0}, was up: {4} = {5} {6}")
  @MethodSource({"aws", "alicloud"})
  void judge_byTheTable(
      String moment,
      ResourceState resource,
      LinkState link,
      LinkState[] zones,
      boolean wasUp,
      ConnectionState state,
      ReasonCode code,
      Actor actor) {
    Verdict verdict =
        StateMachine.judge(
            endpoint(resource, link, Arrays.asList(zones), false), false, wasUp, false);

    assertThat(verdict.state()).as(moment).isEqualTo(state);
    assertThat(verdict.reason().map(Reason::code)).isEqualTo(Optional.ofNullable(code));
    assertThat(verdict.reason().map(Reason::actor)).isEqualTo(Optional.ofNullable(actor));
  }

  // --- what goes before the table ---

  @ParameterizedTest
  @MethodSource({"aws", "alicloud"})
  void judge_ofADeletionThatWasAskedFor_isDeletingWithoutReason(
      String moment, ResourceState resource, LinkState link, LinkState[] zones, boolean wasUp) {
    assertThat(
            StateMachine.judge(
                endpoint(resource, link, Arrays.asList(zones), true), true, wasUp, true))
        .as(moment)
        .isEqualTo(new Verdict(ConnectionState.DELETING, Optional.empty()));
  }

  @Test
  void judge_ofALinkLockedForAnOverdueBill_isFailedForTheOperator() {
    Verdict verdict =
        StateMachine.judge(
            endpoint(ResourceState.READY, LinkState.CONNECTED, List.of(), true),
            false,
            true,
            false);

    assertThat(verdict.state()).isEqualTo(ConnectionState.FAILED);
    Reason reason = verdict.reason().orElseThrow();
    assertThat(reason.code()).isEqualTo(ReasonCode.BILLING_LOCKED);
    assertThat(reason.actor()).isEqualTo(Actor.OPERATOR);
    assertThat(reason.message()).contains("bill is overdue");
  }

  @Test
  void judge_ofALockedLinkThatSomebodyDeletes_isDeleting() {
    assertThat(
            StateMachine.judge(
                    endpoint(ResourceState.DELETING, LinkState.CONNECTED, List.of(), true),
                    false,
                    true,
                    false)
                .state())
        .isEqualTo(ConnectionState.DELETING);
  }

  @Test
  void judge_ofAnActiveLinkInAFormerNetwork_tellsThatTheNetworkChanged() {
    Verdict verdict =
        StateMachine.judge(
            endpoint(ResourceState.READY, LinkState.CONNECTED, List.of(), false),
            false,
            true,
            true);

    assertThat(verdict.state()).isEqualTo(ConnectionState.ACTIVE);
    Reason reason = verdict.reason().orElseThrow();
    assertThat(reason.code()).isEqualTo(ReasonCode.NETWORK_CHANGED);
    assertThat(reason.actor()).isEqualTo(Actor.CALLER);
    assertThat(reason.message()).contains("Create a new connection, then delete this one");
  }

  @Test
  void judge_ofAFailedLinkInAFormerNetwork_tellsWhyItFailed() {
    assertThat(
            StateMachine.judge(
                    endpoint(ResourceState.READY, LinkState.REJECTED, List.of(), false),
                    false,
                    false,
                    true)
                .reason()
                .map(Reason::code))
        .contains(ReasonCode.REJECTED);
  }

  // --- messages ---

  @Test
  void judge_ofACloudsFailure_repeatsWhatTheCloudSaysAndEscapesIt() {
    Endpoint endpoint =
        Fixtures.endpointBuilder("vpce-1")
            .resource(ResourceState.FAILED)
            .link(LinkState.UNKNOWN)
            .failure(Optional.of("no\ncapacity"))
            .build();

    assertThat(StateMachine.judge(endpoint, false, false, false).reason().orElseThrow().message())
        .isEqualTo(
            "The cloud could not make the endpoint work (no\\u000acapacity). Delete the connection and"
                + " create a new one with another request id.");
  }

  @Test
  void judge_ofZonesThatWereNotRead_namesBothPossibilities() {
    assertThat(judge(ResourceState.READY, LinkState.DISCONNECTED).reason().orElseThrow().message())
        .contains("has not accepted")
        .contains("rejected or cut")
        .contains("Get the connection");
  }

  @ParameterizedTest
  @CsvSource({
    "AWAITING_OWNER, has to accept",
    "REJECTED, rejected the connection",
    "EXPIRED, expired. Delete the connection",
    "SERVICE_DELETED, service was deleted",
    "DISCONNECTING, cut the connection"
  })
  void judge_ofALink_saysWhatHappenedAndWhatToDo(LinkState link, String says) {
    assertThat(judge(ResourceState.READY, link).reason().orElseThrow().message()).contains(says);
  }

  // --- over all combinations ---

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void judge_ofAnyCombination_isOneOfTheFiveAndExplained(
      @ForAll ResourceState resource,
      @ForAll LinkState link,
      @ForAll @Size(max = 3) List<LinkState> zones,
      @ForAll boolean locked,
      @ForAll boolean deleting,
      @ForAll boolean wasUp,
      @ForAll boolean former) {
    Endpoint endpoint = endpoint(resource, link, zones, locked);
    Verdict verdict = StateMachine.judge(endpoint, deleting, wasUp, former);

    assertThat(verdict.state()).isNotEqualTo(ConnectionState.UNKNOWN);
    if (verdict.state() == ConnectionState.FAILED
        || verdict.state() == ConnectionState.PENDING_ACCEPTANCE) {
      assertThat(verdict.reason()).isPresent();
    }
    verdict
        .reason()
        .ifPresent(
            reason -> {
              assertThat(reason.message()).isNotBlank().endsWith(".");
              assertThat(reason.actor()).isNotEqualTo(Actor.UNKNOWN);
            });
    assertThat(StateMachine.judge(endpoint, deleting, wasUp, former)).isEqualTo(verdict);
  }

  @Property
  void judge_ofAStatusThatNobodyKnows_neverFails(
      @ForAll @Size(max = 3) List<LinkState> zones, @ForAll boolean wasUp, @ForAll boolean former) {
    Verdict verdict =
        StateMachine.judge(
            endpoint(ResourceState.UNKNOWN, LinkState.UNKNOWN, zones, false), false, wasUp, former);

    assertThat(verdict.state()).isNotEqualTo(ConnectionState.FAILED);
    assertThat(verdict.reason().map(Reason::code)).contains(ReasonCode.UNKNOWN);
  }

  @Property
  void judge_ofALinkThatWasNeverUp_isActiveOnlyIfConnected(
      @ForAll ResourceState resource,
      @ForAll LinkState link,
      @ForAll @Size(max = 3) List<LinkState> zones) {
    Verdict verdict =
        StateMachine.judge(endpoint(resource, link, zones, false), false, false, false);

    Set<ResourceState> working = EnumSet.of(ResourceState.READY, ResourceState.MODIFYING);
    if (verdict.state() == ConnectionState.ACTIVE) {
      assertThat(link).isEqualTo(LinkState.CONNECTED);
      assertThat(working).contains(resource);
    }
  }
}
