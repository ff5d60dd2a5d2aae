package io.privatelink4j.examples.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  @Test
  void run_goesFromZonesToNothingLeft() {
    InMemoryCloud cloud = InMemoryCloud.aws();
    OwnedService kafka = cloud.publish().acceptAutomatically();

    Lifecycle.of(kafka)
        .run(
            PrivateLinkClient.builder()
                .clusters(clusterId -> List.of(cloud.network()))
                .provider(cloud)
                .time(cloud.time()));

    assertThat(cloud.leftovers()).isEmpty();
    assertThat(cloud.calls().count(Operation.CREATE_ENDPOINT)).isEqualTo(1);
    assertThat(cloud.calls().count(Operation.CREATE_ZONE)).isEqualTo(1);
  }

  @Test
  void main_runs() {
    Lifecycle.main(new String[0]);
  }
}
