package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.HttpResponse;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.testing.Assumption;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** {@link FakeAlicloud} and the SDK's own client, without a line of the library between them. */
final class BareAlicloud implements AutoCloseable {
  static final List<String> ZONES =
      List.of("ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c");
  static final JsonObject EXAMPLES = resource("examples.json");
  private static final JsonObject ERRORS = resource("errors.json");

  /** Codes that stand in no action's list: the gateway's, and those that are known from use. */
  private static final Set<String> OF_NO_LIST =
      Set.of(
          "ConcurrentCallNotSupported",
          "IdempotentParameterMismatch",
          "NeedOpenProduct",
          "DryRunOperation",
          "Throttling.User",
          "NoPermission",
          "Forbidden.RAM",
          "UnsupportedParameter",
          "InvalidParameter",
          "Zone.Invalid.Name",
          "Zone.Invalid.Id",
          "Zone.Invalid.UserId",
          "Zone.NotExists",
          "Zone.VpcExists",
          "Zone.Exists",
          "Zone.RecordExists",
          "Zone.Remark",
          "ZoneVpc.NotExists.VpcId",
          "ZoneVpc.Auth.NotExists",
          "Record.Invalid.Conflict",
          "Record.NotExists",
          "QuotaExceeded.Zone",
          "QuotaExceeded.ZoneVpc",
          "QuotaExceed.TagsPerResource",
          "EndpointLocked");

  final FakeAlicloud fake;
  final ClusterNetwork network;
  final DefaultAcsClient client = client(FakeAlicloud.KEY_ID, FakeAlicloud.SECRET);

  BareAlicloud(Assumption... position) {
    fake = new FakeAlicloud(position);
    network = fake.addNetwork();
  }

