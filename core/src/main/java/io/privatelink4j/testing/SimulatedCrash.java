package io.privatelink4j.testing;

import io.privatelink4j.spi.Operation;

/**
 * The death of the calling process at a remote call, as far as a test can have it: an error that
 * nobody may catch. The test goes on with a new client on the same cloud.
 */
public final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  SimulatedCrash(Operation operation, Fault fault) {
    super(
        "the process dies "
            + (fault == Fault.CRASH_BEFORE ? "before " : "after ")
            + operation
            + " (simulated)");
  }
}
