package io.privatelink4j.kafka;

import static java.util.Objects.requireNonNull;

/**
 * What one broker advertises to clients that come through the link.
 *
 * @param broker the broker
 * @param host the host name, lower case, without a trailing dot
 * @param port the load balancer's port that leads to this broker alone
 */
public record BrokerListener(Broker broker, String host, int port) {

  /**
   * Checks that nothing is null.
   *
   * @param broker the broker
   * @param host the host name
   * @param port the load balancer's port
   * @throws NullPointerException if an argument is null
   */
  public BrokerListener {
    requireNonNull(broker, "broker");
    requireNonNull(host, "host");
  }

  /** {@return host and port, as in {@code b1.usw2-az1.<unique>.aws.tidbcloud.com:9093}} */
  public String address() {
    return host + ":" + port;
  }

  /**
   * {@return the entry for the broker's {@code advertised.listeners}, as in {@code
   * EXTERNAL://b1.usw2-az1.…:9093}}
   *
   * @param listenerName the listener's name in the broker's configuration, such as {@code EXTERNAL}
   */
  public String advertised(String listenerName) {
    return listenerName + "://" + address();
  }
}
