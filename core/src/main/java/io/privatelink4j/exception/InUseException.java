package io.privatelink4j.exception;

import java.util.List;

/** Something still uses the connection or the domain; nothing was changed. */
public final class InUseException extends PrivateLinkException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> users;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do next
   * @param details the facts
   * @param users the changefeeds and jobs that use it, as the usage check named them
   */
  public InUseException(String message, ErrorDetails details, List<String> users) {
    super(message, details, null);
    this.users = List.copyOf(users);
  }

  /** {@return the changefeeds and jobs that use it} Empty after deserialization. */
  public List<String> users() {
    return users == null ? List.of() : users;
  }
}
