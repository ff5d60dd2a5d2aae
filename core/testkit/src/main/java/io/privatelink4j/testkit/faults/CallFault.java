package io.privatelink4j.testkit.faults;

import java.util.Locale;

/** How a remote call can go wrong. The table of the matrix names them in lower case. */
public enum CallFault {
  /** Refused because too many calls came; not carried out. */
  THROTTLED,
  /** Answered with the cloud's bare server error, HTTP status 500; not carried out. */
  SERVER_ERROR,
  /** Answered with the page of a load balancer, HTTP status 503; not carried out. */
  HTML_503,
  /** Answered with a success that has no body, as by a proxy; not carried out. */
  EMPTY,
  /** Carried out, and the answer is cut off in the middle. */
  TRUNCATED,
  /** The connection is dropped before the call is carried out. */
  DROPPED_BEFORE,
  /** Carried out, and the connection is dropped without an answer. */
  DROPPED_AFTER,
  /** No answer comes until the driver's time-out; not carried out, which nobody can tell. */
  HANG,
  /** Refused because the credentials may not do this; not carried out. */
  DENIED,
  /** A read is answered as it would have been before the last write. */
  STALE,
  /** What was created a moment ago is not found. */
  NOT_FOUND;

  /** {@return whether it can befall any call, and the cloud has to play it} */
  boolean isOfTheWire() {
    return this != STALE && this != NOT_FOUND;
  }

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
