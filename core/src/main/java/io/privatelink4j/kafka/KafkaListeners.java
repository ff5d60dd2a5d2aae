package io.privatelink4j.kafka;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.DomainPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns brokers, zones and ports into the names that self-hosted Kafka brokers advertise through a
 * private link, and into the port mapping of the service owner's load balancer; and finds mistakes,
 * before somebody has to restart brokers.
 *
 * <pre>{@code
 * DomainPlan domain = links.planDomain(link, DomainRequest.managed());
 * ListenerPlan plan = KafkaListeners.builder(domain)
 *     .addBroker("b1", "usw2-az1")
 *     .addBroker("b2", "usw2-az2")
 *     .addBroker("b3", "usw2-az3")
 *     .build();
 * String forTheServiceOwner = plan.describe();
 * }</pre>
 *
 * <p>plans, with the default ports and {@code <unique>} for the connection's unique name,
 *
 * <pre>
 * Load balancer, TCP listeners:
 *   9092 -&gt; b1:39092, b2:39092, b3:39092 (bootstrap)
 *   9093 -&gt; b1:39092
 *   9094 -&gt; b2:39092
 *   9095 -&gt; b3:39092
 * Advertised listeners:
 *   b1 in usw2-az1: b1.usw2-az1.&lt;unique&gt;.aws.tidbcloud.com:9093
 *   b2 in usw2-az2: b2.usw2-az2.&lt;unique&gt;.aws.tidbcloud.com:9094
 *   b3 in usw2-az3: b3.usw2-az3.&lt;unique&gt;.aws.tidbcloud.com:9095
 * </pre>
 *
 * <p>The zone in the name decides which zonal name of the endpoint answers, so that traffic stays
 * in the broker's zone. A broker in a zone where the endpoint has no address is reached through
 * another zone, which needs the owner's cross-zone load balancing; on Alibaba Cloud it is then
 * planned without a zone, as {@code b1.<unique>.alicloud.tidbcloud.com}.
 *
 * <p>Brokers find each other by other listeners, which are not planned here. All methods are pure;
 * mistakes are answered as {@linkplain ListenerProblem problems}, not thrown.
 */
public final class KafkaListeners {

  /** The load balancer's port that leads to any broker, by default. */
  public static final int DEFAULT_BOOTSTRAP_PORT = 9092;

  /** The port that brokers listen on for traffic from the load balancer, by default. */
  public static final int DEFAULT_BROKER_PORT = 39092;

  /**
   * The load balancer's port that leads to the first broker, by default; the others follow one by
   * one.
   */
  public static final int DEFAULT_FIRST_BROKER_PORT = 9093;

  private KafkaListeners() {}

  /**
   * {@return a builder for listeners in a domain; it is not thread-safe}
   *
   * @param domain the domain, planned or attached; a managed one, since Confluent Cloud names its
   *     brokers itself
   */
  public static Builder builder(DomainPlan domain) {
    return new Builder(requireNonNull(domain, "domain"));
  }

  /**
   * {@return what is wrong with the listeners that brokers really advertise, worst first} Takes the
   * default bootstrap port.
   *
   * @param advertised one entry per broker, the one meant for clients behind the link, with or
   *     without the listener's name: {@code EXTERNAL://b1.usw2-az1.<unique>.aws.tidbcloud.com:9093}
   * @param domain the domain that they should lie in
   */
  public static List<ListenerProblem> check(List<String> advertised, DomainPlan domain) {
    return check(advertised, domain, DEFAULT_BOOTSTRAP_PORT);
  }

  /**
   * {@return what is wrong with the listeners that brokers really advertise, worst first}
   *
   * @param advertised one entry per broker, the one meant for clients behind the link, with or
   *     without the listener's name
   * @param domain the domain that they should lie in
   * @param bootstrapPort the load balancer's port that leads to any broker
   * @see ListenerPlan#check
   */
  public static List<ListenerProblem> check(
      List<String> advertised, DomainPlan domain, int bootstrapPort) {
    return new ListenerChecker(requireNonNull(domain, "domain"), bootstrapPort)
        .check(List.copyOf(advertised));
  }

