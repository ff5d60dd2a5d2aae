package io.privatelink4j.internal;

import io.privatelink4j.exception.CloudUnavailableException;
import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.ThrottledException;
import io.privatelink4j.exception.WaitTimeoutException;

/** Tells failures that another try may not meet from those that need somebody's help. */
final class Passing {
  private Passing() {}

  static boolean is(PrivateLinkException e) {
    return e instanceof ThrottledException
        || e instanceof CloudUnavailableException
        || e instanceof OutcomeUnknownException
        || e instanceof WaitTimeoutException;
  }
}
