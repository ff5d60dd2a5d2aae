package io.privatelink4j.examples.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.PrivateLinkConnection;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RdsMigrationTest {

  @Test
  void jdbcUrl_leadsToTheLinkWithMySqlsPort() {
    PrivateLinkConnection link =
        PrivateLinkConnection.builder()
            .clusterId("c1")
            .id("plc-1")
            .displayName("job")
            .type(AwsEndpointService.of("com.amazonaws.vpce.us-west-2.vpce-svc-0a1b2c3d4e5f60718"))
            .state(ConnectionState.ACTIVE)
            .createTime(Instant.EPOCH)
            .endpointId("vpce-0a1b2c3d4e5f60718")
            .hostName(Optional.of("vpce-0a1b.vpce-svc-0a1b.us-west-2.vpce.amazonaws.com"))
            .build();

    assertThat(RdsMigration.jdbcUrl(link, "shop"))
        .isEqualTo(
            "jdbc:mysql://vpce-0a1b.vpce-svc-0a1b.us-west-2.vpce.amazonaws.com:3306/shop"
                + "?sslMode=VERIFY_CA");
  }
}
