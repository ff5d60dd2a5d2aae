package io.privatelink4j.testkit;

import io.privatelink4j.spi.ErrorKind;

/**
 * How a cloud can fail one call; see {@link Harness#failNext}. A failed call counts as one remote
 * call.
 */
public enum Fault {
  /** Refused because too many calls came; not carried out. */
  THROTTLED(ErrorKind.THROTTLED),
  /** Refused for a passing reason, in a way that proves that it was not carried out. */
  UNAVAILABLE(ErrorKind.UNAVAILABLE),
  /**
   * Ended without a usable answer, such as by a dropped connection; not carried out, which the
   * caller cannot see.
   */
  OUTCOME_UNKNOWN_NOT_DONE(ErrorKind.OUTCOME_UNKNOWN),
  /** Carried out, but the answer was lost on its way. */
  REPLY_LOST(ErrorKind.OUTCOME_UNKNOWN),
  /** Refused because the credentials may not do this; not carried out. */
  ACCESS_DENIED(ErrorKind.ACCESS_DENIED),
  /**
   * Refused because a quota is used up; not carried out. Asked for on writes that create something
   * only.
   */
  QUOTA(ErrorKind.QUOTA);

  private final ErrorKind kind;

  Fault(ErrorKind kind) {
    this.kind = kind;
  }

  /** {@return what a driver makes of it when it hits a write} */
  public ErrorKind kind() {
    return kind;
  }
}
