package io.privatelink4j.aws;

import java.io.IOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Lets nobody wait while a request is given up. To end one, the JDK's URL connection closes its
 * stream, and may read the rest of the answer first; the SDK's one timer would wait for that, and
 * all other time-outs with it.
 */
final class PromptAborts implements SdkHttpClient {
  private final SdkHttpClient client;

  PromptAborts(SdkHttpClient client) {
    this.client = client;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = client.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return prepared.call();
      }

      @Override
      public void abort() {
        Daemons.of(prepared::abort, "abort").start();
      }
    };
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }
}
