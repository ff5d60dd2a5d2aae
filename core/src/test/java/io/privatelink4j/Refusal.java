package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.exception.PrivateLinkException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Catches refusals and proves that they cost the cloud nothing. */
final class Refusal {
  private Refusal() {}

  /** The exception of a call that wrote nothing. */
  static <E extends PrivateLinkException> E of(
      Setup setup, Class<E> kind, ThrowingCallable operation) {
    setup.cloud.calls().clear();
    E refusal = catchThrowableOfType(kind, operation);
    assertThat(refusal).as("the operation is refused").isNotNull();
    assertThat(setup.cloud.calls().writes()).as("writes of a refused operation").isEmpty();
    return refusal;
  }

  /** The exception of a call that did not even reach the cloud. */
  static <E extends PrivateLinkException> E unasked(
      Setup setup, Class<E> kind, ThrowingCallable operation) {
    E refusal = of(setup, kind, operation);
    assertThat(setup.cloud.calls().all()).as("calls of a malformed request").isEmpty();
    return refusal;
  }
}
