package io.privatelink4j.examples.server;

import static io.privatelink4j.examples.server.ServedClouds.ALICLOUD_CLUSTER;
import static io.privatelink4j.examples.server.ServedClouds.AWS_CLUSTER;
import static io.privatelink4j.examples.server.ServedClouds.BROKEN_CLUSTER;
import static io.privatelink4j.examples.server.ServedClouds.TOKEN;
import static io.privatelink4j.examples.server.ServedClouds.domain;
import static io.privatelink4j.examples.server.ServedClouds.dryRun;
import static io.privatelink4j.examples.server.ServedClouds.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.generated.ApiException;
import io.privatelink4j.examples.generated.api.PrivateLinkConnectionServiceApi;
import io.privatelink4j.examples.generated.model.AttachDomain;
import io.privatelink4j.examples.generated.model.Domain;
import io.privatelink4j.examples.generated.model.GetAvailabilityZonesResponse;
import io.privatelink4j.examples.generated.model.ListPrivateLinkConnectionsResponse;
import io.privatelink4j.examples.generated.model.PrivateLinkConnection;
import io.privatelink4j.examples.generated.model.PrivateLinkConnectionDomainTypeEnum;
import io.privatelink4j.examples.generated.model.PrivateLinkConnectionServiceDetachDomainsBody;
import io.privatelink4j.examples.generated.model.PrivateLinkConnectionStateEnum;
import io.privatelink4j.examples.openapi.Failure;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client that is generated from the OpenAPI file, against the server. */
class OpenApiServerTest {
  private static final PrivateLinkConnectionDomainTypeEnum MANAGED =
      PrivateLinkConnectionDomainTypeEnum.TIDBCLOUD_MANAGED;
  private static final PrivateLinkConnectionDomainTypeEnum CONFLUENT =
      PrivateLinkConnectionDomainTypeEnum.CONFLUENT;

  /** Of the client's calls, and of those that it cannot make. */
  private static final CheckedHttp GENERATED = new CheckedHttp();

  private static final CheckedHttp BY_HAND = new CheckedHttp();
  private static final Set<Failure> SEEN = ConcurrentHashMap.newKeySet();

  /** Only waits throw the first, which the API does not have; the other ends with the server. */
  private static final Set<Failure> NEVER_ANSWERED =
      EnumSet.of(Failure.CONNECTION_FAILED, Failure.INTERRUPTED);

  private static final String CONNECTIONS =
      "/v1beta1/clusters/" + AWS_CLUSTER + "/privateLinkConnections";
  private static final String LINK_OF_TYPE =
      "{\"privateLinkConnection\": {\"clusterId\": \"10581234\", \"displayName\": \"a\", \"type\": ";

  private final ServedClouds clouds = serve(builder -> builder);
  private final PrivateLinkConnectionServiceApi api = clouds.api();

