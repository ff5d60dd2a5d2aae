package io.privatelink4j.testkit.crashes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What there is in our account.
 *
 * @param endpoints our endpoints, but those whose deletion has begun
 * @param zones our private DNS zones
 */
public record CloudState(List<EndpointState> endpoints, List<ZoneState> zones) {

  /** Copies the lists. */
  public CloudState {
    endpoints = List.copyOf(endpoints);
    zones = List.copyOf(zones);
  }

  /**
   * An endpoint.
   *
   * @param id the cloud's id
   * @param labels its labels
   */
  public record EndpointState(String id, Map<String, String> labels) {

    /** Copies the labels. */
    public EndpointState {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * A zone.
   *
   * @param id the cloud's id
   * @param name its name, without a dot at the end
   * @param reference the owner's mark that it was created with, if the cloud keeps it
   * @param vpcIds the networks that it is bound to
   * @param records its CNAMEs: host, relative to the name, and target
   */
  public record ZoneState(
      String id,
      String name,
      Optional<String> reference,
      Set<String> vpcIds,
      Map<String, String> records) {

    /** Copies sets and maps. */
    public ZoneState {
      vpcIds = Set.copyOf(vpcIds);
      records = Map.copyOf(records);
    }
  }
}
