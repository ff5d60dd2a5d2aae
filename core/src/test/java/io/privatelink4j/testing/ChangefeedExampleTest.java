package io.privatelink4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.spi.Operation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link InMemoryCloud}, word for word. */
class ChangefeedExampleTest {

  @Test
  void aChangefeedReachesTheCustomersKafka() {
    InMemoryCloud cloud = InMemoryCloud.aws();
    ClusterNetwork network = cloud.network();
    OwnedService kafka = cloud.publish("usw2-az1", "usw2-az2"); // the customer's side
    try (PrivateLinkClient links =
        PrivateLinkClient.builder()
            .provider(cloud)
            .time(cloud.time()) // half an hour takes no time
            .clusters(id -> List.of(network))
            .build()) {
      kafka.allow(links.zones("c1").accountId());
      ServiceCheck check = links.check("c1", kafka.type());
      PrivateLinkConnection link =
          links.create(
              CreateConnectionRequest.builder()
                  .clusterId("c1")
                  .displayName("orders")
                  .type(check.type())
                  .requestId("op-1")
                  .build());
      kafka.acceptAll();
      link = links.awaitActive(link, Duration.ofMinutes(30));
      DomainAttachment domain = links.attachDomain(link, DomainRequest.managed());
      cloud.manualTime().advance(Duration.ofMinutes(1));
      Resolution broker = cloud.resolve(network, "b1.usw2-az1." + domain.apex());
      assertThat(broker.zoneIds()).containsExactly("usw2-az1");
      links.delete(link);
    }
    assertThat(cloud.leftovers()).isEmpty();
    assertThat(cloud.calls().count(Operation.CREATE_ENDPOINT)).isEqualTo(1);
  }
}
