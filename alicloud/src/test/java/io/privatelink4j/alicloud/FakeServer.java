package io.privatelink4j.alicloud;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** HTTP on a loopback port. Who answers can change, so that one server does for many tests. */
final class FakeServer implements AutoCloseable {
  static {
    // The JDK's server writes head and body apart; without this each answer waits for an ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /**
   * For tests of very many calls, in which the core is tried on this cloud: answers are not handed
   * on from thread to thread, which costs more on a loopback than the rest of a call.
   */
  static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(Runnable::run)
          .build();

  private final HttpServer server;
  private final Optional<ExecutorService> threads;
  private volatile HttpHandler handler =
      exchange -> {
        throw new IOException("nobody answers yet");
      };

  private FakeServer(boolean secure, Optional<ExecutorService> threads) {
    this.threads = threads;
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      server = secure ? secure(address) : HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> handler.handle(exchange));
    threads.ifPresent(server::setExecutor);
    server.start();
  }

  private static HttpServer secure(InetSocketAddress address) throws IOException {
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(FakeCertificate.context()));
    return server;
  }

  /** Answers each request on a thread of its own, so an answer can be held back. */
  static FakeServer withManyThreads() {
    return new FakeServer(false, Optional.of(Executors.newCachedThreadPool()));
  }

  /** Answers one request after the other, which is quicker. */
  static FakeServer withOneThread() {
    return new FakeServer(false, Optional.empty());
  }

  /** Speaks HTTPS, with the certificate of {@link FakeCertificate}. */
  static FakeServer withTls() {
    return new FakeServer(true, Optional.of(Executors.newCachedThreadPool()));
  }

  URI uri() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on this one answers. */
  void handler(HttpHandler next) {
    handler = next;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.ifPresent(ExecutorService::shutdownNow);
  }
}
