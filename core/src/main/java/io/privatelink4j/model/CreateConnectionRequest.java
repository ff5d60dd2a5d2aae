package io.privatelink4j.model;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What {@code create} needs to know. Values are checked by {@code create}, before any remote call.
 */
@Value.Immutable
@ImmutableStyle
public interface CreateConnectionRequest {

  /**
   * {@return the cluster's id: 1 to 64 of {@code A-Z a-z 0-9 . _ -}, beginning with a letter or
   * digit}
   */
  String clusterId();

  /**
   * {@return a name for people: 1 to 64 Unicode code points, comes back exactly. OpenAPI: {@code
   * displayName}}
   */
  String displayName();

  /** {@return the endpoint service to connect to; its cloud must be the cluster's} */
  ConnectionType type();

  /**
   * {@return the caller's operation id: 1 to 128 printable ASCII characters} It makes create
   * repeatable: the same request id gives the same connection, however often and from wherever it
   * is sent. It is good for one connection for ever; once that is deleted, using the id again is a
   * conflict. Generated if absent.
   */
  Optional<String> requestId();

  /**
   * {@return who asked for the connection: 1 to 64 printable ASCII characters. OpenAPI: {@code
   * createdBy}}
   */
  Optional<String> createdBy();

  /**
   * {@return labels of the embedder's own, written onto the endpoint with its creation} Keys are 1
   * to 64 and values at most 128 of {@code A-Z a-z 0-9 . _ -}; keys begin with a letter and not
   * with {@code plc.}; neither keys nor values begin with {@code aws}, {@code aliyun} or {@code
   * acs}. How many fit depends on the cloud.
   */
  Map<String, String> extraLabels();

  /** {@return what to do with the check of the service; default {@link CheckMode#STRICT}} */
  @Value.Default
  default CheckMode checkMode() {
    return CheckMode.STRICT;
  }

  /** {@return a new builder; it is not thread-safe} */
  static Builder builder() {
    return ImmutableCreateConnectionRequest.builder();
  }

  /** Builds a {@link CreateConnectionRequest}; not thread-safe. */
  interface Builder {
    /**
     * Sets the cluster; required.
     *
     * @param clusterId the cluster's id
     * @return this
     */
    Builder clusterId(String clusterId);

    /**
     * Sets the name for people; required.
     *
     * @param displayName 1 to 64 Unicode code points
     * @return this
     */
    Builder displayName(String displayName);

    /**
     * Sets the endpoint service; required.
     *
     * @param type the service
     * @return this
     */
    Builder type(ConnectionType type);

    /**
     * Sets the caller's operation id; generated if absent.
     *
     * @param requestId 1 to 128 printable ASCII characters
     * @return this
     */
    Builder requestId(String requestId);

    /**
     * Sets who asked for the connection.
     *
     * @param createdBy 1 to 64 printable ASCII characters
     * @return this
     */
    Builder createdBy(String createdBy);

    /**
     * Adds a label of the embedder's own.
     *
     * @param key the label's key
     * @param value the label's value
     * @return this
     */
    Builder putExtraLabels(String key, String value);

    /**
     * Adds labels of the embedder's own.
     *
     * @param labels keys and values
     * @return this
     */
    Builder putAllExtraLabels(Map<String, ? extends String> labels);

    /**
     * Sets what to do with the check of the service; default {@link CheckMode#STRICT}.
     *
     * @param checkMode the mode
     * @return this
     */
    Builder checkMode(CheckMode checkMode);

    /**
     * {@return the request}
     *
     * @throws IllegalStateException if a required value is missing
     */
    CreateConnectionRequest build();
  }
}
