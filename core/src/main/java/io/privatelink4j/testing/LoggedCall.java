package io.privatelink4j.testing;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.RemoteException;
import java.time.Instant;
import java.util.Optional;

/**
 * One remote call that reached the cloud.
 *
 * @param operation the driver's operation
 * @param action the cloud's name of the call, such as {@code CreateVpcEndpoint}
 * @param at when it came, by the cloud's clock
 * @param subject what it was about: ids, or a summary of them
 * @param failure how it failed, as the caller saw it; empty if it succeeded
 */
public record LoggedCall(
    Operation operation,
    String action,
    Instant at,
    String subject,
    Optional<RemoteException> failure) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public LoggedCall {
    requireNonNull(operation, "operation");
    requireNonNull(action, "action");
    requireNonNull(at, "at");
    requireNonNull(subject, "subject");
    requireNonNull(failure, "failure");
  }

  /** {@return whether the call was meant to change something} */
  public boolean isWrite() {
    return operation.isWrite();
  }
}
