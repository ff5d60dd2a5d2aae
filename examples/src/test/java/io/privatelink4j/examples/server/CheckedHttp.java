package io.privatelink4j.examples.server;

import io.privatelink4j.examples.openapi.ApiSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** HTTP whose every answer is held against the OpenAPI file before anybody reads it. */
final class CheckedHttp extends HttpClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final ApiSchema schema = new ApiSchema();
  private final List<Answer> answers = new ArrayList<>();

  /**
   * One answer.
   *
   * @param call the request's method and path
   * @param status the HTTP status
   * @param body what came
   * @param problems what is wrong with it by the schema
   */
  record Answer(String call, int status, String body, List<String> problems) {}

  synchronized List<Answer> answers() {
    return List.copyOf(answers);
  }

  private synchronized InputStream judge(HttpRequest request, int status, String body) {
    String path = request.uri().getPath();
    answers.add(
        new Answer(
            request.method() + " " + path,
            status,
            body,
            schema.problems(request.method(), path, status, body)));
    return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Only for bodies as streams, which is how the generated client reads. */
  @Override
  @SuppressWarnings("unchecked")
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return http.send(
        request,
        info ->
            BodySubscribers.mapping(
                BodySubscribers.ofString(StandardCharsets.UTF_8),
                body -> (T) judge(request, info.statusCode(), body)));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.PushPromiseHandler<T> pushes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return http.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return http.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return http.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return http.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return http.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return http.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return http.authenticator();
  }

  @Override
  public Version version() {
    return http.version();
  }

  @Override
  public Optional<Executor> executor() {
    return http.executor();
  }
}
