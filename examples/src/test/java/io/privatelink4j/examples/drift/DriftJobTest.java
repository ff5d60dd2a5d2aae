package io.privatelink4j.examples.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriftJobTest {
  private final InMemoryCloud cloud = InMemoryCloud.aws();
  private final OwnedService kafka = cloud.publish().allow(cloud.accountId()).acceptAutomatically();
  private final PrivateLinkClient links =
      PrivateLinkClient.builder()
          .provider(cloud)
          .time(cloud.time())
          .clusters(clusterId -> List.of(cloud.network()))
          .build();
  private final List<String> told = new ArrayList<>();
  private final DriftJob job = new DriftJob(links, told::add);

  @AfterEach
  void close() {
    links.close();
  }

  private PrivateLinkConnection attached() {
    PrivateLinkConnection link =
        links.create(
            CreateConnectionRequest.builder()
                .clusterId("c1")
                .displayName("orders")
                .type(kafka.type())
                .build());
    link = links.awaitActive(link, Duration.ofMinutes(10));
    links.attachDomain(link, DomainRequest.managed());
    return link;
  }

  @Test
  void zoneThatSomebodyDeleted_isMadeAgainAtTheSecondRun() {
    attached();
    cloud.deleteZoneOutOfBand(cloud.zones().get(0).id());

    job.run("c1");
    assertThat(told).singleElement().asString().startsWith("ENTRY_WITHOUT_ZONE: ");
    assertThat(cloud.zones()).isEmpty();
    cloud.manualTime().advance(Duration.ofMinutes(20));
    job.run("c1");

    assertThat(told).hasSize(2).last().asString().startsWith("DONE: ");
    assertThat(cloud.zones()).hasSize(1);
  }

  @Test
  void whatIsAsItShouldBe_costsNoWriteAndNoWord() {
    attached();
    cloud.calls().clear();

    job.run("c1");
    cloud.manualTime().advance(Duration.ofMinutes(20));
    job.run("c1");

    assertThat(told).isEmpty();
    assertThat(cloud.calls().writes()).isEmpty();
  }
}
