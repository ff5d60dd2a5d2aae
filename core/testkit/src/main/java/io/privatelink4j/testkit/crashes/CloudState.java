package io.privatelink4j.testkit.crashes;

import io.privatelink4j.model.ConnectionRef;
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
   * {@return what there is, from one connection's side, in the words of {@link CrashMatrix}, sorted
   * and with blanks between; {@code nothing} if there is nothing}
   *
   * @param vpcId the network that its zones belong to
   * @param connection which connection
   */
  public String words(String vpcId, ConnectionRef connection) {
    return Words.of(this, vpcId, connection).toString();
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
