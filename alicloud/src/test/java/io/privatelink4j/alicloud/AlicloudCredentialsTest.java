package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.auth.AlibabaCloudCredentialsProvider;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.exceptions.ServerException;
import io.privatelink4j.alicloud.AlicloudOptions.Signature;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AlicloudCredentialsTest extends DriverTestBase {
  private static final String ROLE = "acs:ram::1968132000123456:role/tenant-1";

  private PrivateLinkDriver openWith(
      Function<? super ClusterNetwork, ? extends AlibabaCloudCredentialsProvider> credentials) {
    return open(cloud.options().credentialsPerNetwork(credentials).build());
  }

  @Test
  void everyCall_isSignedWithWhatTheFunctionGivesThen() {
    AtomicInteger asked = new AtomicInteger();
    try (PrivateLinkDriver own =
        openWith(any -> Keys.provider("LTAI" + asked.incrementAndGet(), "secret"))) {
      for (int call = 1; call <= 3; call++) {
        var unused = own.subnets(network, Optional.empty());
        assertThat(cloud.last().parameter("AccessKeyId")).isEqualTo("LTAI" + call);
      }
      own.deleteZone(network, "z1");
      assertThat(cloud.last().parameter("AccessKeyId")).isEqualTo("LTAI4");
    }
    assertThat(asked).as("once per call").hasValue(4);
  }

  @Test
  void networksOfOneTenant_haveOneScope_othersHaveTheirOwn() {
    try (PrivateLinkDriver own =
        openWith(
            any -> {
              throw new IllegalStateException("not needed for a scope");
            })) {
      assertThat(own.scope(network("vpc-1", ROLE)))
          .isEqualTo(own.scope(network("vpc-2", ROLE)))
          .endsWith("/" + REGION);
      assertThat(own.scope(network("vpc-1"))).isNotEqualTo(own.scope(network("vpc-2")));
      assertThat(own.scope(network("vpc-1"))).isEqualTo(own.scope(network("vpc-1")));
    }
  }

  @Test
  void networksOfOneProvider_haveOneScope() {
    assertThat(driver.scope(network("vpc-1"))).isEqualTo(driver.scope(network("vpc-2", ROLE)));
  }

  @ParameterizedTest
  @EnumSource(Signature.class)
  void token_goesWithTheRequest_inTheUrlWithTheOlderSignatureOnly(Signature signature) {
    AlicloudOptions options =
        cloud.options().credentials(Keys.session()).signature(signature).build();
    try (PrivateLinkDriver own = open(options)) {
      own.putLabels(network, List.of("ep-1"), Map.of("k", "v"));
      CannedCloud.Seen body = cloud.last();
      var unused = own.endpoint(network, "ep-1");
      CannedCloud.Seen query = cloud.last();

      for (CannedCloud.Seen request : List.of(body, query)) {
        boolean older = signature == Signature.V1;
        assertThat(request.query().containsValue(Keys.TOKEN)).isEqualTo(older);
        assertThat(request.query().containsValue(Keys.KEY_ID)).isEqualTo(older);
        assertThat(request.headers().getOrDefault("authorization", ""))
            .startsWith(older ? "" : "ACS3-HMAC-SHA256");
        assertThat(request.headers().containsValue(Keys.TOKEN)).isEqualTo(!older);
        assertThat(request.parameter("RegionId")).isEqualTo(REGION);
      }
      assertThat(body.action()).isEqualTo("TagResources");
      assertThat(query.action()).isEqualTo("ListVpcEndpoints");
    }
  }

  static List<Function<ClusterNetwork, AlibabaCloudCredentialsProvider>> wrong() {
    return List.of(
        any -> null,
        any -> () -> null,
        any -> () -> new BasicCredentials("", "s3cr3t") {},
        any -> {
          throw new IllegalStateException("vault token s3cr3t is no good");
        },
        any ->
            () -> {
              throw new ClientException("InvalidAccessKeyId.NotFound", "s3cr3t");
            },
        any ->
            () -> {
              throw new ClientException("not found credentials: s3cr3t");
            });
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void credentialsThatCannotBeHad_areBadCredentials_andTellNoSecret(
      Function<ClusterNetwork, AlibabaCloudCredentialsProvider> credentials) {
    try (PrivateLinkDriver own = openWith(credentials)) {
      RemoteException failure =
          failureOf(() -> own.putLabels(network, List.of("ep-1"), Map.of("a", "b")));

      assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_CREDENTIALS);
      assertThat(failure).hasMessageNotContaining("s3cr3t").hasNoCause();
    }
    assertThat(cloud.seen()).isEmpty();
  }

  static List<AlibabaCloudCredentialsProvider> passing() {
    return List.of(
        () -> {
          throw new UncheckedIOException(new IOException("connect timed out s3cr3t"));
        },
        () -> {
          throw new ClientException(
              "SDK.ServerUnreachable", "http://100.100.100.200/?s3cr3t", new IOException("s3cr3t"));
        },
        () -> {
          throw new ClientException("Throttling.User", "s3cr3t");
        },
        () -> {
          throw new ServerException("InternalError", "s3cr3t");
        });
  }

  @ParameterizedTest
  @MethodSource("passing")
  void credentialsThatCannotBeHadForAMoment_areUnavailable_evenForAWrite(
      AlibabaCloudCredentialsProvider passing) {
    try (PrivateLinkDriver own = openWith(any -> passing)) {
      RemoteException failure =
          failureOf(() -> own.putLabels(network, List.of("ep-1"), Map.of("a", "b")));

      assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
      assertThat(failure).hasMessageNotContaining("s3cr3t").hasNoCause();
    }
    assertThat(cloud.seen()).isEmpty();
  }
}
