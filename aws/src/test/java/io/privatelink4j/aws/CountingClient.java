package io.privatelink4j.aws;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/** Counts requests and passes them on, or refuses them. */
final class CountingClient implements SdkHttpClient {
  private final SdkHttpClient real = UrlConnectionHttpClient.create();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicReference<SdkHttpRequest> last = new AtomicReference<>();
  private volatile boolean refusing;

  /** From now on no request goes out. */
  void refuse() {
    refusing = true;
  }

  int calls() {
    return calls.get();
  }

  int closed() {
    return closed.get();
  }

  /** {@return the last request; there must have been one} */
  SdkHttpRequest last() {
    return requireNonNull(last.get(), "no request yet");
  }

  /** {@return the Authorization header of the last request} */
  String authorization() {
    return last().firstMatchingHeader("Authorization").orElse("");
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    calls.incrementAndGet();
    last.set(request.httpRequest());
    if (refusing) {
      throw new IllegalStateException("no calls here");
    }
    return real.prepareRequest(request);
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  /** Gives always the same client. */
  static final class Builder implements SdkHttpClient.Builder<Builder> {
    private final CountingClient client;

    Builder(CountingClient client) {
      this.client = client;
    }

    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return client;
    }
  }
}
