package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.CannedCloud.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.ResourceState;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in the library's words. */
class AlicloudAnswersTest extends DriverTestBase {
  private static final String DOMAIN = "ep-1.epsrv-t4n1.ap-southeast-1.privatelink.aliyuncs.com";

  private Endpoint endpoint(String members) {
    cloud.next(ok("\"Endpoints\":[{\"EndpointId\":\"ep-1\"," + members + "}]"));
    return driver.endpoint(network, "ep-1").orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "Creating, Disconnected, CREATING, DISCONNECTED",
    "Creating, Pending, CREATING, UNKNOWN",
    "Active, Disconnected, READY, DISCONNECTED",
    "Active, Connecting, READY, CONNECTING",
    "Pending, Connecting, MODIFYING, CONNECTING",
    "Active, Connected, READY, CONNECTED",
    "ACTIVE, CONNECTED, READY, CONNECTED",
    "active, connected, READY, CONNECTED",
    "Active, Disconnecting, READY, DISCONNECTING",
    "Active, ServiceDeleted, READY, SERVICE_DELETED",
    "Deleting, Deleting, DELETING, DISCONNECTING",
    "Deleted, Disconnected, DELETED, DISCONNECTED",
    "Inactive, SomethingNew, UNKNOWN, UNKNOWN"
  })
  void states_areReadWhateverTheirCase_andKeptAsTheyCame(
      String status, String connection, ResourceState resource, LinkState link) {
    Endpoint endpoint =
        endpoint(
            "\"EndpointStatus\":\"%s\",\"ConnectionStatus\":\"%s\",\"EndpointBusinessStatus\":\"Normal\""
                .formatted(status, connection));

    assertThat(endpoint.resource()).isEqualTo(resource);
    assertThat(endpoint.link()).isEqualTo(link);
    assertThat(endpoint.rawStatus()).isEqualTo(status + "/" + connection);
    assertThat(endpoint.billingLocked()).isFalse();
  }

  @Test
  void overdueBill_locks_andIsSaid() {
    Endpoint endpoint =
        endpoint(
            "\"EndpointStatus\":\"Active\",\"ConnectionStatus\":\"Connected\",\"EndpointBusinessStatus\":\"FinancialLocked\"");

    assertThat(endpoint.billingLocked()).isTrue();
    assertThat(endpoint.rawStatus()).isEqualTo("Active/Connected/FinancialLocked");
  }

  @Test
  void endpoint_hasWhatTheTypedAnswerOfTheSdkLoses() {
    Endpoint endpoint =
        endpoint(
            "\"ServiceName\":\""
                + SERVICE
                + "\",\"VpcId\":\"vpc-1\",\"CreateTime\":\"2021-09-24T18:00:07Z\",\"Bandwidth\":\"1024\","
                + "\"EndpointDomain\":\""
                + DOMAIN
                + "\",\"Tags\":[{\"Key\":\"plc.v\",\"Value\":\"1\"},{\"Key\":\"k\"}]");

    assertThat(endpoint.labels()).isEqualTo(Map.of("plc.v", "1", "k", ""));
    assertThat(endpoint.dnsName()).hasValue(DOMAIN);
    assertThat(endpoint.createTime()).isEqualTo(Instant.parse("2021-09-24T18:00:07Z"));
    assertThat(endpoint.serviceName()).isEqualTo(SERVICE);
    assertThat(endpoint.vpcId()).isEqualTo("vpc-1");
  }

  @ParameterizedTest
  @CsvSource({
    "2021-09-24T18:00:07Z, 2021-09-24T18:00:07Z",
    "2018-01-23T03:15Z, 2018-01-23T03:15:00Z",
    "2021-09-24T18:00:07+08:00, 2021-09-24T10:00:07Z",
    "yesterday, 1970-01-01T00:00:00Z",
    "'', 1970-01-01T00:00:00Z"
  })
  void createTime_isReadInEveryForm(String text, Instant time) {
    assertThat(endpoint("\"CreateTime\":\"" + text + "\"").createTime()).isEqualTo(time);
  }

  @Test
  void endpoint_ofWhichTheCloudTellsNothing_isUnknownAndNoError() {
    Endpoint endpoint = endpoint("\"VpcId\":null");

    assertThat(endpoint.resource()).isEqualTo(ResourceState.UNKNOWN);
    assertThat(endpoint.link()).isEqualTo(LinkState.UNKNOWN);
    assertThat(endpoint.rawStatus()).isEqualTo("(none)/(none)");
    assertThat(endpoint.dnsName()).isEmpty();
    assertThat(endpoint.labels()).isEmpty();
  }

  @Test
  void endpoint_amongOthers_isTheOneAskedFor() {
    String others = "\"Endpoints\":[{\"EndpointId\":\"ep-10\"},{\"EndpointId\":\"ep-1\"}]";
    cloud.next(ok(others), ok("\"Endpoints\":[{\"EndpointId\":\"ep-10\"}]"));

    assertThat(driver.endpoint(network, "ep-1").orElseThrow().id()).isEqualTo("ep-1");
    assertThat(driver.endpoint(network, "ep-1")).isEmpty();
  }

  @Test
  void endpoint_thatIsRefusedAsUnknown_isEmpty() {
    cloud.next(
        CannedCloud.error(400, "EndpointNotFound", "The specified Endpoint does not exist."));

    assertThat(driver.endpoint(network, "ep-1")).isEmpty();
  }

  @Test
  void endpointsById_ofOneThatIsNotListed_isNotFound() {
    assertThat(failureOf(() -> driver.endpointsById(network, List.of("ep-1"))).kind())
        .isEqualTo(ErrorKind.NOT_FOUND);
  }

  @Test
  void createdEndpoint_hasTheLabelsThatItWasCreatedWith() {
    cloud.next(
        ok(
            "\"EndpointId\":\"ep-1\",\"EndpointStatus\":\"Creating\",\"ConnectionStatus\":\"Disconnected\","
                + "\"ServiceName\":\""
                + SERVICE
                + "\",\"EndpointDomain\":\""
                + DOMAIN
                + "\",\"CreateTime\":\"2022-01-02T19:11:12Z\",\"Bandwidth\":200"));

    Endpoint created = driver.createEndpoint(network, spec(Map.of("plc.v", "1")));

    assertThat(created.labels()).isEqualTo(Map.of("plc.v", "1"));
    assertThat(created.resource()).isEqualTo(ResourceState.CREATING);
    assertThat(created.dnsName()).hasValue(DOMAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"NextToken\":\"\"", "\"NextToken\":null", "\"NextToken\":\" \"", "\"a\":1"})
  void pages_endWithoutToken_howeverItIsMissing(String token) {
    cloud.next(ok("\"Endpoints\":[{\"EndpointId\":\"ep-1\"}]," + token));

    Page<Endpoint> page =
        driver.endpoints(network, EndpointFilter.label("k", "v"), Optional.empty());

    assertThat(page.items()).hasSize(1);
    assertThat(page.nextToken()).isEmpty();
  }

  @Test
  void pages_goOnWithTheToken() {
    cloud.next(ok("\"Endpoints\":[],\"NextToken\":\"caeba0bb\",\"TotalCount\":12"));

    assertThat(
            driver.endpoints(network, EndpointFilter.label("k", "v"), Optional.empty()).nextToken())
        .hasValue("caeba0bb");
  }

  @ParameterizedTest
  @CsvSource({
    "Creating, UNKNOWN",
    "Wait, AWAITING_OWNER",
    "WAIT, AWAITING_OWNER",
    "Connecting, CONNECTING",
    "Connected, CONNECTED",
    "Disconnecting, DISCONNECTING",
    "Disconnected, DISCONNECTED",
    "Deleting, DISCONNECTING",
    "Migrating, CONNECTING",
    "Migrated, CONNECTED",
    "SomethingNew, UNKNOWN"
  })
  void zones_tellWhatTheEndpointDoesNot(String status, LinkState link) {
    cloud.next(
        ok(
            "\"Zones\":[{\"ZoneId\":\"ap-southeast-1a\",\"VSwitchId\":\"vsw-1\",\"ZoneStatus\":\""
                + status
                + "\"}]"));

    assertThat(driver.endpointZones(network, "ep-1"))
        .containsExactly(
            new EndpointZone(
                Optional.of("vsw-1"), Optional.of("ap-southeast-1a"), link, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ep-1-ap-southeast-1a.epsrv-t4n1.ap-southeast-1.privatelink.aliyuncs.com",
        "ep-1-ap-southeast-1.epsrv-t4n1.ap-southeast-1a.privatelink.aliyuncs.com"
      })
  void zoneNames_areReadInEitherForm(String name) {
    cloud.next(ok("\"Zones\":[{\"ZoneId\":\"ap-southeast-1a\",\"ZoneDomain\":\"" + name + "\"}]"));

    assertThat(driver.endpointZones(network, "ep-1").get(0).dnsName()).hasValue(name);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"AutoAcceptEnabled\":true,', AUTOMATIC",
    "'\"AutoAcceptEnabled\":\"false\",', REQUIRED",
    "'', UNKNOWN"
  })
  void service_tellsZonesAndAcceptance_whereTheCloudDoes(String member, Acceptance acceptance) {
    cloud.next(
        ok(
            "\"TotalCount\":\"2\",\"Services\":[{\"ServiceName\":\"other\"},{"
                + member
                + "\"ServiceName\":\""
                + SERVICE
                + "\",\"Zones\":[\"ap-southeast-1a\",\"ap-southeast-1b\"]}]"));

    ServiceDescription service = driver.service(network, TYPE).orElseThrow();

    assertThat(service.serviceName()).isEqualTo(SERVICE);
    assertThat(service.zoneIds()).containsExactlyInAnyOrder("ap-southeast-1a", "ap-southeast-1b");
    assertThat(service.zoneNames()).isEqualTo(service.zoneIds());
    assertThat(service.acceptance()).isEqualTo(acceptance);
  }

  @Test
  void service_thatIsNotListed_isEmpty() {
    assertThat(driver.service(network, TYPE)).isEmpty();
  }

  @Test
  void subnets_areReadWhereverNumbersAreTexts() {
    cloud.next(
        ok(
            "\"TotalCount\":\"3\",\"PageSize\":\"2\",\"VSwitches\":{\"VSwitch\":["
                + "{\"VSwitchId\":\"vsw-1\",\"VpcId\":\"vpc-1\",\"ZoneId\":\"ap-southeast-1a\",\"OwnerId\":1968132000123456,\"AvailableIpAddressCount\":252},"
                + "{\"VSwitchId\":\"vsw-2\",\"VpcId\":\"vpc-1\",\"ZoneId\":\"ap-southeast-1b\",\"AvailableIpAddressCount\":\"0\"}]}"),
        ok(
            "\"TotalCount\":3,\"VSwitches\":{\"VSwitch\":[{\"VSwitchId\":\"vsw-3\",\"VpcId\":\"vpc-1\",\"ZoneId\":\"ap-southeast-1c\"}]}"));

    Page<Subnet> first = driver.subnets(network, Optional.empty());
    Page<Subnet> second = driver.subnets(network, first.nextToken());

    assertThat(first.items())
        .containsExactly(
            new Subnet(
                "vsw-1",
                "vpc-1",
                "ap-southeast-1a",
                "ap-southeast-1a",
                "1968132000123456",
                OptionalInt.of(252)),
            new Subnet(
                "vsw-2", "vpc-1", "ap-southeast-1b", "ap-southeast-1b", "", OptionalInt.of(0)));
    assertThat(cloud.last().parameter("PageNumber")).isEqualTo("2");
    assertThat(second.items()).extracting(Subnet::id).containsExactly("vsw-3");
    assertThat(second.nextToken()).isEmpty();
  }

  @Test
  void numberedPage_thatIsEmptyBeforeTheEnd_isNotTheEnd() {
    cloud.next(ok("\"TotalItems\":1000,\"Zones\":{\"Zone\":[]}"));

    assertThat(failureOf(() -> zones(ZoneQuery.Scope.IN_NETWORK, "a.example.com")).kind())
        .isEqualTo(ErrorKind.UNAVAILABLE);
  }

  /** What others removed meanwhile is not waited for. */
  @Test
  void numberedPage_thatIsEmptyAtTheEnd_isTheEnd() {
    cloud.next(ok("\"TotalItems\":100,\"Zones\":{\"Zone\":[]}"));

    Page<DnsZone> last =
        driver.zones(
            network,
            new ZoneQuery(ZoneQuery.Scope.IN_NETWORK, "a.example.com"),
            Optional.of("2/100"));

    assertThat(last.nextToken()).isEmpty();
  }

  /**
   * Else a page that the cloud cut short would be a service, an endpoint or a zone that is gone.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"TotalCount\":1,\"Services\":[],\"Endpoints\":[],\"Zones\":[]",
        "\"NextToken\":\"more\",\"Services\":[{}],\"Endpoints\":[{}],\"Zones\":[{\"ZoneId\":\"z\"}]",
        "\"NextToken\":\"more\",\"Services\":[],\"Endpoints\":[],\"Zones\":[]"
      })
  void absence_isNotBelievedOfAPart(String members) {
    cloud.next(ok(members), ok(members), ok(members));

    assertThat(failureOf(() -> driver.service(network, TYPE)).kind())
        .isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(failureOf(() -> driver.endpoint(network, "ep-1")).kind())
        .isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(failureOf(() -> driver.endpointZones(network, "ep-1")).kind())
        .isEqualTo(ErrorKind.UNAVAILABLE);
  }

  @Test
  void pageToken_ofSomethingElse_isInvalid() {
    assertThat(failureOf(() -> driver.subnets(network, Optional.of("x"))).kind())
        .isEqualTo(ErrorKind.INVALID);
    assertThat(cloud.seen()).isEmpty();
  }

  private Page<DnsZone> zones(ZoneQuery.Scope scope, String apex) {
    return driver.zones(network, new ZoneQuery(scope, apex), Optional.empty());
  }

  private static final String TWO_ZONES =
      "\"TotalItems\":2,\"Zones\":{\"Zone\":[{\"ZoneId\":\"z1\",\"ZoneName\":\"A.example.com\"},"
          + "{\"ZoneId\":\"z2\",\"ZoneName\":\"b.a.example.com.\"}]}";

  @Test
  void zonesOfAName_areThoseOfExactlyThatName() {
    cloud.next(ok(TWO_ZONES));

    assertThat(zones(ZoneQuery.Scope.NAMED, "a.example.com").items())
        .containsExactly(new DnsZone("z1", "a.example.com", Optional.empty(), java.util.Set.of()));
  }

  @Test
  void zonesOfANetwork_areAllOfThem() {
    cloud.next(ok(TWO_ZONES));

    assertThat(zones(ZoneQuery.Scope.IN_NETWORK, "a.example.com").items())
        .extracting(DnsZone::name)
        .containsExactly("a.example.com", "b.a.example.com");
  }

  @Test
  void zone_tellsItsBindings() {
    cloud.next(
        ok(
            "\"ZoneId\":\"z1\",\"ZoneName\":\"a.example.com\",\"BindVpcs\":{\"Vpc\":["
                + "{\"VpcId\":\"vpc-1\",\"RegionId\":\"ap-southeast-1\",\"VpcType\":\"STANDARD\",\"VpcUserId\":0}]}"));

    assertThat(driver.zone(network, "z1").orElseThrow().networks())
        .containsExactly(new DnsZone.BoundNetwork(REGION, "vpc-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zone.NotExists", "Zone.Invalid.Id", "Zone.Invalid.UserId"})
  void zone_thatIsGone_isEmpty(String code) {
    cloud.next(CannedCloud.error(400, code, "x"));

    assertThat(driver.zone(network, "z1")).isEmpty();
  }

  @Test
  void records_keepEveryDigitOfTheirId_andAnythingElseIsNotOurs() {
    cloud.next(
        ok(
            "\"TotalItems\":4,\"Records\":{\"Record\":["
                + record("9007199254740993", "*.A", "CNAME", "T.example.com.", "\"Ttl\":\"60\"")
                + ","
                + record("2", "@", "A", "127.0.0.1", "\"Ttl\":60")
                + ","
                + record("3", "x", "CNAME", "t.example.com", "\"Status\":\"DISABLE\"")
                + ","
                + record("4", "y", "CNAME", "t.example.com", "\"Line\":\"vpc\"")
                + "]}"));

    List<ZoneRecord> records = driver.records(network, ZONE, Optional.empty()).items();

    assertThat(records.get(0))
        .isEqualTo(new ZoneRecord("9007199254740993", "*.a", "T.example.com", 60));
    assertThat(records.subList(1, 4)).noneMatch(ZoneRecord::isCname);
    assertThat(records.subList(1, 4)).extracting(ZoneRecord::host).containsExactly("@", "x", "y");
  }

  private static String record(String id, String rr, String type, String value, String more) {
    return "{\"RecordId\":%s,\"Rr\":\"%s\",\"Type\":\"%s\",\"Value\":\"%s\",%s}"
        .formatted(id, rr, type, value, more);
  }

  @Test
  void labelsThatAreNotThere_areRemovedAlready() {
    cloud.next(CannedCloud.error(400, "TagInfoNotExist", "Tag info not exist"));

    driver.removeLabels(network, "ep-1", Map.of("k", "v"));

    assertThat(cloud.seen()).hasSize(1);
  }

  @Test
  void deletion_tellsByEndpoint_whatIsGoneAndWhatIsBusy() {
    cloud.next(
        CannedCloud.error(400, "EndpointNotFound", "x"),
        CannedCloud.error(400, "EndpointOperationDenied", "x"));

    assertThat(driver.deleteEndpoints(network, List.of("ep-1")).get("ep-1").kind())
        .isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(driver.deleteEndpoints(network, List.of("ep-1")).get("ep-1").kind())
        .isEqualTo(ErrorKind.BUSY);
    assertThat(driver.deleteEndpoints(network, List.of("ep-1"))).isEmpty();
  }

  @Test
  void severalAtOnce_areRefusedWithoutACall() {
    List<Runnable> calls =
        List.of(
            () -> driver.deleteEndpoints(network, List.of("ep-1", "ep-2")),
            () -> driver.endpointsById(network, List.of()),
            () -> driver.putRecords(network, ZONE, List.of(RECORD, RECORD)),
            () -> driver.removeRecords(network, ZONE, List.of()),
            () ->
                driver.removeRecords(
                    network, ZONE, List.of(new ZoneRecord("", "*", "t.example.com", 60))),
            () -> driver.putLabels(network, List.of("ep-1"), Map.of()),
            () -> driver.removeLabels(network, "ep-1", Map.of()),
            () ->
                driver.endpoints(
                    network, EndpointFilter.ids(List.of("ep-1", "ep-2")), Optional.empty()));

    assertThat(calls)
        .allSatisfy(call -> assertThat(failureOf(call).kind()).isEqualTo(ErrorKind.INVALID));
    assertThat(cloud.seen()).isEmpty();
  }
}