  private static JsonObject resource(String name) {
    try (var in =
        new InputStreamReader(
            BareAlicloud.class.getResourceAsStream("/alicloud-api/" + name),
            StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(in).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DefaultAcsClient client(String keyId, String secret) {
    return new DefaultAcsClient(
        DefaultProfile.getProfile(FakeAlicloud.REGION),
        new StaticCredentialsProvider(new BasicCredentials(keyId, secret)));
  }

  String host() {
    return fake.uri().getAuthority();
  }

  /** A request as the SDK sends it to products that it has no classes for. */
  CommonRequest request(String product, String action, String... pairs) {
    CommonRequest request = new CommonRequest();
    request.setSysProduct(product);
    request.setSysVersion(
        switch (product) {
          case "privatelink" -> "2020-04-15";
          case "pvtz" -> "2018-01-01";
          case "vpc" -> "2016-04-28";
          case "sts" -> "2015-04-01";
          default -> throw new IllegalArgumentException(product);
        });
    request.setSysAction(action);
    request.setSysDomain(host());
    request.setSysProtocol(ProtocolType.HTTP);
    request.setSysMethod(MethodType.POST);
    request.setSysRegionId(FakeAlicloud.REGION);
    request.setSysConnectTimeout(5_000);
    request.setSysReadTimeout(20_000);
    for (int i = 0; i < pairs.length; i += 2) {
      request.putQueryParameter(pairs[i], pairs[i + 1]);
    }
    return request;
  }

  /** The answer to a request that must succeed, in the form that is documented. */
  JsonObject call(String product, String action, String... pairs) {
    Answer answer = send(client, request(product, action, pairs));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonObject example = EXAMPLES.getAsJsonObject(product).getAsJsonObject(action);
    assertForm(action, example, answer.json());
    return answer.json();
  }

  /** Sends a request that must be refused with a documented code and status. */
  String refused(String product, String action, String... pairs) {
    Answer answer = send(client, request(product, action, pairs));
    assertThat(answer.status()).as(answer.text()).isGreaterThanOrEqualTo(400);
    assertThat(answer.json().keySet())
        .contains("RequestId", "HostId", "Code", "Message", "Recommend");
    String code = answer.json().get("Code").getAsString();
    boolean general =
        OF_NO_LIST.contains(code)
            || code.startsWith("Missing")
            || code.startsWith("Illegal")
            || code.startsWith("Invalid");
    boolean listed =
        StreamSupport.stream(
                ERRORS.getAsJsonObject(product).getAsJsonArray(action).spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .anyMatch(
                each ->
                    each.get("code").getAsString().equals(code)
                        && each.get("status").getAsInt() == answer.status());
    assertThat(listed || general).as(code + " of " + action).isTrue();
    return code;
  }

  Answer send(DefaultAcsClient sender, CommonRequest request) {
    try {
      HttpResponse response = sender.doAction((AcsRequest<?>) request.buildRequest());
      return new Answer(response.getStatus(), response.getHttpContentString());
    } catch (ClientException e) {
      throw new AssertionError(e.getErrCode(), e);
    }
  }

  /**
   * Only documented fields, of the documented kind; what is repeated is looked at in each place.
   */
  private static void assertForm(String path, JsonElement example, JsonElement answer) {
    if (answer.isJsonNull() && path.endsWith(".NextToken")) {
      return;
    }
    if (example.isJsonObject()) {
      assertThat(answer.isJsonObject()).as(path).isTrue();
      answer
          .getAsJsonObject()
          .entrySet()
          .forEach(
              each -> {
                String field = path + "." + each.getKey();
                if (!OF_NO_EXAMPLE.contains(field)) {
                  assertThat(example.getAsJsonObject().has(each.getKey())).as(field).isTrue();
                  assertForm(field, example.getAsJsonObject().get(each.getKey()), each.getValue());
                }
              });
    } else if (example.isJsonArray()) {
      assertThat(answer.isJsonArray()).as(path).isTrue();
      answer
          .getAsJsonArray()
          .forEach(each -> assertForm(path, example.getAsJsonArray().get(0), each));
    } else {
      assertThat(kind(answer)).as(path).isEqualTo(kind(example));
    }
  }

  /** Documented fields that the examples leave out. */
  private static final Set<String> OF_NO_EXAMPLE =
      Set.of(
          "ListVpcEndpointServicesByEndUser.Services.AutoAcceptEnabled",
          "ListVpcEndpoints.TotalCount",
          "DescribeZones.Zones.Zone.CreatorType");

  private static String kind(JsonElement value) {
    if (!value.isJsonPrimitive()) {
      return value.getClass().getSimpleName();
    }
    var primitive = value.getAsJsonPrimitive();
    return primitive.isNumber() ? "number" : primitive.isBoolean() ? "boolean" : "string";
  }

  record Answer(int status, String text) {
    JsonObject json() {
      return new Gson().fromJson(text, JsonObject.class);
    }
  }

  // The usual

  String service() {
    return service(true);
  }

  String service(boolean acceptance) {
    String service = fake.publish(ZONES, acceptance);
    fake.allow(service);
    return service;
  }

  /** The parameters of an endpoint in the first so many zones. */
  String[] spec(String service, int zones, String... more) {
    List<String> pairs =
        new ArrayList<>(
            List.of(
                "VpcId",
                network.vpcId(),
                "ServiceName",
                service,
                "EndpointType",
                "Interface",
                "EndpointName",
                "orders-kafka",
                "SecurityGroupId.1",
                network.securityGroupIds().get(0)));
    for (int i = 1; i <= zones; i++) {
      pairs.addAll(
          List.of(
              "Zone." + i + ".ZoneId", ZONES.get(i - 1),
              "Zone." + i + ".VSwitchId", vSwitch(ZONES.get(i - 1))));
    }
    pairs.addAll(List.of(more));
    return pairs.toArray(new String[0]);
  }

  String vSwitch(String zoneId) {
    return StreamSupport.stream(
            new Gson()
                .toJsonTree(
                    fake.carryOut(
                        FakeRequest.of(
                            "vpc",
                            "DescribeVSwitches",
                            Map.of("VpcId", network.vpcId(), "ZoneId", zoneId))))
                .getAsJsonObject()
                .getAsJsonObject("VSwitches")
                .getAsJsonArray("VSwitch")
                .spliterator(),
            false)
        .map(each -> each.getAsJsonObject().get("VSwitchId").getAsString())
        .findFirst()
        .orElseThrow();
  }

  String create(String service, int zones, String... more) {
    return text(call("privatelink", "CreateVpcEndpoint", spec(service, zones, more)), "EndpointId");
  }

  /** A connected endpoint. */
  String connected(int zones, String... more) {
    String id = create(service(false), zones, more);
    settle();
    return id;
  }

  JsonObject endpoint(String id) {
    return call("privatelink", "GetVpcEndpointAttribute", "EndpointId", id);
  }

  /** EndpointStatus/ConnectionStatus. */
  String status(String id) {
    JsonObject endpoint = endpoint(id);
    return text(endpoint, "EndpointStatus") + "/" + text(endpoint, "ConnectionStatus");
  }

  List<String> zoneStatus(String id) {
    return texts(
        call("privatelink", "ListVpcEndpointZones", "EndpointId", id), "Zones", "ZoneStatus");
  }

  String addZone(String name) {
    return text(call("pvtz", "AddZone", "ZoneName", name), "ZoneId");
  }

  void bind(String zoneId, String... vpcIds) {
    call("pvtz", "BindZoneVpc", bindings(zoneId, vpcIds));
  }

  static String[] bindings(String zoneId, String... vpcIds) {
    List<String> pairs = new ArrayList<>(List.of("ZoneId", zoneId));
    for (int i = 1; i <= vpcIds.length; i++) {
      pairs.addAll(
          List.of(
              "Vpcs." + i + ".RegionId",
              FakeAlicloud.REGION,
              "Vpcs." + i + ".VpcId",
              vpcIds[i - 1]));
    }
    return pairs.toArray(new String[0]);
  }

  void settle() {
    fake.advance(Duration.ofSeconds(15));
  }

  static String text(JsonObject object, String name) {
    return object.get(name).getAsString();
  }

  /** One field of every element of a list, which may lie one level deeper. */
  static List<String> texts(JsonObject answer, String list, String field) {
    List<String> texts = new ArrayList<>();
    JsonElement elements = answer.get(list);
    if (elements.isJsonObject()) {
      elements = elements.getAsJsonObject().entrySet().iterator().next().getValue();
    }
    elements.getAsJsonArray().forEach(each -> texts.add(text(each.getAsJsonObject(), field)));
    return texts;
  }

  @Override
  public void close() {
    fake.close();
  }
}
