package io.privatelink4j.alicloud;

import static io.privatelink4j.spi.ErrorKind.OUTCOME_UNKNOWN;
import static io.privatelink4j.spi.ErrorKind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.privatelink4j.alicloud.AlicloudOptions.Signature;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Authenticator;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests travel: whither, for how long, and how much may come back. */
class TransportTest extends DriverTestBase {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Duration SOON = Duration.ofMillis(300);
  private static final int EMPTY_LINE = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';

  /** The common pool may have one thread only, which a server would hold. */
  private static void onThread(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * A server for one connection: the first request gets a whole answer, the second one the same
   * bytes for ever.
   */
  private static final class Endless implements AutoCloseable {
    private static final String WHOLE = "{\"RequestId\":\"x\",\"AccountId\":\"1\"}";

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Void> hungUp = new CompletableFuture<>();

    Endless(String piece, Duration every) throws IOException {
      onThread(() -> speak(piece, every));
    }

    private void speak(String piece, Duration every) {
      try (Socket socket = server.accept()) {
        OutputStream out = socket.getOutputStream();
        readHead(socket);
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + WHOLE.length() + "\r\n\r\n" + WHOLE);
        readHead(socket);
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":\"");
        while (true) {
          write(out, piece);
          TimeUnit.NANOSECONDS.sleep(every.toNanos());
        }
      } catch (IOException | InterruptedException e) {
        // The other side has hung up: the test waits for that.
        hungUp.complete(null);
      }
    }

    /** Byte by byte, to leave the next request where it is; the requests have no body. */
    private static void readHead(Socket socket) throws IOException {
      InputStream in = socket.getInputStream();
      for (int last = 0; last != EMPTY_LINE; ) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException();
        }
        last = last << 8 | next;
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

  /** The connection is made, and then used again. */
  private void untilAnswered(PrivateLinkDriver asked) {
    assertThat(asked.account(network)).isEqualTo("1");
  }

  /** In real time, as the network has no other. */
  @Test
  void answerThatDribbles_isGivenUpWhenTheTimeIsOver_andItsConnectionEnds() throws Exception {
    try (Endless endless = new Endless("b", Duration.ofMillis(20));
        PrivateLinkDriver hasty =
            open(cloud.options().endpoint(endless.uri()).callTimeout(SOON).build())) {
      untilAnswered(hasty);

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
      untilAnswered(patient);

      RemoteException failure = failureOf(() -> patient.zone(network, "z1"));

      assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
      assertThat(failure).hasMessageContaining("longer than " + Transport.MOST_BYTES + " bytes");
      endless.hungUp.get(20, TimeUnit.SECONDS);
    }
  }

  /** The body as bytes, then as text, then what is read of it; not counting the JDK's buffers. */
  @Test
  @ResourceLock("memory")
  void answerAsLongAsAllowed_isRead_andOneByteMoreIsNot() {
    String frame = "{\"RequestId\":\"x\",\"AccountId\":\"1\",\"More\":\"\"}";
    String more = "b".repeat(Transport.MOST_BYTES - frame.length());
    String longest = frame.replace("\"}", more + "\"}");
    cloud.next(CannedCloud.json(200, longest), CannedCloud.json(200, longest + " "));

    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(driver.account(network)).isEqualTo("1");

    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
        .isLessThan(10L * Transport.MOST_BYTES);
    assertThat(failureOf(() -> driver.account(network)).kind()).isEqualTo(UNAVAILABLE);
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
    CountDownLatch seen = new CountDownLatch(1);
    cloud.next(CannedCloud.ok("").stalledUntil(end).telling(seen));
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    AtomicReference<RemoteException> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              failure.set(failureOf(() -> driver.deleteZone(network, "z1")));
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    thread.start();
    assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();

    thread.interrupt();

    assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(failure.get().kind()).isEqualTo(OUTCOME_UNKNOWN);
    end.countDown();
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
  void proxyThatRefuses_sendsNothing_evenOfAWrite(int status, ErrorKind kind) throws Exception {
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
      CompletableFuture<String> asked = new CompletableFuture<>();
      onThread(() -> refuse(proxy, status, asked));

      assertThat(failureOf(() -> through.deleteZone(network, "z1")).kind()).isEqualTo(kind);

      assertThat(asked.get(20, TimeUnit.SECONDS)).startsWith("CONNECT pvtz.example.com:443 ");
    }
  }

  private static void refuse(ServerSocket proxy, int status, CompletableFuture<String> asked) {
    try (Socket socket = proxy.accept()) {
      BufferedReader head =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String first = head.readLine();
      while (!head.readLine().isEmpty()) {
        // The rest of the request's head.
      }
      Endless.write(
          socket.getOutputStream(), "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
      asked.complete(first);
    } catch (IOException e) {
      asked.completeExceptionally(e);
    }
  }

  @Test
  void httpClient_thatIsGiven_isUsed_andStaysUsable() {
    AtomicInteger asked = new AtomicInteger();
    HttpClient mine =
        HttpClient.newBuilder()
            .proxy(
                new ProxySelector() {
                  @Override
                  public List<Proxy> select(URI uri) {
                    asked.incrementAndGet();
                    return List.of(Proxy.NO_PROXY);
                  }

                  @Override
                  public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
                })
            .build();
    for (int driver = 1; driver <= 2; driver++) {
      try (PrivateLinkDriver given = open(cloud.options().httpClient(mine).build())) {
        assertThat(given.account(network)).isNotBlank();
        assertThat(asked).hasValueGreaterThanOrEqualTo(driver);
      }
    }
  }

  /** On Java 17 the requests would arrive without a signature. */
  @Test
  void httpClient_withAnAuthenticator_isNotForTheNewerSignature() {
    HttpClient mine = HttpClient.newBuilder().authenticator(new Authenticator() {}).build();

    assertThat(cloud.options().httpClient(mine).build().httpClient()).contains(mine);
    assertThatThrownBy(() -> cloud.options().httpClient(mine).signature(Signature.V3).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use V1");
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
