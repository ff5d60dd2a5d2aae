package io.privatelink4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ResourceState;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Short ways into the states that the contract's tests begin in, and patience in virtual time.
 * Whatever a cloud may refuse for a moment is repeated here, so that a test asserts what the cloud
 * says in the end.
 */
final class Fixture {
  /** After this long every read, filter and list shows what was written before. */
  static final Duration CONSISTENCY_WINDOW = Duration.ofSeconds(15);

  /** No change of state that is under way takes longer. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int PAGES_AT_MOST = 1_000;
  private static final Set<ErrorKind> PASSING = Set.of(ErrorKind.BUSY, ErrorKind.THROTTLED);

  /** What a link is after its owner rejected or cut it, or deleted the service. */
  static final Set<LinkState> NO_LONGER_CONNECTED =
      Set.of(LinkState.REJECTED, LinkState.DISCONNECTED, LinkState.SERVICE_DELETED);

  private final Harness harness;
  private final PrivateLinkDriver driver;
  private final DriverTraits traits;
  private final ClusterNetwork network;
  private final AtomicInteger serial = new AtomicInteger();
  private List<Subnet> subnets = List.of();

  Fixture(Harness harness) {
    this.harness = harness;
    driver = harness.driver();
    traits = driver.traits();
    network = harness.network();
  }

  // Patience

  /**
   * Repeats reads and assertions, moving the clock on, each time twice as far, until they hold; at
   * the end the last failure is thrown.
   */
  <T> T eventually(Duration patience, Supplier<T> attempt) {
    return eventually(patience, 2, attempt);
  }

  private <T> T eventually(Duration patience, int growth, Supplier<T> attempt) {
    Duration left = patience;
    Duration step = STEP;
    while (true) {
      try {
        return attempt.get();
      } catch (AssertionError | RemoteException failure) {
        if (left.isZero() || !mayPass(failure)) {
          throw failure;
        }
      }
      step = step.compareTo(left) < 0 ? step : left;
      harness.advance(step);
      left = left.minus(step);
      step = step.multipliedBy(growth);
    }
  }

  private static boolean mayPass(Throwable failure) {
    return !(failure instanceof RemoteException remote)
        || PASSING.contains(remote.kind())
        || remote.kind() == ErrorKind.NOT_FOUND;
  }

  /**
   * Makes a call again as long as the cloud says that it is busy with something else, or that it is
   * asked too often.
   */
  <T> T patiently(Supplier<T> call) {
    Duration waited = Duration.ZERO;
    while (true) {
      try {
        return call.get();
      } catch (RemoteException failure) {
        if (waited.compareTo(PATIENCE) >= 0 || !PASSING.contains(failure.kind())) {
          throw failure;
        }
      }
      harness.advance(STEP);
      waited = waited.plus(STEP);
    }
  }

  void eventuallyHolds(Duration patience, Runnable assertions) {
    eventually(
        patience,
        () -> {
          assertions.run();
          return true;
        });
  }

  /** Looks each second, at all that is shown on the way. */
  void eventuallyHoldsSeenEachSecond(Duration patience, Runnable assertions) {
    eventually(
        patience,
        1,
        () -> {
          assertions.run();
          return true;
        });
  }

  void patientlyRun(Runnable call) {
    patiently(
        () -> {
          call.run();
          return true;
        });
  }

  /** Lets all lags pass. */
  void settle() {
    harness.advance(CONSISTENCY_WINDOW);
  }

  // Names

  String token() {
    return "token-" + serial.incrementAndGet();
  }

  String reference() {
    return "testkit/reference-" + serial.incrementAndGet();
  }

  String apex() {
    return "d" + serial.incrementAndGet() + ".testkit.example.com";
  }

  /** An id or name of the same form that the cloud has not given to anybody. */
  static String unknown(String known) {
    StringBuilder other = new StringBuilder(known);
    for (int i = Math.max(0, known.length() - 4); i < known.length(); i++) {
      other.setCharAt(i, known.charAt(i) == '0' ? '1' : '0');
    }
    return other.toString();
  }

  ConnectionType type(String serviceName) {
    return network.cloud() == CloudProvider.AWS
        ? AwsEndpointService.of(serviceName)
        : AlicloudEndpointService.of(serviceName);
  }

