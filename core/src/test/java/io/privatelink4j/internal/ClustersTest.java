package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.ProviderNotFoundException;
import io.privatelink4j.model.ClusterNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClustersTest {
  private static final ClusterNetwork CURRENT = Fixtures.awsNetwork("subnet-2");
  private static final ClusterNetwork FORMER = Fixtures.awsNetwork("subnet-1");

  private static Clusters clusters(ClusterNetwork... networks) {
    return new Clusters(id -> Arrays.asList(networks), Map.of());
  }

  @Test
  void networks_areTheDirectorysInItsOrder() {
    Clusters clusters = clusters(CURRENT, FORMER);

    assertThat(clusters.networks("c")).containsExactly(CURRENT, FORMER);
    assertThat(clusters.current("c")).isEqualTo(CURRENT);
  }

  @Test
  void networks_ofAnUnknownCluster_isNotFound() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> clusters().networks("10581234"))
        .withMessage("cluster 10581234 is not known: the cluster directory names no network for it")
        .satisfies(e -> assertThat(e.details().resource()).contains("10581234"));
  }

  @Test
  void networks_ofABadId_doesNotAskTheDirectory() {
    AtomicInteger asked = new AtomicInteger();
    Clusters clusters =
        new Clusters(
            id -> {
              asked.incrementAndGet();
              return List.of(CURRENT);
            },
            Map.of());

    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> clusters.networks("../c"));
    assertThat(asked).hasValue(0);
  }

  @Test
  void networks_withANullFromTheDirectory_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> clusters((ClusterNetwork) null).networks("c"));
  }

  @Test
  void access_ofACloudWithoutProvider_saysWhatToAdd() {
    assertThatExceptionOfType(ProviderNotFoundException.class)
        .isThrownBy(() -> clusters(CURRENT).access(CURRENT))
        .withMessage(
            "no provider for AWS among []: add privatelink4j-aws to the class path, or give the builder"
                + " a provider");
  }
}
