package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * One call to the cloud, after it ended.
 *
 * @param cloud the cloud
 * @param action the cloud's name of the call, such as {@code CreateVpcEndpoint}
 * @param attempt the number of the try, from one
 * @param duration how long it took
 * @param failure the kind of failure and the cloud's error code; empty if it succeeded
 */
public record RemoteCall(
    CloudProvider cloud, String action, int attempt, Duration duration, Optional<String> failure) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public RemoteCall {
    requireNonNull(cloud, "cloud");
    requireNonNull(action, "action");
    requireNonNull(duration, "duration");
    requireNonNull(failure, "failure");
  }
}
