package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.alicloud.AlicloudOptions.Product;
import io.privatelink4j.alicloud.CannedCloud.Seen;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.PrivateLinkDriver;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Many threads, one driver: each request is built, signed and sent as if it were the only one. */
class AlicloudThreadsTest {
  private static final int THREADS = 64;
  private static final int CALLS = 10_000;
  private static final String REGION = DriverTestBase.REGION;

  private final Map<Product, CannedCloud> clouds = new EnumMap<>(Product.class);

  private static CannedCloud.Reply echo(Seen request) {
    String id = request.parameter("EndpointId");
    return switch (request.action()) {
      case "ListVpcEndpoints" ->
          CannedCloud.ok(
              "\"Endpoints\":[{\"EndpointId\":\"" + id + "\",\"VpcId\":\"" + id + "\"}]");
      case "ListVpcEndpointZones" -> CannedCloud.ok("\"Zones\":[{\"ZoneId\":\"" + id + "\"}]");
      case "DescribeVSwitches" ->
          CannedCloud.ok(
              "\"VSwitches\":{\"VSwitch\":[{\"VSwitchId\":\""
                  + request.parameter("VpcId")
                  + "\"}]}");
      case "GetCallerIdentity" -> CannedCloud.ok("\"AccountId\":\"1968132000123456\"");
      case "DescribeZoneInfo" ->
          CannedCloud.ok(
              "\"ZoneId\":\"" + request.parameter("ZoneId") + "\",\"ZoneName\":\"a.example.com\"");
      case "AddZoneRecord" -> CannedCloud.ok("\"RecordId\":1");
      default -> CannedCloud.ok("");
    };
  }

  @Test
  void mixedCalls_ofManyThreads_eachGoWhereTheyBelong_signedAsTheyAre() throws Exception {
    AlicloudOptions.Builder options =
        AlicloudOptions.builder().credentials(Keys.provider(Keys.KEY_ID, Keys.SECRET));
    for (Product product : Product.values()) {
      CannedCloud cloud = new CannedCloud(AlicloudThreadsTest::echo);
      clouds.put(product, cloud);
      options.endpoint(product, cloud.uri());
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (PrivateLinkDriver driver = DriverTestBase.open(options.build())) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        int number = i;
        calls.add(threads.submit(() -> call(driver, number)));
      }
      for (Future<?> call : calls) {
        call.get(50, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
      clouds.values().forEach(CannedCloud::close);
    }

    assertThat(clouds.values().stream().mapToInt(cloud -> cloud.seen().size()).sum())
        .isEqualTo(CALLS);
    clouds.forEach(
        (product, cloud) ->
            assertThat(cloud.seen())
                .isNotEmpty()
                .allMatch(request -> product(request.action()) == product)
                .allMatch(request -> request.host().equals(cloud.uri().getAuthority()))
                .allMatch(request -> signature(request).equals(request.parameter("Signature"))));
    assertThat(
            clouds.values().stream()
                .flatMap(cloud -> cloud.seen().stream())
                .map(request -> request.parameter("SignatureNonce")))
        .doesNotHaveDuplicates();
  }

  private static void call(PrivateLinkDriver driver, int number) {
    String id = "x-" + number;
    var network = DriverTestBase.network(id);
    DnsZone zone = new DnsZone(id, "a.example.com", Optional.empty(), Set.of());
    switch (number % 8) {
      case 0 -> assertThat(driver.endpoint(network, id).orElseThrow().vpcId()).isEqualTo(id);
      case 1 -> assertThat(driver.endpointZones(network, id).get(0).zoneId()).hasValue(id);
      case 2 ->
          assertThat(driver.subnets(network, Optional.empty()).items().get(0).id()).isEqualTo(id);
      case 3 -> assertThat(driver.account(network)).isEqualTo("1968132000123456");
      case 4 -> assertThat(driver.zone(network, id).orElseThrow().id()).isEqualTo(id);
      case 5 -> driver.putLabels(network, List.of(id), Map.of("k", id));
      case 6 -> driver.bindZone(network, id, Set.of(new DnsZone.BoundNetwork(REGION, id)));
      default -> {
        var unused = driver.putRecords(network, zone, List.of(DriverTestBase.RECORD));
      }
    }
  }

  private static Product product(String action) {
    return switch (action) {
      case "ListVpcEndpoints", "ListVpcEndpointZones", "TagResources" -> Product.PRIVATELINK;
      case "DescribeVSwitches" -> Product.VPC;
      case "GetCallerIdentity" -> Product.STS;
      case "DescribeZoneInfo", "BindZoneVpc", "AddZoneRecord" -> Product.PRIVATEZONE;
      default -> throw new AssertionError(action);
    };
  }

  /** The signature that the request should have, as the rules of the older signature say. */
  private static String signature(Seen request) {
    TreeMap<String, String> parameters = new TreeMap<>(request.parameters());
    parameters.remove("Signature");
    StringBuilder canonical = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            canonical
                .append(canonical.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
    String text = request.method() + "&" + encoded("/") + "&" + encoded(canonical.toString());
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec((Keys.SECRET + "&").getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
