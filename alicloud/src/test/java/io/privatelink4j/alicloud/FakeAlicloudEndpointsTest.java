package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.BareAlicloud.ZONES;
import static io.privatelink4j.alicloud.BareAlicloud.text;
import static io.privatelink4j.alicloud.BareAlicloud.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of an endpoint: its states, its zones, what it refuses meanwhile, and lists of it. */
class FakeAlicloudEndpointsTest {
  private static final String EP = "EndpointId";
  private BareAlicloud alicloud = new BareAlicloud();

  @AfterEach
  void close() {
    alicloud.close();
  }

  private void assume(Assumption... position) {
    alicloud.close();
    alicloud = new BareAlicloud(position);
  }

  private void advance(long seconds) {
    alicloud.fake.advance(Duration.ofSeconds(seconds));
  }

  private String refused(String action, String... pairs) {
    return alicloud.refused("privatelink", action, pairs);
  }

  private JsonObject call(String action, String... pairs) {
    return alicloud.call("privatelink", action, pairs);
  }

  // States

  @Test
  void endpoint_isBuilt_thenWaitsForItsOwner() {
    String id = alicloud.create(alicloud.service(), 2);

    assertThat(alicloud.status(id)).isEqualTo("Creating/Disconnected");
    assertThat(alicloud.zoneStatus(id)).containsExactly("Creating", "Creating");

    advance(6);
    assertThat(alicloud.status(id)).isEqualTo("Active/Disconnected");
    assertThat(alicloud.zoneStatus(id)).containsExactly("Wait", "Wait");
  }

  @Test
  void accept_connectsEndpointAndZones() {
    String id = alicloud.create(alicloud.service(), 2);
    alicloud.settle();

    alicloud.fake.accept(id);

    assertThat(alicloud.status(id)).isEqualTo("Active/Connecting");
    assertThat(alicloud.zoneStatus(id)).containsExactly("Connecting", "Connecting");
    advance(3);
    assertThat(alicloud.status(id)).isEqualTo("Active/Connected");
    assertThat(alicloud.zoneStatus(id)).containsExactly("Connected", "Connected");
  }

  @Test
  void accept_beforeItIsBuilt_takesEffectThen() {
    String id = alicloud.create(alicloud.service(), 1);

    alicloud.fake.accept(id);

    assertThat(alicloud.status(id)).isEqualTo("Creating/Disconnected");
    advance(6);
    assertThat(alicloud.status(id)).isEqualTo("Active/Connecting");
    advance(3);
    assertThat(alicloud.status(id)).isEqualTo("Active/Connected");
  }

  @Test
  void service_thatAcceptsByItself_connects() {
    String id = alicloud.create(alicloud.service(false), 1);

    alicloud.settle();

    assertThat(alicloud.status(id)).isEqualTo("Active/Connected");
  }

  @Test
  void rejected_looksLikeWaiting_butForItsZones() {
    String id = alicloud.create(alicloud.service(), 2);
    alicloud.settle();
    String waiting = alicloud.status(id);

    alicloud.fake.reject(id);

    assertThat(alicloud.status(id)).isEqualTo(waiting);
    assertThat(alicloud.zoneStatus(id)).containsExactly("Disconnected", "Disconnected");
  }

  @Test
  void rejected_canBeAcceptedAgain() {
    String id = alicloud.create(alicloud.service(), 1);
    alicloud.settle();
    alicloud.fake.reject(id);

    alicloud.fake.accept(id);
    alicloud.settle();

    assertThat(alicloud.status(id)).isEqualTo("Active/Connected");
  }

  @Test
  void reject_ofAConnectedEndpoint_cutsIt() {
    String id = alicloud.connected(1);

    alicloud.fake.reject(id);

    assertThat(alicloud.status(id)).isEqualTo("Active/Disconnecting");
    assertThat(alicloud.zoneStatus(id)).containsExactly("Disconnecting");
    advance(3);
    assertThat(alicloud.status(id)).isEqualTo("Active/Disconnected");
    assertThat(alicloud.zoneStatus(id)).containsExactly("Disconnected");
  }

