package io.privatelink4j.testing;

import static io.privatelink4j.testing.Assumption.WILDCARD_ONE_LABEL;
import static io.privatelink4j.testing.Assumption.WILDCARD_REACHES_THROUGH;

import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.ZoneRecord;
import io.privatelink4j.testing.Resolution.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The resolver of a VPC. The most specific private zone that answers in the VPC has the last word
 * on everything below its name; names outside all of them are public, and the public names that the
 * simulator knows are those of endpoints.
 */
final class Resolver {
  private static final int LONGEST_CHAIN = 8;

  private final World world;
  private final Endpoints endpoints;
  private final DnsZones zones;

  Resolver(World world, Endpoints endpoints, DnsZones zones) {
    this.world = world;
    this.endpoints = endpoints;
    this.zones = zones;
  }

  Resolution resolve(SimNetwork network, String question) {
    String asked = DomainNames.normal(question);
    if (!network.switches.contains(DnsSwitch.RESOLVER)) {
      return failure(asked, Status.SERVFAIL, List.of(), Optional.empty());
    }
    List<SimZone> answering =
        network.switches.contains(DnsSwitch.HOST_NAMES)
            ? zones.answering(network.bound())
            : List.of();
    List<String> chain = new ArrayList<>();
    Optional<String> first = zoneOf(asked, answering).map(zone -> zone.name);
    String name = asked;
    while (chain.size() <= LONGEST_CHAIN) {
      Optional<SimZone> zone = zoneOf(name, answering);
      if (zone.isEmpty()) {
        return publicAnswer(network, asked, name, chain, first);
      }
      Answer answer = ask(zone.get(), name);
      if (answer.target.isEmpty()) {
        return failure(asked, answer.status, chain, first);
      }
      name = answer.target.get();
      chain.add(name);
    }
    return failure(asked, Status.SERVFAIL, chain, first);
  }

  private static Optional<SimZone> zoneOf(String name, List<SimZone> answering) {
    return answering.stream()
        .filter(zone -> DomainNames.isAtOrBelow(name, zone.name))
        .max(Comparator.comparingInt(zone -> zone.name.length()));
  }

  private Resolution publicAnswer(
      SimNetwork network,
      String asked,
      String name,
      List<String> chain,
      Optional<String> privateZone) {
    long now = world.nanos();
    for (SimEndpoint endpoint : endpoints.all.values()) {
      Optional<Set<String>> traffic = endpoint.trafficTo(name);
      if (traffic.isPresent() && !endpoint.gone(now) && endpoint.carriesTraffic(now)) {
        boolean here = endpoint.network == network;
        return new Resolution(
            asked,
            Status.NOERROR,
            chain,
            here ? traffic.get() : Set.of(),
            Optional.of(endpoint.id),
            privateZone);
      }
    }
    return failure(asked, Status.NXDOMAIN, chain, privateZone);
  }

  private static Resolution failure(
      String asked, Status status, List<String> chain, Optional<String> privateZone) {
    return new Resolution(asked, status, chain, Set.of(), Optional.empty(), privateZone);
  }

  /** Asks one zone, as RFC 1034 and RFC 4592 say. */
  private Answer ask(SimZone zone, String name) {
    Map<String, ZoneRecord> records = zones.served(zone);
    String host =
        name.equals(zone.name) ? "" : name.substring(0, name.length() - zone.name.length() - 1);
    ZoneRecord exact = records.get(host);
    if (exact != null) {
      return Answer.cname(exact);
    }
    if (host.isEmpty()) {
      return Answer.of(Status.NODATA);
    }
    boolean through = world.assumptions.hold(WILDCARD_REACHES_THROUGH);
    if (exists(host, records) && !through) {
      return Answer.of(Status.NODATA);
    }
    String encloser = DomainNames.parent(host);
    while (true) {
      ZoneRecord wildcard = records.get(encloser.isEmpty() ? "*" : "*." + encloser);
      if (wildcard != null && reaches(encloser, host)) {
        return Answer.cname(wildcard);
      }
      if (encloser.isEmpty() || (exists(encloser, records) && !through)) {
        break;
      }
      encloser = DomainNames.parent(encloser);
    }
    return Answer.of(exists(host, records) ? Status.NODATA : Status.NXDOMAIN);
  }

  private boolean reaches(String encloser, String host) {
    return !world.assumptions.hold(WILDCARD_ONE_LABEL) || DomainNames.parent(host).equals(encloser);
  }

  /** {@return whether the name has a record, or something below it has} */
  private static boolean exists(String host, Map<String, ZoneRecord> records) {
    return records.keySet().stream().anyMatch(owner -> DomainNames.isAtOrBelow(owner, host));
  }

  private record Answer(Status status, Optional<String> target) {
    static Answer cname(ZoneRecord record) {
      return record.isCname()
          ? new Answer(Status.NOERROR, Optional.of(record.target()))
          : of(Status.NODATA);
    }

    static Answer of(Status status) {
      return new Answer(status, Optional.empty());
    }
  }
}
