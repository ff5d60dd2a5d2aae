package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which endpoints to list. Everything given must hold. Clouds treat values as patterns and lag
 * behind writes, so the core checks every answer again.
 *
 * @param labels labels that an endpoint must have, with these values
 * @param endpointIds the ids to look at; empty = all
 * @param serviceName the service that it must lead to
 */
public record EndpointFilter(
    Map<String, String> labels, List<String> endpointIds, Optional<String> serviceName) {

  /** All endpoints of the scope. */
  public static final EndpointFilter ALL =
      new EndpointFilter(Map.of(), List.of(), Optional.empty());

  /**
   * Copies the collections.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public EndpointFilter {
    labels = Map.copyOf(labels);
    endpointIds = List.copyOf(endpointIds);
    requireNonNull(serviceName, "serviceName");
  }

  /**
   * {@return a filter by one label}
   *
   * @param key the label's key
   * @param value the label's value
   */
  public static EndpointFilter label(String key, String value) {
    return new EndpointFilter(Map.of(key, value), List.of(), Optional.empty());
  }

  /**
   * {@return a filter by ids; ids that do not exist are simply absent from the answer}
   *
   * @param endpointIds at most {@link DriverTraits#idsPerFilter}
   */
  public static EndpointFilter ids(List<String> endpointIds) {
    return new EndpointFilter(Map.of(), endpointIds, Optional.empty());
  }

  /**
   * {@return a filter by service}
   *
   * @param serviceName the full name
   */
  public static EndpointFilter service(String serviceName) {
    return new EndpointFilter(Map.of(), List.of(), Optional.of(serviceName));
  }
}