  @Test
  void owner_cannotAcceptTwice() {
    String id = alicloud.connected(1);

    assertThatThrownBy(() -> alicloud.fake.accept(id)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void serviceDeleted_isFinal() {
    String service = alicloud.service();
    String id = alicloud.create(service, 2);
    alicloud.settle();

    alicloud.fake.deleteService(service);

    assertThat(alicloud.status(id)).isEqualTo("Active/ServiceDeleted");
    assertThat(alicloud.zoneStatus(id)).containsExactly("Disconnected", "Disconnected");
    assertThatThrownBy(() -> alicloud.fake.accept(id)).isInstanceOf(IllegalStateException.class);
    assertThat(refused("CreateVpcEndpoint", alicloud.spec(service, 1)))
        .isEqualTo("EndpointServiceDeleted");
  }

  @Test
  void serviceDeleted_whereZonesKeepTheirStatus() {
    assume(Assumption.SERVICE_DELETED_ZONES_UNCHANGED);
    String service = alicloud.service();
    String id = alicloud.create(service, 1);
    alicloud.settle();

    alicloud.fake.deleteService(service);

    assertThat(alicloud.zoneStatus(id)).containsExactly("Wait");
  }

  @Test
  void freshConnection_canBePending() {
    assume(Assumption.FRESH_CONNECTION_PENDING);
    String id = alicloud.create(alicloud.service(), 1);

    assertThat(alicloud.status(id)).isEqualTo("Creating/Pending");
    alicloud.settle();
    assertThat(alicloud.status(id)).isEqualTo("Active/Disconnected");
  }

  @Test
  void connecting_canBePending() {
    assume(Assumption.CONNECTING_IS_PENDING);
    String id = alicloud.create(alicloud.service(), 1);
    alicloud.settle();

    alicloud.fake.accept(id);

    assertThat(alicloud.status(id)).isEqualTo("Pending/Connecting");
    advance(3);
    assertThat(alicloud.status(id)).isEqualTo("Active/Connected");
  }

  @Test
  void freshEndpoint_canBeHidden() {
    assume(Assumption.FRESH_ENDPOINT_MISSING_3S);
    String id = alicloud.create(alicloud.service(), 1);

    assertThat(refused("GetVpcEndpointAttribute", EP, id)).isEqualTo("EndpointNotFound");
    assertThat(refused("ListVpcEndpointZones", EP, id)).isEqualTo("EndpointNotFound");
    assertThat(
            refused(
                "TagResources",
                "ResourceType",
                "vpcendpoint",
                "ResourceId.1",
                id,
                "Tag.1.Key",
                "k",
                "Tag.1.Value",
                "v"))
        .isEqualTo("InvalidResourceId.NotFound");
    assertThat(ids(EP, id)).isEmpty();
    assertThat(ids()).containsExactly(id);
    advance(3);
    assertThat(alicloud.status(id)).startsWith("Creating");
    assertThat(ids(EP, id)).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource({
    "ZONE_DOMAIN_AT_ENDPOINT, %1$s-ap-southeast-1a.%2$s.ap-southeast-1.privatelink.aliyuncs.com",
    "ZONE_DOMAIN_AT_REGION, %1$s-ap-southeast-1.%2$s.ap-southeast-1a.privatelink.aliyuncs.com"
  })
  void domains_areNamedAfterEndpointAndService(Assumption position, String zoneDomain) {
    assume(position);
    String service = alicloud.service();
    String epsrv = service.substring(service.lastIndexOf('.') + 1);
    String id = alicloud.create(service, 1);

    assertThat(service).isEqualTo("com.aliyuncs.privatelink.ap-southeast-1." + epsrv);
    assertThat(text(alicloud.endpoint(id), "EndpointDomain"))
        .isEqualTo(id + "." + epsrv + ".ap-southeast-1.privatelink.aliyuncs.com");
    assertThat(texts(call("ListVpcEndpointZones", EP, id), "Zones", "ZoneDomain"))
        .containsExactly(String.format(zoneDomain, id, epsrv));
  }

  @Test
  void zones_tellTheirInterfaceOnceTheyStand() {
    String id = alicloud.create(alicloud.service(), 1);
    assertThat(call("ListVpcEndpointZones", EP, id).toString()).doesNotContain("EniIp");

    alicloud.settle();

    JsonObject zone =
        call("ListVpcEndpointZones", EP, id).getAsJsonArray("Zones").get(0).getAsJsonObject();
    assertThat(text(zone, "EniIp")).startsWith("10.");
    assertThat(text(zone, "VSwitchId")).isEqualTo(alicloud.vSwitch(ZONES.get(0)));
  }

  // Changes

  @Test
  void removeZone_takesAWhile_andMakesTheEndpointPending() {
    String id = alicloud.connected(2);

    call("RemoveZoneFromVpcEndpoint", EP, id, "ZoneId", ZONES.get(0));

    assertThat(alicloud.status(id)).isEqualTo("Pending/Connected");
    assertThat(alicloud.zoneStatus(id)).containsExactly("Deleting", "Connected");
    advance(4);
    assertThat(alicloud.status(id)).isEqualTo("Active/Connected");
    assertThat(texts(call("ListVpcEndpointZones", EP, id), "Zones", "ZoneId"))
        .containsExactly(ZONES.get(1));
  }

  @Test
  void removeZone_whileAnotherIsRemoved_isRefused() {
    String id = alicloud.connected(2);
    call("RemoveZoneFromVpcEndpoint", EP, id, "ZoneId", ZONES.get(0));

    assertThat(refused("RemoveZoneFromVpcEndpoint", EP, id, "ZoneId", ZONES.get(1)))
        .isEqualTo("ConcurrentCallNotSupported");
    advance(4);
    call("RemoveZoneFromVpcEndpoint", EP, id, "ZoneId", ZONES.get(1));
  }

  @Test
  void removeZone_thatIsNotThere_isRefused() {
    String id = alicloud.connected(1);

    assertThat(refused("RemoveZoneFromVpcEndpoint", EP, id, "ZoneId", ZONES.get(2)))
        .isEqualTo("EndpointZoneNotFound");
  }

  @Test
  void change_isRefusedByTheReasonWhyItCannotBe() {
    String service = alicloud.service();
    String id = alicloud.create(service, 2);
    String[] change = {EP, id, "ZoneId", ZONES.get(0)};

    assertThat(refused("RemoveZoneFromVpcEndpoint", change)).isEqualTo("EndpointOperationDenied");
    alicloud.settle();
    alicloud.fake.accept(id);
    assertThat(refused("RemoveZoneFromVpcEndpoint", change))
        .isEqualTo("EndpointConnectionOperationDenied");
    alicloud.settle();
    alicloud.fake.modify(id);
    assertThat(alicloud.status(id)).isEqualTo("Pending/Connected");
    assertThat(refused("RemoveZoneFromVpcEndpoint", change)).isEqualTo("EndpointLocked");
    assertThat(refused("DeleteVpcEndpoint", EP, id)).isEqualTo("EndpointOperationDenied");
    alicloud.settle();
    call("RemoveZoneFromVpcEndpoint", change);
  }

  @Test
  void financialLock_stopsEveryChange() {
    String id = alicloud.connected(1);

    alicloud.fake.lock(id, true);

    assertThat(text(alicloud.endpoint(id), "EndpointBusinessStatus")).isEqualTo("FinancialLocked");
    assertThat(alicloud.status(id)).isEqualTo("Active/Connected");
    assertThat(refused("RemoveZoneFromVpcEndpoint", EP, id, "ZoneId", ZONES.get(0)))
        .isEqualTo("EndpointLocked");
    assertThat(refused("DeleteVpcEndpoint", EP, id)).isEqualTo("EndpointLocked");
    alicloud.fake.lock(id, false);
    assertThat(text(alicloud.endpoint(id), "EndpointBusinessStatus")).isEqualTo("Normal");
    call("RemoveZoneFromVpcEndpoint", EP, id, "ZoneId", ZONES.get(0));
  }

  @Test
  void addZone_connectsWhereTheEndpointIs() {
    String id = alicloud.connected(1);
    String[] zone = {EP, id, "ZoneId", ZONES.get(1), "VSwitchId", alicloud.vSwitch(ZONES.get(1))};

    call("AddZoneToVpcEndpoint", zone);

    assertThat(alicloud.zoneStatus(id)).containsExactly("Connected", "Creating");
    assertThat(alicloud.status(id)).startsWith("Pending/");
    alicloud.settle();
    assertThat(alicloud.zoneStatus(id)).containsExactly("Connected", "Connected");
    assertThat(refused("AddZoneToVpcEndpoint", zone)).isEqualTo("EndpointZoneDuplicated");
  }

  @Test
  void securityGroups_canBeChanged_butNotAllTakenAway() {
    String id = alicloud.connected(1);
    String first = alicloud.network.securityGroupIds().get(0);
    String second = alicloud.fake.addSecurityGroup(alicloud.network.vpcId(), "normal");

    call("AttachSecurityGroupToVpcEndpoint", EP, id, "SecurityGroupId", second);
    assertThat(alicloud.status(id)).startsWith("Pending/");
    alicloud.settle();
    call("DetachSecurityGroupFromVpcEndpoint", EP, id, "SecurityGroupId", first);
    alicloud.settle();

    assertThat(
            texts(
                call("ListVpcEndpointSecurityGroups", EP, id), "SecurityGroups", "SecurityGroupId"))
        .containsExactly(second);
    assertThat(refused("DetachSecurityGroupFromVpcEndpoint", EP, id, "SecurityGroupId", second))
        .isEqualTo("EndpointMustContainSecurityGroup");
  }

  @Test
  void update_renames() {
    String id = alicloud.connected(1);

    call("UpdateVpcEndpointAttribute", EP, id, "EndpointName", "billing-kafka");

    assertThat(text(alicloud.endpoint(id), "EndpointName")).isEqualTo("billing-kafka");
    assertThat(refused("UpdateVpcEndpointAttribute", EP, id, "EndpointName", "1st"))
        .isEqualTo("IllegalParamFormat.EndpointName");
  }

  // Deletion

  private String withoutZones() {
    String id = alicloud.connected(1);
    call("RemoveZoneFromVpcEndpoint", EP, id, "ZoneId", ZONES.get(0));
    alicloud.settle();
    return id;
  }

  @Test
  void delete_ofAnEndpointWithZones_isRefused() {
    String id = alicloud.connected(1);

    assertThat(refused("DeleteVpcEndpoint", EP, id)).isEqualTo("EndpointDependenceViolation");
  }

  @Test
  void delete_whileItIsConnecting_isRefused() {
    String id = alicloud.create(alicloud.service(false), 0);
    advance(6);

    assertThat(alicloud.status(id)).isEqualTo("Active/Connecting");
    assertThat(refused("DeleteVpcEndpoint", EP, id)).isEqualTo("EndpointOperationDenied");
    advance(3);
    call("DeleteVpcEndpoint", EP, id);
  }

  @Test
  void delete_takesAWhile() {
    String id = withoutZones();

    call("DeleteVpcEndpoint", EP, id);

    assertThat(alicloud.status(id)).isEqualTo("Deleting/Deleting");
    assertThat(refused("DeleteVpcEndpoint", EP, id)).isEqualTo("EndpointOperationDenied");
    assertThat(alicloud.fake.endpointCount()).isZero();
    advance(5);
    assertThat(refused("GetVpcEndpointAttribute", EP, id)).isEqualTo("EndpointNotFound");
    assertThat(refused("DeleteVpcEndpoint", EP, id)).isEqualTo("EndpointNotFound");
    assertThat(ids()).isEmpty();
  }

  @Test
  void delete_canBeSeenLate() {
    assume(Assumption.DELETION_SEEN_AFTER_3S);
    String id = withoutZones();

    call("DeleteVpcEndpoint", EP, id);

    assertThat(alicloud.status(id)).isEqualTo("Active/Connected");
    assertThat(refused("DeleteVpcEndpoint", EP, id)).isEqualTo("EndpointOperationDenied");
    advance(3);
    assertThat(alicloud.status(id)).isEqualTo("Deleting/Deleting");
    advance(2);
    assertThat(refused("GetVpcEndpointAttribute", EP, id)).isEqualTo("EndpointNotFound");
  }

  @Test
  void delete_inTheConsole_takesTheZonesAlong() {
    String id = alicloud.connected(2);

    alicloud.fake.deleteEndpoint(id);

    assertThat(alicloud.status(id)).isEqualTo("Deleting/Deleting");
    assertThat(alicloud.zoneStatus(id)).containsExactly("Deleting", "Deleting");
    alicloud.settle();
    assertThat(refused("ListVpcEndpointZones", EP, id)).isEqualTo("EndpointNotFound");
  }

  @Test
  void dryRun_changesNothing_andFails() {
    String id = withoutZones();

    assertThat(refused("DeleteVpcEndpoint", EP, id, "DryRun", "true")).isEqualTo("DryRunOperation");
    assertThat(alicloud.status(id)).startsWith("Active/");
  }

  @Test
  void clientToken_doesOnceWhatItCameWith() {
    String id = withoutZones();
    String[] delete = {EP, id, "ClientToken", "t-1"};

    call("DeleteVpcEndpoint", delete);
    call("DeleteVpcEndpoint", delete);
    alicloud.settle();
    call("DeleteVpcEndpoint", delete);

    assertThat(refused("DeleteVpcEndpoint", EP, id, "ClientToken", "t-2"))
        .isEqualTo("EndpointNotFound");
  }

  @Test
  void clientToken_ofWhatWasRefused_isNotRemembered() {
    String id = alicloud.connected(1);
    String[] delete = {EP, id, "ClientToken", "t-1"};
    assertThat(refused("DeleteVpcEndpoint", delete)).isEqualTo("EndpointDependenceViolation");
    call("RemoveZoneFromVpcEndpoint", EP, id, "ZoneId", ZONES.get(0), "ClientToken", "t-1");
    alicloud.settle();

    call("DeleteVpcEndpoint", delete);

    assertThat(alicloud.status(id)).startsWith("Deleting/");
  }

  // Lists

  private List<String> ids(String... pairs) {
    return texts(call("ListVpcEndpoints", pairs), "Endpoints", EP);
  }

  @Test
  void list_filtersByAllThatIsGiven() {
    String service = alicloud.service(false);
    String first = alicloud.create(service, 1, "Tag.1.Key", "k", "Tag.1.Value", "v");
    alicloud.settle();
    String second = alicloud.create(alicloud.service(), 1);

    assertThat(ids()).containsExactlyInAnyOrder(first, second);
    assertThat(ids("ServiceName", service)).containsExactly(first);
    assertThat(ids("Tag.1.Key", "k", "Tag.1.Value", "v")).containsExactly(first);
    assertThat(ids("Tag.1.Key", "k")).containsExactly(first);
    assertThat(ids("Tag.1.Key", "k", "Tag.1.Value", "w")).isEmpty();
    assertThat(ids("Tag.1.Key", "k", "Tag.1.Value", "v", "EndpointId", second)).isEmpty();
    assertThat(ids("EndpointStatus", "Creating")).containsExactly(second);
    assertThat(ids("ConnectionStatus", "Connected")).containsExactly(first);
    assertThat(ids("EndpointName", "orders")).isEmpty();
    assertThat(ids("VpcId", alicloud.network.vpcId(), "EndpointName", "orders-kafka")).hasSize(2);
    assertThat(ids("RegionId", "cn-hangzhou")).isEmpty();
  }

  @Test
  void list_tellsTagsAndStates_asReadDoes() {
    String id = alicloud.create(alicloud.service(), 1, "Tag.1.Key", "k", "Tag.1.Value", "v");

    JsonObject answer = call("ListVpcEndpoints", EP, id);
    JsonObject listed = answer.getAsJsonArray("Endpoints").get(0).getAsJsonObject();

    assertThat(answer.get("TotalCount").getAsJsonPrimitive().isNumber()).isTrue();
    assertThat(listed.getAsJsonArray("Tags").toString())
        .isEqualTo("[{\"Key\":\"k\",\"Value\":\"v\"}]");
    assertThat(text(listed, "EndpointStatus")).isEqualTo("Creating");
    assertThat(alicloud.endpoint(id).has("Tags")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"FILTER_LAG_2S, 2", "FILTER_LAG_10S, 10"})
  void list_canLag(Assumption position, long lag) {
    assume(position);
    String id = alicloud.create(alicloud.service(), 1, "Tag.1.Key", "k", "Tag.1.Value", "v");
    advance(lag - 1);

    assertThat(ids()).isEmpty();
    assertThat(ids("Tag.1.Key", "k")).isEmpty();
    assertThat(ids(EP, id)).containsExactly(id);
    alicloud.fake.lagLookups(true);
    assertThat(ids(EP, id)).isEmpty();
    advance(1);
    assertThat(ids()).containsExactly(id);
    assertThat(ids(EP, id)).containsExactly(id);
  }

  @Test
  void list_thatLags_tellsFormerStates() {
    assume(Assumption.FILTER_LAG_10S);
    alicloud.create(alicloud.service(), 1);
    advance(10);

    assertThat(texts(call("ListVpcEndpoints"), "Endpoints", "EndpointStatus"))
        .containsExactly("Creating");
    advance(6);
    assertThat(texts(call("ListVpcEndpoints"), "Endpoints", "EndpointStatus"))
        .containsExactly("Active");
  }

  @Test
  void list_comesInPages_whoseTokenIsBoundToItsQuestion() {
    String service = alicloud.service();
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(alicloud.create(service, 1));
    }

    List<String> listed = new ArrayList<>();
    JsonObject page = call("ListVpcEndpoints", "MaxResults", "2");
    listed.addAll(texts(page, "Endpoints", EP));
    String token = text(page, "NextToken");
    page = call("ListVpcEndpoints", "MaxResults", "2", "NextToken", token);
    listed.addAll(texts(page, "Endpoints", EP));
    page = call("ListVpcEndpoints", "MaxResults", "2", "NextToken", text(page, "NextToken"));
    listed.addAll(texts(page, "Endpoints", EP));

    assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
    assertThat(page.get("TotalCount").getAsInt()).isEqualTo(5);
    assertThat(refused("ListVpcEndpoints", "ServiceName", service, "NextToken", token))
        .isEqualTo("IllegalParamFormat.NextToken");
    assertThat(texts(call("ListVpcEndpoints", "NextToken", ""), "Endpoints", EP)).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(FakePages.End.class)
  void list_endsInOneWay(FakePages.End end) {
    alicloud.fake.endPages(end);

    JsonObject answer = call("ListVpcEndpoints");

    assertThat(answer.has("NextToken")).isEqualTo(end != FakePages.End.ABSENT);
    assertThat(answer.has("NextToken") && answer.get("NextToken").isJsonNull())
        .isEqualTo(end == FakePages.End.NULL);
  }

  @Test
  void list_endsInAllWaysInTurn() {
    Function<JsonObject, String> end =
        answer -> answer.has("NextToken") ? answer.get("NextToken").toString() : "absent";

    assertThat(
            List.of(
                end.apply(call("ListVpcEndpoints")),
                end.apply(call("ListVpcEndpoints")),
                end.apply(call("ListVpcEndpoints"))))
        .containsExactly("\"\"", "absent", "null");
  }

  @ParameterizedTest
  @CsvSource({
    "ListVpcEndpoints, 0",
    "ListVpcEndpoints, 1001",
    "ListVpcEndpointServicesByEndUser, 1001",
    "ListVpcEndpointZones, 1001",
    "ListVpcEndpointSecurityGroups, 51"
  })
  void maxResults_hasARange(String action, String most) {
    String id = alicloud.create(alicloud.service(), 1);
    String[] pairs =
        action.endsWith("Zones") || action.endsWith("Groups")
            ? new String[] {"MaxResults", most, EP, id}
            : new String[] {"MaxResults", most};

    assertThat(refused(action, pairs)).isEqualTo("IllegalParamFormat.MaxResults");
  }

  @Test
  void limitPages_cutsShorterThanAsked() {
    alicloud.fake.limitPages(1);
    String id = alicloud.create(alicloud.service(), 3);

    JsonObject page = call("ListVpcEndpointZones", EP, id, "MaxResults", "50");

    assertThat(texts(page, "Zones", "ZoneId")).containsExactly(ZONES.get(0));
    assertThat(text(page, "NextToken")).isNotEmpty();
  }

  // Services

  private JsonObject services(String... pairs) {
    return call("ListVpcEndpointServicesByEndUser", pairs);
  }

  @Test
  void services_areThoseWhoseWhitelistHasTheAccount() {
    String allowed = alicloud.service();
    String other = alicloud.fake.publish(ZONES, true);

    assertThat(texts(services(), "Services", "ServiceName")).containsExactly(allowed);
    assertThat(texts(services("ServiceName", other), "Services", "ServiceName")).isEmpty();
    assertThat(texts(services("ServiceName", "nothing"), "Services", "ServiceName")).isEmpty();
    alicloud.fake.disallow(allowed);
    assertThat(texts(services(), "Services", "ServiceName")).isEmpty();
  }

  @Test
  void services_tellTheirZones_andTheirNumberAsText() {
    String service = alicloud.fake.publish(ZONES.subList(0, 2), true);
    alicloud.fake.allow(service);

    JsonObject answer = services("ServiceName", service);
    JsonObject described = answer.getAsJsonArray("Services").get(0).getAsJsonObject();

    assertThat(described.getAsJsonArray("Zones").toString())
        .isEqualTo("[\"ap-southeast-1a\",\"ap-southeast-1b\"]");
    assertThat(answer.get("TotalCount").getAsJsonPrimitive().isString()).isTrue();
    assertThat(text(answer, "TotalCount")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void services_tellWhetherTheyAcceptByThemselves(boolean acceptance) {
    String service = alicloud.service(acceptance);

    JsonObject described =
        services("ServiceName", service).getAsJsonArray("Services").get(0).getAsJsonObject();

    assertThat(described.get("AutoAcceptEnabled").getAsBoolean()).isNotEqualTo(acceptance);
  }

  @Test
  void services_maybeDoNotTellWhetherTheyAcceptByThemselves() {
    assume(Assumption.ACCEPTANCE_NOT_TOLD);

    assertThat(services("ServiceName", alicloud.service()).toString())
        .contains("ServiceId")
        .doesNotContain("AutoAcceptEnabled");
  }

  @Test
  void product_thatIsNotOpen_isTold() {
    alicloud.fake.openProduct(false);

    assertThat(refused("ListVpcEndpointServicesByEndUser")).isEqualTo("NeedOpenProduct");
    assertThat(refused("CreateVpcEndpoint", alicloud.spec(alicloud.service(), 1)))
        .isEqualTo("NeedOpenProduct");
    assertThat(call("CheckProductOpen").get("Success").getAsBoolean()).isFalse();
    call("OpenPrivateLinkService");
    services();
  }
}
