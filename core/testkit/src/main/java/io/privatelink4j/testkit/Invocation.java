package io.privatelink4j.testkit;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * One call of a driver method that is ready to be made and, made once, succeeds.
 *
 * @param call makes the call
 * @param done whether its effect can be seen in the cloud; always false for reads
 */
record Invocation(Runnable call, BooleanSupplier done) {

  /** The operations that change nothing. */
  static final Set<Operation> READS =
      Set.of(
          Operation.READ_ACCOUNT,
          Operation.READ_SUBNETS,
          Operation.READ_SERVICE,
          Operation.READ_ENDPOINT,
          Operation.LIST_ENDPOINTS,
          Operation.READ_ENDPOINT_ZONES,
          Operation.READ_DNS_SWITCH,
          Operation.LIST_ZONES,
          Operation.LIST_OWN_ZONES,
          Operation.READ_ZONE,
          Operation.LIST_RECORDS,
          Operation.READ_CHANGE);

  /** The operations that change something. */
  static Stream<Operation> writes() {
    return Arrays.stream(Operation.values()).filter(operation -> !READS.contains(operation));
  }

  private static Invocation read(Runnable call) {
    return new Invocation(call, () -> false);
  }

  /**
   * Whether a driver with these traits makes such calls at all; of READ_CHANGE the traits say
   * nothing.
   */
  static boolean isMade(Operation operation, DriverTraits traits) {
    return switch (operation) {
      case READ_ACCOUNT -> !traits.accountFromSubnets();
      case READ_ENDPOINT_ZONES -> !traits.zonesInEndpoint();
      case REMOVE_ENDPOINT_ZONE -> traits.zonesRemovedFirst();
      case READ_DNS_SWITCH -> !traits.dnsSwitches().isEmpty();
      case BIND_ZONE -> !traits.zoneBoundAtCreation();
      default -> true;
    };
  }

  /**
   * Brings the cloud into a state in which the call can be made; empty if this driver never makes
   * such calls.
   */
  static Optional<Invocation> prepare(Operation operation, Harness harness, Fixture fixture) {
    PrivateLinkDriver driver = harness.driver();
    DriverTraits traits = driver.traits();
    if (!isMade(operation, traits)) {
      return Optional.empty();
    }
    ClusterNetwork network = harness.network();
    Optional<String> start = Optional.empty();
    return switch (operation) {
      case READ_ACCOUNT -> Optional.of(read(() -> driver.account(network)));
      case READ_SUBNETS -> Optional.of(read(() -> driver.subnets(network, start)));
      case READ_SERVICE -> {
        String service = fixture.publish(Acceptance.REQUIRED);
        yield Optional.of(read(() -> driver.service(network, fixture.type(service))));
      }
      case READ_ENDPOINT -> {
        String id = fixture.awaiting().id();
        yield Optional.of(read(() -> driver.endpoint(network, id)));
      }
      case LIST_ENDPOINTS -> {
        EndpointFilter filter = EndpointFilter.label("plc.testkit", "listed");
        yield Optional.of(read(() -> driver.endpoints(network, filter, start)));
      }
      case READ_ENDPOINT_ZONES -> {
        String id = fixture.awaiting().id();
        yield Optional.of(read(() -> driver.endpointZones(network, id)));
      }
      case READ_DNS_SWITCH ->
          Optional.of(
              read(() -> driver.dnsSwitch(network, traits.dnsSwitches().iterator().next())));
      case LIST_ZONES -> {
        ZoneQuery query = new ZoneQuery(ZoneQuery.Scope.IN_NETWORK, fixture.apex());
        yield Optional.of(read(() -> driver.zones(network, query, start)));
      }
      case LIST_OWN_ZONES -> Optional.of(read(() -> driver.ownZones(network, start)));
      case READ_ZONE -> {
        String id = fixture.createZone(fixture.apex()).id();
        yield Optional.of(read(() -> driver.zone(network, id)));
      }
      case LIST_RECORDS -> {
        DnsZone zone = fixture.createZone(fixture.apex());
        yield Optional.of(read(() -> driver.records(network, zone, start)));
      }
      case READ_CHANGE -> readChange(driver, network, fixture);
      case CREATE_ENDPOINT -> Optional.of(createEndpoint(driver, network, fixture));
      case PUT_LABELS -> Optional.of(putLabels(driver, network, fixture));
      case REMOVE_LABELS -> Optional.of(removeLabels(driver, network, fixture));
      case REMOVE_ENDPOINT_ZONE -> Optional.of(removeEndpointZone(driver, network, fixture));
      case DELETE_ENDPOINTS -> Optional.of(deleteEndpoints(driver, network, fixture));
      case CREATE_ZONE -> Optional.of(createZone(driver, network, fixture));
      case PUT_RECORDS -> Optional.of(putRecords(driver, network, fixture));
      case REMOVE_RECORDS -> Optional.of(removeRecords(driver, network, fixture));
      case BIND_ZONE -> Optional.of(bindZone(driver, network, fixture));
      case DELETE_ZONE -> Optional.of(deleteZone(driver, network, fixture));
    };
  }

