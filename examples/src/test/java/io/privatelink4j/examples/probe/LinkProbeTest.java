package io.privatelink4j.examples.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.privatelink4j.examples.probe.ProbeResult.Outcome;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.PrivateLinkConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkProbeTest {
  private static final String ZONAL = "az1.vpce.example";
  private static final String REGIONAL = "vpce.example";
  private static final PrivateLinkConnection LINK =
      PrivateLinkConnection.builder()
          .clusterId("10581234")
          .id("plc-aaaaaaaaaaaaaaaaaaaaaaaaaa")
          .displayName("orders-kafka")
          .type(AwsEndpointService.of("com.amazonaws.vpce.us-west-2.vpce-svc-0123456789abcdef0"))
          .state(ConnectionState.ACTIVE)
          .createTime(Instant.EPOCH)
          .endpointId("vpce-0123456789abcdef0")
          .hostName(Optional.of(REGIONAL))
          .zonalHostNames(Map.of("usw2-az1", ZONAL))
          .build();

  /** Patient with servers that answer; each of them does at once. */
  private static final LinkProbe PATIENT =
      new LinkProbe(Duration.ofSeconds(30)).withResolver(host -> List.of(LoopbackServer.address()));

  /** For servers that never answer. */
  private static final LinkProbe HASTY =
      new LinkProbe(Duration.ofMillis(150)).withResolver(host -> List.of(LoopbackServer.address()));

  private static ProbeResult only(LinkProbe probe, int port) {
    List<ProbeResult> results = probe.probe(LINK, port);
    assertThat(results).as("the address once, by its zonal name").hasSize(1);
    assertThat(results.get(0).host()).isEqualTo(ZONAL);
    return results.get(0);
  }

  private static void assertOutcome(
      LinkProbe probe, LoopbackServer.Behaviour behaviour, Outcome outcome) throws IOException {
    try (LoopbackServer server = LoopbackServer.that(behaviour)) {
      assertThat(only(probe, server.port()).outcome()).isEqualTo(outcome);
    }
  }

  private static void reset(java.net.Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  @Test
  void serverThatListensAndWaits_isOpen() throws IOException {
    assertOutcome(HASTY, client -> {}, Outcome.OPEN);
  }

  @Test
  void portOnWhichNothingListens_refuses() throws IOException {
    ProbeResult result = only(PATIENT, LoopbackServer.freePort());

    assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(result.toString())
        .startsWith("REFUSED 127.0.0.1:" + result.port() + " (az1.vpce.example): nothing listens")
        .contains("adds a listener for the port to the load balancer");
  }

  @Test
  void serverThatTakesNoConnection_timesOut() throws IOException {
    try (LoopbackServer full = LoopbackServer.thatIsFull()) {
      assertThat(only(HASTY, full.port()).outcome()).isEqualTo(Outcome.TIMED_OUT);
    }
  }

  @Test
  void serverThatCutsTheConnection_resets() throws IOException {
    assertOutcome(PATIENT, LinkProbeTest::reset, Outcome.RESET);
  }

  @Test
  void serverThatHangsUp_closes() throws IOException {
    assertOutcome(PATIENT, java.net.Socket::close, Outcome.CLOSED);
  }

  @Test
  void tls_isTriedOnAllKindsOfServers(@TempDir Path folder) throws Exception {
    SSLContext trusted = TestCertificate.context(folder);
    LinkProbe probe = PATIENT.withTls(trusted);

    try (LoopbackServer server = LoopbackServer.withTls(trusted)) {
      ProbeResult open = only(probe, server.port());
      assertThat(open.outcome()).isEqualTo(Outcome.OPEN);
      assertThat(open.detail()).isEqualTo("TLSv1.3");
      ProbeResult stranger = only(PATIENT.withTls(SSLContext.getDefault()), server.port());
      assertThat(stranger.outcome()).isEqualTo(Outcome.TLS_FAILED);
      assertThat(stranger.detail()).contains("unable to find valid certification path");
    }
    assertOutcome(
        probe,
        client -> client.getOutputStream().write("no TLS\r\n".getBytes(StandardCharsets.US_ASCII)),
        Outcome.TLS_FAILED);
    assertOutcome(
        probe,
        client -> {
          client.getInputStream().read();
          reset(client);
        },
        Outcome.RESET);
    assertOutcome(HASTY.withTls(trusted), client -> {}, Outcome.TIMED_OUT);
    assertThat(only(probe, LoopbackServer.freePort()).outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void serverThatEndsTheHandshakeInOrder_closes(@TempDir Path folder) throws Exception {
    assertOutcome(
        PATIENT.withTls(TestCertificate.context(folder)),
        client -> {
          client.shutdownOutput();
        },
        Outcome.CLOSED);
  }

  /** No system sends TCP to all of a network. */
  @Test
  void addressToWhichThereIsNoWay_isUnreachable() throws IOException {
    InetAddress broadcast = InetAddress.getByAddress(new byte[] {-1, -1, -1, -1});

    assertThat(only(PATIENT.withResolver(host -> List.of(broadcast)), 9092).outcome())
        .isEqualTo(Outcome.UNREACHABLE);
  }

  @Test
  void nameWithoutAddress_isTold() {
    List<ProbeResult> results =
        new LinkProbe(Duration.ofSeconds(1)).withResolver(host -> List.of()).probe(LINK, 9092);

    assertThat(results)
        .extracting(ProbeResult::host, ProbeResult::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(ZONAL, Outcome.NO_ADDRESS),
            org.assertj.core.groups.Tuple.tuple(REGIONAL, Outcome.NO_ADDRESS));
  }

  @Test
  void eachAddress_isTriedByItself() throws IOException {
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    try (LoopbackServer server = LoopbackServer.that(client -> {})) {
      List<ProbeResult> results =
          HASTY
              .withResolver(
                  host ->
                      host.equals(ZONAL)
                          ? List.of(LoopbackServer.address())
                          : List.of(LoopbackServer.address(), other))
              .probe(LINK, server.port());

      assertThat(results)
          .extracting(ProbeResult::address, ProbeResult::outcome)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("127.0.0.1", Outcome.OPEN),
              org.assertj.core.groups.Tuple.tuple("127.0.0.2", Outcome.REFUSED));
    }
  }

  @Test
  void badNumbers_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinkProbe(Duration.ZERO))
        .withMessageContaining("patience must be 1 ms to a day");
    assertThatIllegalArgumentException().isThrownBy(() -> PATIENT.probe(LINK, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> PATIENT.probe(LINK, 65536));
  }
}
