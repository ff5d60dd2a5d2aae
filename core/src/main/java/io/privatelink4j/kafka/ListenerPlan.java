package io.privatelink4j.kafka;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.Severity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names and ports of the brokers behind one private link.
 *
 * @param domain the domain that the names lie in
 * @param bootstrapPort the load balancer's port that leads to any broker: a changefeed connects to
 *     the link's address at this port
 * @param listeners what each broker advertises, in the order of the brokers; brokers with an error
 *     are left out
 * @param mappings the load balancer's TCP listeners, the bootstrap port first
 * @param problems what is wrong, worst first
 */
public record ListenerPlan(
    DomainPlan domain,
    int bootstrapPort,
    List<BrokerListener> listeners,
    List<PortMapping> mappings,
    List<ListenerProblem> problems) {

  /**
   * Copies the lists.
   *
   * @param domain the domain
   * @param bootstrapPort the bootstrap port
   * @param listeners what each broker advertises
   * @param mappings the load balancer's TCP listeners
   * @param problems what is wrong, worst first
   * @throws NullPointerException if an argument or an element is null
   */
  public ListenerPlan {
    requireNonNull(domain, "domain");
    listeners = List.copyOf(listeners);
    mappings = List.copyOf(mappings);
    problems = List.copyOf(problems);
  }

  /** {@return whether no error was found; there may be warnings} */
  public boolean ok() {
    return problems.stream().noneMatch(p -> p.severity() == Severity.ERROR);
  }

  /**
   * {@return what is wrong with the listeners that the brokers really advertise, worst first} Finds
   * what {@link KafkaListeners#check(List, DomainPlan)} finds, and where they differ from this
   * plan.
   *
   * @param advertised one entry per broker, the one meant for clients behind the link, with or
   *     without the listener's name
   */
  public List<ListenerProblem> check(List<String> advertised) {
    return new ListenerChecker(domain, bootstrapPort).check(List.copyOf(advertised), listeners);
  }

  /**
   * {@return what is wrong with the listeners in the brokers' files, worst first} Finds what {@link
   * KafkaListeners#checkFiles(Map, DomainPlan, int)} finds, and where they differ from this plan.
   *
   * @param files what is in each file, by a name to tell it by, such as its path
   */
  public List<ListenerProblem> checkFiles(Map<String, String> files) {
    return new FileChecker(domain, bootstrapPort).check(new TreeMap<>(files), listeners);
  }

  /**
   * {@return the plan as text for the service owner: port mapping, advertised listeners, problems}
   */
  public String describe() {
    StringBuilder text = new StringBuilder("Load balancer, TCP listeners:\n");
    for (PortMapping mapping : mappings) {
      text.append("  ").append(mapping.describe());
      text.append(mapping.listenerPort() == bootstrapPort ? " (bootstrap)\n" : "\n");
    }
    text.append("Advertised listeners:\n");
    for (BrokerListener listener : listeners) {
      Broker broker = listener.broker();
      text.append("  %s in %s: %s\n".formatted(broker.name(), broker.zoneId(), listener.address()));
    }
    if (!problems.isEmpty()) {
      text.append("Problems:\n");
      problems.forEach(p -> text.append("  ").append(p).append('\n'));
    }
    return text.toString();
  }
}
