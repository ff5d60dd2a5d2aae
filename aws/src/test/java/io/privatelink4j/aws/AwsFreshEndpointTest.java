package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done right after a creation, while AWS may not know the new id yet. */
class AwsFreshEndpointTest {
  private static final String CLUSTER = "10581234";

  private static CreateConnectionRequest request(String service) {
    return CreateConnectionRequest.builder()
        .clusterId(CLUSTER)
        .displayName("orders-kafka")
        .type(AwsEndpointService.of(service))
        .requestId("op-7731")
        .build();
  }

  @ParameterizedTest
  @EnumSource(
      value = Assumption.class,
      names = {"FRESH_ENDPOINT_FOUND", "FRESH_ENDPOINT_MISSING_3S"})
  void delete_rightAfterCreate_deletesTheConnection(Assumption freshness) {
    try (FakeAws aws = new FakeAws(freshness)) {
      ClusterNetwork network = aws.addNetwork();
      String service = aws.publish(List.of("usw2-az1", "usw2-az2", "usw2-az3"), true);
      aws.allow(service);
      try (PrivateLinkClient links =
          PrivateLinkClient.builder()
              .provider(new AwsPrivateLinkProvider(aws.options().build()))
              .clusters(id -> List.of(network))
              .time(aws.time())
              .build()) {
        links.delete(links.create(request(service)));

        aws.advance(Duration.ofSeconds(30));
        assertThat(links.list(ListRequest.of(CLUSTER)).connections())
            .allMatch(each -> each.state() == ConnectionState.DELETING);
      }
      assertThat(aws.endpointCount()).isZero();
    }
  }

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
        PrivateLinkConnection link = links.create(request(service));

        assertThat(links.get(link).endpointId()).isEqualTo(link.endpointId());
      }
      assertThat(
              aws.requests().stream()
                  .filter(request -> request.action().equals("CreateVpcEndpoint")))
          .hasSize(1);
    }
  }

  @Test
  void createWhoseTimeEndsBeforeTheEndpointCanBeRead_tellsTheRequestId_withWhichItIsFound() {
    try (FakeAws aws = new FakeAws(Assumption.FRESH_ENDPOINT_MISSING_3S)) {
      ClusterNetwork network = aws.addNetwork();
      String service = aws.publish(List.of("usw2-az1", "usw2-az2", "usw2-az3"), true);
      aws.allow(service);
      try (PrivateLinkClient links =
          PrivateLinkClient.builder()
              .provider(new AwsPrivateLinkProvider(aws.options().build()))
              .clusters(id -> List.of(network))
              .time(new TimeAhead(aws.time(), Duration.ofSeconds(5)))
              .operationTimeout(Duration.ofSeconds(2))
              .build()) {
        assertThatThrownBy(() -> links.create(request(service)))
            .isInstanceOf(OutcomeUnknownException.class)
            .hasMessageContaining("request id \"op-7731\"");

        aws.advance(Duration.ofSeconds(5));
        PrivateLinkConnection link = links.create(request(service));
        assertThat(links.get(link).id()).isEqualTo(link.id());
      }
      assertThat(aws.endpointCount()).isEqualTo(1);
    }
  }
}
