package io.privatelink4j.testing;

/** How one remote call fails. See {@link Faults}. */
public enum Fault {
  /** Refused because too many calls came; not done. */
  THROTTLE,
  /** A bare server error (5xx) that does not say whether anything was done. Nothing was. */
  SERVER_ERROR,
  /** Refused with 503 for a passing reason; surely not done. */
  UNAVAILABLE,
  /** Done, or refused, but the reply was lost on its way. */
  REPLY_LOST,
  /**
   * No answer for ten seconds of the cloud's time, then a time-out. Not done, which nobody can
   * tell.
   */
  TIMEOUT_BEFORE,
  /** Refused because the credentials may not do this; not done. */
  DENIED,
  /** Refused because a quota is used up; not done. */
  QUOTA,
  /** The calling process dies before the call leaves it: {@link SimulatedCrash}. Not logged. */
  CRASH_BEFORE,
  /** The call is done, then the calling process dies: {@link SimulatedCrash}. */
  CRASH_AFTER
}
