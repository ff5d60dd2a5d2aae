package io.privatelink4j.examples.cloud;

/** The arguments are wrong; the message says in which way. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is wrong, and what is right
   */
  public UsageException(String message) {
    super(message);
  }
}
