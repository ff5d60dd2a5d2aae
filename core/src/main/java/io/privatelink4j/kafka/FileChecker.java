package io.privatelink4j.kafka;

import io.privatelink4j.kafka.BrokerFile.Listener;
import io.privatelink4j.kafka.ListenerChecker.Entry;
import io.privatelink4j.kafka.ListenerProblem.Code;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds mistakes in brokers' files; one check per instance. */
final class FileChecker {
  private final Problems problems = new Problems();
  private final Names names;
  private final ListenerChecker checker;
  private final Map<String, String> rackOf = new HashMap<>();

  FileChecker(DomainPlan domain, int bootstrapPort) {
    this.names = new Names(domain);
    this.checker = new ListenerChecker(domain, bootstrapPort, names, problems);
  }

  List<ListenerProblem> check(Map<String, String> files) {
    checkRacks(checkFiles(files));
    return problems.worstFirst();
  }

  /** Checks the files, and how they differ from a plan. */
  List<ListenerProblem> check(Map<String, String> files, List<BrokerListener> planned) {
    List<Entry> entries = checkFiles(files);
    checker.comparePlan(entries, planned);
    checkRacks(entries);
    return problems.worstFirst();
  }

  private List<Entry> checkFiles(Map<String, String> files) {
    List<String> advertised = new ArrayList<>();
    List<BrokerFile> brokers = new ArrayList<>();
    files.forEach(
        (name, text) -> {
          List<String> list = BrokerFile.bareList(text);
          advertised.addAll(list);
          if (list.isEmpty()) {
            read(name, text).ifPresent(brokers::add);
          }
        });
    checkIds(brokers);
    Set<String> linkNames =
        brokers.stream()
            .flatMap(b -> b.advertised().stream())
            .filter(this::liesInDomain)
            .map(Listener::name)
            .collect(Collectors.toSet());
    brokers.removeIf(BrokerFile::isOnlyController);
    for (BrokerFile broker : brokers) {
      checkBound(broker);
      for (Listener listener : forLink(broker, linkNames)) {
        checkListener(broker, listener);
        broker.rack().ifPresent(rack -> rackOf.put(Names.safe(listener.text()), rack));
        advertised.add(listener.text());
      }
    }
    // Brokers without such a listener have been told already.
    return advertised.isEmpty() && problems.any() ? List.of() : checker.checkEntries(advertised);
  }

  private Optional<BrokerFile> read(String name, String text) {
    try {
      return Optional.of(BrokerFile.read(name, text));
    } catch (IllegalArgumentException e) {
      problems.error(
          Code.UNREADABLE_FILE,
          Actor.SERVICE_OWNER,
          name,
          "%s cannot be read: %s. Correct the escape, or write the character itself."
              .formatted(quoted(name), Names.safe(String.valueOf(e.getMessage()))));
      return Optional.empty();
    }
  }

  private void checkIds(List<BrokerFile> brokers) {
    Map<String, String> firstWith = new HashMap<>();
    for (BrokerFile broker : brokers) {
      broker
          .id()
          .flatMap(id -> Optional.ofNullable(firstWith.putIfAbsent(id, broker.name())))
          .ifPresent(
              other ->
                  problems.error(
                      Code.DUPLICATE_BROKER,
                      Actor.SERVICE_OWNER,
                      broker.name(),
                      "%s and %s have the broker id %s. Give each broker its own."
                          .formatted(
                              quoted(other),
                              quoted(broker.name()),
                              quoted(broker.id().orElse("")))));
    }
  }

  private boolean liesInDomain(Listener listener) {
    return listener.host().equals(names.apex()) || names.below(listener.host()).isPresent();
  }

  // --- which listener ---

  /** Returns what the broker advertises to clients behind the link. */
  private List<Listener> forLink(BrokerFile broker, Set<String> linkNames) {
    List<Listener> advertised = broker.advertised();
    List<Listener> inside = advertised.stream().filter(this::liesInDomain).toList();
    if (!inside.isEmpty()) {
      return inside;
    }
    List<Listener> named = advertised.stream().filter(l -> linkNames.contains(l.name())).toList();
    if (!named.isEmpty()) {
      return named;
    }
    List<Listener> others =
        advertised.stream()
            .filter(l -> !l.name().equals(broker.interBroker()) && !broker.isForController(l))
            .toList();
    List<Listener> meant =
        others.stream()
            .filter(l -> l.host().endsWith("." + names.suffix()) || names.hasUniqueName(l.host()))
            .toList();
    if (!meant.isEmpty() || others.size() == 1) {
      return meant.isEmpty() ? others : meant;
    }
    missing(broker, advertised);
    return List.of();
  }

