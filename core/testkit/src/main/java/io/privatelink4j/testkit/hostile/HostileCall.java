package io.privatelink4j.testkit.hostile;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import java.util.function.Function;

/**
 * A call of a driver, and what the cloud's documentation shows as its answer.
 *
 * @param name what it is called in reports
 * @param write whether it changes anything
 * @param document the body of a success
 * @param call makes the call and gives what came of it
 */
public record HostileCall(
    String name, boolean write, String document, Function<PrivateLinkDriver, Object> call) {

  /** Checks that nothing is null. */
  public HostileCall {
    requireNonNull(name, "name");
    requireNonNull(document, "document");
    requireNonNull(call, "call");
  }

  /** {@return what a success means that nobody can understand} */
  ErrorKind notUnderstood() {
    return write ? ErrorKind.OUTCOME_UNKNOWN : ErrorKind.UNAVAILABLE;
  }
}
