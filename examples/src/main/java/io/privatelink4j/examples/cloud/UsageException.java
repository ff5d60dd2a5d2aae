package io.privatelink4j.examples.cloud;

/** The arguments are wrong; the message says in which way. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
