package io.privatelink4j.model;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A private link connection as it was last read from the cloud: one endpoint in the cluster network
 * and what its labels say of it. OpenAPI: {@code PrivateLinkConnection}. A snapshot: operations
 * that take one use its ids only.
 */
@Value.Immutable
@ImmutableStyle
public interface PrivateLinkConnection extends ConnectionRef {

  @Override
  String clusterId();

  @Override
  String id();

  /** {@return the name for people. OpenAPI: {@code displayName}} */
  String displayName();

  /** {@return the endpoint service it leads to} */
  ConnectionType type();

  /** {@return the public state} */
  ConnectionState state();

  /** {@return why it is in that state; always present if FAILED or PENDING_ACCEPTANCE} */
  Optional<StateReason> reason();

  /** {@return the reason's message, empty without one. OpenAPI: {@code message}} */
  default String message() {
    return reason().map(StateReason::message).orElse("");
  }

  /** {@return who asked for it. OpenAPI: {@code createdBy}} */
  Optional<String> createdBy();

  /** {@return when the cloud created the endpoint. OpenAPI: {@code createTime}} */
  Instant createTime();

  /**
   * {@return when the labels last recorded a change after creation. OpenAPI: {@code updateTime}}
   */
  Optional<Instant> updateTime();

  /** {@return the cloud's id of the endpoint. OpenAPI: {@code endpointId}} */
  String endpointId();

  /**
   * {@return the zone ids in which the endpoint has an address, sorted. OpenAPI: {@code
   * availabilityZoneIds}}
   */
  List<String> zoneIds();

  /** {@return the endpoint's regional DNS name; empty as long as the cloud has not named it} */
  Optional<String> hostName();

  /**
   * {@return the endpoint's DNS name in each zone, by zone id; empty as long as the cloud has not
   * named them}
   */
  Map<String, String> zonalHostNames();

  /** {@return the attached domains, oldest first. OpenAPI: {@code attachedDomains}} */
  List<DomainAttachment> domains();

  /** {@return the embedder's own labels} */
  Map<String, String> extraLabels();

  /**
   * {@return whether the identifying labels are what this library wrote; default {@link
   * Integrity#OK}}
   */
  @Value.Default
  default Integrity integrity() {
    return Integrity.OK;
  }

  /** {@return what the service owner has to do now, ready to be sent to them; empty if nothing} */
  Optional<String> ownerInstructions();

  /**
   * {@return the address that a changefeed or migration job connects to} It is unresolved: the name
   * resolves inside the cluster network only.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if the port is out of range
   * @throws IllegalStateException if the cloud has not named the endpoint yet
   */
  default InetSocketAddress address(int port) {
    Preconditions.check(port >= 1 && port <= 65535, "port must be 1 to 65535, is " + port);
    return InetSocketAddress.createUnresolved(
        hostName()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "connection "
                            + id()
                            + " has no host name yet: wait until it is ACTIVE and read it again")),
        port);
  }

  /** {@return a new builder, for embedders' tests; it is not thread-safe} */
  static Builder builder() {
    return ImmutablePrivateLinkConnection.builder();
  }

  /** Builds a {@link PrivateLinkConnection}; not thread-safe. */
  interface Builder {
    /**
     * Starts from a copy.
     *
     * @param connection the values to begin with
     * @return this
     */
    Builder from(PrivateLinkConnection connection);

    /**
     * Sets the cluster; required.
     *
     * @param clusterId the cluster's id
     * @return this
     */
    Builder clusterId(String clusterId);

    /**
     * Sets the id; required.
     *
     * @param id the connection's id
     * @return this
     */
    Builder id(String id);

    /**
     * Sets the name for people; required.
     *
     * @param displayName the name
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
     * Sets the state; required.
     *
     * @param state the public state
     * @return this
     */
    Builder state(ConnectionState state);

    /**
     * Sets the reason.
     *
     * @param reason why it is in that state
     * @return this
     */
    Builder reason(Optional<? extends StateReason> reason);

    /**
     * Sets who asked for it.
     *
     * @param createdBy the user
     * @return this
     */
    Builder createdBy(Optional<String> createdBy);

    /**
     * Sets the time of creation; required.
     *
     * @param createTime the cloud's time
     * @return this
     */
    Builder createTime(Instant createTime);

    /**
     * Sets the time of the last recorded change.
     *
     * @param updateTime the time
     * @return this
     */
    Builder updateTime(Optional<? extends Instant> updateTime);

    /**
     * Sets the endpoint; required.
     *
     * @param endpointId the cloud's id
     * @return this
     */
    Builder endpointId(String endpointId);

    /**
     * Sets the zones.
     *
     * @param zoneIds zone ids
     * @return this
     */
    Builder zoneIds(Iterable<String> zoneIds);

    /**
     * Sets the regional name.
     *
     * @param hostName the name
     * @return this
     */
    Builder hostName(Optional<String> hostName);

    /**
     * Sets the zonal names.
     *
     * @param zonalHostNames names by zone id
     * @return this
     */
    Builder zonalHostNames(Map<String, ? extends String> zonalHostNames);

    /**
     * Sets the attached domains.
     *
     * @param domains the attachments
     * @return this
     */
    Builder domains(Iterable<? extends DomainAttachment> domains);

    /**
     * Sets the embedder's labels.
     *
     * @param extraLabels keys and values
     * @return this
     */
    Builder extraLabels(Map<String, ? extends String> extraLabels);

    /**
     * Sets the integrity; default OK.
     *
     * @param integrity the integrity
     * @return this
     */
    Builder integrity(Integrity integrity);

    /**
     * Sets what the owner has to do.
     *
     * @param ownerInstructions the text
     * @return this
     */
    Builder ownerInstructions(Optional<String> ownerInstructions);

    /**
     * {@return the connection}
     *
     * @throws IllegalStateException if a required value is missing
     */
    PrivateLinkConnection build();
  }
}
