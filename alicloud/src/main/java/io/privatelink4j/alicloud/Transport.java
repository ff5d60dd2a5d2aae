package io.privatelink4j.alicloud;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.annotation.Nullable;

/**
 * Carries requests that the SDK has signed, over the JDK's HTTP client. The SDK's own is one for
 * the whole process with the settings of whoever asked first, follows redirects to any host, and
 * limits neither the time nor the size of an answer. The JDK's sends a POST once, unless the
 * property {@code jdk.httpclient.enableAllMethodRetry} is set. Thread-safe.
 */
final class Transport implements AutoCloseable {
  /** A page of a thousand endpoints has about one megabyte. */
  static final int MOST_BYTES = 16 << 20;

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
    HttpClient sending = client();
    long end = System.nanoTime() + options.callTimeout().toNanos();
    try {
      return sending.send(
          request, head -> new BoundedBody(MOST_BYTES, Duration.ofNanos(end - System.nanoTime())));
    } catch (IOException e) {
      if (e instanceof HttpConnectTimeoutException
          || !(e instanceof HttpTimeoutException || e.getCause() instanceof TimeoutException)) {
        throw e;
      }
      forget(sending);
      throw new HttpTimeoutException("no whole answer within " + options.callTimeout());
    }
  }

  /** {@return what the SDK has signed, as the JDK sends it} */
  HttpRequest request(com.aliyuncs.http.HttpRequest signed) {
    byte[] body = Optional.ofNullable(signed.getHttpContent()).orElse(NOTHING);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(signed.getSysUrl()))
            .timeout(options.callTimeout())
            .method(signed.getSysMethod().name(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (Map.Entry<String, String> header : signed.getSysHeaders().entrySet()) {
      // The JDK counts the bytes itself.
      if (header.getValue() != null && !header.getKey().equalsIgnoreCase("Content-Length")) {
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

  /**
   * Connections that kept still may be dead without a sign, each of which would cost another call
   * its time.
   */
  private synchronized void forget(HttpClient slow) {
    if (client == slow && options.httpClient().isEmpty()) {
      client = null;
    }
  }

  /** Ends later calls. The JDK ends its client when nobody holds it any more. */
  @Override
  public synchronized void close() {
    closed = true;
    client = null;
  }

  /** Nothing was sent. */
  static final class Unsent extends IOException {
    private static final long serialVersionUID = 1L;

    Unsent(String why) {
      super(why);
    }
  }
}