  /** The network with another VPC, other subnets or other security groups. */
  ClusterNetwork network(String region, String vpcId, List<String> subnets, List<String> groups) {
    return ClusterNetwork.builder()
        .cloud(network.cloud())
        .region(region)
        .vpcId(vpcId)
        .subnetIds(subnets)
        .addSecurityGroupIds(groups.toArray(new String[0]))
        .build();
  }

  ClusterNetwork elsewhere(String region, String vpcId) {
    return network(region, vpcId, network.subnetIds(), network.securityGroupIds());
  }

  // Pages

  <T> List<T> all(Function<Optional<String>, Page<T>> list) {
    return pages(list).stream().flatMap(page -> page.items().stream()).toList();
  }

  <T> List<Page<T>> pages(Function<Optional<String>, Page<T>> list) {
    List<Page<T>> pages = new ArrayList<>();
    Set<String> tokens = new HashSet<>();
    Optional<String> token = Optional.empty();
    do {
      Optional<String> current = token;
      Page<T> page = patiently(() -> list.apply(current));
      pages.add(page);
      token = page.nextToken();
      token.ifPresent(
          next -> {
            assertThat(next).as("token of the next page").isNotBlank();
            assertThat(tokens.add(next)).as("token %s came twice", next).isTrue();
          });
      assertThat(pages).as("pages of one list").hasSizeLessThan(PAGES_AT_MOST);
    } while (token.isPresent());
    return pages;
  }

  List<Endpoint> endpoints(EndpointFilter filter) {
    return all(token -> driver.endpoints(network, filter, token));
  }

  List<DnsZone> zonesInNetwork(String apex) {
    return zones(ZoneQuery.Scope.IN_NETWORK, apex);
  }

  /** The account's zones of that name, by the driver's own search where it has one. */
  List<DnsZone> zonesNamed(String apex) {
    List<DnsZone> listed =
        driver.traits().zoneBoundAtCreation() ? ownZones() : zones(ZoneQuery.Scope.NAMED, apex);
    return listed.stream().filter(zone -> zone.name().equals(apex)).toList();
  }

  List<DnsZone> ownZones() {
    return all(token -> driver.ownZones(network, token));
  }

  private List<DnsZone> zones(ZoneQuery.Scope scope, String apex) {
    return all(token -> driver.zones(network, new ZoneQuery(scope, apex), token));
  }

  List<ZoneRecord> records(DnsZone zone) {
    return all(token -> driver.records(network, zone, token));
  }

  // Network and service

  /** The subnets that the network names, sorted as a spec wants them; read once per test. */
  synchronized List<Subnet> subnets() {
    if (subnets.isEmpty()) {
      subnets = subnets(network);
    }
    return subnets;
  }

  List<Subnet> subnets(ClusterNetwork where) {
    return all(token -> driver.subnets(where, token)).stream()
        .filter(subnet -> where.subnetIds().contains(subnet.id()))
        .sorted(Comparator.comparing(Subnet::id))
        .toList();
  }

  List<String> zoneIds() {
    return subnets().stream().map(Subnet::zoneId).toList();
  }

  /** A service in all our zones that allows us. */
  String publish(Acceptance acceptance) {
    String service = harness.publishService(zoneIds(), acceptance);
    harness.allow(service);
    settle();
    return service;
  }

  // Endpoints

  EndpointSpec spec(String service, Map<String, String> labels, String token) {
    return spec(service, subnets(), labels, token);
  }

  EndpointSpec spec(
      String service, List<Subnet> subnets, Map<String, String> labels, String token) {
    return new EndpointSpec("plc-" + token, type(service), subnets, new TreeMap<>(labels), token);
  }

  Endpoint create(EndpointSpec spec) {
    return patiently(() -> driver.createEndpoint(network, spec));
  }

  /** The endpoint as it is read by id, once the cloud shows it. */
  Endpoint read(String endpointId) {
    return eventually(
        CONSISTENCY_WINDOW,
        () -> {
          Optional<Endpoint> found = driver.endpoint(network, endpointId);
          assertThat(found).as("endpoint %s", endpointId).isPresent();
          return found.get();
        });
  }

