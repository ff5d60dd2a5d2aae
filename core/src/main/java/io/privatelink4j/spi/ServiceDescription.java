package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.Acceptance;
import java.util.Set;

/**
 * What a cloud tells of an endpoint service that we may connect to.
 *
 * @param serviceName its full name
 * @param zoneIds ids of the zones it is offered in; empty if the cloud does not tell
 * @param zoneNames names, in our account, of the zones it is offered in; empty if the cloud does
 *     not tell
 * @param acceptance whether the owner has to accept
 */
public record ServiceDescription(
    String serviceName, Set<String> zoneIds, Set<String> zoneNames, Acceptance acceptance) {

  /**
   * Copies the sets.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public ServiceDescription {
    requireNonNull(serviceName, "serviceName");
    zoneIds = Set.copyOf(zoneIds);
    zoneNames = Set.copyOf(zoneNames);
    requireNonNull(acceptance, "acceptance");
  }
}
