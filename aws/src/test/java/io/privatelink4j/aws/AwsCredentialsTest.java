package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.testing.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsCredentialsTest {
  private static final String ROLE = "arn:aws:iam::111122223333:role/tenant-1";

  private final CountingClient client = new CountingClient();

  AwsCredentialsTest() {
    client.refuse();
  }

  private PrivateLinkDriver open(
      Function<? super ClusterNetwork, ? extends AwsCredentialsProvider> credentials) {
    AwsOptions options =
        AwsOptions.builder().credentialsPerNetwork(credentials).httpClient(client).build();
    return new AwsPrivateLinkProvider(options).open(new DriverContext(new ManualTime()));
  }

  private static ClusterNetwork network(String vpcId, String... principal) {
    ClusterNetwork.Builder network =
        ClusterNetwork.builder()
            .cloud(CloudProvider.AWS)
            .region("us-west-2")
            .vpcId(vpcId)
            .addSubnetIds("subnet-1");
    Stream.of(principal).forEach(network::principal);
    return network.build();
  }

  private static AwsCredentialsProvider key(String id) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, "secret"));
  }

  private static RemoteException failure(Runnable call) {
    return catchThrowableOfType(RemoteException.class, call::run);
  }

  @Test
  void everyCall_isSignedWithWhatTheFunctionGivesThen() {
    AtomicInteger asked = new AtomicInteger();
    try (PrivateLinkDriver driver = open(network -> key("AKIA" + asked.incrementAndGet()))) {
      for (int call = 1; call <= 3; call++) {
        RemoteException unused = failure(() -> driver.subnets(network("vpc-1"), Optional.empty()));
        assertThat(client.authorization()).contains("Credential=AKIA" + call + "/");
      }
      RemoteException unused = failure(() -> driver.zone(network("vpc-1"), "Z1"));
      assertThat(client.authorization()).contains("Credential=AKIA4/");
    }
    assertThat(asked).as("once per call").hasValue(4);
  }

  @Test
  void networksOfOneTenant_haveOneScope_othersHaveTheirOwn() {
    try (PrivateLinkDriver driver =
        open(
            network -> {
              throw new IllegalStateException("not needed for a scope");
            })) {
      assertThat(driver.scope(network("vpc-1", ROLE)))
          .isEqualTo(driver.scope(network("vpc-2", ROLE)))
          .endsWith("/us-west-2");
      assertThat(driver.scope(network("vpc-1"))).isNotEqualTo(driver.scope(network("vpc-2")));
      assertThat(driver.scope(network("vpc-1"))).isEqualTo(driver.scope(network("vpc-1")));
    }
  }

  @Test
  void manyTenants_needNoThreadsOfTheirOwn() {
    try (PrivateLinkDriver driver = open(network -> key("AKIA" + network.vpcId()))) {
      for (int tenant = 0; tenant < 20; tenant++) {
        ClusterNetwork network = network("vpc-" + tenant);
        RemoteException unused = failure(() -> driver.subnets(network, Optional.empty()));
        unused = failure(() -> driver.zone(network, "Z1"));
      }
      assertThat(threads("sdk-ScheduledExecutor")).isZero();
      assertThat(threads("privatelink4j-aws-timeouts")).isPositive();
    }
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }

  static List<Function<ClusterNetwork, AwsCredentialsProvider>> wrong() {
    return List.of(
        network -> null,
        network -> {
          throw new IllegalStateException("vault token s3cr3t is no good");
        },
        network ->
            () -> {
              throw SdkClientException.create("Unable to load credentials s3cr3t");
            },
        network ->
            () -> {
              throw AwsServiceException.builder().message("s3cr3t").statusCode(403).build();
            });
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void credentialsThatCannotBeHad_areBadCredentials_andTellNoSecret(
      Function<ClusterNetwork, AwsCredentialsProvider> credentials) {
    try (PrivateLinkDriver driver = open(credentials)) {
      RemoteException failure =
          failure(() -> driver.putLabels(network("vpc-1"), List.of("vpce-1"), Map.of("a", "b")));

      assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_CREDENTIALS);
      assertThat(failure).hasMessageNotContaining("s3cr3t").hasNoCause();
    }
    assertThat(client.calls()).isZero();
  }

  static List<RuntimeException> passing() {
    return List.of(
        new UncheckedIOException(new IOException("connect timed out s3cr3t")),
        SdkClientException.create("cannot reach the vault", new IOException("s3cr3t")),
        AwsServiceException.builder().message("s3cr3t").statusCode(503).build());
  }

  @ParameterizedTest
  @MethodSource("passing")
  void credentialsThatCannotBeHadForAMoment_areUnavailable_evenForAWrite(RuntimeException passing) {
    AwsCredentialsProvider broken =
        () -> {
          throw passing;
        };
    try (PrivateLinkDriver driver = open(network -> broken)) {
      RemoteException failure =
          failure(() -> driver.putLabels(network("vpc-1"), List.of("vpce-1"), Map.of("a", "b")));

      assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
      assertThat(failure).hasMessageNotContaining("s3cr3t");
    }
  }

  @Test
  void interruptWhileCredentialsAreFetched_isKept() {
    AwsCredentialsProvider interrupted =
        () -> {
          throw AbortedException.create("interrupted");
        };
    try (PrivateLinkDriver driver = open(network -> interrupted)) {
      RemoteException failure = failure(() -> driver.subnets(network("vpc-1"), Optional.empty()));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }
  }
}
