package io.privatelink4j.aws;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** HTTP on a loopback port. Who answers can change, so that one server does for many tests. */
final class FakeServer implements AutoCloseable {
  static {
    // The JDK's server writes head and body apart; without this each answer waits for an ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile HttpHandler handler =
      exchange -> {
        throw new IOException("nobody answers yet");
      };

  FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> handler.handle(exchange));
    server.setExecutor(threads);
    server.start();
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
    threads.shutdownNow();
  }
}
