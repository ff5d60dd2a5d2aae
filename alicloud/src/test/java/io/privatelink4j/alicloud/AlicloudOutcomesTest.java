package io.privatelink4j.alicloud;

import static io.privatelink4j.spi.ErrorKind.OUTCOME_UNKNOWN;
import static io.privatelink4j.spi.ErrorKind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.alicloud.CannedCloud.Reply;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made of answers that are none: a read can be repeated, a write may have been done. */
class AlicloudOutcomesTest extends DriverTestBase {

  /** What a success says of no action, and answers that are no answer of the cloud's at all. */
  static Stream<Supplier<Reply>> none() {
    return Stream.of(
        () -> CannedCloud.ok("").dropped(),
        () -> CannedCloud.ok("\"a\":\"" + "b".repeat(1_000) + "\"").truncated(),
        () -> CannedCloud.page(200, "text/html", "<html><body>Sign in to continue"),
        () -> CannedCloud.page(200, "text/html; charset=utf-8", "{\"a\":1}"),
        () -> CannedCloud.json(200, ""),
        () -> CannedCloud.json(200, "{}"),
        () -> CannedCloud.json(200, "[]"),
        () -> CannedCloud.json(200, "null"),
        () -> CannedCloud.json(200, "{\"RequestId\":\"x\""),
        () -> CannedCloud.json(200, "{\"RequestId\":\"\",\"EndpointId\":\"ep-1\"}"),
        () -> CannedCloud.page(302, "text/html", "").header("Location", "http://127.0.0.1:1/"),
        () -> CannedCloud.error(301, "EndpointNotFound", "Moved."),
        () -> CannedCloud.json(304, ""),
        () -> CannedCloud.page(502, "text/html", "<html>Bad Gateway</html>"),
        () -> CannedCloud.page(504, "text/html", ""),
        () -> CannedCloud.json(500, ""),
        () -> CannedCloud.json(503, "{\"Code\":null}"),
        () -> CannedCloud.withoutType(500, "x"));
  }

  @ParameterizedTest
  @MethodSource("none")
  void noAnswer_onAnyCall_isNeitherSuccessNorNothing(Supplier<Reply> none) {
    assertKinds(reads(), none, UNAVAILABLE);
    assertKinds(writes(), none, OUTCOME_UNKNOWN);
  }

  /** Fails the test of the whole call if the driver or the SDK repeats it. */
  private void assertKinds(Map<String, Runnable> calls, Supplier<Reply> reply, ErrorKind expected) {
    calls.forEach(
        (name, call) -> {
          int before = cloud.seen().size();
          cloud.next(reply.get());
          RemoteException failure = failureOf(call);
          assertThat(failure).as(name).isNotNull();
          assertThat(failure.kind()).as(name).isEqualTo(expected);
          assertThat(failure).as(name).hasNoCause();
          assertThat(cloud.seen()).as(name).hasSize(before + 1);
        });
  }

  @Test
  void success_withoutWhatTheActionAlwaysTells_isNone() {
    List<String> telling =
        List.of(
            "GetCallerIdentity",
            "DescribeVSwitches",
            "ListVpcEndpointServicesByEndUser",
            "ListVpcEndpoints",
            "ListVpcEndpoints by label",
            "ListVpcEndpointZones",
            "DescribeZones",
            "DescribeZones in network",
            "DescribeZoneInfo",
            "DescribeZoneRecords",
            "CreateVpcEndpoint",
            "AddZone",
            "AddZoneRecord");
    Map<String, Runnable> told = calls();
    told.keySet().retainAll(telling);
    Map<String, Runnable> reads = reads();

    told.forEach(
        (name, call) -> {
          cloud.next(CannedCloud.ok("\"Other\":1"));
          assertThat(failureOf(call).kind())
              .as(name)
              .isEqualTo(reads.containsKey(name) ? UNAVAILABLE : OUTCOME_UNKNOWN);
        });
  }

  @Test
  void listThatIsMissing_isEmptyOnlyIfNothingIsCounted() {
    cloud.next(CannedCloud.ok("\"TotalCount\":0"), CannedCloud.ok("\"TotalCount\":1"));

    assertThat(driver.endpoint(network, "ep-1")).isEmpty();
    assertThat(failureOf(() -> driver.endpoint(network, "ep-1")).kind()).isEqualTo(UNAVAILABLE);
  }

