package io.privatelink4j.alicloud;

import com.aliyuncs.auth.BasicCredentials;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import io.privatelink4j.testing.ManualTime;
import io.privatelink4j.testkit.faults.FaultyCloud;
import io.privatelink4j.testkit.hostile.HostileAnswers;
import io.privatelink4j.testkit.hostile.HostileCall;
import io.privatelink4j.testkit.hostile.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

class AlicloudHostileAnswersTest extends HostileAnswers {
  private static final AlicloudEndpointService TYPE = DriverTestBase.TYPE;
  private static final DnsZone ZONE = DriverTestBase.ZONE;
  private static final List<ZoneRecord> RECORD = List.of(DriverTestBase.RECORD);
  private static final Map<String, String> LABELS = Map.of("plc.v", "1");
  private static final ClusterNetwork NETWORK = DriverTestBase.network("vpc-1");
  private static final Set<DnsZone.BoundNetwork> BOUND =
      Set.of(new DnsZone.BoundNetwork(DriverTestBase.REGION, "vpc-1"));

  AlicloudHostileAnswersTest() {
    super("alicloud", Markup.JSON);
  }

  @Override
  protected List<HostileCall> calls() {
    EndpointFilter labelled = EndpointFilter.label("plc.v", "1");
    ZoneQuery named = new ZoneQuery(ZoneQuery.Scope.NAMED, ZONE.name());
    ZoneQuery inNetwork = new ZoneQuery(ZoneQuery.Scope.IN_NETWORK, ZONE.name());
    return List.of(
        read("GetCallerIdentity", d -> d.account(NETWORK)),
        read("DescribeVSwitches", d -> d.subnets(NETWORK, Optional.empty())),
        read("ListVpcEndpointServicesByEndUser", d -> d.service(NETWORK, TYPE)),
        read("ListVpcEndpoints", d -> d.endpoint(NETWORK, "ep-1")),
        read("ListVpcEndpoints", d -> d.endpoints(NETWORK, labelled, Optional.empty())),
        read("ListVpcEndpointZones", d -> d.endpointZones(NETWORK, "ep-1")),
        read("DescribeZones", d -> d.zones(NETWORK, named, Optional.empty())),
        read("DescribeZones", d -> d.zones(NETWORK, inNetwork, Optional.empty())),
        read("DescribeZones", d -> d.ownZones(NETWORK, Optional.empty())),
        read("DescribeZoneInfo", d -> d.zone(NETWORK, "z1")),
        read("DescribeZoneRecords", d -> d.records(NETWORK, ZONE, Optional.empty())),
        write("CreateVpcEndpoint", d -> d.createEndpoint(NETWORK, DriverTestBase.spec(LABELS))),
        done("TagResources", d -> d.putLabels(NETWORK, List.of("ep-1"), LABELS)),
        done("UntagResources", d -> d.removeLabels(NETWORK, "ep-1", LABELS)),
        done(
            "RemoveZoneFromVpcEndpoint",
            d -> d.removeEndpointZone(NETWORK, "ep-1", "ap-southeast-1a")),
        new HostileCall(
            "DeleteVpcEndpoint",
            true,
            document("Done"),
            d -> d.deleteEndpoints(NETWORK, List.of("ep-1"))),
        write("AddZone", d -> d.createZone(NETWORK, ZONE.name(), "reference")),
        write("AddZoneRecord", d -> d.putRecords(NETWORK, ZONE, RECORD)),
        done("DeleteZoneRecord", d -> d.removeRecords(NETWORK, ZONE, RECORD)),
        done("BindZoneVpc", d -> d.bindZone(NETWORK, "z1", BOUND)),
        done("DeleteZone", d -> d.deleteZone(NETWORK, "z1")));
  }

  private static HostileCall read(String action, Function<PrivateLinkDriver, Object> call) {
    return new HostileCall(action, false, document(action), call);
  }

  private static HostileCall write(String action, Function<PrivateLinkDriver, Object> call) {
    return new HostileCall(action, true, document(action), call);
  }

  private static HostileCall done(String action, Consumer<PrivateLinkDriver> call) {
    return new HostileCall(
        action,
        true,
        document("Done"),
        driver -> {
          call.accept(driver);
          return "done";
        });
  }

  private static String document(String name) {
    try (InputStream in =
        AlicloudHostileAnswersTest.class.getResourceAsStream("/documented/" + name + ".json")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected List<String> refusals() {
    return List.of(
        refusal("Forbidden.RAM", "User not authorized to operate."),
        refusal("EndpointNotFound", "The specified Endpoint does not exist."),
        refusal("SignatureDoesNotMatch", "The string to sign is POST&"));
  }

  /** With the same request id in each build. */
  private static String refusal(String code, String message) {
    return "{\"RequestId\":\"%s\",\"HostId\":\"h\",\"Code\":\"%s\",\"Message\":\"%s\"}"
        .formatted(CannedCloud.REQUEST_ID, code, message);
  }

  @Override
  protected List<String> heard() {
    return List.of(FakeAlicloud.KEY_ID, FakeAlicloud.SECRET);
  }

  @Override
  protected FaultyCloud openCloud() {
    return new AlicloudHarness(List.of());
  }

  @Override
  protected URI uri(FaultyCloud cloud) {
    return ((AlicloudHarness) cloud).uri();
  }

  @Override
  protected PrivateLinkDriver open(URI uri) {
    AlicloudOptions options =
        AlicloudOptions.builder()
            .endpoint(uri)
            .credentials(() -> new BasicCredentials(FakeAlicloud.KEY_ID, FakeAlicloud.SECRET))
            .build();
    return new AlicloudPrivateLinkProvider(options).open(new DriverContext(new ManualTime()));
  }
}
