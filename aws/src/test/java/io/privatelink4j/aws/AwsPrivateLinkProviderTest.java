package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.testing.ManualTime;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
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

    assertThat(options.ec2Endpoint()).hasValue(URI.create(uri));
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
    assertThatThrownBy(() -> AwsOptions.builder().attemptTimeout(Duration.ofSeconds(-1)))
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

    assertThat(client.calls).hasValue(1);
    assertThat(client.closed).hasValue(0);
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

    assertThat(client.calls).hasValue(2);
    assertThat(client.closed).hasPositiveValue();
  }

  @Test
  void credentialsPerNetwork_giveScopesOfTheirOwn() {
    ClusterNetwork other = aws.addNetwork();
    StaticCredentialsProvider one = credentials("AKIAONE");
    StaticCredentialsProvider two = credentials("AKIATWO");
    try (PrivateLinkDriver driver =
        open(
            aws.options()
                .credentialsPerNetwork(
                    asked -> asked.vpcId().equals(network.vpcId()) ? one : two))) {
      assertThat(driver.scope(network)).isEqualTo(driver.scope(network));
      assertThat(driver.scope(network)).isNotEqualTo(driver.scope(other));
      assertThat(driver.scope(network)).doesNotContain("AKIA");
    }
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
      assertThatThrownBy(
              () -> driver.removeLabels(network, "vpce-0123456789abcdef0", java.util.Map.of()))
          .isInstanceOf(io.privatelink4j.spi.RemoteException.class);
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
    client.refuse = true;
    ClusterNetwork there =
        ClusterNetwork.builder()
            .cloud(CloudProvider.AWS)
            .region(region)
            .vpcId("vpc-1")
            .addSubnetIds("subnet-1")
            .build();
    try (PrivateLinkDriver driver =
        open(AwsOptions.builder().credentials(credentials("AKIAONE")).httpClient(client))) {
      assertThatThrownBy(() -> driver.zone(there, "Z1"))
          .isInstanceOf(io.privatelink4j.spi.RemoteException.class);
    }

    assertThat(client.last.httpRequest().host()).isEqualTo(host);
    assertThat(client.last.httpRequest().firstMatchingHeader("Authorization").orElseThrow())
        .contains("/" + signing + "/route53/aws4_request");
  }

  /** Counts, and passes on. */
  private static final class CountingClient implements SdkHttpClient {
    private final SdkHttpClient real = UrlConnectionHttpClient.create();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile HttpExecuteRequest last;
    private volatile boolean refuse;

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      calls.incrementAndGet();
      last = request;
      if (refuse) {
        throw new IllegalStateException("no calls here");
      }
      return real.prepareRequest(request);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }

    private static final class Builder implements SdkHttpClient.Builder<Builder> {
      private final CountingClient client;

      Builder(CountingClient client) {
        this.client = client;
      }

      @Override
      public SdkHttpClient buildWithDefaults(software.amazon.awssdk.utils.AttributeMap defaults) {
        return client;
      }
    }
  }
}