  private void missing(BrokerFile broker, List<Listener> advertised) {
    String zone =
        broker
            .rack()
            .filter(names.zonesWithRecord()::contains)
            .or(() -> names.zonesWithRecord().stream().findFirst())
            .map(z -> z + ".")
            .orElse("");
    problems.error(
        Code.MISSING_LISTENER,
        Actor.SERVICE_OWNER,
        broker.name(),
        ("%s advertises nothing for clients behind the link (only %s). Add a listener to listeners"
                + " and advertised.listeners, as in EXTERNAL://b1.%s%s:9093, with a port of its"
                + " own.")
            .formatted(
                quoted(broker.name()),
                Names.safe(
                    advertised.stream().map(Listener::text).collect(Collectors.joining(", "))),
                zone,
                names.apex()));
  }

  // --- what else the file says of it ---

  private void checkBound(BrokerFile broker) {
    Set<String> seen = new HashSet<>();
    for (Listener listener : broker.bound()) {
      if (listener.port().equals("0") || listener.port().isEmpty()) {
        continue;
      }
      // Kafka lets an IPv4 and an IPv6 address share a port, and nothing else.
      if (!seen.add((listener.isIpv6() ? "6:" : "4:") + listener.port())) {
        problems.error(
            Code.PORT_USED_TWICE,
            Actor.SERVICE_OWNER,
            broker.name(),
            "%s binds two listeners to port %s: Kafka does not start. Give each its own port."
                .formatted(quoted(broker.name()), quoted(listener.port())));
      }
    }
  }

  private void checkListener(BrokerFile broker, Listener listener) {
    String file = quoted(broker.name());
    if (listener.name().isEmpty()) {
      problems.error(
          Code.UNREADABLE_LISTENER,
          Actor.SERVICE_OWNER,
          listener.text(),
          "In %s %s has no name. Write NAME://host:port, with a name that listeners binds."
              .formatted(file, quoted(listener.text())));
      return;
    }
    String name = Names.safe(listener.name());
    if (broker.bound().stream().noneMatch(l -> l.name().equals(listener.name()))) {
      problems.error(
          Code.NOT_LISTENING,
          Actor.SERVICE_OWNER,
          broker.name(),
          ("%s advertises the listener %s, but binds none of that name, so nothing answers behind"
                  + " the load balancer. Add %s://0.0.0.0:%d to listeners.")
              .formatted(file, name, name, KafkaListeners.DEFAULT_BROKER_PORT));
    }
    if (!broker.hasProtocol(listener)) {
      problems.error(
          Code.NO_PROTOCOL,
          Actor.SERVICE_OWNER,
          broker.name(),
          "%s gives the listener %s no security protocol. Add %s:SASL_SSL, or another, to %s."
              .formatted(file, name, name, "listener.security.protocol.map"));
    }
    if (liesInDomain(listener) && listener.name().equals(broker.interBroker())) {
      problems.error(
          Code.INTER_BROKER_LISTENER,
          Actor.SERVICE_OWNER,
          broker.name(),
          ("In %s brokers find each other by the listener %s, whose names lead nowhere in their own"
                  + " network. Set inter.broker.listener.name to an internal listener.")
              .formatted(file, name));
    }
  }

  // --- racks ---

  /** A broker's rack is its zone, where the owner has said so by a zone id. */
  private void checkRacks(List<Entry> entries) {
    for (Entry entry : entries) {
      String rack = rackOf.getOrDefault(entry.text(), "");
      Optional<String> zone =
          names
              .below(entry.host())
              .flatMap(names::answering)
              .filter(record -> record.startsWith("*."))
              .map(record -> record.substring(2));
      if (zone.isPresent() && isZone(rack) && !rack.equals(zone.get())) {
        otherZone(entry, rack, zone.get());
      }
    }
  }

  /** Returns whether a rack is surely a zone: it may be named like one of Alibaba Cloud's. */
  private boolean isZone(String rack) {
    return names.knownZones().contains(rack) || (names.isAws() && Names.isAwsZoneId(rack));
  }

  private void otherZone(Entry entry, String rack, String zone) {
    if (!names.zonesWithRecord().contains(rack)) {
      problems.add(
          Code.CROSS_ZONE_NEEDED,
          Severity.WARNING,
          Actor.SERVICE_OWNER,
          entry.text(),
          ("\"%s\" leads into %s, but the broker's rack is %s, in which the endpoint has no"
                  + " address. Switch on cross-zone load balancing.")
              .formatted(entry.text(), zone, rack));
    } else if (!problems.has(Code.WRONG_ZONE, entry.text())) {
      problems.error(
          Code.WRONG_ZONE,
          Actor.SERVICE_OWNER,
          entry.text(),
          "\"%s\" leads into %s, but the broker's rack is %s. Let it advertise %s.%s.%s."
              .formatted(entry.text(), zone, rack, entry.firstLabel(), rack, names.apex()));
    }
  }

  private static String quoted(String text) {
    return '"' + Names.safe(text) + '"';
  }
}
