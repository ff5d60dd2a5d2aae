package io.privatelink4j.kafka;

import io.privatelink4j.kafka.ListenerProblem.Code;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.model.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Plans listeners; one plan per instance. */
final class ListenerPlanner {
  private final DomainPlan domain;
  private final Names names;
  private final List<Broker> brokers;
  private final int bootstrapPort;
  private final int brokerPort;
  private final int firstBrokerPort;
  private final Problems problems = new Problems();

  ListenerPlanner(
      DomainPlan domain,
      List<Broker> brokers,
      int bootstrapPort,
      int brokerPort,
      int firstBrokerPort) {
    this.domain = domain;
    this.names = new Names(domain);
    this.brokers = List.copyOf(brokers);
    this.bootstrapPort = bootstrapPort;
    this.brokerPort = brokerPort;
    this.firstBrokerPort = firstBrokerPort;
  }

  ListenerPlan plan() {
    if (domain.type() == DomainType.CONFLUENT) {
      problems.error(
          Code.FOREIGN_NAMES,
          Actor.CALLER,
          "Brokers in "
              + names.apex()
              + " get their names from Confluent Cloud: nothing is to be planned. Use"
              + " KafkaListeners.check for what they advertise.");
      return result(List.of());
    }
    if (brokers.isEmpty()) {
      problems.error(Code.NO_BROKERS, Actor.CALLER, "There is no broker: add at least one.");
    }
    checkPorts();
    List<BrokerListener> listeners = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < brokers.size(); i++) {
      Broker broker = brokers.get(i);
      boolean goodName = checkName(broker, seen);
      boolean goodZone = checkZone(broker);
      boolean goodPort = checkPort(broker, port(i));
      if (goodName && goodZone && goodPort) {
        listeners.add(new BrokerListener(broker, host(broker), (int) port(i)));
      }
    }
    checkReach(listeners);
    return result(listeners);
  }

  private long port(int index) {
    return (long) firstBrokerPort + index;
  }

  private ListenerPlan result(List<BrokerListener> listeners) {
    List<PortMapping> mappings = new ArrayList<>();
    if (!listeners.isEmpty()) {
      mappings.add(
          new PortMapping(bootstrapPort, listeners.stream().map(l -> target(l.broker())).toList()));
    }
    for (BrokerListener listener : listeners) {
      mappings.add(new PortMapping(listener.port(), List.of(target(listener.broker()))));
    }
    return new ListenerPlan(domain, bootstrapPort, listeners, mappings, problems.worstFirst());
  }

  private String target(Broker broker) {
    return broker.name() + ":" + brokerPort;
  }

  /**
   * With the zone where its record answers. On AWS also without: the wildcard answers there at any
   * depth, and the name stays right if the endpoint gets an address in the zone later.
   */
  private String host(Broker broker) {
    boolean zonal =
        names.zonesWithRecord().isEmpty()
            || names.zonesWithRecord().contains(broker.zoneId())
            || names.isAws();
    return broker.name() + "." + (zonal ? broker.zoneId() + "." : "") + names.apex();
  }

  private void checkPorts() {
    checkRange(bootstrapPort, "bootstrap port");
    checkRange(brokerPort, "brokers' own port");
    if (checkRange(firstBrokerPort, "first broker port")
        && !brokers.isEmpty()
        && !Ports.valid(port(brokers.size() - 1))) {
      problems.error(
          Code.TOO_MANY_BROKERS,
          Actor.CALLER,
          ("%d brokers need as many ports, but from %d there are only %d up to %d. Lower "
                  + "the first broker port.")
              .formatted(
                  brokers.size(), firstBrokerPort, Ports.MAX - firstBrokerPort + 1, Ports.MAX));
    }
  }

  private boolean checkRange(int port, String what) {
    if (Ports.valid(port)) {
      return true;
    }
    problems.error(
        Code.PORT_OUT_OF_RANGE,
        Actor.CALLER,
        "The %s is %d; ports go from 1 to %d.".formatted(what, port, Ports.MAX));
    return false;
  }

  private boolean checkPort(Broker broker, long port) {
    if (port == bootstrapPort) {
      problems.error(
          Code.PORT_CLASH,
          Actor.CALLER,
          broker.name(),
          ("Broker %s would get port %d, the bootstrap port, which leads to any broker. "
                  + "Move the first broker port or the bootstrap port.")
              .formatted(quoted(broker.name()), port));
      return false;
    }
    return Ports.valid(port) && Ports.valid(bootstrapPort) && Ports.valid(brokerPort);
  }

  private boolean checkName(Broker broker, Set<String> seen) {
    String name = broker.name();
    if (!Names.isLabel(name)) {
      String lower = name.strip().toLowerCase(Locale.ROOT);
      problems.error(
          Code.BAD_BROKER_NAME,
          Actor.CALLER,
          name,
          ("%s cannot be part of a host name: a broker's name is one label of 1 to 63 "
                  + "lower-case letters, digits and inner hyphens%s.")
              .formatted(quoted(name), Names.isLabel(lower) ? ", such as \"" + lower + "\"" : ""));
      return false;
    }
    if (!seen.add(name)) {
      problems.error(
          Code.DUPLICATE_BROKER,
          Actor.CALLER,
          name,
          "Two brokers are named %s: clients could not tell them apart. Give each its own name."
              .formatted(quoted(name)));
      return false;
    }
    if (names.isZone(name)) {
      problems.error(
          Code.BAD_BROKER_NAME,
          Actor.CALLER,
          name,
          ("The broker's name %s is a zone's: zone labels choose the way into the zone. "
                  + "Name it otherwise, such as b1.")
              .formatted(quoted(name)));
      return false;
    }
    if (Names.isTooLong(host(broker))) {
      problems.error(
          Code.BAD_BROKER_NAME,
          Actor.CALLER,
          name,
          "With the name %s the host name gets too long for DNS. Shorten it."
              .formatted(quoted(name)));
      return false;
    }
    return true;
  }

  private boolean checkZone(Broker broker) {
    String zone = broker.zoneId();
    if (names.isAwsZoneName(zone)) {
      problems.error(
          Code.AZ_NAME,
          Actor.CALLER,
          broker.name(),
          ("Broker %s has the AZ name %s, which means another zone in another account. Give "
                  + "the AZ id, such as %s.")
              .formatted(quoted(broker.name()), quoted(zone), exampleZone()));
      return false;
    }
    if (names.isAws() ? !Names.isAwsZoneId(zone) : !Names.isLabel(zone)) {
      problems.error(
          Code.BAD_ZONE_ID,
          Actor.CALLER,
          broker.name(),
          ("Broker %s has the zone %s, which is no availability-zone id. Ids are lower "
                  + "case, such as %s.")
              .formatted(quoted(broker.name()), quoted(zone), exampleZone()));
      return false;
    }
    return true;
  }

  private String exampleZone() {
    return names.knownZones().stream()
        .findFirst()
        .orElse(names.isAws() ? "usw2-az2" : "ap-southeast-1a");
  }

  private void checkReach(List<BrokerListener> listeners) {
    if (listeners.isEmpty()) {
      return;
    }
    if (names.zonesWithRecord().isEmpty()) {
      problems.notCovered(names);
      return;
    }
    List<String> astray =
        listeners.stream()
            .map(BrokerListener::broker)
            .filter(b -> !names.zonesWithRecord().contains(b.zoneId()))
            .map(b -> b.name() + " (" + b.zoneId() + ")")
            .toList();
    if (!astray.isEmpty()) {
      problems.add(
          Code.CROSS_ZONE_NEEDED,
          Severity.WARNING,
          Actor.SERVICE_OWNER,
          ("The endpoint has no address in the zone of %s; it has in %s. These brokers are "
                  + "reached through another zone: switch on cross-zone load balancing, or run "
                  + "brokers in these zones only.")
              .formatted(
                  Names.safe(String.join(", ", astray)),
                  String.join(", ", names.zonesWithRecord())));
    }
  }

  private static String quoted(String text) {
    return '"' + Names.safe(text) + '"';
  }
}
