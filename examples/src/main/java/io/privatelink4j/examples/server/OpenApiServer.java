package io.privatelink4j.examples.server;

import com.sun.net.httpserver.HttpServer;
import io.privatelink4j.PrivateLinkClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the feature's OpenAPI over HTTP. It has no TLS: let it listen on loopback, behind what
 * ends TLS.
 */
public final class OpenApiServer implements AutoCloseable {
  /** A domain takes some ten seconds to attach, of which the library mostly waits. */
  private static final int THREADS = 64;

  private final HttpServer http;
  private final ExecutorService threads;

  private OpenApiServer(HttpServer http, ExecutorService threads) {
    this.http = http;
    this.threads = threads;
  }

  /**
   * {@return a server that runs}
   *
   * @param links the client; the server does not close it
   * @param users who may call
   * @param address where to listen; port 0 takes any that is free
   * @throws IOException if it cannot listen there
   */
  public static OpenApiServer start(PrivateLinkClient links, Users users, InetSocketAddress address)
      throws IOException {
    HttpServer http = HttpServer.create(address, 0);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    http.setExecutor(threads);
    http.createContext("/", new RequestHandler(new Operations(links), users));
    http.start();
    return new OpenApiServer(http, threads);
  }

  /** {@return where it listens} */
  public URI uri() {
    InetSocketAddress address = http.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort()));
  }

  /** Cuts off what runs: whoever asked can repeat it. */
  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
