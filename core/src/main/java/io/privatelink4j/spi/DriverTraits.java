package io.privatelink4j.spi;

import java.util.Map;
import java.util.Set;
import org.immutables.value.Value;

/** What differs from cloud to cloud and is data rather than behaviour. */
@Value.Immutable
@SpiStyle
public interface DriverTraits {

  /** {@return name, permission and budget of each call that the driver makes} */
  Map<Operation, Action> actions();

  /**
   * {@return how many endpoints one {@link PrivateLinkDriver#endpointsById} takes; 1 = it reads one
   * by one}
   */
  int idsPerRead();

  /**
   * {@return how many endpoint ids one {@link EndpointFilter} takes; 0 = ids cannot be filtered by}
   */
  int idsPerFilter();

  /** {@return how many endpoints one {@link PrivateLinkDriver#endpoints} page holds at most} */
  int endpointsPerPage();

  /** {@return how many endpoints one {@link PrivateLinkDriver#putLabels} takes} */
  int idsPerLabelCall();

  /** {@return how many endpoints one {@link PrivateLinkDriver#deleteEndpoints} takes} */
  int idsPerDelete();

  /** {@return how many labels an endpoint can have} */
  int labelsPerEndpoint();

  /** {@return how many records one {@link PrivateLinkDriver#putRecords} takes} */
  int recordsPerCall();

  /**
   * {@return whether {@link PrivateLinkDriver#subnets} tells the account; else {@link
   * PrivateLinkDriver#account} does}
   */
  boolean accountFromSubnets();

  /**
   * {@return whether {@link Endpoint#zones} tells each zone's state; else {@link
   * PrivateLinkDriver#endpointZones} does}
   */
  boolean zonesInEndpoint();

  /**
   * {@return whether an endpoint's zones have to be removed, one after the other, before it can be
   * deleted}
   */
  boolean zonesRemovedFirst();

  /**
   * {@return whether a zone answers in a network from its creation on, and its name there is taken
   * by it} Else it is created unbound, filled, and then bound; the binding decides who answers.
   */
  boolean zoneBoundAtCreation();

  /** {@return the switches that the cloud's networks have and that must be on} */
  Set<DnsSwitch> dnsSwitches();

  /**
   * {@return the action behind an operation}
   *
   * @param operation the operation
   * @throws IllegalStateException if the driver does not declare it
   */
  default Action action(Operation operation) {
    Action action = actions().get(operation);
    if (action == null) {
      throw new IllegalStateException("the driver declares no action for " + operation);
    }
    return action;
  }

  /** {@return a new builder; it is not thread-safe} */
  static Builder builder() {
    return ImmutableDriverTraits.builder();
  }

  /** Builds {@link DriverTraits}; all values are required; not thread-safe. */
  interface Builder {
    /**
     * Sets {@link DriverTraits#actions}.
     *
     * @param actions the actions
     * @return this
     */
    Builder actions(Map<Operation, ? extends Action> actions);

    /**
     * Sets {@link DriverTraits#idsPerRead}.
     *
     * @param ids at least 1
     * @return this
     */
    Builder idsPerRead(int ids);

    /**
     * Sets {@link DriverTraits#idsPerFilter}.
     *
     * @param ids at least 0
     * @return this
     */
    Builder idsPerFilter(int ids);

    /**
     * Sets {@link DriverTraits#endpointsPerPage}.
     *
     * @param endpoints at least 1
     * @return this
     */
    Builder endpointsPerPage(int endpoints);

    /**
     * Sets {@link DriverTraits#idsPerLabelCall}.
     *
     * @param ids at least 1
     * @return this
     */
    Builder idsPerLabelCall(int ids);

    /**
     * Sets {@link DriverTraits#idsPerDelete}.
     *
     * @param ids at least 1
     * @return this
     */
    Builder idsPerDelete(int ids);

    /**
     * Sets {@link DriverTraits#labelsPerEndpoint}.
     *
     * @param labels at least 20
     * @return this
     */
    Builder labelsPerEndpoint(int labels);

    /**
     * Sets {@link DriverTraits#recordsPerCall}.
     *
     * @param records at least 1
     * @return this
     */
    Builder recordsPerCall(int records);

    /**
     * Sets {@link DriverTraits#accountFromSubnets}.
     *
     * @param fromSubnets whether subnets tell the account
     * @return this
     */
    Builder accountFromSubnets(boolean fromSubnets);

    /**
     * Sets {@link DriverTraits#zonesInEndpoint}.
     *
     * @param inEndpoint whether the endpoint tells its zones
     * @return this
     */
    Builder zonesInEndpoint(boolean inEndpoint);

    /**
     * Sets {@link DriverTraits#zonesRemovedFirst}.
     *
     * @param removedFirst whether zones must go before the endpoint
     * @return this
     */
    Builder zonesRemovedFirst(boolean removedFirst);

    /**
     * Sets {@link DriverTraits#zoneBoundAtCreation}.
     *
     * @param atCreation whether a zone is born bound
     * @return this
     */
    Builder zoneBoundAtCreation(boolean atCreation);

    /**
     * Sets {@link DriverTraits#dnsSwitches}.
     *
     * @param switches the switches
     * @return this
     */
    Builder dnsSwitches(Iterable<DnsSwitch> switches);

    /**
     * {@return the traits}
     *
     * @throws IllegalStateException if a value is missing
     */
    DriverTraits build();
  }
}
