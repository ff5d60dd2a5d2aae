package io.privatelink4j.kafka;

import static java.util.Objects.requireNonNull;

/**
 * A Kafka broker behind the service owner's load balancer. Takes any text; {@link KafkaListeners}
 * says what is wrong with it.
 *
 * @param name the first label of the broker's advertised name, such as {@code b1}
 * @param zoneId the id of the availability zone that the broker runs in ({@code usw2-az1}, {@code
 *     ap-southeast-1a}); never an AWS AZ name, which means another zone in another account
 */
public record Broker(String name, String zoneId) {

  /**
   * Checks that nothing is null.
   *
   * @param name the first label of the broker's advertised name
   * @param zoneId the id of the zone that it runs in
   * @throws NullPointerException if an argument is null
   */
  public Broker {
    requireNonNull(name, "name");
    requireNonNull(zoneId, "zoneId");
  }
}
