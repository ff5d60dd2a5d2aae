package io.privatelink4j.kafka;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.privatelink4j.kafka.ListenerProblem.Code;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.model.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;

/** Finds mistakes in advertised listeners; one check per instance. */
final class ListenerChecker {
  private static final int LONGEST_ENTRY = 1024;
  private static final Pattern ENTRY =
      Pattern.compile("(?:[^:/,\\s]*://)?(\\[[^\\]]*]|[^:/,\\s\\[]*)(?::([^:/,\\s]*))?");
  private static final Pattern LOAD_BALANCER =
      Pattern.compile(
          ".+\\.elb\\.(?:[a-z0-9-]+\\.)?amazonaws\\.com(?:\\.cn)?|.+\\.[ans]lb\\.aliyuncs\\.com");
  private static final Pattern IP_ADDRESS = Pattern.compile("\\[.*|[0-9]+(?:\\.[0-9]+){3}");

  private final Names names;
  private final boolean managed;
  private final int bootstrapPort;
  private final Problems problems;

  ListenerChecker(DomainPlan domain, int bootstrapPort) {
    this(domain, bootstrapPort, new Names(domain), new Problems());
  }

  ListenerChecker(DomainPlan domain, int bootstrapPort, Names names, Problems problems) {
    this.names = names;
    this.problems = problems;
    this.managed = domain.type() == DomainType.TIDBCLOUD_MANAGED;
    this.bootstrapPort = bootstrapPort;
  }

  /** Checks what can be told from the entries alone. */
  List<ListenerProblem> check(List<String> advertised) {
    checkEntries(advertised);
    return problems.worstFirst();
  }

  /** Checks the entries, and how they differ from a plan. */
  List<ListenerProblem> check(List<String> advertised, List<BrokerListener> planned) {
    comparePlan(checkEntries(advertised), planned);
    return problems.worstFirst();
  }

