package io.privatelink4j.exception;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.CloudProvider;
import java.util.Optional;

/**
 * The facts of a failure, for programs.
 *
 * @param cloud the cloud that was asked
 * @param operation the remote call that failed, in the cloud's words, such as {@code
 *     CreateVpcEndpoint}
 * @param resource what it was about: an id or a name
 * @param errorCode the cloud's error code
 * @param requestId the cloud's id of the failed request, for its support
 * @param attempts how many times the call was tried; 0 if none was made
 */
public record ErrorDetails(
    Optional<CloudProvider> cloud,
    Optional<String> operation,
    Optional<String> resource,
    Optional<String> errorCode,
    Optional<String> requestId,
    int attempts) {

  /** No remote call was made and nothing is named. */
  public static final ErrorDetails NONE =
      new ErrorDetails(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0);

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public ErrorDetails {
    requireNonNull(cloud, "cloud");
    requireNonNull(operation, "operation");
    requireNonNull(resource, "resource");
    requireNonNull(errorCode, "errorCode");
    requireNonNull(requestId, "requestId");
  }

  /**
   * {@return details that name a resource only}
   *
   * @param resource an id or a name
   */
  public static ErrorDetails of(String resource) {
    return NONE.withResource(resource);
  }

  /**
   * {@return the same about a resource}
   *
   * @param resource an id or a name
   */
  public ErrorDetails withResource(String resource) {
    return new ErrorDetails(
        cloud, operation, Optional.of(resource), errorCode, requestId, attempts);
  }
}
