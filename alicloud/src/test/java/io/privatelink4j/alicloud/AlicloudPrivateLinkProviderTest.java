package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.ProviderNotFoundException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.PrivateLinkProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class AlicloudPrivateLinkProviderTest {

  @Test
  void serviceLoader_findsTheProvider() {
    assertThat(ServiceLoader.load(PrivateLinkProvider.class))
        .singleElement()
        .isInstanceOf(AlicloudPrivateLinkProvider.class)
        .extracting(PrivateLinkProvider::cloud)
        .isEqualTo(CloudProvider.ALICLOUD);
  }

  @Test
  void client_withTheProviderOnTheClassPath_saysThatThereIsNoDriverYet() {
    ClusterNetwork network =
        ClusterNetwork.builder()
            .cloud(CloudProvider.ALICLOUD)
            .region("r")
            .vpcId("vpc-1")
            .addSubnetIds("subnet-1")
            .build();
    try (PrivateLinkClient links =
        PrivateLinkClient.builder().clusters(id -> List.of(network)).build()) {
      assertThatThrownBy(() -> links.zones("c1"))
          .isInstanceOf(ProviderNotFoundException.class)
          .hasMessageContaining("privatelink4j-alicloud has no driver yet")
          .hasMessageContaining("InMemoryCloud");
    }
  }
}