  /** An endpoint that waits for its owner, older than all lags. */
  Endpoint awaiting(Map<String, String> labels) {
    Endpoint created = create(spec(publish(Acceptance.REQUIRED), labels, token()));
    Endpoint waiting = untilAwaitingOwner(created.id());
    settle();
    return waiting;
  }

  Endpoint awaiting() {
    return awaiting(Map.of("plc.testkit", "awaiting"));
  }

  /** An endpoint of a service that accepts by itself, connected and older than all lags. */
  Endpoint connected() {
    Map<String, String> labels = Map.of("plc.testkit", "connected");
    Endpoint created = create(spec(publish(Acceptance.AUTOMATIC), labels, token()));
    Endpoint connected = untilConnected(created.id());
    settle();
    return connected;
  }

  /**
   * Several endpoints, each of a service of its own: a cloud may refuse a second one of the same
   * service.
   */
  List<Endpoint> several(int count, Map<String, String> labels) {
    List<Endpoint> created = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      created.add(create(spec(publish(Acceptance.REQUIRED), labels, token())));
    }
    created.forEach(endpoint -> untilAwaitingOwner(endpoint.id()));
    settle();
    return created;
  }

  Endpoint untilAwaitingOwner(String endpointId) {
    return eventually(
        PATIENCE,
        () -> {
          Endpoint endpoint = read(endpointId);
          assertThat(awaitsOwner(endpoint)).as("%s awaits its owner", endpoint).isTrue();
          return endpoint;
        });
  }

  Endpoint untilConnected(String endpointId) {
    return eventually(
        PATIENCE,
        () -> {
          Endpoint endpoint = read(endpointId);
          assertThat(endpoint.link()).as("link of %s", endpoint).isEqualTo(LinkState.CONNECTED);
          assertThat(endpoint.resource()).as("%s", endpoint).isEqualTo(ResourceState.READY);
          return endpoint;
        });
  }

  /** Rejected, cut, or its service gone; where only the zones tell, no zone waits any more. */
  Endpoint untilCut(String endpointId) {
    return eventually(
        PATIENCE,
        () -> {
          Endpoint endpoint = read(endpointId);
          assertThat(endpoint.link()).as("link of %s", endpoint).isIn(NO_LONGER_CONNECTED);
          if (endpoint.link() != LinkState.SERVICE_DELETED) {
            assertThat(zones(endpoint))
                .extracting(EndpointZone::link)
                .as("links of the zones")
                .doesNotContain(
                    LinkState.AWAITING_OWNER, LinkState.CONNECTED, LinkState.CONNECTING);
          }
          return endpoint;
        });
  }

  /** Some clouds tell at the endpoint, others at its zones only, that the owner has to act. */
  private boolean awaitsOwner(Endpoint endpoint) {
    return endpoint.link() == LinkState.AWAITING_OWNER
        || (endpoint.link() == LinkState.DISCONNECTED
            && zones(endpoint).stream().anyMatch(z -> z.link() == LinkState.AWAITING_OWNER));
  }

  List<EndpointZone> zones(Endpoint endpoint) {
    return traits.zonesInEndpoint()
        ? endpoint.zones()
        : driver.endpointZones(network, endpoint.id());
  }

  /**
   * The subnets among ours that the zones lie in; each zone names its subnet, its zone id, or both.
   */
  Set<Subnet> subnetsOf(List<EndpointZone> zones) {
    Set<Subnet> found = new HashSet<>();
    for (EndpointZone zone : zones) {
      found.add(
          subnets().stream()
              .filter(
                  subnet ->
                      zone.subnetId()
                          .map(subnet.id()::equals)
                          .orElseGet(
                              () -> zone.zoneId().map(subnet.zoneId()::equals).orElse(false)))
              .findFirst()
              .orElseThrow(() -> new AssertionError("not a zone of the network: " + zone)));
    }
    return found;
  }

  /** Removes the zones where the cloud wants that first, one after the other. */
  void removeZonesFirst(String endpointId) {
    if (!traits.zonesRemovedFirst()) {
      return;
    }
    for (Subnet subnet : subnetsOf(zones(read(endpointId)))) {
      removeZone(endpointId, subnet);
    }
  }

  void removeZone(String endpointId, Subnet subnet) {
    patientlyRun(() -> driver.removeEndpointZone(network, endpointId, subnet.zoneId()));
    eventuallyHolds(
        PATIENCE,
        () ->
            assertThat(subnetsOf(zones(read(endpointId))))
                .as("zones of %s", endpointId)
                .doesNotContain(subnet));
  }

  /** Asks for the deletion until the cloud has taken it. */
  void beginDelete(List<String> endpointIds) {
    for (String endpointId : endpointIds) {
      patientlyRun(() -> orThrow(driver.deleteEndpoints(network, List.of(endpointId))));
    }
  }

  /** Throws one of the failures, if there is any. */
  static void orThrow(Map<String, RemoteException> failures) {
    failures.values().stream()
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  void untilGone(String endpointId) {
    eventuallyHolds(
        PATIENCE,
        () ->
            assertThat(isGone(driver.endpoint(network, endpointId)))
                .as("%s is gone", endpointId)
                .isTrue());
  }

  static boolean isGone(Optional<Endpoint> endpoint) {
    return endpoint.map(e -> e.resource() == ResourceState.DELETED).orElse(true);
  }

  static boolean isGoneOrGoing(Optional<Endpoint> endpoint) {
    return isGone(endpoint) || endpoint.get().resource() == ResourceState.DELETING;
  }

  // DNS

  DnsZone createZone(String apex) {
    DnsZone zone = patiently(() -> driver.createZone(network, apex, reference()));
    eventuallyHolds(
        CONSISTENCY_WINDOW, () -> assertThat(driver.zone(network, zone.id())).isPresent());
    return zone;
  }

  /** A zone that answers in the network. */
  DnsZone claim(String apex) {
    DnsZone zone = createZone(apex);
    if (!traits.zoneBoundAtCreation()) {
      bind(zone, Set.of(bound(network)));
    }
    return zone;
  }

  void bind(DnsZone zone, Set<DnsZone.BoundNetwork> networks) {
    patientlyRun(() -> driver.bindZone(network, zone.id(), networks));
    untilBound(zone, networks);
  }

  void untilBound(DnsZone zone, Set<DnsZone.BoundNetwork> networks) {
    eventuallyHolds(
        PATIENCE,
        () ->
            assertThat(driver.zone(network, zone.id()).map(DnsZone::networks))
                .as("networks of %s", zone)
                .hasValue(networks));
  }

  static DnsZone.BoundNetwork bound(ClusterNetwork network) {
    return new DnsZone.BoundNetwork(network.region(), network.vpcId());
  }

  static ZoneRecord record(String host, String target) {
    return new ZoneRecord("", host, target, 60);
  }

  /** Writes records, in as many calls as the traits ask for, and waits until they are read back. */
  void put(DnsZone zone, List<ZoneRecord> records) {
    for (int from = 0; from < records.size(); from += traits.recordsPerCall()) {
      List<ZoneRecord> some =
          records.subList(from, Math.min(records.size(), from + traits.recordsPerCall()));
      Optional<String> change = patiently(() -> driver.putRecords(network, zone, some));
      change.ifPresent(this::untilDone);
    }
    eventuallyHolds(
        CONSISTENCY_WINDOW,
        () ->
            assertThat(records(zone))
                .extracting(ZoneRecord::host)
                .containsAll(records.stream().map(ZoneRecord::host).toList()));
  }

  void untilDone(String changeId) {
    eventuallyHolds(
        PATIENCE, () -> assertThat(driver.changeDone(network, changeId)).as(changeId).isTrue());
  }

  /** Removes all records, as they are read, in as many calls as the traits ask for. */
  void clear(DnsZone zone) {
    List<ZoneRecord> records = records(zone);
    for (int from = 0; from < records.size(); from += traits.recordsPerCall()) {
      List<ZoneRecord> some =
          records.subList(from, Math.min(records.size(), from + traits.recordsPerCall()));
      patientlyRun(() -> driver.removeRecords(network, zone, some));
    }
    eventuallyHolds(CONSISTENCY_WINDOW, () -> assertThat(records(zone)).isEmpty());
  }

  void unbind(DnsZone zone) {
    if (!traits.zoneBoundAtCreation()) {
      bind(zone, Set.of());
    }
  }

  void untilNoZone(String zoneId) {
    eventuallyHolds(PATIENCE, () -> assertThat(driver.zone(network, zoneId)).isEmpty());
  }
}