  @Test
  void answer_isReadWhateverItsTypeIsSaidToBe() {
    cloud.next(
        CannedCloud.withoutType(200, "{\"RequestId\":\"x\",\"ZoneId\":\"z1\"}"),
        CannedCloud.page(
            200, "no type; charset=nonsense", "{\"RequestId\":\"x\",\"ZoneId\":\"z2\"}"),
        CannedCloud.withoutType(400, "{\"RequestId\":\"x\",\"Code\":\"Zone.NotExists\"}"));

    assertThat(driver.createZone(network, "a.example.com", "reference").id()).isEqualTo("z1");
    assertThat(driver.createZone(network, "a.example.com", "reference").id()).isEqualTo("z2");
    assertThat(driver.zone(network, "z3")).isEmpty();
  }

  /** They go to logs. */
  @Test
  void textsOfARefusal_areOneLineEach_andCut() {
    cloud.next(CannedCloud.error(400, "Co\\nde", "x\\n\\u0085".repeat(1_000_000)));

    RemoteException failure = failureOf(writes().get("AddZone"));

    assertThat(failure.code()).isEqualTo("Co de");
    assertThat(failure).message().hasSizeLessThan(10_000).startsWith("x  x  ");
  }

  @Test
  void successThatSaysItIsNone_isNone() {
    cloud.next(CannedCloud.ok("\"Success\":false,\"ZoneId\":\"z1\""));

    assertThat(failureOf(writes().get("AddZone")).kind()).isEqualTo(OUTCOME_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "401, BAD_CREDENTIALS", "403, ACCESS_DENIED", "404, INVALID", "407, INVALID",
    "408, OUTCOME_UNKNOWN", "429, THROTTLED", "500, OUTCOME_UNKNOWN", "503, OUTCOME_UNKNOWN"
  })
  void page_onAWrite_meansItsStatus(int status, ErrorKind kind) {
    cloud.next(CannedCloud.page(status, "text/html", "<html/>"));

    RemoteException failure = failureOf(writes().get("AddZone"));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.code()).isEqualTo("Http" + status);
  }

  @Test
  void connectionRefused_isUnavailable_evenForAWrite() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }
    driver.close();
    driver = open(cloud.options().endpoint(URI.create("http://127.0.0.1:" + port)).build());

    calls()
        .forEach(
            (name, call) -> {
              RemoteException failure = failureOf(call);
              assertThat(failure.kind()).as(name).isEqualTo(UNAVAILABLE);
              assertThat(failure).as(name).hasNoCause();
            });
  }

  @Test
  void hostThatDoesNotExist_isUnavailable_evenForAWrite() {
    driver.close();
    driver = open(cloud.options().endpoint(URI.create("https://nobody.invalid")).build());

    assertThat(failureOf(writes().get("AddZone")).kind()).isEqualTo(UNAVAILABLE);
  }

  /** Nothing is sent but the greeting of TLS, which the server does not answer. */
  @Test
  void https_beginsWithTls_andEndsWithIt() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      CompletableFuture<List<Integer>> greetings = new CompletableFuture<>();
      Thread thread = new Thread(() -> greetings.complete(firstBytes(server, calls().size())));
      thread.setDaemon(true);
      thread.start();
      driver.close();
      driver =
          open(
              cloud
                  .options()
                  .endpoint(URI.create("https://127.0.0.1:" + server.getLocalPort()))
                  .build());

      calls()
          .forEach(
              (name, call) -> assertThat(failureOf(call).kind()).as(name).isEqualTo(UNAVAILABLE));

      assertThat(greetings.get(30, TimeUnit.SECONDS))
          .hasSameSizeAs(calls().keySet())
          .containsOnly(0x16);
    }
  }

  private static List<Integer> firstBytes(ServerSocket server, int connections) {
    List<Integer> first = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      try (Socket socket = server.accept()) {
        first.add(socket.getInputStream().read());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return first;
  }

  /** Waits in real time: a time-out cannot be had otherwise. */
  @Test
  void answerThatDoesNotCome_endsTheCall_withTheDriversOwnTimeout() {
    CountDownLatch end = new CountDownLatch(1);
    try (PrivateLinkDriver hasty =
        open(cloud.options().callTimeout(Duration.ofMillis(50)).build())) {
      cloud.next(CannedCloud.ok("").stalledUntil(end), CannedCloud.ok("").stalledUntil(end));

      assertThat(failureOf(() -> hasty.deleteZone(network, "z1")).kind())
          .isEqualTo(OUTCOME_UNKNOWN);
      assertThat(failureOf(() -> hasty.zone(network, "z1")).kind()).isEqualTo(UNAVAILABLE);
    } finally {
      end.countDown();
    }
  }
}
