package io.privatelink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateLinkConnectionTest {
  private static final StateReason REASON =
      new StateReason(
          ReasonCode.AWAITING_OWNER,
          "pendingAcceptance",
          "The owner has to accept.",
          Actor.SERVICE_OWNER,
          Optional.empty());

  private static PrivateLinkConnection.Builder connection() {
    return PrivateLinkConnection.builder()
        .clusterId("10581234")
        .id("plc-1")
        .displayName("orders")
        .type(AwsEndpointService.of("svc"))
        .state(ConnectionState.ACTIVE)
        .createTime(Instant.EPOCH)
        .endpointId("vpce-1");
  }

  private static PrivateLinkConnection named() {
    return connection().hostName(Optional.of("vpce-1.example")).build();
  }

  @Test
  void build_withTheLeast_hasDefaults() {
    PrivateLinkConnection connection = connection().build();

    assertThat(connection.integrity()).isEqualTo(Integrity.OK);
    assertThat(connection.reason()).isEmpty();
    assertThat(connection.createdBy()).isEmpty();
    assertThat(connection.updateTime()).isEmpty();
    assertThat(connection.zoneIds()).isEmpty();
    assertThat(connection.hostName()).isEmpty();
    assertThat(connection.zonalHostNames()).isEmpty();
    assertThat(connection.domains()).isEmpty();
    assertThat(connection.extraLabels()).isEmpty();
    assertThat(connection.ownerInstructions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9092, 65535})
  void address_isTheUnresolvedHostNameAndThePort(int port) {
    InetSocketAddress address = named().address(port);

    assertThat(address.isUnresolved()).isTrue();
    assertThat(address.getHostString()).isEqualTo("vpce-1.example");
    assertThat(address.getPort()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65536, Integer.MAX_VALUE})
  void address_withAPortOutOfRange_isRefused(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> named().address(port))
        .withMessage("port must be 1 to 65535, is " + port);
  }

  @Test
  void address_beforeTheCloudNamedTheEndpoint_saysWhatToDo() {
    assertThatIllegalStateException()
        .isThrownBy(() -> connection().build().address(9092))
        .withMessage(
            "connection plc-1 has no host name yet: wait until it is ACTIVE and read it again");
  }

  @Test
  void message_isTheReasons() {
    assertThat(connection().reason(Optional.of(REASON)).build().message())
        .isEqualTo("The owner has to accept.");
  }

  @Test
  void message_withoutReason_isEmpty() {
    assertThat(connection().build().message()).isEmpty();
  }

  @Test
  void build_fromACopy_isEqual() {
    PrivateLinkConnection connection =
        connection()
            .reason(Optional.of(REASON))
            .createdBy(Optional.of("alice"))
            .updateTime(Optional.of(Instant.EPOCH))
            .zoneIds(List.of("use1-az1"))
            .hostName(Optional.of("h"))
            .zonalHostNames(Map.of("use1-az1", "z"))
            .extraLabels(Map.of("team", "cdc"))
            .integrity(Integrity.DUPLICATE)
            .ownerInstructions(Optional.of("accept"))
            .build();

    assertThat(PrivateLinkConnection.builder().from(connection).build())
        .isEqualTo(connection)
        .hasSameHashCodeAs(connection);
  }

  @Test
  void build_withoutARequiredValue_saysWhichIsMissing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> PrivateLinkConnection.builder().build())
        .withMessageContaining("clusterId")
        .withMessageContaining("endpointId");
  }

  @Test
  void builder_withANull_isRefused() {
    assertThatNullPointerException().isThrownBy(() -> connection().id(null));
    assertThatNullPointerException().isThrownBy(() -> connection().type(null));
  }

  @Test
  void connection_isAReferenceToItself() {
    ConnectionRef ref = named();

    assertThat(ref.clusterId()).isEqualTo("10581234");
    assertThat(ref.id()).isEqualTo("plc-1");
  }
}
