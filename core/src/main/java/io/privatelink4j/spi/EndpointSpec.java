package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.ConnectionType;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The endpoint to create. Equal specs give equal request bodies: nothing of the clock, of chance or
 * of the order of a collection enters them.
 *
 * @param name a name for the cloud's console, where the cloud has one: letters, digits and {@code
 *     -}
 * @param type the service
 * @param subnets the subnets to take an address in, one per zone, sorted by id
 * @param labels the labels, set in the same call
 * @param clientToken the cloud's idempotency token: at most 64 ASCII characters
 */
public record EndpointSpec(
    String name,
    ConnectionType type,
    List<Subnet> subnets,
    SortedMap<String, String> labels,
    String clientToken) {

  /**
   * Copies the collections.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public EndpointSpec {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    subnets = List.copyOf(subnets);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    requireNonNull(clientToken, "clientToken");
  }
}
