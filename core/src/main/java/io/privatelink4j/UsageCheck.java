package io.privatelink4j;

import io.privatelink4j.model.ConnectionRef;
import java.util.List;

/**
 * Tells what still uses a connection, so that it is not deleted under a running job. Must be
 * thread-safe.
 */
@FunctionalInterface
public interface UsageCheck {

  /**
   * {@return names of the changefeeds and jobs that use the connection; empty if none}
   *
   * @param ref the connection that is to be deleted
   */
  List<String> users(ConnectionRef ref);
}
