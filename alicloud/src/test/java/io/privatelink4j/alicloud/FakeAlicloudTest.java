package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.BareAlicloud.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.auth.StaticCredentialsProvider;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.exceptions.ServerException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.privatelink.model.v20200415.CreateVpcEndpointRequest;
import com.aliyuncs.privatelink.model.v20200415.CreateVpcEndpointResponse;
import com.aliyuncs.privatelink.model.v20200415.GetVpcEndpointAttributeRequest;
import com.aliyuncs.profile.DefaultProfile;
import com.google.gson.JsonObject;
import io.privatelink4j.alicloud.BareAlicloud.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the fake demands of every request, and how it can fail: signature, form, permission. */
class FakeAlicloudTest {
  private final BareAlicloud alicloud = new BareAlicloud();

  @AfterEach
  void close() {
    alicloud.close();
  }

  private CommonRequest identity() {
    return alicloud.request("sts", "GetCallerIdentity");
  }

  private static String code(Answer answer) {
    return answer.status() + " " + BareAlicloud.text(answer.json(), "Code");
  }

  // Signatures

  @Test
  void signature_ofTheSdk_isAccepted() {
    JsonObject answer = alicloud.call("sts", "GetCallerIdentity");

    assertThat(BareAlicloud.text(answer, "AccountId")).isEqualTo(FakeAlicloud.ACCOUNT);
    assertThat(FakeAlicloud.ACCOUNT).matches("\\d{16}");
  }

  @Test
  void signature_withAnotherSecret_isRefused() {
    Answer answer = alicloud.send(client(FakeAlicloud.KEY_ID, "another"), identity());

    assertThat(code(answer)).isEqualTo("400 SignatureDoesNotMatch");
  }