  /**
   * {@return what is wrong with the listeners in brokers' files, worst first} Takes the default
   * bootstrap port.
   *
   * @param files what is in each file, by a name to tell it by, such as its path
   * @param domain the domain that the listeners for the link should lie in
   * @see #checkFiles(Map, DomainPlan, int)
   */
  public static List<ListenerProblem> checkFiles(Map<String, String> files, DomainPlan domain) {
    return checkFiles(files, domain, DEFAULT_BOOTSTRAP_PORT);
  }

  /**
   * {@return what is wrong with the listeners in brokers' files, worst first} A file is either one
   * broker's {@code server.properties}, read as {@link java.util.Properties} are, or a bare list of
   * advertised listeners of any number of brokers, separated by commas or white space, with {@code
   * #} before comments.
   *
   * <p>Of a {@code server.properties} count {@code advertised.listeners} (or else {@code
   * listeners}), {@code listeners}, {@code listener.security.protocol.map}, {@code
   * inter.broker.listener.name}, {@code security.inter.broker.protocol}, {@code
   * controller.listener.names}, {@code node.id} or {@code broker.id}, and {@code broker.rack} if it
   * is an availability-zone id. The listener for the link is the one that lies in the domain; if
   * none does, the one that has the name which other files give to it; else the one that is neither
   * for the brokers among themselves nor for controllers.
   *
   * @param files what is in each file, by a name to tell it by, such as its path
   * @param domain the domain that the listeners for the link should lie in
   * @param bootstrapPort the load balancer's port that leads to any broker
   * @see ListenerPlan#checkFiles
   */
  public static List<ListenerProblem> checkFiles(
      Map<String, String> files, DomainPlan domain, int bootstrapPort) {
    return new FileChecker(requireNonNull(domain, "domain"), bootstrapPort)
        .check(new TreeMap<>(files));
  }

  /** Collects brokers and ports; not thread-safe. */
  public static final class Builder {
    private final DomainPlan domain;
    private final List<Broker> brokers = new ArrayList<>();
    private int bootstrapPort = DEFAULT_BOOTSTRAP_PORT;
    private int brokerPort = DEFAULT_BROKER_PORT;
    private int firstBrokerPort = DEFAULT_FIRST_BROKER_PORT;

    private Builder(DomainPlan domain) {
      this.domain = domain;
    }

    /**
     * Adds a broker. Its place decides its port: brokers added later leave the ports of earlier
     * ones alone.
     *
     * @param name the first label of its advertised name, such as {@code b1}
     * @param zoneId the id of the zone that it runs in, such as {@code usw2-az1}
     * @return this
     */
    public Builder addBroker(String name, String zoneId) {
      brokers.add(new Broker(name, zoneId));
      return this;
    }

    /**
     * Adds brokers, in order.
     *
     * @param more the brokers
     * @return this
     */
    public Builder addBrokers(Iterable<Broker> more) {
      more.forEach(broker -> brokers.add(requireNonNull(broker, "broker")));
      return this;
    }

    /**
     * Sets the load balancer's port that leads to any broker; default {@value
     * #DEFAULT_BOOTSTRAP_PORT}.
     *
     * @param port 1 to 65535, none of the brokers' ports
     * @return this
     */
    public Builder bootstrapPort(int port) {
      bootstrapPort = port;
      return this;
    }

    /**
     * Sets the port that brokers listen on for traffic from the load balancer; default {@value
     * #DEFAULT_BROKER_PORT}.
     *
     * @param port 1 to 65535
     * @return this
     */
    public Builder brokerPort(int port) {
      brokerPort = port;
      return this;
    }

    /**
     * Sets the load balancer's port that leads to the first broker; default {@value
     * #DEFAULT_FIRST_BROKER_PORT}. The others follow one by one.
     *
     * @param port 1 to 65535
     * @return this
     */
    public Builder firstBrokerPort(int port) {
      firstBrokerPort = port;
      return this;
    }

    /**
     * {@return the plan, with all that is wrong with it} Brokers with an error are left out of it,
     * keeping their port.
     */
    public ListenerPlan build() {
      return new ListenerPlanner(domain, brokers, bootstrapPort, brokerPort, firstBrokerPort)
          .plan();
    }
  }
}
