package io.privatelink4j;

import io.privatelink4j.model.ConnectionRef;
import java.util.List;

/**
 * Tells what still uses a connection, so that neither it nor a domain of it is removed under a
 * running job. Must be thread-safe. If it answers null, nothing is removed.
 */
@FunctionalInterface
public interface UsageCheck {

  /**
   * {@return names of the changefeeds and jobs that use the connection; empty if none}
   *
   * @param ref the connection that is to be deleted
   */
  List<String> users(ConnectionRef ref);

  /**
   * {@return names of the changefeeds and jobs that use one domain of the connection; empty if
   * none} By default those that use the connection.
   *
   * @param ref the connection
   * @param attachmentId the attachment that is to be detached
   */
  default List<String> usersOfDomain(ConnectionRef ref, String attachmentId) {
    return users(ref);
  }
}
