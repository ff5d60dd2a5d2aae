package io.privatelink4j.kafka;

import java.util.List;

/**
 * One TCP listener of the service owner's load balancer.
 *
 * @param listenerPort the port that the load balancer listens on
 * @param targets the brokers it leads to, each as {@code name:port}
 */
public record PortMapping(int listenerPort, List<String> targets) {

  /**
   * Copies the list.
   *
   * @param listenerPort the port that the load balancer listens on
   * @param targets the brokers, each as {@code name:port}
   * @throws NullPointerException if an argument or an element is null
   */
  public PortMapping {
    targets = List.copyOf(targets);
  }

  /** {@return the mapping in one line, as in {@code 9093 -> b1:39092}} */
  public String describe() {
    return listenerPort + " -> " + String.join(", ", targets);
  }
}
