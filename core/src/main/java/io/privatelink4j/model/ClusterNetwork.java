package io.privatelink4j.model;

import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Where a cluster's dataflow runs: the VPC that endpoints are created in and that DNS names resolve
 * in.
 */
@Value.Immutable
@ImmutableStyle
public interface ClusterNetwork {

  /** {@return the cloud that the network lives in} */
  CloudProvider cloud();

  /** {@return the region, such as {@code us-west-2} or {@code ap-southeast-1}} */
  String region();

  /** {@return the VPC's id} */
  String vpcId();

  /**
   * {@return the subnets (Alibaba Cloud: vSwitches) that endpoints get an address in, one per zone,
   * at least one}
   */
  List<String> subnetIds();

  /**
   * {@return the security groups of new endpoints; Alibaba Cloud needs at least one, AWS falls back
   * to the VPC's own}
   */
  List<String> securityGroupIds();

  /**
   * {@return whether other tenants' clusters run in the same VPC, default true} A private DNS zone
   * hides public names from everybody in the VPC, so attaching a customer's domain in a shared
   * network needs a domain policy.
   */
  @Value.Default
  default boolean shared() {
    return true;
  }

  /**
   * {@return the principal that the network's credentials act as, where it is narrower than the
   * account} An AWS role ARN lets a service owner allow one tenant instead of the whole account.
   */
  Optional<String> principal();

  /** Rejects a network that no endpoint could be created in. */
  @Value.Check
  default void check() {
    Preconditions.check(cloud() != CloudProvider.UNKNOWN, "cloud must be AWS or ALICLOUD");
    Preconditions.check(!region().isBlank(), "region must not be blank");
    Preconditions.check(!vpcId().isBlank(), "vpcId must not be blank");
    Preconditions.check(!subnetIds().isEmpty(), "subnetIds must name at least one subnet");
  }

  /** {@return a new builder; it is not thread-safe} */
  static Builder builder() {
    return ImmutableClusterNetwork.builder();
  }

  /** Builds a {@link ClusterNetwork}; not thread-safe. */
  interface Builder {
    /**
     * Sets the cloud; required.
     *
     * @param cloud AWS or ALICLOUD
     * @return this
     */
    Builder cloud(CloudProvider cloud);

    /**
     * Sets the region; required.
     *
     * @param region such as {@code us-west-2}
     * @return this
     */
    Builder region(String region);

    /**
     * Sets the VPC; required.
     *
     * @param vpcId such as {@code vpc-0a1b2c3d}
     * @return this
     */
    Builder vpcId(String vpcId);

    /**
     * Adds subnets; at least one is required.
     *
     * @param subnetIds one subnet (vSwitch) per zone
     * @return this
     */
    Builder addSubnetIds(String... subnetIds);

    /**
     * Sets all subnets; at least one is required.
     *
     * @param subnetIds one subnet (vSwitch) per zone
     * @return this
     */
    Builder subnetIds(Iterable<String> subnetIds);

    /**
     * Adds security groups.
     *
     * @param securityGroupIds groups of the same VPC
     * @return this
     */
    Builder addSecurityGroupIds(String... securityGroupIds);

    /**
     * Sets whether other tenants use the VPC; default true.
     *
     * @param shared false only if every cluster in the VPC belongs to one tenant
     * @return this
     */
    Builder shared(boolean shared);

    /**
     * Sets the principal that the network's credentials act as; default: the whole account.
     *
     * @param principal an AWS role ARN
     * @return this
     */
    Builder principal(String principal);

    /**
     * {@return the network}
     *
     * @throws IllegalStateException if a required value is missing
     * @throws IllegalArgumentException if a value is blank, the cloud unknown or no subnet given
     */
    ClusterNetwork build();
  }
}
