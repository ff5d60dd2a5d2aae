package io.privatelink4j.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * An endpoint as the cloud describes it, on two axes: the resource, and its connection to the
 * service.
 */
@Value.Immutable
@SpiStyle
public interface Endpoint {

  /** {@return the cloud's id} */
  String id();

  /** {@return the service's full name} */
  String serviceName();

  /** {@return the service's region where it is not the endpoint's} */
  Optional<String> serviceRegion();

  /** {@return the VPC it lives in} */
  String vpcId();

  /** {@return the resource's state} */
  ResourceState resource();

  /** {@return the connection's state} */
  LinkState link();

  /** {@return the cloud's own status words, as they came} */
  String rawStatus();

  /** {@return what the cloud says of a failure} */
  Optional<String> failure();

  /** {@return whether an overdue bill has locked it} */
  @Value.Default
  default boolean billingLocked() {
    return false;
  }

  /** {@return when it was created, by the cloud's clock} */
  Instant createTime();

  /** {@return all labels} */
  Map<String, String> labels();

  /** {@return the regional DNS name} */
  Optional<String> dnsName();

  /**
   * {@return zonal DNS names by the zone's <em>name</em> in this account, where the cloud lists
   * them with the endpoint}
   */
  Map<String, String> zonalDnsNames();

  /**
   * {@return the zones it has an address in} Where {@link DriverTraits#zonesInEndpoint} is false,
   * empty until {@link PrivateLinkDriver#endpointZones} was read.
   */
  List<EndpointZone> zones();

  /** {@return a new builder; it is not thread-safe} */
  static Builder builder() {
    return ImmutableEndpoint.builder();
  }

  /** Builds an {@link Endpoint}; not thread-safe. */
  interface Builder {
    /**
     * Starts from a copy.
     *
     * @param endpoint the values to begin with
     * @return this
     */
    Builder from(Endpoint endpoint);

    /**
     * Sets the id; required.
     *
     * @param id the cloud's id
     * @return this
     */
    Builder id(String id);

    /**
     * Sets the service; required.
     *
     * @param serviceName the full name
     * @return this
     */
    Builder serviceName(String serviceName);

    /**
     * Sets the service's region where it is not the endpoint's.
     *
     * @param region the region
     * @return this
     */
    Builder serviceRegion(Optional<String> region);

    /**
     * Sets the VPC; required.
     *
     * @param vpcId the VPC's id
     * @return this
     */
    Builder vpcId(String vpcId);

    /**
     * Sets the resource's state; required.
     *
     * @param resource the state
     * @return this
     */
    Builder resource(ResourceState resource);

    /**
     * Sets the connection's state; required.
     *
     * @param link the state
     * @return this
     */
    Builder link(LinkState link);

    /**
     * Sets the cloud's status words; required.
     *
     * @param rawStatus as they came
     * @return this
     */
    Builder rawStatus(String rawStatus);

    /**
     * Sets what the cloud says of a failure.
     *
     * @param failure the text
     * @return this
     */
    Builder failure(Optional<String> failure);

    /**
     * Sets whether an overdue bill has locked it; default no.
     *
     * @param locked whether it is locked
     * @return this
     */
    Builder billingLocked(boolean locked);

    /**
     * Sets the time of creation; required.
     *
     * @param createTime by the cloud's clock
     * @return this
     */
    Builder createTime(Instant createTime);

    /**
     * Sets the labels.
     *
     * @param labels all of them
     * @return this
     */
    Builder labels(Map<String, ? extends String> labels);

    /**
     * Sets the regional name.
     *
     * @param dnsName the name
     * @return this
     */
    Builder dnsName(Optional<String> dnsName);

    /**
     * Sets the zonal names.
     *
     * @param names by zone name
     * @return this
     */
    Builder zonalDnsNames(Map<String, ? extends String> names);

    /**
     * Sets the zones.
     *
     * @param zones the zones
     * @return this
     */
    Builder zones(Iterable<? extends EndpointZone> zones);

    /**
     * {@return the endpoint}
     *
     * @throws IllegalStateException if a required value is missing
     */
    Endpoint build();
  }
}
