package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

/**
 * Names one private link connection of one cluster. An id alone is not enough: it is a name, not a
 * secret, so every operation needs the cluster as well and never shows one cluster's connection to
 * another.
 */
public interface ConnectionRef {

  /** {@return the cluster's id. OpenAPI: {@code clusterId}} */
  String clusterId();

  /**
   * {@return the connection's id, {@code plc-} and 26 characters. OpenAPI: {@code
   * privateLinkConnectionId}}
   */
  String id();

  /**
   * {@return a reference} The ids are validated when an operation uses them.
   *
   * @param clusterId the cluster's id
   * @param id the connection's id
   * @throws NullPointerException if an argument is null
   */
  static ConnectionRef of(String clusterId, String id) {
    return new Simple(clusterId, id);
  }

  /**
   * The plain reference behind {@link #of}.
   *
   * @param clusterId the cluster's id
   * @param id the connection's id
   */
  record Simple(String clusterId, String id) implements ConnectionRef {

    /**
     * Checks that nothing is null.
     *
     * @throws NullPointerException if an argument is null
     */
    public Simple {
      requireNonNull(clusterId, "clusterId");
      requireNonNull(id, "id");
    }
  }
}
