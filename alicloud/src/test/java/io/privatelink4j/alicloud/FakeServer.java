package io.privatelink4j.alicloud;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** HTTP on a loopback port. Who answers can change, so that one server does for many tests. */
final class FakeServer implements AutoCloseable {
  static {
    // The JDK's server writes head and body apart; without this each answer waits for an ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final Optional<ExecutorService> threads;
  private volatile HttpHandler handler =
      exchange -> {
        throw new IOException("nobody answers yet");
      };

  private FakeServer(Optional<ExecutorService> threads) {
    this.threads = threads;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> handler.handle(exchange));
    threads.ifPresent(server::setExecutor);
    server.start();
  }

  /** Answers each request on a thread of its own, so an answer can be held back. */
  static FakeServer withManyThreads() {
    return new FakeServer(Optional.of(Executors.newCachedThreadPool()));
  }

  /** Answers one request after the other, which is quicker. */
  static FakeServer withOneThread() {
    return new FakeServer(Optional.empty());
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
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