  /** Adds what can be told from the entries alone; returns those that lie in the domain. */
  List<Entry> checkEntries(List<String> advertised) {
    if (advertised.isEmpty()) {
      problems.error(
          Code.NO_BROKERS, Actor.CALLER, "There is no advertised listener: give one per broker.");
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    for (String text : advertised) {
      read(text).ifPresent(entries::add);
    }
    if (!entries.isEmpty() && entries.stream().allMatch(this::isPattern)) {
      problems.error(
          Code.BOOTSTRAP_MISSING,
          Actor.CALLER,
          "All entries are patterns, so there is no address to begin with. Add the bootstrap"
              + " address.");
    }
    List<Entry> inside = entries.stream().filter(this::checkHost).toList();
    if (!inside.isEmpty() && names.zonesWithRecord().isEmpty()) {
      problems.notCovered(names);
    }
    checkAddresses(inside);
    if (managed) {
      checkPorts(inside);
    }
    return inside;
  }

  // --- reading ---

  private Optional<Entry> read(String text) {
    Matcher parts = ENTRY.matcher(text.length() > LONGEST_ENTRY ? "," : text.strip());
    if (!parts.matches() || parts.group(1).isEmpty()) {
      unreadable(
          text,
          "one entry is one listener, [NAME://]host:port: the one for clients behind the link");
      return Optional.empty();
    }
    String host = parts.group(1).toLowerCase(Locale.ROOT);
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    return Optional.of(
        new Entry(Names.safe(text.strip()), names.unaliased(host), port(text, parts.group(2))));
  }

  private OptionalInt port(String text, @Nullable String port) {
    if (port == null || port.isEmpty()) {
      problems.error(
          Code.MISSING_PORT,
          Actor.SERVICE_OWNER,
          text,
          "%s has no port: write the load balancer's port that leads to this broker."
              .formatted(quoted(text)));
      return OptionalInt.empty();
    }
    // At most nine digits, so that parsing cannot overflow.
    if (!port.matches("[0-9]{1,9}") || !Ports.valid(Integer.parseInt(port))) {
      problems.error(
          Code.PORT_OUT_OF_RANGE,
          Actor.SERVICE_OWNER,
          text,
          "%s has the port %s; ports go from 1 to %d."
              .formatted(quoted(text), quoted(port), Ports.MAX));
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(port));
  }

  private void unreadable(String text, String why) {
    problems.error(
        Code.UNREADABLE_LISTENER,
        Actor.SERVICE_OWNER,
        text,
        "%s cannot be read: %s.".formatted(quoted(text), why));
  }

  // --- names ---

  /** Returns whether an entry stands for brokers whose names only Confluent Cloud knows. */
  private boolean isPattern(Entry entry) {
    return !managed && entry.host().startsWith("*.");
  }

  /** Returns whether the host lies in the domain. */
  private boolean checkHost(Entry entry) {
    Optional<String> below = names.below(entry.host());
    if (below.isEmpty()) {
      outside(entry);
      return false;
    }
    List<String> labels = List.of(below.get().split("\\.", -1));
    if (Names.isTooLong(entry.host())
        || !labels.stream().skip(isPattern(entry) ? 1 : 0).allMatch(Names::isLabel)) {
      unreadable(
          entry.text(), "a host name's labels are 1 to 63 letters, digits and inner hyphens");
      return false;
    }
    Optional<String> answering = names.answering(below.get());
    if (answering.isEmpty()) {
      notAnswered(entry, below.get());
    } else if (answering.get().equals("*")) {
      checkRegional(entry, labels);
    } else {
      checkZonal(entry, labels, answering.get());
    }
    return true;
  }

  private void outside(Entry entry) {
    String host = entry.host();
    if (host.equals(names.apex())) {
      notAnswered(entry, "");
      return;
    }
    String what;
    if (IP_ADDRESS.matcher(host).matches()) {
      what = "an address instead of a name";
    } else if (LOAD_BALANCER.matcher(host).matches()) {
      what = "the load balancer's own name";
    } else if (names.hasUniqueName(host)) {
      what = "a name with the domain's unique name, but another suffix";
    } else if (host.endsWith("." + names.suffix())) {
      what = "a name of another connection's or network's domain";
    } else {
      what = "a name outside the domain";
    }
    problems.error(
        Code.OTHER_DOMAIN,
        Actor.SERVICE_OWNER,
        entry.text(),
        ("\"%s\" is %s, so clients would not go through the link. Advertise a name that "
                + "ends with \".%s\".")
            .formatted(entry.text(), what, names.apex()));
  }

  private void notAnswered(Entry entry, String below) {
    problems.error(
        Code.NAME_NOT_ANSWERED,
        Actor.SERVICE_OWNER,
        entry.text(),
        ("No record answers for \"%s\": wildcards answer only below %s. Put the broker's "
                + "name before it, as in b1.%s.")
            .formatted(
                entry.text(), below.isEmpty() ? "the domain" : "a zone's label", entry.host()));
  }

  private void checkZonal(Entry entry, List<String> labels, String record) {
    String zone = record.substring(2);
    labels.stream()
        .filter(l -> !l.equals(zone) && names.isZone(l))
        .findFirst()
        .ifPresent(
            other ->
                problems.error(
                    Code.WRONG_ZONE,
                    Actor.SERVICE_OWNER,
                    entry.text(),
                    ("\"%s\" names the zones %s and %s; the one next to the domain decides, "
                            + "so the record of %s answers. Leave out the wrong one.")
                        .formatted(entry.text(), other, zone, zone)));
  }

  /** The name is answered by {@code *}, which leads to the endpoint in any zone. */
  private void checkRegional(Entry entry, List<String> labels) {
    String last = labels.get(labels.size() - 1);
    String zones = String.join(", ", names.zonesWithRecord());
    if (names.isAwsZoneName(last)) {
      problems.error(
          Code.AZ_NAME,
          Actor.SERVICE_OWNER,
          entry.text(),
          ("\"%s\" names the zone by its AZ name %s, which no record knows and which means "
                  + "another zone in another account. Write the AZ id%s.")
              .formatted(
                  entry.text(),
                  last,
                  zones.isEmpty() ? ", such as usw2-az2" : ", one of " + zones));
      return;
    }
    if (names.zonesWithRecord().isEmpty()) {
      return; // Told once for all.
    }
    Optional<String> misplaced =
        labels.stream()
            .limit(labels.size() - 1L)
            .filter(names.zonesWithRecord()::contains)
            .findFirst();
    if (misplaced.isPresent()) {
      problems.add(
          Code.WRONG_ZONE,
          Severity.WARNING,
          Actor.SERVICE_OWNER,
          entry.text(),
          ("In \"%s\" the zone %s does not stand next to the domain, so its record does not "
                  + "answer, and traffic enters through any zone. Write %s.%s.%s.")
              .formatted(
                  entry.text(), misplaced.get(), labels.get(0), misplaced.get(), names.apex()));
    } else if (names.isZone(last)) {
      crossZone(
          entry,
          ("\"%s\" names the zone %s, in which the endpoint has no address (it has in %s): the"
                  + " domain's wildcard answers, and traffic enters through any zone. Correct the zone"
                  + " if it is a slip; else switch on cross-zone load balancing.")
              .formatted(entry.text(), last, zones));
    } else if (managed && names.zonesWithRecord().size() > 1) {
      crossZone(
          entry,
          ("\"%s\" names no zone: the domain's wildcard answers, and traffic enters through "
                  + "any of %s. Put the broker's zone before the domain, or switch on cross-zone "
                  + "load balancing.")
              .formatted(entry.text(), zones));
    }
  }

  private void crossZone(Entry entry, String message) {
    problems.add(
        Code.CROSS_ZONE_NEEDED, Severity.WARNING, Actor.SERVICE_OWNER, entry.text(), message);
  }

  // --- ports ---

  private void checkAddresses(List<Entry> entries) {
    entries.stream()
        .filter(e -> e.port().isPresent())
        .collect(groupingBy(Entry::address, TreeMap::new, counting()))
        .forEach(
            (address, count) -> {
              if (count > 1) {
                problems.error(
                    Code.DUPLICATE_ADDRESS,
                    Actor.SERVICE_OWNER,
                    address,
                    ("%d brokers advertise %s: clients take them for one. Give each its own "
                            + "name and port.")
                        .formatted(count, address));
              }
            });
  }

  private void checkPorts(List<Entry> entries) {
    Map<Integer, Set<String>> hosts = new TreeMap<>();
    for (Entry entry : entries) {
      entry.port().ifPresent(p -> hosts.computeIfAbsent(p, k -> new HashSet<>()).add(entry.host()));
      if (entries.size() > 1 && entry.port().orElse(-1) == bootstrapPort) {
        problems.error(
            Code.PORT_CLASH,
            Actor.SERVICE_OWNER,
            entry.text(),
            ("\"%s\" has the bootstrap port %d, which leads to any broker. Give the broker "
                    + "a port of its own.")
                .formatted(entry.text(), bootstrapPort));
      }
    }
    hosts.remove(bootstrapPort);
    hosts.forEach(
        (port, sharing) -> {
          if (sharing.size() > 1) {
            problems.add(
                Code.SHARED_PORT,
                Severity.WARNING,
                Actor.SERVICE_OWNER,
                ("%d brokers share port %d, but a load balancer's listener leads to one set "
                        + "of targets. Give each broker its own port (it works without only if "
                        + "cross-zone load balancing is off and each zone has one broker).")
                    .formatted(sharing.size(), port));
          }
        });
  }

  // --- the plan ---

  void comparePlan(List<Entry> entries, List<BrokerListener> planned) {
    Map<String, BrokerListener> byName = new TreeMap<>();
    planned.forEach(p -> byName.put(p.broker().name(), p));
    Set<String> advertised = new HashSet<>();
    for (Entry entry : entries) {
      BrokerListener plan = byName.get(entry.firstLabel());
      if (plan == null) {
        problems.add(
            Code.UNKNOWN_BROKER,
            Severity.WARNING,
            Actor.SERVICE_OWNER,
            entry.text(),
            ("\"%s\" is advertised, but the plan has no broker %s, so no port leads to it. "
                    + "Add it to the plan or correct the name.")
                .formatted(entry.text(), entry.firstLabel()));
      } else {
        advertised.add(entry.firstLabel());
        compare(entry, plan);
      }
    }
    for (BrokerListener plan : planned) {
      if (!advertised.contains(plan.broker().name())) {
        problems.error(
            Code.MISSING_LISTENER,
            Actor.SERVICE_OWNER,
            plan.broker().name(),
            "Broker %s advertises no name in the domain. Let it advertise %s."
                .formatted(plan.broker().name(), plan.address()));
      }
    }
  }

  private void compare(Entry entry, BrokerListener plan) {
    String zone = plan.broker().zoneId();
    names
        .below(entry.host())
        .flatMap(names::answering)
        .filter(record -> record.startsWith("*.") && !record.equals("*." + zone))
        .ifPresent(
            record ->
                problems.error(
                    Code.WRONG_ZONE,
                    Actor.SERVICE_OWNER,
                    entry.text(),
                    ("Broker %s runs in %s, but the record of %s answers for \"%s\". Let it "
                            + "advertise %s.")
                        .formatted(
                            plan.broker().name(),
                            zone,
                            record.substring(2),
                            entry.text(),
                            plan.address())));
    if (entry.port().isPresent() && entry.port().getAsInt() != plan.port()) {
      problems.error(
          Code.WRONG_PORT,
          Actor.SERVICE_OWNER,
          entry.text(),
          ("Broker %s advertises port %d, but the load balancer leads to it from port %d. "
                  + "Let it advertise %s.")
              .formatted(
                  plan.broker().name(), entry.port().getAsInt(), plan.port(), plan.address()));
    }
  }

  private static String quoted(String text) {
    return '"' + Names.safe(text) + '"';
  }

  /** An advertised listener: the text, safe to show, and what it says. */
  record Entry(String text, String host, OptionalInt port) {

    String address() {
      return host + ":" + port.orElse(0);
    }

    String firstLabel() {
      int dot = host.indexOf('.');
      return dot < 0 ? host : host.substring(0, dot);
    }
  }
}
