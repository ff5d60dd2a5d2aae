package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.BasicSessionCredentials;
import io.privatelink4j.alicloud.AlicloudOptions.Signature;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Either signature is one that the fake finds right, whatever is signed. */
class AlicloudSignatureTest {
  private static final String VALUE = "~a b+c*d/e=f&g%h:é";

  private final FakeAlicloud cloud = new FakeAlicloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  @ParameterizedTest
  @EnumSource(Signature.class)
  void permanentAndTemporaryKeys_signQueriesAndForms(Signature signature) {
    cloud.addKey(Keys.KEY_ID, Keys.SECRET, Optional.of(Keys.TOKEN));
    ClusterNetwork network = cloud.addNetwork();
    for (AlicloudOptions.Builder options :
        List.of(
            AlicloudOptions.builder()
                .credentials(() -> new BasicCredentials(FakeAlicloud.KEY_ID, FakeAlicloud.SECRET)),
            AlicloudOptions.builder()
                .credentials(
                    () ->
                        new BasicSessionCredentials(
                            Keys.KEY_ID, Keys.SECRET, Keys.TOKEN, 3_600)))) {
      try (PrivateLinkDriver driver =
          DriverTestBase.open(options.endpoint(cloud.uri()).signature(signature).build())) {
        assertThat(driver.account(network)).isEqualTo(FakeAlicloud.ACCOUNT);
        List<Subnet> subnets = driver.subnets(network, Optional.empty()).items();
        String service = cloud.publish(subnets.stream().map(Subnet::zoneId).toList(), false);
        cloud.allow(service);
        Endpoint endpoint =
            driver.createEndpoint(
                network,
                new EndpointSpec(
                    "plc-x",
                    AlicloudEndpointService.of(service),
                    subnets,
                    new TreeMap<>(Map.of("plc.v", "1")),
                    "token-" + service.hashCode()));
        driver.putLabels(network, List.of(endpoint.id()), Map.of("plc.put", "yes"));
        DnsZone zone = driver.createZone(network, "a.example.com", "reference");
        driver.deleteZone(network, zone.id());

        assertThat(driver.endpoint(network, endpoint.id())).isPresent();
        RemoteException failure =
            DriverTestBase.failureOf(
                () -> driver.putLabels(network, List.of(VALUE), Map.of("k", VALUE)));
        assertThat(failure.kind())
            .as("refused for what it says, not for its signature")
            .isNotEqualTo(ErrorKind.BAD_CREDENTIALS);
      }
    }
    assertThat(cloud.requests())
        .filteredOn(request -> !request.query().containsKey("AccessKeyId"))
        .hasSize(signature == Signature.V3 ? cloud.requests().size() : 0);
  }

  @Test
  void wrongSecret_isToldWithoutWhatWasSigned() {
    ClusterNetwork network = cloud.addNetwork();
    try (PrivateLinkDriver driver =
        DriverTestBase.open(
            AlicloudOptions.builder()
                .endpoint(cloud.uri())
                .credentials(Keys.provider(FakeAlicloud.KEY_ID, Keys.SECRET))
                .build())) {
      RemoteException failure = DriverTestBase.failureOf(() -> driver.account(network));

      assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_CREDENTIALS);
      assertThat(failure.toString()).doesNotContain(FakeAlicloud.KEY_ID, Keys.SECRET, "Nonce");
    }
  }
}
