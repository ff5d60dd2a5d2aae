package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All that is to be said about an endpoint service before a connection to it is created.
 *
 * @param type the service, with its region filled in where the name gives it
 * @param zones account, principals and zones of the cluster network
 * @param serviceZoneIds zone ids that the service is offered in; empty if the cloud does not tell
 * @param commonZoneIds zone ids in which service and cluster network meet; the endpoint gets an
 *     address in each
 * @param acceptance whether the owner has to accept
 * @param findings everything found, worst first
 */
public record ServiceCheck(
    ConnectionType type,
    Zones zones,
    List<String> serviceZoneIds,
    List<String> commonZoneIds,
    Acceptance acceptance,
    List<Finding> findings) {

  /**
   * Copies the lists.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public ServiceCheck {
    requireNonNull(type, "type");
    requireNonNull(zones, "zones");
    serviceZoneIds = List.copyOf(serviceZoneIds);
    commonZoneIds = List.copyOf(commonZoneIds);
    requireNonNull(acceptance, "acceptance");
    findings = List.copyOf(findings);
  }

  /** {@return whether nothing was found that would make {@code create} fail} */
  public boolean ok() {
    return errors().isEmpty();
  }

  /** {@return the findings of severity ERROR} */
  public List<Finding> errors() {
    return findings.stream()
        .filter(f -> f.severity() == Severity.ERROR)
        .collect(Collectors.toUnmodifiableList());
  }
}
