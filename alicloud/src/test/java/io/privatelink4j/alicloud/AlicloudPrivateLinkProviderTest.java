package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.testing.ManualTime;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class AlicloudPrivateLinkProviderTest extends DriverTestBase {

  @Test
  void serviceLoader_findsTheProvider() {
    assertThat(ServiceLoader.load(PrivateLinkProvider.class))
        .singleElement()
        .isInstanceOf(AlicloudPrivateLinkProvider.class)
        .extracting(PrivateLinkProvider::cloud)
        .isEqualTo(CloudProvider.ALICLOUD);
  }

  @Test
  void open_withAllDefaults_asksForNothing() {
    try (PrivateLinkDriver own =
        new AlicloudPrivateLinkProvider().open(new DriverContext(new ManualTime()))) {
      assertThat(own.traits().zonesRemovedFirst()).isTrue();
      assertThat(own.scope(network)).isEqualTo("alicloud/default/" + REGION);
    }
  }

  @Test
  void close_endsTheDriver_andNoOtherOne() {
    PrivateLinkDriver other = open(cloud.options().build());
    other.close();
    other.close();

    assertThat(failureOf(() -> other.zone(network, "z1")).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(failureOf(() -> other.deleteZone(network, "z1")).kind())
        .isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(cloud.seen()).isEmpty();
    assertThat(driver.subnets(network, Optional.empty()).items()).isEmpty();
  }
}
