package io.privatelink4j.alicloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.privatelink4j.alicloud.AlicloudOptions.Product;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A server without any state: it answers what it is told to, else what the action answers with when
 * there is nothing to tell. For what a driver makes of answers; it knows nothing of the cloud.
 */
final class CannedCloud implements AutoCloseable {
  static {
    // As FakeServer does: whichever is first decides for the whole process.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  static final String REQUEST_ID = "0ED8D006-F706-4D23-88ED-E11ED28DCAC0";
  private static final String ID = "\"RequestId\":\"" + REQUEST_ID + "\"";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Reply> next = new ConcurrentLinkedQueue<>();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final Function<Seen, Reply> otherwise;

  CannedCloud() {
    this(request -> ok(usual(request.action())));
  }

  CannedCloud(Function<Seen, Reply> otherwise) {
    this.otherwise = otherwise;
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private static String usual(String action) {
    return switch (action) {
      case "CreateVpcEndpoint" -> "\"EndpointId\":\"ep-1\"";
      case "ListVpcEndpoints" -> "\"TotalCount\":0,\"Endpoints\":[]";
      case "ListVpcEndpointZones" -> "\"TotalCount\":0,\"Zones\":[]";
      case "ListVpcEndpointServicesByEndUser" -> "\"TotalCount\":\"0\",\"Services\":[]";
      case "DescribeVSwitches" -> "\"TotalCount\":0,\"VSwitches\":{\"VSwitch\":[]}";
      case "GetCallerIdentity" -> "\"AccountId\":\"1968132000123456\"";
      case "AddZone" -> "\"Success\":true,\"ZoneId\":\"z1\"";
      case "AddZoneRecord" -> "\"Success\":true,\"RecordId\":3062799768";
      case "DescribeZones" -> "\"TotalItems\":0,\"Zones\":{\"Zone\":[]}";
      case "DescribeZoneRecords" -> "\"TotalItems\":0,\"Records\":{\"Record\":[]}";
      case "DescribeZoneInfo" -> "\"ZoneId\":\"z1\",\"ZoneName\":\"a.example.com\"";
      default -> "";
    };
  }

  /** {@return an answer with a request id and these members} */
  static Reply ok(String members) {
    return json(200, "{" + ID + (members.isEmpty() ? "" : "," + members) + "}");
  }

  static Reply error(int status, String code, String message) {
    return json(
        status,
        "{"
            + ID
            + ",\"HostId\":\"h\",\"Code\":\""
            + code
            + "\",\"Message\":\""
            + message
            + "\",\"Recommend\":\"r\"}");
  }

  static Reply json(int status, String body) {
    return new Reply(status, Optional.of("application/json;charset=utf-8"), body);
  }

  static Reply page(int status, String type, String body) {
    return new Reply(status, Optional.of(type), body);
  }

  static Reply withoutType(int status, String body) {
    return new Reply(status, Optional.empty(), body);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** {@return options that lead here, with a key of two texts that are seen nowhere else} */
  AlicloudOptions.Builder options() {
    return AlicloudOptions.builder()
        .endpoint(uri())
        .credentials(Keys.provider(Keys.KEY_ID, Keys.SECRET));
  }

  AlicloudOptions.Builder options(Product product, AlicloudOptions.Builder builder) {
    return builder.endpoint(product, uri());
  }

  void next(Reply... replies) {
    next.addAll(List.of(replies));
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  Seen last() {
    List<Seen> all = seen();
    return all.get(all.size() - 1);
  }

  private void handle(HttpExchange exchange) throws IOException {
    Seen request = Seen.of(exchange);
    seen.add(request);
    Reply reply = Optional.ofNullable(next.poll()).orElseGet(() -> otherwise.apply(request));
    reply.send(exchange);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /**
   * A request as it came.
   *
   * @param method the HTTP method
   * @param host the host header
   * @param parameters of query and body
   * @param query of the query alone
   * @param headers the first value of each, by name in lower case
   */
  record Seen(
      String method,
      String host,
      Map<String, String> parameters,
      Map<String, String> query,
      Map<String, String> headers) {

    static Seen of(HttpExchange exchange) throws IOException {
      Map<String, String> query = decoded(exchange.getRequestURI().getRawQuery());
      Map<String, String> all = new TreeMap<>(query);
      all.putAll(
          decoded(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) ->
                  headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
      return new Seen(
          exchange.getRequestMethod(), headers.getOrDefault("host", ""), all, query, headers);
    }

    private static Map<String, String> decoded(String form) {
      Map<String, String> decoded = new LinkedHashMap<>();
      if (form != null && !form.isEmpty()) {
        for (String pair : form.split("&", -1)) {
          String[] parts = pair.split("=", 2);
          decoded.put(
              URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
              parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
      }
      return decoded;
    }

    /** In the query, or with the newer signature in a header. */
    String action() {
      return parameters.getOrDefault("Action", headers.getOrDefault("x-acs-action", ""));
    }

    String parameter(String name) {
      return parameters.getOrDefault(name, "");
    }

    /** {@return the parameters that are the action's own} */
    Map<String, String> own() {
      Map<String, String> own = new TreeMap<>(parameters);
      own.keySet()
          .removeAll(
              List.of(
                  "AccessKeyId",
                  "Action",
                  "Format",
                  "SecurityToken",
                  "Signature",
                  "SignatureMethod",
                  "SignatureNonce",
                  "SignatureType",
                  "SignatureVersion",
                  "Timestamp",
                  "Version"));
      return own;
    }
  }

  /** An answer. */
  static final class Reply {
    private final int status;
    private final Optional<String> type;
    private final byte[] body;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean dropped;
    private boolean truncated;
    private CountDownLatch stalled = new CountDownLatch(0);
    private CountDownLatch told = new CountDownLatch(0);

    Reply(int status, Optional<String> type, String body) {
      this.status = status;
      this.type = type;
      this.body = body.getBytes(StandardCharsets.UTF_8);
    }

    Reply header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    /** The connection ends before the first byte. */
    Reply dropped() {
      dropped = true;
      return this;
    }

    /** The connection ends in the middle of the body. */
    Reply truncated() {
      truncated = true;
      return this;
    }

    /** Nothing comes until the latch opens. */
    Reply stalledUntil(CountDownLatch latch) {
      stalled = latch;
      return this;
    }

    /** The latch is counted down when the request has come. */
    Reply telling(CountDownLatch latch) {
      told = latch;
      return this;
    }

    private void send(HttpExchange exchange) throws IOException {
      told.countDown();
      try {
        if (!stalled.await(30, TimeUnit.SECONDS)) {
          throw new IOException("nobody opened the latch");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (dropped) {
        throw new IOException("dropped");
      }
      type.ifPresent(value -> exchange.getResponseHeaders().set("Content-Type", value));
      headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body, 0, truncated ? body.length / 2 : body.length);
          out.flush();
        }
      }
      exchange.close();
    }
  }
}
