package io.privatelink4j.internal;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.WaitInterruptedException;
import io.privatelink4j.model.DnsRecord;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainVerification;
import io.privatelink4j.model.NameCheck;
import io.privatelink4j.model.NameCheck.Outcome;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares where a domain's names lead with where the endpoint's own names lead, by the same
 * resolver: addresses are all that every resolver gives. One verification per instance.
 */
final class DomainVerifier {
  private final DomainPlan plan;
  private final Function<String, ? extends Collection<InetAddress>> resolver;
  private final Deadline deadline;
  private final Map<String, Answer> asked = new HashMap<>();

  DomainVerifier(
      DomainPlan plan,
      Function<String, ? extends Collection<InetAddress>> resolver,
      Deadline deadline) {
    this.plan = plan;
    this.resolver = resolver;
    this.deadline = deadline;
  }

  /**
   * Asks for one name below each record.
   *
   * @param label stands for the wildcard; one that nobody has asked for, since caches keep for long
   *     that a name did not exist
   */
  DomainVerification verify(String label) {
    return verify(
        plan.records().stream().map(record -> record.name().replace("*", label)).toList());
  }

  DomainVerification verify(List<String> names) {
    return new DomainVerification(plan, names.stream().map(this::check).toList());
  }

  private NameCheck check(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    String safe = Texts.safe(name);
    if (!name.endsWith("." + plan.apex())) {
      return new NameCheck(
          safe,
          Outcome.NOT_IN_DOMAIN,
          Optional.empty(),
          List.of(),
          List.of(),
          "%s is not below %s. Let the broker advertise a name that is."
              .formatted(safe, plan.apex()));
    }
    String below = name.substring(0, name.length() - plan.apex().length() - 1);
    Optional<String> zone =
        zonesWithRecord().stream().filter(z -> below.endsWith("." + z)).findFirst();
    return judge(safe, zone, answer(name));
  }

  private NameCheck judge(String name, Optional<String> zone, Answer answer) {
    if (answer.failure().isPresent()) {
      return result(
          name,
          Outcome.NOT_ANSWERED,
          zone,
          answer,
          "%s could not be looked up: %s. Look again.".formatted(name, answer.failure().get()));
    }
    if (answer.addresses().isEmpty()) {
      return result(
          name,
          Outcome.NOWHERE,
          zone,
          answer,
          ("%s leads nowhere. Attach the domain, ask from inside the cluster network, and switch on"
                  + " its DNS; a name that was asked for before the attach may stay unknown for 15"
                  + " minutes.")
              .formatted(name));
    }
    Set<String> endpoint = new TreeSet<>();
    plan.records().forEach(record -> endpoint.addAll(target(record)));
    Set<String> right = zone.map(this::addressesIn).orElse(endpoint);
    if (right.containsAll(answer.addresses())
        && (zone.isPresent() || isWhole(answer.addresses(), endpoint))) {
      return result(name, Outcome.CORRECT, zone, answer, name + " leads " + where(zone) + ".");
    }
    Set<String> zones = zonesOf(answer.addresses());
    if (!zones.isEmpty() && endpoint.containsAll(answer.addresses())) {
      return result(
          name,
          Outcome.WRONG_ZONE,
          zone,
          answer,
          "%s leads into %s instead of %s. Correct the record that answers for it, or attach again."
              .formatted(name, String.join(", ", zones), zone.orElse("all zones of the endpoint")));
    }
    // What could not be looked up may be just the address that the name leads to.
    if (right.isEmpty() || !isEndpointKnown()) {
      return result(
          name,
          Outcome.NOT_COMPARED,
          zone,
          answer,
          ("%s leads to %s, but the endpoint's own addresses are not all known: it has no name yet,"
                  + " or the resolver has none for it. Look again when the connection is ACTIVE.")
              .formatted(name, Texts.safe(answer.addresses())));
    }
    return result(
        name,
        Outcome.ELSEWHERE,
        zone,
        answer,
        ("%s leads to %s, not to the endpoint at %s. Another zone or server answers: detach the"
                + " domain there, or ask from inside the cluster network.")
            .formatted(name, Texts.safe(answer.addresses()), Texts.safe(right)));
  }

  /**
   * A name without a zone has to lead to all of the endpoint, not into one of several zones; a
   * resolver may well leave out some addresses.
   */
  private boolean isWhole(Set<String> addresses, Set<String> endpoint) {
    return zonesOf(addresses).size() != 1
        || addresses.equals(endpoint)
        || addresses.equals(regional());
  }

  private static String where(Optional<String> zone) {
    return zone.map(z -> "into " + z).orElse("to the endpoint");
  }

  private NameCheck result(
      String name, Outcome outcome, Optional<String> zone, Answer answer, String message) {
    return new NameCheck(
        name,
        outcome,
        zone,
        List.copyOf(zonesOf(answer.addresses())),
        List.copyOf(answer.addresses()),
        message);
  }

  // --- the endpoint's own names ---

  private Set<String> zonesWithRecord() {
    return plan.records().stream()
        .flatMap(record -> zoneOf(record).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Optional<String> zoneOf(DnsRecord record) {
    return record.host().startsWith("*.")
        ? Optional.of(record.host().substring(2))
        : Optional.empty();
  }

  private Set<String> addressesIn(String zone) {
    Set<String> all = new TreeSet<>();
    for (DnsRecord record : plan.records()) {
      if (zoneOf(record).equals(Optional.of(zone))) {
        all.addAll(target(record));
      }
    }
    return all;
  }

  private Set<String> regional() {
    Set<String> all = new TreeSet<>();
    for (DnsRecord record : plan.records()) {
      if (zoneOf(record).isEmpty()) {
        all.addAll(target(record));
      }
    }
    return all;
  }

  private boolean isEndpointKnown() {
    return plan.records().stream()
        .flatMap(record -> record.target().stream())
        .allMatch(target -> answer(target).failure().isEmpty());
  }

  private Set<String> zonesOf(Set<String> addresses) {
    Set<String> zones = new TreeSet<>();
    for (String zone : zonesWithRecord()) {
      if (addressesIn(zone).stream().anyMatch(addresses::contains)) {
        zones.add(zone);
      }
    }
    return zones;
  }

  private Set<String> target(DnsRecord record) {
    return record.target().map(this::answer).map(Answer::addresses).orElse(Set.of());
  }

  // --- looking up ---

  /** An answer: addresses, or why there is none. */
  private record Answer(Set<String> addresses, Optional<String> failure) {}

  private Answer answer(String name) {
    return asked.computeIfAbsent(name, this::lookUp);
  }

  private Answer lookUp(String name) {
    if (Thread.currentThread().isInterrupted()) {
      throw new WaitInterruptedException(
          "interrupted while names were looked up: call the operation again",
          ErrorDetails.of(plan.apex()));
    }
    if (deadline.passed()) {
      return new Answer(Set.of(), Optional.of("the operation timeout is over"));
    }
    try {
      return new Answer(
          new TreeSet<>(resolver.apply(name).stream().map(InetAddress::getHostAddress).toList()),
          Optional.empty());
    } catch (RuntimeException e) {
      return new Answer(Set.of(), Optional.of(Texts.safe(e.toString())));
    }
  }
}
