package io.privatelink4j.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A simulated cloud with a driver, a network and a service that allows us. */
final class Sim {
  final InMemoryCloud cloud;
  final PrivateLinkDriver driver;
  final ClusterNetwork network;
  final OwnedService service;
  private int tokens;

  Sim(InMemoryCloud cloud) {
    this.cloud = cloud;
    driver = cloud.open();
    network = cloud.network();
    service = cloud.publish().allow(cloud.accountId());
  }

  static Sim aws(Assumption... assumptions) {
    return new Sim(InMemoryCloud.builder(CloudProvider.AWS).assume(assumptions).build());
  }

  static Sim alicloud(Assumption... assumptions) {
    return new Sim(InMemoryCloud.builder(CloudProvider.ALICLOUD).assume(assumptions).build());
  }

  void pass(int seconds) {
    cloud.manualTime().advance(Duration.ofSeconds(seconds));
  }

  List<Subnet> subnets(ClusterNetwork where) {
    return all(token -> driver.subnets(where, token)).stream()
        .sorted(Comparator.comparing(Subnet::id))
        .toList();
  }

  String token() {
    return "token-" + ++tokens;
  }

  EndpointSpec spec() {
    return spec(Map.of("plc.id", "one"), token());
  }

  EndpointSpec spec(Map<String, String> labels, String token) {
    return spec(network, service.type(), labels, token);
  }

  EndpointSpec spec(
      ClusterNetwork where, ConnectionType type, Map<String, String> labels, String token) {
    return new EndpointSpec("plc-one", type, subnets(where), new TreeMap<>(labels), token);
  }

  Endpoint create() {
    return driver.createEndpoint(network, spec());
  }

  /** An endpoint that has been accepted and connected. */
  Endpoint connected() {
    Endpoint endpoint = create();
    service.accept(endpoint.id());
    pass(25);
    return read(endpoint.id());
  }

  Endpoint read(String endpointId) {
    return driver.endpoint(network, endpointId).orElseThrow();
  }

  String raw(String endpointId) {
    return read(endpointId).rawStatus();
  }

  List<LinkState> zoneLinks(String endpointId) {
    return driver.endpointZones(network, endpointId).stream()
        .map(EndpointZone::link)
        .distinct()
        .toList();
  }

  List<String> list(EndpointFilter filter) {
    return all(token -> driver.endpoints(network, filter, token)).stream()
        .map(Endpoint::id)
        .toList();
  }

  List<DnsZone> ownZones() {
    return all(token -> driver.ownZones(network, token));
  }

  List<DnsZone> zones(ZoneQuery.Scope scope, String apex) {
    return all(token -> driver.zones(network, new ZoneQuery(scope, apex), token));
  }

  /** A zone that answers in the network, with these records: host, target, host, target. */
  DnsZone zone(String apex, String... hostsAndTargets) {
    DnsZone zone = driver.createZone(network, apex, "reference-" + token());
    for (int i = 0; i < hostsAndTargets.length; i += 2) {
      driver.putRecords(network, zone, List.of(cname(hostsAndTargets[i], hostsAndTargets[i + 1])));
    }
    if (!driver.traits().zoneBoundAtCreation()) {
      driver.bindZone(network, zone.id(), Set.of(bound(network)));
    }
    pass(10);
    return zone;
  }

  static DnsZone.BoundNetwork bound(ClusterNetwork network) {
    return new DnsZone.BoundNetwork(network.region(), network.vpcId());
  }

  static ZoneRecord cname(String host, String target) {
    return new ZoneRecord("", host, target, 60);
  }

  static <T> List<T> all(Function<Optional<String>, Page<T>> pages) {
    List<T> items = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      Page<T> page = pages.apply(token);
      items.addAll(page.items());
      token = page.nextToken();
    } while (token.isPresent());
    return items;
  }

  /** Asserts how a call fails. */
  static AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      ErrorKind kind, String code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RemoteException.class,
            failure -> {
              Assertions.assertThat(failure.kind()).isEqualTo(kind);
              Assertions.assertThat(failure.code()).isEqualTo(code);
              Assertions.assertThat(failure.requestId()).isPresent();
            });
  }
}
