package io.privatelink4j.testkit.crashes;

/** The death of the calling process, as far as a test can have it: an error that nobody catches. */
final class ProcessDied extends Error {
  private static final long serialVersionUID = 1L;

  ProcessDied(String call) {
    super("the process dies at " + call + " (simulated)");
  }
}
