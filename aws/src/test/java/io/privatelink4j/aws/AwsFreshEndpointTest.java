package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsFreshEndpointTest {

  /** By the clocks it looks like what AWS made for the same token long ago. */
  @Test
  void endpointThatCannotBeReadYet_isNotTakenForADeletedOne_byAClockThatIsAhead() {
    try (FakeAws aws = new FakeAws(Assumption.FRESH_ENDPOINT_MISSING_3S)) {
      ClusterNetwork network = aws.addNetwork();
      String service = aws.publish(List.of("usw2-az1", "usw2-az2", "usw2-az3"), true);
      aws.allow(service);
      try (PrivateLinkClient links =
          PrivateLinkClient.builder()
              .provider(new AwsPrivateLinkProvider(aws.options().build()))
              .clusters(id -> List.of(network))
              .time(new TimeAhead(aws.time(), Duration.ofSeconds(5)))
              .build()) {
        PrivateLinkConnection link =
            links.create(
                CreateConnectionRequest.builder()
                    .clusterId("10581234")
                    .displayName("orders-kafka")
                    .type(AwsEndpointService.of(service))
                    .requestId("op-7731")
                    .build());

        assertThat(links.get(link).endpointId()).isEqualTo(link.endpointId());
      }
      assertThat(
              aws.requests().stream()
                  .filter(request -> request.action().equals("CreateVpcEndpoint")))
          .hasSize(1);
    }
  }
}