  /** The message holds the string to sign, by which the SDK knows that only the secret is wrong. */
  @Test
  void signature_withAnotherSecret_isToldApartByTheSdk() {
    GetVpcEndpointAttributeRequest request = new GetVpcEndpointAttributeRequest();
    request.setSysEndpoint(alicloud.host());
    request.setSysProtocol(ProtocolType.HTTP);
    request.setEndpointId("ep-1");

    assertThatThrownBy(() -> client(FakeAlicloud.KEY_ID, "another").getAcsResponse(request))
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> assertThat(e.getErrCode()).isEqualTo("SDK.InvalidAccessKeySecret"));
  }

  @Test
  void signature_withAnUnknownKey_isRefused() {
    Answer answer = alicloud.send(client("LTAIUnknown", FakeAlicloud.SECRET), identity());

    assertThat(code(answer)).isEqualTo("404 InvalidAccessKeyId.NotFound");
  }

  @Test
  void signature_version3_isCheckedToo() {
    CommonRequest request =
        alicloud.request("pvtz", "AddZone", "ZoneName", "a b*~.example.com", "RegionId", "r");
    request.setSysSignatureVersion(SignatureVersion.V3);
    CommonRequest wrong = identity();
    wrong.setSysSignatureVersion(SignatureVersion.V3);

    assertThat(code(alicloud.send(alicloud.client, request))).isEqualTo("400 Zone.Invalid.Name");
    assertThat(code(alicloud.send(client(FakeAlicloud.KEY_ID, "another"), wrong)))
        .isEqualTo("400 SignatureDoesNotMatch");
  }

  @Test
  void signature_version3WithoutARegion_missesIt() {
    CommonRequest request = alicloud.request("privatelink", "ListVpcEndpoints");
    request.setSysSignatureVersion(SignatureVersion.V3);

    assertThat(code(alicloud.send(alicloud.client, request))).isEqualTo("400 MissingRegionId");
  }

  @Test
  void signature_withATemporaryKey_needsItsToken() {
    alicloud.fake.addKey("STS.Fake", "secret", Optional.of("token/of+the=session"));

    assertThat(code(alicloud.send(client("STS.Fake", "secret"), identity())))
        .isEqualTo("400 MissingSecurityToken");
    assertThat(code(alicloud.send(session("another"), identity())))
        .isEqualTo("400 InvalidSecurityToken.MismatchWithAccessKey");
    assertThat(alicloud.send(session("token/of+the=session"), identity()).status()).isEqualTo(200);
  }

  private static DefaultAcsClient session(String token) {
    return new DefaultAcsClient(
        DefaultProfile.getProfile(FakeAlicloud.REGION),
        new StaticCredentialsProvider(new BasicSessionCredentials("STS.Fake", "secret", token)));
  }

  @Test
  void request_thatArrivesTwice_isRefused() throws Exception {
    URI uri = signed("GET", Map.of("Action", "GetCallerIdentity", "Version", "2015-04-01"));

    assertThat(raw(uri).statusCode()).isEqualTo(200);
    HttpResponse<String> again = raw(uri);

    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("\"SignatureNonceUsed\"");
  }

  @ParameterizedTest
  @ValueSource(longs = {-16, 16})
  void request_ofAnotherTime_isRefused(long minutes) throws Exception {
    String time =
        Instant.now().plus(minutes, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS).toString();

    HttpResponse<String> answer =
        raw(
            signed(
                "GET",
                Map.of("Action", "GetCallerIdentity", "Version", "2015-04-01", "Timestamp", time)));

    assertThat(answer.body()).contains("\"InvalidTimeStamp.Expired\"");
  }

  @Test
  void request_changedOnItsWay_isRefused() throws Exception {
    URI uri = signed("GET", Map.of("Action", "GetCallerIdentity", "Version", "2015-04-01"));

    assertThat(raw(URI.create(uri + "&Lang=en")).body()).contains("\"SignatureDoesNotMatch\"");
  }

  @Test
  void request_withoutSignature_isRefused() throws Exception {
    assertThat(raw(unsigned("Action=GetCallerIdentity&Version=2015-04-01")).body())
        .contains("\"MissingAccessKeyId\"");
  }

  private URI unsigned(String query) {
    return alicloud.fake.uri().resolve("/?" + query);
  }

  private static HttpResponse<String> raw(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).build(),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private URI signed(String method, Map<String, String> parameters) throws Exception {
    TreeMap<String, String> all = new TreeMap<>(parameters);
    all.put("AccessKeyId", FakeAlicloud.KEY_ID);
    all.put("SignatureMethod", "HMAC-SHA1");
    all.put("SignatureVersion", "1.0");
    all.put("SignatureNonce", "nonce-1");
    all.put("Format", "JSON");
    all.putIfAbsent("Timestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    StringBuilder query = new StringBuilder();
    all.forEach(
        (name, value) ->
            query
                .append(query.length() == 0 ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    String toSign = method + "&%2F&" + URLEncoder.encode(query.toString(), StandardCharsets.UTF_8);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(
        new SecretKeySpec(
            (FakeAlicloud.SECRET + "&").getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    String signature =
        Base64.getEncoder().encodeToString(mac.doFinal(toSign.getBytes(StandardCharsets.UTF_8)));
    return unsigned(query + "&Signature=" + URLEncoder.encode(signature, StandardCharsets.UTF_8));
  }

  // Form

  @Test
  void action_thatThereIsNot_isRefused() {
    assertThat(code(alicloud.send(alicloud.client, alicloud.request("pvtz", "AddEverything"))))
        .isEqualTo("404 InvalidAction.NotFound");
  }

  @Test
  void version_thatThereIsNot_isRefused() {
    CommonRequest request = identity();
    request.setSysVersion("2015-04-02");

    assertThat(code(alicloud.send(alicloud.client, request))).isEqualTo("400 InvalidVersion");
  }

  @ParameterizedTest
  @CsvSource({
    "privatelink, ListVpcEndpoints, EndpointIds.1",
    "privatelink, ListVpcEndpoints, Endpointid",
    "privatelink, ListVpcEndpoints, EndpointId.1",
    "privatelink, ListVpcEndpoints, Tag",
    "privatelink, ListVpcEndpoints, Tag.1.Name",
    "privatelink, CreateVpcEndpoint, Zone.1.Ip",
    "privatelink, TagResources, ResourceId.1.Id",
    "pvtz, AddZone, Remark",
    "pvtz, BindZoneVpc, Vpcs.1.VpcName",
    "pvtz, DeleteZone, Force",
    "vpc, DescribeVSwitches, VSwitchId.1",
    "sts, GetCallerIdentity, AccountId"
  })
  void parameter_thatTheActionDoesNotHave_isRefused(String product, String action, String name) {
    assertThat(alicloud.refused(product, action, name, "1")).isEqualTo("UnsupportedParameter");
  }

  @ParameterizedTest
  @CsvSource({
    "privatelink, CreateVpcEndpoint, MissingVpcId",
    "privatelink, GetVpcEndpointAttribute, MissingEndpointId",
    "privatelink, RemoveZoneFromVpcEndpoint, MissingEndpointId",
    "privatelink, TagResources, MissingResourceId",
    "pvtz, BindZoneVpc, MissingZoneId",
    "pvtz, DeleteZoneRecord, MissingRecordId",
    "pvtz, ListTagResources, MissingResourceType"
  })
  void parameter_thatTheActionNeeds_isMissed(String product, String action, String code) {
    assertThat(alicloud.refused(product, action)).isEqualTo(code);
  }

  @Test
  void parameter_thatIsBlank_countsAsNone() {
    assertThat(alicloud.refused("pvtz", "DeleteZone", "ZoneId", "")).isEqualTo("MissingZoneId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void list_thatDoesNotBeginAtOne_isRefused(String number) {
    assertThat(
            alicloud.refused("privatelink", "ListVpcEndpoints", "Tag." + number + ".Key", "plc.id"))
        .isEqualTo("InvalidParameter");
  }

  @Test
  void parameters_inTheForm_countAsThoseInTheUrl() throws ClientException {
    CommonRequest request = alicloud.request("privatelink", "GetVpcEndpointAttribute");
    request.putBodyParameter("EndpointId", "ep-1");
    request.setHttpContentType(FormatType.FORM);

    assertThat(code(alicloud.send(alicloud.client, request))).isEqualTo("400 EndpointNotFound");
  }

  @Test
  void number_thatIsNone_isRefused() {
    assertThat(alicloud.refused("privatelink", "ListVpcEndpoints", "MaxResults", "many"))
        .isEqualTo("IllegalParamFormat.MaxResults");
    assertThat(alicloud.refused("pvtz", "DescribeZones", "PageSize", "many"))
        .isEqualTo("InvalidParameter");
  }

  // What a caller meets

  @Test
  void typedRequest_canCarryWhatItsClassDoesNotHave() throws Exception {
    CreateVpcEndpointRequest request = new CreateVpcEndpointRequest();
    request.setSysEndpoint(alicloud.host());
    request.setSysProtocol(ProtocolType.HTTP);
    request.setSysRegionId(FakeAlicloud.REGION);
    request.setVpcId(alicloud.network.vpcId());
    request.setServiceName(alicloud.service());
    request.setEndpointType("Interface");
    request.setSecurityGroupIds(alicloud.network.securityGroupIds());
    CreateVpcEndpointRequest.Zone zone = new CreateVpcEndpointRequest.Zone();
    zone.setZoneId(BareAlicloud.ZONES.get(0));
    zone.setVSwitchId(alicloud.vSwitch(BareAlicloud.ZONES.get(0)));
    request.setZones(List.of(zone));
    request.putQueryParameter("Tag.1.Key", "plc.id");
    request.putQueryParameter("Tag.1.Value", "plc-1");

    CreateVpcEndpointResponse answer = alicloud.client.getAcsResponse(request);

    assertThat(answer.getEndpointStatus()).isEqualTo("Creating");
    assertThat(
            BareAlicloud.texts(
                alicloud.call(
                    "privatelink",
                    "ListTagResources",
                    "ResourceType",
                    "vpcendpoint",
                    "ResourceId.1",
                    answer.getEndpointId()),
                "TagResources",
                "TagValue"))
        .containsExactly("plc-1");
  }

  @Test
  void permission_thatIsMissing_isTold() {
    alicloud.fake.deny("privatelink:ListVpcEndpoints");
    alicloud.fake.deny("pvtz:DescribeZones");

    assertThat(
            code(
                alicloud.send(
                    alicloud.client, alicloud.request("privatelink", "ListVpcEndpoints"))))
        .isEqualTo("403 NoPermission");
    assertThat(code(alicloud.send(alicloud.client, alicloud.request("pvtz", "DescribeZones"))))
        .isEqualTo("403 Forbidden.RAM");
  }

  @Test
  void throttle_refusesWhatIsTooMuch() {
    alicloud.fake.throttle();
    for (int i = 0; i < 10; i++) {
      alicloud.call("pvtz", "DescribeZones");
    }

    assertThat(alicloud.refused("pvtz", "DescribeZones")).isEqualTo("Throttling.User");
    alicloud.call("privatelink", "ListVpcEndpoints");
    alicloud.fake.advance(Duration.ofSeconds(1));
    alicloud.call("pvtz", "DescribeZones");
  }

  @Test
  void answerNext_isNotCarriedOut() {
    alicloud.fake.answerNext(request -> request.action().equals("AddZone"), FakeReply.html(502));

    assertThatThrownBy(
            () ->
                alicloud.client.getCommonResponse(
                    alicloud.request("pvtz", "AddZone", "ZoneName", "a.example.com")))
        .isInstanceOfSatisfying(
            ServerException.class, e -> assertThat(e.getErrCode()).isEqualTo("(null)"));
    assertThat(alicloud.fake.zoneCount()).isZero();
    alicloud.addZone("a.example.com");
  }

  @Test
  void dropNext_isNotCarriedOut() {
    alicloud.fake.dropNext(request -> request.product().equals("pvtz"));

    assertUnreachable("NoHttpResponseException");
    assertThat(alicloud.fake.zoneCount()).isZero();
  }

  @Test
  void loseNextReply_isCarriedOut() {
    alicloud.fake.loseNextReply(request -> request.action().equals("AddZone"));

    assertUnreachable("NoHttpResponseException");
    assertThat(alicloud.fake.zoneCount()).isOne();
  }

  @Test
  void truncateNextReply_isCarriedOut() {
    alicloud.fake.truncateNextReply(request -> request.action().equals("AddZone"));

    assertUnreachable("ConnectionClosedException");
    assertThat(alicloud.fake.zoneCount()).isOne();
  }

  private void assertUnreachable(String cause) {
    assertThatThrownBy(
            () ->
                alicloud.client.getCommonResponse(
                    alicloud.request("pvtz", "AddZone", "ZoneName", "a.example.com")))
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> assertThat(e.getErrCode()).isEqualTo("SDK.ServerUnreachable"))
        .satisfies(e -> assertThat(e.getCause().getClass().getSimpleName()).isEqualTo(cause));
  }

  @Test
  void requests_areRememberedWhetherRefusedOrNot() {
    alicloud.call("pvtz", "AddZone", "ZoneName", "a.example.com");
    alicloud.send(client("LTAIUnknown", "x"), identity());

    assertThat(alicloud.fake.requests())
        .extracting(FakeRequest::product, FakeRequest::action)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("pvtz", "AddZone"),
            org.assertj.core.groups.Tuple.tuple("sts", "GetCallerIdentity"));
    FakeRequest first = alicloud.fake.requests().get(0);
    assertThat(first.parameter("ZoneName")).contains("a.example.com");
    assertThat(first.host()).isEqualTo(alicloud.host());
    assertThat(first.secure()).isFalse();
    assertThat(alicloud.fake.requestCount()).isEqualTo(2);
  }

  @Test
  void request_overTls_isSecure_andTellsWhereItWent() throws Exception {
    try (FakeServer another = FakeServer.withTls()) {
      alicloud.fake.serve(another);
      HttpClient trusting = HttpClient.newBuilder().sslContext(FakeCertificate.context()).build();
      URI here = signed("GET", Map.of("Action", "GetCallerIdentity", "Version", "2015-04-01"));

      HttpResponse<String> answer =
          trusting.send(
              HttpRequest.newBuilder(another.uri().resolve("/?" + here.getRawQuery())).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));

      assertThat(answer.body()).contains(FakeAlicloud.ACCOUNT);
      FakeRequest arrived = alicloud.fake.requests().get(0);
      assertThat(arrived.secure()).isTrue();
      assertThat(arrived.host()).isEqualTo(another.uri().getAuthority());
    }
    alicloud.call("sts", "GetCallerIdentity");
    assertThat(alicloud.fake.requests().get(1).secure()).isFalse();
  }

  @Test
  void stallNext_answersWhenItMay() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    alicloud.fake.stallNext(request -> request.action().equals("AddZone"), latch);
    CompletableFuture<String> zone =
        CompletableFuture.supplyAsync(() -> alicloud.addZone("a.example.com"));

    while (alicloud.fake.zoneCount() == 0) {
      Thread.onSpinWait();
    }
    alicloud.call("pvtz", "DescribeZones");
    assertThat(zone.isDone()).isFalse();
    latch.countDown();

    assertThat(zone.get(20, TimeUnit.SECONDS)).isNotEmpty();
  }

  @Test
  void signature_version3_carriesTheTokenInAHeader() {
    alicloud.fake.addKey("STS.Fake", "secret", Optional.of("token/of+the=session"));
    CommonRequest request = identity();
    request.setSysSignatureVersion(SignatureVersion.V3);

    assertThat(alicloud.send(session("token/of+the=session"), request).status()).isEqualTo(200);
    assertThat(alicloud.fake.requests().get(0).header("x-acs-security-token"))
        .isEqualTo("token/of+the=session");
  }

  @Test
  void server_canBeHandedOn() {
    try (FakeServer server = FakeServer.withOneThread()) {
      FakeAlicloud first = new FakeAlicloud(server, List.of());
      first.carryOut(FakeRequest.of("pvtz", "AddZone", Map.of("ZoneName", "a.example.com")));
      FakeAlicloud second = new FakeAlicloud(server, List.of());

      assertThat(second.uri()).isEqualTo(first.uri());
      assertThat(second.zoneCount()).isZero();
    }
  }
}