  private static Optional<Invocation> readChange(
      PrivateLinkDriver driver, ClusterNetwork network, Fixture fixture) {
    DnsZone zone = fixture.createZone(fixture.apex());
    List<ZoneRecord> records = List.of(Fixture.record("*", "target.example.com"));
    return fixture
        .patiently(() -> driver.putRecords(network, zone, records))
        .map(change -> read(() -> driver.changeDone(network, change)));
  }

  private static Invocation createEndpoint(
      PrivateLinkDriver driver, ClusterNetwork network, Fixture fixture) {
    var spec =
        fixture.spec(
            fixture.publish(Acceptance.REQUIRED), Map.of("plc.testkit", "new"), fixture.token());
    return new Invocation(
        () -> driver.createEndpoint(network, spec),
        () ->
            fixture.endpoints(EndpointFilter.label("plc.testkit", "new")).stream()
                .anyMatch(endpoint -> endpoint.labels().containsValue("new")));
  }

  private static Invocation putLabels(
      PrivateLinkDriver driver, ClusterNetwork network, Fixture fixture) {
    String id = fixture.awaiting().id();
    return new Invocation(
        () -> driver.putLabels(network, List.of(id), Map.of("plc.put", "yes")),
        () -> fixture.read(id).labels().containsKey("plc.put"));
  }

  private static Invocation removeLabels(
      PrivateLinkDriver driver, ClusterNetwork network, Fixture fixture) {
    Map<String, String> labels = Map.of("plc.removed", "yes");
    String id = fixture.awaiting(labels).id();
    return new Invocation(
        () -> driver.removeLabels(network, id, labels),
        () -> !fixture.read(id).labels().containsKey("plc.removed"));
  }

  private static Invocation removeEndpointZone(
      PrivateLinkDriver driver, ClusterNetwork network, Fixture fixture) {
    Endpoint endpoint = fixture.awaiting();
    Subnet subnet = fixture.subnets().get(0);
    return new Invocation(
        () -> driver.removeEndpointZone(network, endpoint.id(), subnet.zoneId()),
        () -> !fixture.subnetsOf(fixture.zones(fixture.read(endpoint.id()))).contains(subnet));
  }

  private static Invocation deleteEndpoints(
      PrivateLinkDriver driver, ClusterNetwork network, Fixture fixture) {
    String id = fixture.awaiting().id();
    fixture.removeZonesFirst(id);
    fixture.settle();
    return new Invocation(
        () -> Fixture.orThrow(driver.deleteEndpoints(network, List.of(id))),
        () -> Fixture.isGoneOrGoing(driver.endpoint(network, id)));
  }

  private static Invocation createZone(
      PrivateLinkDriver driver, ClusterNetwork network, Fixture fixture) {
    String apex = fixture.apex();
    String reference = fixture.reference();
    return new Invocation(
        () -> driver.createZone(network, apex, reference),
        () -> fixture.zonesNamed(apex).stream().anyMatch(zone -> zone.name().equals(apex)));
  }

  private static Invocation putRecords(
      PrivateLinkDriver driver, ClusterNetwork network, Fixture fixture) {
    DnsZone zone = fixture.createZone(fixture.apex());
    fixture.settle();
    return new Invocation(
        () -> driver.putRecords(network, zone, List.of(Fixture.record("*", "target.example.com"))),
        () -> !fixture.records(zone).isEmpty());
  }

  private static Invocation removeRecords(
      PrivateLinkDriver driver, ClusterNetwork network, Fixture fixture) {
    DnsZone zone = fixture.createZone(fixture.apex());
    fixture.put(zone, List.of(Fixture.record("*", "target.example.com")));
    fixture.settle();
    List<ZoneRecord> records = fixture.records(zone);
    return new Invocation(
        () -> driver.removeRecords(network, zone, records), () -> fixture.records(zone).isEmpty());
  }

  private static Invocation bindZone(
      PrivateLinkDriver driver, ClusterNetwork network, Fixture fixture) {
    DnsZone zone = fixture.createZone(fixture.apex());
    fixture.settle();
    Set<DnsZone.BoundNetwork> networks = Set.of(Fixture.bound(network));
    return new Invocation(
        () -> driver.bindZone(network, zone.id(), networks),
        () -> driver.zone(network, zone.id()).orElseThrow().networks().equals(networks));
  }

  private static Invocation deleteZone(
      PrivateLinkDriver driver, ClusterNetwork network, Fixture fixture) {
    DnsZone zone = fixture.createZone(fixture.apex());
    fixture.settle();
    return new Invocation(
        () -> driver.deleteZone(network, zone.id()),
        () -> driver.zone(network, zone.id()).isEmpty());
  }
}
