package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.testing.ManualTime;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/** The provider and its options. */
class AwsPrivateLinkProviderTest {
  private FakeAws aws;
  private ClusterNetwork network;

  @BeforeEach
  void open() {
    aws = new FakeAws();
    network = aws.addNetwork();
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private static PrivateLinkDriver open(AwsOptions.Builder options) {
    return new AwsPrivateLinkProvider(options.build()).open(new DriverContext(new ManualTime()));
  }

  @Test
  void serviceLoader_findsTheProvider() {
    assertThat(ServiceLoader.load(PrivateLinkProvider.class))
        .singleElement()
        .isInstanceOf(AwsPrivateLinkProvider.class)
        .extracting(PrivateLinkProvider::cloud)
        .isEqualTo(CloudProvider.AWS);
  }

  @Test
  void open_withDefaults_reachesForNothing() {
    try (PrivateLinkDriver driver =
        new AwsPrivateLinkProvider().open(new DriverContext(new ManualTime()))) {
      assertThat(driver.scope(network)).isEqualTo("aws/default/us-west-2");
      assertThat(driver.traits()).isSameAs(driver.traits());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com",
        "http://127.0.0.1.example.com",
        "http://10.0.0.1",
        "ftp://localhost",
        "https://user:secret@example.com",
        "https://example.com?x=1",
        "https:opaque",
        "/relative"
      })
  void endpoints_thatAreNotSafe_areRefused(String uri) {
    AwsOptions.Builder options = AwsOptions.builder();

    assertThatThrownBy(() -> options.route53Endpoint(URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> options.ec2Endpoint(URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ec2-fips.us-east-1.amazonaws.com",
        "http://localhost:4566",
        "http://127.0.0.1:8080/",
        "http://[::1]:8080"
      })
  void endpoints_overHttpsOrOnLoopback_areTaken(String uri) {
    AwsOptions options = AwsOptions.builder().ec2Endpoint(URI.create(uri)).build();

    assertThat(options.ec2Endpoint("us-west-2")).hasValue(URI.create(uri));
  }

  @Test
  void ec2Endpoint_withAPath_isRefused() {
    assertThatThrownBy(
            () -> AwsOptions.builder().ec2Endpoint(URI.create("https://example.com/ec2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("path");
  }

  @Test
  void timeouts_thatAreNotPositive_areRefused() {
    assertThatThrownBy(() -> AwsOptions.builder().callTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AwsOptions.builder().callTimeout(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void userAgentSuffix_withALineBreak_isRefused() {
    assertThatThrownBy(() -> AwsOptions.builder().userAgentSuffix("a\r\nb"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void userAgent_namesTheLibraryAndTheEmbedder() {
    try (PrivateLinkDriver driver = open(aws.options().userAgentSuffix("my-service/1.4"))) {
      driver.subnets(network, Optional.empty());
    }

    assertThat(aws.requests().get(0).userAgent())
        .startsWith("aws-sdk-java/2")
        .contains("privatelink4j my-service/1.4");
  }

  @Test
  void toString_tellsNothingOfCredentials() {
    assertThat(aws.options().build().toString())
        .contains(aws.uri().toString())
        .doesNotContain(FakeAws.KEY_ID)
        .doesNotContain(FakeAws.SECRET);
  }

  @Test
  void metricPublishers_areToldOfEachCall_andNotClosed() {
    List<MetricCollection> seen = new ArrayList<>();
    AtomicInteger closed = new AtomicInteger();
    MetricPublisher publisher =
        new MetricPublisher() {
          @Override
          public void publish(MetricCollection metrics) {
            seen.add(metrics);
          }

          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    try (PrivateLinkDriver driver = open(aws.options().addMetricPublisher(publisher))) {
      driver.subnets(network, Optional.empty());
    }

    assertThat(seen).hasSize(1);
    assertThat(closed).hasValue(0);
  }

  @Test
  void httpClient_ofTheEmbedder_isUsedAndNotClosed() {
    CountingClient client = new CountingClient();
    try (PrivateLinkDriver driver = open(aws.options().httpClient(client))) {
      driver.subnets(network, Optional.empty());
    }

    assertThat(client.calls()).isEqualTo(1);
    assertThat(client.closed()).isEqualTo(0);
  }

  @Test
  void httpClientBuilder_makesOneClient_whichIsClosedWithTheDriver() {
    CountingClient client = new CountingClient();
    SdkHttpClient.Builder<?> builder = new CountingClient.Builder(client);
    PrivateLinkDriver driver = open(aws.options().httpClientBuilder(builder));
    driver.subnets(network, Optional.empty());
    driver.zone(network, "Z1");

    driver.close();
    driver.close();

    assertThat(client.calls()).isEqualTo(2);
    assertThat(client.closed()).isPositive();
  }

  private static StaticCredentialsProvider credentials(String key) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "secret"));
  }

  @Test
  void serviceOfAnotherRegion_isAskedForThere() {
    String service = aws.publish("eu-west-1", true);
    aws.allow(service);
    try (PrivateLinkDriver driver = open(aws.options())) {
      assertThat(driver.service(network, AwsEndpointService.of(service))).isEmpty();
      assertThat(driver.service(network, AwsEndpointService.of(service, "eu-west-1"))).isPresent();
    }
  }

  @Test
  void removeLabels_ofNone_isRefusedBeforeItDeletesAll() {
    try (PrivateLinkDriver driver = open(aws.options())) {
      assertThatThrownBy(() -> driver.removeLabels(network, "vpce-0123456789abcdef0", Map.of()))
          .isInstanceOf(RemoteException.class);
    }
    assertThat(aws.requestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, ec2.us-gov-west-1.amazonaws.com, route53.us-gov.amazonaws.com",
    "true, false, ec2.us-gov-west-1.amazonaws.com, route53.us-gov.amazonaws.com",
    "true, true, ec2-fips.us-gov-west-1.api.aws, route53.us-gov.api.aws"
  })
  void fipsAndDualstack_arePassedToTheSdk(
      boolean fips, boolean dualstack, String ec2Host, String route53Host) {
    CountingClient client = new CountingClient();
    client.refuse();
    ClusterNetwork gov = in("us-gov-west-1");
    try (PrivateLinkDriver driver =
        open(
            AwsOptions.builder()
                .credentials(credentials("AKIAONE"))
                .fips(fips)
                .dualstack(dualstack)
                .httpClient(client))) {
      assertThatThrownBy(() -> driver.subnets(gov, Optional.empty()))
          .isInstanceOf(RemoteException.class);
      assertThat(client.last().host()).isEqualTo(ec2Host);
      assertThatThrownBy(() -> driver.zone(gov, "Z1")).isInstanceOf(RemoteException.class);
      assertThat(client.last().host()).isEqualTo(route53Host);
    }
  }

  @Test
  void ec2EndpointPerRegion_leadsEachRegionToItsOwn() {
    CountingClient client = new CountingClient();
    client.refuse();
    try (PrivateLinkDriver driver =
        open(
            AwsOptions.builder()
                .credentials(credentials("AKIAONE"))
                .ec2EndpointPerRegion(region -> URI.create("https://" + region + ".example.com"))
                .httpClient(client))) {
      for (String region : List.of("us-west-2", "eu-central-1")) {
        assertThatThrownBy(() -> driver.subnets(in(region), Optional.empty()))
            .isInstanceOf(RemoteException.class);
        assertThat(client.last().host()).isEqualTo(region + ".example.com");
      }
    }
  }

  @Test
  void optionsThatTheSdkCannotMakeAClientOf_areInvalid_andNothingIsSent() {
    try (PrivateLinkDriver driver =
        open(aws.options().ec2EndpointPerRegion(region -> URI.create("http://example.com")))) {
      assertThatThrownBy(() -> driver.putLabels(network, List.of("vpce-1"), Map.of("a", "b")))
          .isInstanceOfSatisfying(
              RemoteException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID))
          .hasMessageContaining("https");
    }
    assertThat(aws.requestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, route53.amazonaws.com, us-east-1",
    "eu-central-1, route53.amazonaws.com, us-east-1",
    "cn-north-1, route53.amazonaws.com.cn, cn-northwest-1",
    "us-gov-east-1, route53.us-gov.amazonaws.com, us-gov-west-1"
  })
  void route53_isReachedAndSignedForPerPartition(String region, String host, String signing) {
    CountingClient client = new CountingClient();
    client.refuse();
    ClusterNetwork there = in(region);
    try (PrivateLinkDriver driver =
        open(AwsOptions.builder().credentials(credentials("AKIAONE")).httpClient(client))) {
      assertThatThrownBy(() -> driver.zone(there, "Z1")).isInstanceOf(RemoteException.class);
    }

    assertThat(client.last().host()).isEqualTo(host);
    assertThat(client.last().firstMatchingHeader("Authorization").orElseThrow())
        .contains("/" + signing + "/route53/aws4_request");
  }

  private static ClusterNetwork in(String region) {
    return ClusterNetwork.builder()
        .cloud(CloudProvider.AWS)
        .region(region)
        .vpcId("vpc-1")
        .addSubnetIds("subnet-1")
        .build();
  }
}
