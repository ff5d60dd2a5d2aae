package io.privatelink4j.alicloud;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.annotation.Nullable;

/**
 * Carries requests that the SDK has signed, over the JDK's HTTP client. The SDK's own is one for
 * the whole process with the settings of whoever asked first, follows redirects to any host,
 * repeats what it likes, and limits neither the time nor the size of an answer. Thread-safe.
 */
final class Transport implements AutoCloseable {
  /** A page of a thousand endpoints has about one megabyte. */
  static final int MOST_BYTES = 16 << 20;

  /** The JDK writes them itself, with the values that were signed. */
  private static final Set<String> OF_THE_CLIENT = names("Host", "Content-Length", "Connection");

  private static final byte[] NOTHING = {};

  private final AlicloudOptions options;
  private @Nullable HttpClient client;
  private boolean closed;

  Transport(AlicloudOptions options) {
    this.options = options;
  }

  /**
   * {@return the answer, read to its end}
   *
   * @throws Unsent if nothing was sent
   * @throws IOException if no whole answer came, in time and of a bearable size
   * @throws InterruptedException if the thread was interrupted; the request may have been sent
   */
  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new Unsent("the thread is interrupted");
    }
    CompletableFuture<HttpResponse<String>> answer =
        client().sendAsync(request, head -> new BoundedBody(MOST_BYTES));
    try {
      return answer.get(options.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + options.callTimeout(), e);
    } finally {
      // Ends the connection of a call that is given up; of others nothing.
      answer.cancel(true);
    }
  }

  /** {@return what the SDK has signed, as the JDK sends it} */
  static HttpRequest request(com.aliyuncs.http.HttpRequest signed) {
    byte[] body = Optional.ofNullable(signed.getHttpContent()).orElse(NOTHING);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(signed.getSysUrl()))
            .method(signed.getSysMethod().name(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (Map.Entry<String, String> header : signed.getSysHeaders().entrySet()) {
      if (header.getValue() != null && !OF_THE_CLIENT.contains(header.getKey())) {
        request.header(header.getKey(), header.getValue());
      }
    }
    return request.build();
  }

  private synchronized HttpClient client() throws Unsent {
    if (closed) {
      throw new Unsent("the driver is closed");
    }
    if (client == null) {
      client = options.httpClient().isPresent() ? options.httpClient().get() : ownClient();
    }
    return client;
  }

  private HttpClient ownClient() throws Unsent {
    try {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(options.connectTimeout())
          .build();
    } catch (RuntimeException e) {
      throw new Unsent("no HTTP client could be made: " + e.getClass().getSimpleName());
    }
  }

  /** Ends later calls. The JDK ends its client when nobody holds it any more. */
  @Override
  public synchronized void close() {
    closed = true;
    client = null;
  }

  private static Set<String> names(String... names) {
    Set<String> any = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    any.addAll(Set.of(names));
    return any;
  }

  /** Nothing was sent. */
  static final class Unsent extends IOException {
    private static final long serialVersionUID = 1L;

    Unsent(String why) {
      super(why);
    }
  }
}
