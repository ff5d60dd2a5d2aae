package io.privatelink4j.alicloud;

import static io.privatelink4j.spi.ErrorKind.OUTCOME_UNKNOWN;
import static io.privatelink4j.spi.ErrorKind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests travel: whither, for how long, and how much may come back. */
class TransportTest extends DriverTestBase {
  private static final Duration SOON = Duration.ofMillis(300);

  /** A server that answers the one connection it takes with the same bytes for ever. */
  private static final class Endless implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Void> hungUp;

    Endless(String piece, Duration every) throws IOException {
      hungUp = CompletableFuture.runAsync(() -> speak(piece, every));
    }

    private void speak(String piece, Duration every) {
      try (Socket socket = server.accept()) {
        OutputStream out = socket.getOutputStream();
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":\"");
        while (true) {
          write(out, piece);
          TimeUnit.NANOSECONDS.sleep(every.toNanos());
        }
      } catch (IOException | InterruptedException e) {
        // The other side has hung up: the test waits for that.
      }
    }

    private static void write(OutputStream out, String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  /** In real time, as the network has no other. */
  @Test
  void answerThatDribbles_isGivenUpWhenTheTimeIsOver_andItsConnectionEnds() throws Exception {
    try (Endless endless = new Endless("b", Duration.ofMillis(20));
        PrivateLinkDriver hasty =
            open(cloud.options().endpoint(endless.uri()).callTimeout(SOON).build())) {
      RemoteException failure = failureOf(() -> hasty.deleteZone(network, "z1"));

      assertThat(failure.kind()).isEqualTo(OUTCOME_UNKNOWN);
      assertThat(failure).hasMessageContaining("PT0.3S");
      endless.hungUp.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void answerThatIsTooLong_isGivenUp_andItsConnectionEnds() throws Exception {
    try (Endless endless = new Endless("b".repeat(1 << 20), Duration.ZERO);
        PrivateLinkDriver patient = open(cloud.options().endpoint(endless.uri()).build())) {
      RemoteException failure = failureOf(() -> patient.zone(network, "z1"));

      assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
      assertThat(failure).hasMessageContaining("longer than " + Transport.MOST_BYTES + " bytes");
      endless.hungUp.get(20, TimeUnit.SECONDS);
    }
  }

  /** The request is signed, and its headers may have a token. */
  @Test
  void redirect_isNotFollowed() {
    try (CannedCloud other = new CannedCloud()) {
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        cloud.next(CannedCloud.json(status, "").header("Location", other.uri() + "/"));
        assertThat(failureOf(writes().get("AddZone")).kind()).isEqualTo(OUTCOME_UNKNOWN);
      }

      assertThat(other.seen()).isEmpty();
    }
  }

  @Test
  void cookies_areNotKept() {
    cloud.next(CannedCloud.ok("\"ZoneId\":\"z1\"").header("Set-Cookie", "a=b"));
    writes().get("AddZone").run();

    writes().get("AddZone").run();

    assertThat(cloud.last().headers()).doesNotContainKey("cookie");
  }

  @Test
  void interruptedCall_ends_andTheThreadStaysInterrupted() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    cloud.next(CannedCloud.ok("").stalledUntil(end));
    CompletableFuture<RemoteException> ended = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              RemoteException failure = failureOf(() -> driver.deleteZone(network, "z1"));
              ended.complete(Thread.currentThread().isInterrupted() ? failure : null);
            });
    thread.start();
    while (cloud.seen().isEmpty()) {
      Thread.onSpinWait();
    }

    thread.interrupt();

    assertThat(ended.get(20, TimeUnit.SECONDS).kind()).isEqualTo(OUTCOME_UNKNOWN);
    end.countDown();
    thread.join();
  }

  @Test
  void interruptedThread_sendsNothing() {
    Thread.currentThread().interrupt();

    RemoteException failure = failureOf(() -> driver.deleteZone(network, "z1"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
    assertThat(cloud.seen()).isEmpty();
  }

  @Test
  void closedDriver_sendsNothing() {
    driver.close();

    assertThat(failureOf(() -> driver.deleteZone(network, "z1")).kind()).isEqualTo(UNAVAILABLE);
    assertThat(cloud.seen()).isEmpty();
  }

  /** The proxy has seen no more than the name of the host. */
  @ParameterizedTest
  @CsvSource({"403, UNAVAILABLE", "407, INVALID", "502, UNAVAILABLE"})
  void proxyThatRefuses_sendsNothing_evenOfAWrite(int status, ErrorKind kind) throws IOException {
    try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        PrivateLinkDriver through =
            open(
                cloud
                    .options()
                    .endpoint(URI.create("https://pvtz.example.com"))
                    .httpClient(
                        HttpClient.newBuilder()
                            .proxy(
                                ProxySelector.of(
                                    new InetSocketAddress(
                                        InetAddress.getLoopbackAddress(), proxy.getLocalPort())))
                            .build())
                    .build())) {
      CompletableFuture<Void> refused = CompletableFuture.runAsync(() -> refuse(proxy, status));

      assertThat(failureOf(() -> through.deleteZone(network, "z1")).kind()).isEqualTo(kind);

      assertThat(refused).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  private static void refuse(ServerSocket proxy, int status) {
    try (Socket socket = proxy.accept()) {
      BufferedReader head =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(head.readLine()).startsWith("CONNECT pvtz.example.com:443 ");
      while (!head.readLine().isEmpty()) {
        // The rest of the request's head.
      }
      Endless.write(
          socket.getOutputStream(), "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void httpClient_thatIsGiven_isUsed_andLeftOpen() {
    HttpClient mine = HttpClient.newHttpClient();
    try (PrivateLinkDriver first = open(cloud.options().httpClient(mine).build())) {
      assertThat(first.account(network)).isNotBlank();
    }
    try (PrivateLinkDriver second = open(cloud.options().httpClient(mine).build())) {
      assertThat(second.account(network)).isNotBlank();
    }
  }

  @Test
  void httpClient_thatFollowsRedirectsOrKeepsCookies_isRefused() {
    AlicloudOptions.Builder builder = AlicloudOptions.builder();

    assertThatThrownBy(
            () ->
                builder.httpClient(
                    HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                builder.httpClient(
                    HttpClient.newBuilder().cookieHandler(new CookieManager()).build()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