  private static ServedClouds serve(UnaryOperator<PrivateLinkClient.Builder> settings) {
    return new ServedClouds(GENERATED, settings);
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  @AfterAll
  static void everyAnswerWasValid_andEveryFailureSeen() {
    List<CheckedHttp.Answer> answers = GENERATED.answers();
    long valid = answers.stream().filter(answer -> answer.problems().isEmpty()).count();
    System.out.printf(
        "generated client: %d calls, %d schema-valid answers%n", answers.size(), valid);
    System.out.printf(
        "by hand: %d calls; %d of %d kinds of failure answered%n",
        BY_HAND.answers().size(), SEEN.size(), Failure.values().length - NEVER_ANSWERED.size());
    assertThat(answers).isNotEmpty().allSatisfy(each -> assertThat(each.problems()).isEmpty());
    assertThat(BY_HAND.answers())
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.problems()).isEmpty());
    assertThat(SEEN)
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(NEVER_ANSWERED)));
  }

  @ParameterizedTest
  @ValueSource(strings = {AWS_CLUSTER, ALICLOUD_CLUSTER})
  void theWholeLife(String cluster) throws ApiException {
    OwnedService kafka = clouds.cloud(cluster).publish();
    GetAvailabilityZonesResponse zones =
        api.privateLinkConnectionServiceGetAvailabilityZones(cluster);
    kafka.allow(zones.getAccountId());
    assertThat(zones.getAzIds()).hasSize(3);

    String id = create(cluster, "Aufträge – 注文", kafka);
    assertThat(state(cluster, id))
        .isEqualTo(
            cluster.equals(AWS_CLUSTER) // where an endpoint is built when it is accepted
                ? PrivateLinkConnectionStateEnum.PENDING_ACCEPTANCE
                : PrivateLinkConnectionStateEnum.CREATING);
    clouds.time().advance(Duration.ofMinutes(1));
    assertThat(state(cluster, id)).isEqualTo(PrivateLinkConnectionStateEnum.PENDING_ACCEPTANCE);
    kafka.acceptAll();
    clouds.time().advance(Duration.ofMinutes(1));
    PrivateLinkConnection link =
        api.privateLinkConnectionServiceGetPrivateLinkConnection(cluster, id);
    assertThat(link.getState()).isEqualTo(PrivateLinkConnectionStateEnum.ACTIVE);
    assertThat(link.getDisplayName()).isEqualTo("Aufträge – 注文");
    assertThat(link.getCreatedBy()).isEqualTo("alice");

    AttachDomain planned = api.privateLinkConnectionServiceAttachDomains(cluster, id, dryRun());
    assertThat(planned.getAttachDomainId()).isNull();
    assertThat(clouds.cloud(cluster).zones()).isEmpty();
    AttachDomain attached =
        api.privateLinkConnectionServiceAttachDomains(
            cluster, id, domain(MANAGED, planned.getUniqueName()));
    assertThat(attached.getDomains())
        .extracting(Domain::getName)
        .containsExactlyElementsOf(planned.getDomains().stream().map(Domain::getName).toList());
    assertThat(attached.getDomains()).extracting(Domain::getState).containsOnly("ATTACHED");

    assertThat(
            api.privateLinkConnectionServiceGetPrivateLinkConnection(cluster, id)
                .getAttachedDomains())
        .extracting(AttachDomain::getAttachDomainId)
        .containsExactly(attached.getAttachDomainId());
    assertThat(list(cluster, null, null, "ACTIVE").getPrivateLinkConnections())
        .singleElement()
        .satisfies(each -> assertThat(each.getAttachedDomains()).isNullOrEmpty());

    AttachDomain detached =
        api.privateLinkConnectionServiceDetachDomains(
            cluster,
            id,
            new PrivateLinkConnectionServiceDetachDomainsBody()
                .attachDomainId(attached.getAttachDomainId()));
    assertThat(detached.getUniqueName()).isEqualTo(planned.getUniqueName());
    assertThat(detached.getDomains())
        .extracting(Domain::getName)
        .containsExactlyElementsOf(attached.getDomains().stream().map(Domain::getName).toList());
    assertThat(api.privateLinkConnectionServiceDeletePrivateLinkConnection(cluster, id).getState())
        .isEqualTo(PrivateLinkConnectionStateEnum.DELETING);
    clouds.time().advance(Duration.ofMinutes(2));
    fails(
        Failure.NOT_FOUND,
        () -> api.privateLinkConnectionServiceGetPrivateLinkConnection(cluster, id));
    assertThat(clouds.cloud(cluster).leftovers()).isEmpty();
  }

  @Test
  void list_goesOnWithThePageToken() throws ApiException {
    OwnedService kafka = clouds.service(AWS_CLUSTER);
    for (int i = 0; i < 3; i++) {
      create(AWS_CLUSTER, "link-" + i, kafka);
      clouds.time().advance(Duration.ofSeconds(1));
    }

    ListPrivateLinkConnectionsResponse first = list(AWS_CLUSTER, 2, null, null);
    ListPrivateLinkConnectionsResponse second =
        list(AWS_CLUSTER, 2, first.getNextPageToken(), null);

    assertThat(first.getTotalSize()).isEqualTo(3);
    assertThat(first.getPrivateLinkConnections())
        .extracting(PrivateLinkConnection::getDisplayName)
        .containsExactly("link-0", "link-1");
    assertThat(second.getPrivateLinkConnections())
        .extracting(PrivateLinkConnection::getDisplayName)
        .containsExactly("link-2");
    assertThat(second.getNextPageToken()).isNull();
    assertThat(list(AWS_CLUSTER, 0, null, "FAILED").getPrivateLinkConnections()).isEmpty();
  }

  @Test
  void create_withTheSameIdempotencyKey_makesOneConnection() throws ApiException {
    OwnedService kafka = clouds.service(AWS_CLUSTER);
    PrivateLinkConnectionServiceApi keyed = clouds.apiWithKey("op-7731");

    String first = create(keyed, "orders", kafka);
    String again = create(keyed, "orders", kafka);

    assertThat(again).isEqualTo(first);
    assertThat(clouds.cloud(AWS_CLUSTER).endpoints()).hasSize(1);
    fails(Failure.CONFLICT, () -> create(keyed, "other", kafka));
  }

  @Test
  void withoutTheToken_nothingIsTold() {
    for (Map<String, String> headers :
        List.of(
            Map.<String, String>of(),
            Map.of("Authorization", "Bearer wrong"),
            Map.of("Authorization", TOKEN))) {
      ApiException thrown =
          thrown(
              () ->
                  clouds
                      .api(headers)
                      .privateLinkConnectionServiceGetAvailabilityZones(AWS_CLUSTER));
      assertThat(thrown.getCode()).isEqualTo(401);
      assertThat(thrown.getResponseHeaders().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }
  }

  @ParameterizedTest
  @CsvSource({"5000,,", "-1,,", ",forged,", ",,SLEEPING", ",,UNKNOWN"})
  void list_withABadParameter_isRefused(Integer pageSize, String pageToken, String state) {
    fails(Failure.INVALID_REQUEST, () -> list(AWS_CLUSTER, pageSize, pageToken, state));
  }

  @Test
  void attach_withoutUniqueName_isForDryRunsOnly() throws ApiException {
    String id = create(AWS_CLUSTER, "orders", clouds.service(AWS_CLUSTER));

    fails(
        Failure.INVALID_REQUEST,
        () -> api.privateLinkConnectionServiceAttachDomains(AWS_CLUSTER, id, domain(MANAGED, "")));
    fails(
        Failure.INVALID_REQUEST,
        () ->
            api.privateLinkConnectionServiceAttachDomains(
                AWS_CLUSTER, id, domain(CONFLUENT, "").validateOnly(true)));
  }

  @Test
  void attach_tooEarly_tellsWhatToDo() throws ApiException {
    String id = create(AWS_CLUSTER, "orders", clouds.service(AWS_CLUSTER));
    AttachDomain plan = api.privateLinkConnectionServiceAttachDomains(AWS_CLUSTER, id, dryRun());

    ApiException thrown =
        fails(
            Failure.CONFLICT,
            () ->
                api.privateLinkConnectionServiceAttachDomains(
                    AWS_CLUSTER, id, domain(MANAGED, plan.getUniqueName())));
    assertThat(thrown.getResponseBody()).contains("Wait until it is ACTIVE, then attach\"");
  }

  @Test
  void whatDoesNotExist_isNotFound() throws ApiException {
    String id = active("orders").getPrivateLinkConnectionId();

    fails(Failure.NOT_FOUND, () -> api.privateLinkConnectionServiceGetAvailabilityZones("1"));
    fails(
        Failure.NOT_FOUND,
        () -> api.privateLinkConnectionServiceGetPrivateLinkConnection(ALICLOUD_CLUSTER, id));
    fails(
        Failure.NOT_FOUND,
        () ->
            api.privateLinkConnectionServiceDetachDomains(
                AWS_CLUSTER,
                id,
                new PrivateLinkConnectionServiceDetachDomainsBody()
                    .attachDomainId("ad-" + id.substring(4, 20))));
  }

  @Test
  void attach_whereAStrangersZoneAnswers_isAConflict() throws ApiException {
    String id = active("orders").getPrivateLinkConnectionId();
    AttachDomain plan = api.privateLinkConnectionServiceAttachDomains(AWS_CLUSTER, id, dryRun());
    InMemoryCloud aws = clouds.cloud(AWS_CLUSTER);
    aws.addStrangersZone(aws.network(), plan.getUniqueName() + ".aws.tidbcloud.com");

    fails(
        Failure.DOMAIN_CONFLICT,
        () ->
            api.privateLinkConnectionServiceAttachDomains(
                AWS_CLUSTER, id, domain(MANAGED, plan.getUniqueName())));
  }

  @Test
  void attach_ofACustomersDomain_needsAPolicy_andAws() throws ApiException {
    String onAws = active("orders").getPrivateLinkConnectionId();
    String onAlicloud = create(ALICLOUD_CLUSTER, "orders", clouds.service(ALICLOUD_CLUSTER));

    fails(
        Failure.REFUSED,
        () ->
            api.privateLinkConnectionServiceAttachDomains(
                AWS_CLUSTER, onAws, domain(CONFLUENT, "domnprzqrog.us-west-2")));
    fails(
        Failure.UNSUPPORTED_DOMAIN,
        () ->
            api.privateLinkConnectionServiceAttachDomains(
                ALICLOUD_CLUSTER, onAlicloud, domain(CONFLUENT, "domnprzqrog.ap-southeast-1")));
  }

  @Test
  void create_forAServiceThatDoesNotAllowUs_tellsWhatToDo() {
    OwnedService closed = clouds.cloud(AWS_CLUSTER).publish();

    ApiException thrown =
        fails(Failure.SERVICE_NOT_USABLE, () -> create(AWS_CLUSTER, "orders", closed));

    assertThat(thrown.getResponseBody())
        .contains("PreconditionFailure", "NOT_FOUND_OR_NOT_ALLOWED", "SERVICE_OWNER");
  }

  @Test
  void delete_ofWhatIsUsed_isRefused() throws ApiException {
    try (ServedClouds used = serve(builder -> builder.usageCheck(ref -> List.of("changefeed-1")))) {
      PrivateLinkConnectionServiceApi usedApi = used.api();
      String id = create(usedApi, "orders", used.service(AWS_CLUSTER));

      ApiException thrown =
          fails(
              Failure.IN_USE,
              () ->
                  usedApi.privateLinkConnectionServiceDeletePrivateLinkConnection(AWS_CLUSTER, id));
      assertThat(thrown.getMessage()).contains("changefeed-1");
    }
  }

  @Test
  void theCloudsOwnFailures_haveTheirCodes() {
    OwnedService kafka = clouds.service(AWS_CLUSTER);
    fault(Operation.CREATE_ENDPOINT, Fault.QUOTA);
    fails(Failure.QUOTA_EXCEEDED, () -> create(AWS_CLUSTER, "orders", kafka));
    fault(Operation.CREATE_ENDPOINT, Fault.TIMEOUT_BEFORE);
    fails(Failure.OUTCOME_UNKNOWN, () -> create(AWS_CLUSTER, "orders", kafka));
    fault(Operation.LIST_ENDPOINTS, Fault.THROTTLE);
    fails(Failure.THROTTLED, () -> list(AWS_CLUSTER, null, null, null));
    fault(Operation.LIST_ENDPOINTS, Fault.UNAVAILABLE);
    fails(Failure.CLOUD_UNAVAILABLE, () -> list(AWS_CLUSTER, null, null, null));
  }

  @Test
  void whatOnlyTheOperatorCanMend_isNotTold() {
    fault(Operation.LIST_ENDPOINTS, Fault.DENIED);

    ApiException denied = fails(Failure.ACCESS_DENIED, () -> list(AWS_CLUSTER, null, null, null));
    ApiException broken = fails(Failure.INTERNAL, () -> list(BROKEN_CLUSTER, null, null, null));

    assertThat(denied.getResponseBody()).doesNotContain("ec2:");
    assertThat(broken.getResponseBody()).doesNotContain("secret");
  }

  @Test
  void anOperationWithoutTime_timesOut() throws ApiException {
    try (ServedClouds hurried = serve(builder -> builder.operationTimeout(Duration.ofSeconds(9)))) {
      PrivateLinkConnectionServiceApi hurriedApi = hurried.api();
      OwnedService kafka = hurried.service(AWS_CLUSTER).acceptAutomatically();
      String id = create(hurriedApi, "orders", kafka);
      hurried.time().advance(Duration.ofMinutes(1));
      String name =
          hurriedApi
              .privateLinkConnectionServiceAttachDomains(AWS_CLUSTER, id, dryRun())
              .getUniqueName();

      fails(
          Failure.WAIT_TIMEOUT,
          () ->
              hurriedApi.privateLinkConnectionServiceAttachDomains(
                  AWS_CLUSTER, id, domain(MANAGED, name)));
    }
  }

  @Test
  void aClusterInACloudWithoutDriver_isTheOperators() {
    ClusterNetwork elsewhere = clouds.cloud(ALICLOUD_CLUSTER).network();
    try (PrivateLinkClient onlyAws =
            PrivateLinkClient.builder()
                .provider(InMemoryCloud.aws())
                .clusters(id -> List.of(elsewhere))
                .build();
        ServedClouds lacking = new ServedClouds(GENERATED, onlyAws)) {
      fails(
          Failure.PROVIDER_NOT_FOUND,
          () -> lacking.api().privateLinkConnectionServiceGetAvailabilityZones(ALICLOUD_CLUSTER));
    }
  }

  @Test
  void aClosedClient_isUnavailable() {
    clouds.links().close();

    fails(
        Failure.CLIENT_CLOSED,
        () -> api.privateLinkConnectionServiceGetAvailabilityZones(AWS_CLUSTER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /v1beta1/clusters                                       | 404",
        "GET    | /v1beta1/clusters/1/privateLinkConnections:attachDomains | 404",
        "GET    | /v1beta1/clusters/1/privateLinkConnections/a/b          | 404",
        "PUT    | /v1beta1/clusters/1/privateLinkConnections              | 405",
        "DELETE | /v1beta1/clusters/1/privateLinkConnections/a:attachDomains | 405",
        "GET    | /v1beta1/clusters/%2e%2e%2f/privateLinkConnections      | 400",
        "GET    | /v1beta1/clusters/1/privateLinkConnections?sate=ACTIVE  | 400",
        "GET    | /v1beta1/clusters/1/privateLinkConnections?state=ACTIVE&state=FAILED | 400",
        "GET    | /v1beta1/clusters/1/privateLinkConnections?pageSize=ten | 400",
        "GET    | /v1beta1/clusters/1/privateLinkConnections/a?pageSize=1 | 400",
      })
  void aRequestThatTheApiDoesNotHave_isRefused(String method, String path, int status)
      throws Exception {
    assertThat(send(method, path, "application/json", "").statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{} {}",
        "{}",
        "{\"privateLinkConnection\": {}}",
        "{\"privateLinkConnection\": {\"clusterId\": 10581234}}",
        "{\"privateLinkConnection\": {\"clusterId\": \"1\"}}",
        "{\"privateLinkConnection\": {\"display_name\": \"a\"}}",
        "{\"privateLinkConnection\": {\"clusterId\": \"10581234\", \"clusterId\": \"10581234\"}}",
        LINK_OF_TYPE + "\"GCP\"}}",
        LINK_OF_TYPE + "\"AWS_ENDPOINT_SERVICE\"}}",
        LINK_OF_TYPE + "\"AWS_ENDPOINT_SERVICE\", \"awsEndpointService\": {}}}",
        LINK_OF_TYPE + "\"AWS_ENDPOINT_SERVICE\", \"alicloudEndpointService\": {\"name\": \"x\"}}}",
      })
  void aBodyThatIsNotTheApis_isRefused(String body) throws Exception {
    HttpResponse<InputStream> answer = send("POST", CONNECTIONS, "application/json", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).doesNotContain("io.privatelink4j", "Exception", "jackson");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''    | must be one object",
        "[]    | must be one object",
        "3     | must be one object",
        "{} {} | must be one object",
        "{\"a\": 1} | unknown field, or a value of a wrong type: a",
      })
  void aBodyThatIsNotTheApis_isTold(String body, String problem) throws Exception {
    assertThat(text(send("POST", CONNECTIONS, "application/json", body))).contains(problem);
  }

  @Test
  void aQuery_isRead_asItIsUsuallyWritten() throws Exception {
    assertThat(send("GET", CONNECTIONS + "?&pageSize=5&", "", "").statusCode()).isEqualTo(200);
    assertThat(text(send("GET", CONNECTIONS + "?sate=ACTIVE", "", "")))
        .contains("the query has sate; it may have: pageSize, pageToken, state");
    assertThat(text(send("GET", CONNECTIONS + "/plc-a?b=c", "", "")))
        .contains("the query has b; it may have: none");
  }

  @Test
  void aBodyThatIsMuchTooLong_isAnsweredAllTheSame() throws Exception {
    HttpResponse<InputStream> answer =
        send("POST", CONNECTIONS, "application/json", " ".repeat(5_000_000));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(text(answer)).contains("the body may have 65536 bytes at most");
  }

  private static String text(HttpResponse<InputStream> answer) throws IOException {
    return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aBodyThatIsTooLong_orNoJson_isRefused() throws Exception {
    assertThat(send("POST", CONNECTIONS, "application/json", " ".repeat(70_000)).statusCode())
        .isEqualTo(413);
    assertThat(send("POST", CONNECTIONS, "text/plain", "{}").statusCode()).isEqualTo(415);
  }

  private HttpResponse<InputStream> send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(clouds.uri().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", type)
            .header("Authorization", "bearer " + TOKEN)
            .build();
    return BY_HAND.send(request, BodyHandlers.ofInputStream());
  }

  private void fault(Operation operation, Fault fault) {
    clouds.cloud(AWS_CLUSTER).faults().clear().always(operation, fault);
  }

  private PrivateLinkConnection active(String name) throws ApiException {
    String id = create(AWS_CLUSTER, name, clouds.service(AWS_CLUSTER).acceptAutomatically());
    clouds.time().advance(Duration.ofMinutes(1));
    return api.privateLinkConnectionServiceGetPrivateLinkConnection(AWS_CLUSTER, id);
  }

  private String create(String cluster, String name, OwnedService service) throws ApiException {
    return api.privateLinkConnectionServiceCreatePrivateLinkConnection(
            cluster, link(cluster, name, service))
        .getPrivateLinkConnectionId();
  }

  private static String create(
      PrivateLinkConnectionServiceApi api, String name, OwnedService service) throws ApiException {
    return api.privateLinkConnectionServiceCreatePrivateLinkConnection(
            AWS_CLUSTER, link(AWS_CLUSTER, name, service))
        .getPrivateLinkConnectionId();
  }

  private PrivateLinkConnectionStateEnum state(String cluster, String id) throws ApiException {
    return api.privateLinkConnectionServiceGetPrivateLinkConnection(cluster, id).getState();
  }

  private ListPrivateLinkConnectionsResponse list(
      String cluster, Integer pageSize, String pageToken, String state) throws ApiException {
    return api.privateLinkConnectionServiceListPrivateLinkConnections(
        cluster, pageSize, pageToken, state);
  }

  private static ApiException thrown(ThrowingCallable call) {
    return catchThrowableOfType(ApiException.class, call);
  }

  /** The answer has the failure's codes, and names it for programs. */
  private static ApiException fails(Failure expected, ThrowingCallable call) {
    ApiException thrown = thrown(call);
    assertThat(thrown).as(expected.name()).isNotNull();
    assertThat(thrown.getResponseBody()).contains("\"reason\":\"" + expected.name() + "\"");
    assertThat(thrown.getCode()).isEqualTo(expected.httpStatus());
    assertThat(thrown.getResponseBody()).startsWith("{\"code\":" + expected.grpcCode() + ",");
    SEEN.add(expected);
    return thrown;
  }
}
