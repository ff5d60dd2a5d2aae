package io.privatelink4j.testkit;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.ResourceState;
import io.privatelink4j.spi.ZoneRecord;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.Latencies;
import io.privatelink4j.testing.ManualTime;
import io.privatelink4j.testing.OwnedService;
import io.privatelink4j.testkit.crashes.CloudState;
import io.privatelink4j.testkit.crashes.CloudState.EndpointState;
import io.privatelink4j.testkit.crashes.CloudState.ZoneState;
import io.privatelink4j.testkit.crashes.CrashCloud;
import io.privatelink4j.testkit.faults.CallFault;
import io.privatelink4j.testkit.faults.FaultyCloud;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The in-memory cloud, in one position of its assumptions. */
final class InMemoryHarness implements CrashCloud, FaultyCloud {
  private final InMemoryCloud cloud;
  private final List<Assumption> position;
  private final PrivateLinkDriver driver;
  private final ClusterNetwork otherNetwork;

  InMemoryHarness(CloudProvider provider, List<Assumption> position) {
    this(provider, position, Latencies.standard());
  }

  InMemoryHarness(CloudProvider provider, List<Assumption> position, Latencies latencies) {
    cloud =
        InMemoryCloud.builder(provider)
            .time(ManualTime.singleThreaded())
            .latencies(latencies)
            .assume(position.toArray(new Assumption[0]))
            .build();
    this.position = position;
    driver = cloud.open();
    otherNetwork = cloud.addNetwork();
  }

  /** The defaults, then every single other position. */
  static Stream<Named<List<Assumption>>> positions(CloudProvider provider) {
    return Stream.concat(
        Stream.of(Named.of("defaults", List.of())),
        Assumption.positions(provider).stream().map(a -> Named.of(a.name(), List.of(a))));
  }

  @Override
  public PrivateLinkDriver driver() {
    return driver;
  }

  @Override
  public ClusterNetwork network() {
    return cloud.network();
  }

  @Override
  public ClusterNetwork otherNetwork() {
    return otherNetwork;
  }

  @Override
  public String accountId() {
    return cloud.accountId();
  }

  @Override
  public String publishService(List<String> zoneIds, Acceptance acceptance) {
    OwnedService service = cloud.publish(zoneIds.toArray(new String[0]));
    if (acceptance == Acceptance.AUTOMATIC) {
      service.acceptAutomatically();
    }
    return service.name();
  }

  @Override
  public void allow(String serviceName) {
    cloud.service(serviceName).allow(cloud.accountId());
  }

  @Override
  public void accept(String endpointId) {
    cloud.serviceOf(endpointId).accept(endpointId);
  }

  @Override
  public void reject(String endpointId) {
    cloud.serviceOf(endpointId).reject(endpointId);
  }

  @Override
  public void deleteService(String serviceName) {
    cloud.service(serviceName).delete();
  }

  @Override
  public void deleteOutOfBand(String endpointId) {
    cloud.deleteEndpointOutOfBand(endpointId);
  }

  @Override
  public void addStrangersZone(ClusterNetwork network, String apex) {
    cloud.addStrangersZone(network, apex);
  }

  @Override
  public void advance(Duration duration) {
    cloud.manualTime().advance(duration);
  }

  @Override
  public void failNext(Operation operation, Fault fault) {
    cloud
        .faults()
        .onCall(
            operation,
            1,
            switch (fault) {
              case THROTTLED -> io.privatelink4j.testing.Fault.THROTTLE;
              case UNAVAILABLE -> io.privatelink4j.testing.Fault.UNAVAILABLE;
              case OUTCOME_UNKNOWN_NOT_DONE -> io.privatelink4j.testing.Fault.TIMEOUT_BEFORE;
              case REPLY_LOST -> io.privatelink4j.testing.Fault.REPLY_LOST;
              case ACCESS_DENIED -> io.privatelink4j.testing.Fault.DENIED;
              case QUOTA -> io.privatelink4j.testing.Fault.QUOTA;
            });
  }

  @Override
  public ManualTime time() {
    return cloud.manualTime();
  }

  @Override
  public CloudState state() {
    return new CloudState(
        cloud.endpoints().stream()
            .filter(endpoint -> endpoint.resource() != ResourceState.DELETING)
            .map(endpoint -> new EndpointState(endpoint.id(), endpoint.labels()))
            .toList(),
        cloud.zones().stream().map(this::state).toList());
  }

  private ZoneState state(DnsZone zone) {
    return new ZoneState(
        zone.id(),
        zone.name(),
        zone.reference(),
        zone.networks().stream().map(DnsZone.BoundNetwork::vpcId).collect(Collectors.toSet()),
        cloud.records(zone.id()).stream()
            .collect(Collectors.toMap(ZoneRecord::host, ZoneRecord::target)));
  }

  @Override
  public void disturb(Operation operation, CallFault fault) {
    cloud
        .faults()
        .always(
            operation,
            switch (fault) {
              case THROTTLED -> io.privatelink4j.testing.Fault.THROTTLE;
              case SERVER_ERROR, HTML_503, EMPTY, DROPPED_BEFORE ->
                  io.privatelink4j.testing.Fault.SERVER_ERROR;
              case HANG -> io.privatelink4j.testing.Fault.TIMEOUT_BEFORE;
              case TRUNCATED, DROPPED_AFTER -> io.privatelink4j.testing.Fault.REPLY_LOST;
              case DENIED -> io.privatelink4j.testing.Fault.DENIED;
              case STALE, NOT_FOUND -> throw new IllegalArgumentException(fault.name());
            });
  }

  @Override
  public void calm() {
    cloud.faults().clear();
  }

  @Override
  public PrivateLinkDriver hastyDriver() {
    return driver;
  }

  @Override
  public List<String> secrets() {
    return List.of();
  }

  @Override
  public long remoteCalls() {
    return cloud.calls().size();
  }

  @Override
  public boolean remembersTokens() {
    return !position.contains(Assumption.TOKEN_MEMORY_NONE);
  }

  @Override
  public boolean canLimitPages() {
    return true;
  }

  @Override
  public void limitPages(int items) {
    cloud.limitPages(items);
  }

  @Override
  public void close() {
    driver.close();
  }
}
