package io.privatelink4j.examples.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.privatelink4j.examples.openapi.Api;
import io.privatelink4j.examples.openapi.ApiJson;
import io.privatelink4j.examples.openapi.ApiMapping;
import io.privatelink4j.examples.openapi.Failure;
import io.privatelink4j.exception.PrivateLinkException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns HTTP into requests, and what comes of them into HTTP. */
final class RequestHandler implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);
  private static final int LONGEST_BODY = 64 * 1024;

  /** So much more is read and forgotten: who is cut off while sending does not see the answer. */
  private static final long LONGEST_REST = 16L * 1024 * 1024;

  private static final String BEARER = "Bearer ";
  private static final String OPERATORS_OWN =
      "the service cannot do this now; its operator finds the reason in its log";

  private final Operations operations;
  private final Users users;

  RequestHandler(Operations operations, Users users) {
    this.operations = operations;
    this.users = users;
  }

  /**
   * An answer before it is sent.
   *
   * @param status the HTTP status
   * @param headers more headers
   * @param body a value of {@link Api}
   */
  private record Answer(int status, Map<String, String> headers, Object body) {}

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] json = ApiJson.write(answer.body());
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/json");
      answer.headers().forEach(headers::set);
      // Of an answer to HEAD no body may be sent.
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), head ? -1 : json.length);
      if (!head) {
        exchange.getResponseBody().write(json);
      }
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      return new Answer(200, Map.of(), operations.run(request(exchange)));
    } catch (HttpProblem e) {
      Api.Status status =
          new Api.Status(e.grpcCode(), Objects.requireNonNull(e.getMessage()), List.of());
      return new Answer(e.status(), e.headers(), status);
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private static Answer failed(RuntimeException thrown) {
    Failure failure = Failure.of(thrown);
    if (thrown instanceof PrivateLinkException known && !failure.isOperatorsOwn()) {
      return new Answer(failure.httpStatus(), Map.of(), ApiMapping.status(known));
    }
    log.warn("a request failed for a reason that only the operator can mend", thrown);
    return new Answer(failure.httpStatus(), Map.of(), ApiMapping.status(failure, OPERATORS_OWN));
  }

  private Operations.Request request(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    String user = user(headers);
    Route route = Route.of(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
    InputStream body = route.verb().hasBody() ? body(exchange) : InputStream.nullInputStream();
    Optional<String> requestId = Optional.ofNullable(headers.getFirst("Idempotency-Key"));
    return new Operations.Request(
        route, exchange.getRequestURI().getRawQuery(), body, requestId, user);
  }

  private String user(Headers headers) {
    return Optional.ofNullable(headers.getFirst("Authorization"))
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .flatMap(value -> users.of(value.substring(BEARER.length()).strip()))
        .orElseThrow(HttpProblem::unauthenticated);
  }

  private static InputStream body(HttpExchange exchange) throws IOException {
    String type =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Content-Type"), "");
    if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
      throw HttpProblem.notJson();
    }
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      forget(in);
      throw HttpProblem.tooLarge(LONGEST_BODY);
    }
    return new ByteArrayInputStream(body);
  }

  private static void forget(InputStream rest) throws IOException {
    byte[] some = new byte[LONGEST_BODY];
    long left = LONGEST_REST;
    for (int read = 0; read >= 0 && left > 0; left -= read) {
      read = rest.read(some);
    }
  }
}
