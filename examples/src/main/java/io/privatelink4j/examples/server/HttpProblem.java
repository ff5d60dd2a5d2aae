package io.privatelink4j.examples.server;

import java.util.Map;

/** A request that does not reach the library: what HTTP says of it. */
final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int INVALID_ARGUMENT = 3;

  private final int status;
  private final int grpcCode;
  private final transient Map<String, String> headers;

  private HttpProblem(int status, int grpcCode, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.grpcCode = grpcCode;
    this.headers = headers;
  }

  static HttpProblem unauthenticated() {
    return new HttpProblem(
        401,
        16,
        "send a valid token: Authorization: Bearer <token>",
        Map.of("WWW-Authenticate", "Bearer"));
  }

  static HttpProblem noSuchPath() {
    return new HttpProblem(404, 5, "the API has no such path", Map.of());
  }

  static HttpProblem wrongMethod(String allowed) {
    return new HttpProblem(
        405, 12, "this path takes " + allowed + " only", Map.of("Allow", allowed));
  }

  static HttpProblem badRequest(String message) {
    return new HttpProblem(400, INVALID_ARGUMENT, message, Map.of());
  }

  static HttpProblem tooLarge(int most) {
    return new HttpProblem(
        413, INVALID_ARGUMENT, "the body may have " + most + " bytes at most", Map.of());
  }

  static HttpProblem notJson() {
    return new HttpProblem(415, INVALID_ARGUMENT, "send Content-Type: application/json", Map.of());
  }

  int status() {
    return status;
  }

  int grpcCode() {
    return grpcCode;
  }

  Map<String, String> headers() {
    return headers;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
