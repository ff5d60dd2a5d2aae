package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.alicloud.AlicloudOptions.Product;
import io.privatelink4j.alicloud.Hosts.Host;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options and the hosts that follow from them. */
class AlicloudOptionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://privatelink.ap-southeast-1.aliyuncs.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com:80",
        "ftp://127.0.0.1",
        "https://user:secret@host",
        "https://host/path",
        "https://host?query",
        "https://host/#fragment",
        "https:///",
        "host:443"
      })
  void endpoint_thatIsNotSafe_isRefused(String uri) {
    AlicloudOptions.Builder builder = AlicloudOptions.builder();

    assertThatThrownBy(() -> builder.endpoint(Product.VPC, URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> builder.endpoint(URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://host.example.com, host.example.com, true",
    "HTTPS://host.example.com:8443/, host.example.com:8443, true",
    "http://127.0.0.1:81, 127.0.0.1:81, false",
    "http://127.9.9.9, 127.9.9.9, false",
    "http://localhost:81, localhost:81, false",
    "http://[::1]:81, [::1]:81, false"
  })
  void endpoint_thatIsSafe_isUsed(String uri, String authority, boolean secure) {
    AlicloudOptions options =
        AlicloudOptions.builder().endpoint(Product.PRIVATEZONE, URI.create(uri)).build();

    assertThat(new Hosts(options).of(Product.PRIVATEZONE, "cn-hangzhou"))
        .isEqualTo(new Host(authority, secure));
    assertThat(new Hosts(options).of(Product.STS, "cn-hangzhou"))
        .isEqualTo(new Host("sts.aliyuncs.com", true));
  }

  @ParameterizedTest
  @CsvSource({
    "PRIVATELINK, privatelink.ap-southeast-1.aliyuncs.com, privatelink-vpc.ap-southeast-1.aliyuncs.com",
    "PRIVATEZONE, pvtz.aliyuncs.com, pvtz.vpc-proxy.aliyuncs.com",
    "VPC, vpc.ap-southeast-1.aliyuncs.com, vpc-vpc.ap-southeast-1.aliyuncs.com",
    "STS, sts.aliyuncs.com, sts-vpc.ap-southeast-1.aliyuncs.com"
  })
  void hosts_areHttps_andTheRegionsWhereAProductHasOne(
      Product product, String open, String internal) {
    AlicloudOptions inside = AlicloudOptions.builder().internalEndpoints(true).build();

    assertThat(new Hosts(AlicloudOptions.builder().build()).of(product, "ap-southeast-1"))
        .isEqualTo(new Host(open, true));
    assertThat(new Hosts(inside).of(product, "ap-southeast-1")).isEqualTo(new Host(internal, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "r",
        "ap.southeast",
        "evil.example.com/",
        "cn-hangzhou@evil",
        "CN-HANGZHOU",
        "cn_hangzhou",
        "cn-hangzhou\n",
        "cn-hangzhou:80"
      })
  void region_thatIsNone_neverGetsIntoAHost(String region) {
    Hosts hosts = new Hosts(AlicloudOptions.builder().build());

    assertThatThrownBy(() -> hosts.of(Product.VPC, region))
        .isInstanceOfSatisfying(
            RemoteException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BAD_NETWORK));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cn-hangzhou",
        "ap-southeast-1",
        "us-east-1",
        "rus-west-1",
        "me-central-1",
        "cn-beijing-finance-1",
        "cn-hangzhou-acdr-ut-1"
      })
  void region_thatIsOne_isTaken(String region) {
    assertThat(new Hosts(AlicloudOptions.builder().build()).of(Product.VPC, region).authority())
        .isEqualTo("vpc." + region + ".aliyuncs.com");
  }

  @Test
  void endpointPerRegion_thatIsNotSafe_endsTheCall() {
    AlicloudOptions options =
        AlicloudOptions.builder()
            .endpointPerRegion(Product.VPC, region -> URI.create("http://vpc.example.com"))
            .build();

    assertThatThrownBy(() -> new Hosts(options).of(Product.VPC, "cn-hangzhou"))
        .isInstanceOfSatisfying(
            RemoteException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID));
  }

  @Test
  void endpointPerRegion_isAskedForTheRegion() {
    AlicloudOptions options =
        AlicloudOptions.builder()
            .endpointPerRegion(Product.VPC, region -> URI.create("https://" + region + ".example"))
            .build();

    assertThat(new Hosts(options).of(Product.VPC, "cn-hangzhou").authority())
        .isEqualTo("cn-hangzhou.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0001S", "PT1H1S"})
  void timeouts_outOfRange_areRefused(Duration timeout) {
    AlicloudOptions.Builder builder = AlicloudOptions.builder();

    assertThatThrownBy(() -> builder.connectTimeout(timeout))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.callTimeout(timeout))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void texts_thatAreNotSafeInARequest_areRefused() {
    AlicloudOptions.Builder builder = AlicloudOptions.builder();

    assertThatThrownBy(() -> builder.userAgentSuffix("a\r\nb"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.resourceGroupId("rg 1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void text_tellsNothingOfTheCredentials() {
    AlicloudOptions options =
        AlicloudOptions.builder()
            .credentials(Keys.session())
            .endpoint(URI.create("https://h"))
            .build();

    assertThat(options.toString() + new AlicloudCalls(options))
        .contains("PRIVATELINK", "PT1M", "V1")
        .doesNotContain(Keys.KEY_ID, Keys.SECRET, Keys.TOKEN);
  }
}
