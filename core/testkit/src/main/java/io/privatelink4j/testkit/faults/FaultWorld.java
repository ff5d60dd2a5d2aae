package io.privatelink4j.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Action;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.spi.ResourceState;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.ZoneQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One cluster in a cloud that can be disturbed, a service that accepts it, and its clients. */
final class FaultWorld implements AutoCloseable {
  static final String CLUSTER = "10581234";

  /** For each operation, and each wait. */
  static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final Duration SETTLED = Duration.ofSeconds(15);

  private final FaultyCloud cloud;
  private final Disturber disturber;
  private final ClusterNetwork network;
  private final ConnectionType type;
  private final List<PrivateLinkClient> clients = new ArrayList<>();
  private final List<Runnable> background = new ArrayList<>();
  private boolean busy;
  private Optional<ConnectionRef> link = Optional.empty();
  private Optional<String> attached = Optional.empty();

  FaultWorld(FaultyCloud cloud) {
    this.cloud = cloud;
    disturber = new Disturber(cloud);
    network = cloud.network();
    List<String> zones =
        all(token -> cloud.driver().subnets(network, token)).stream().map(Subnet::zoneId).toList();
    String service = cloud.publishService(zones, Acceptance.AUTOMATIC);
    cloud.allow(service);
    type =
        network.cloud() == CloudProvider.AWS
            ? AwsEndpointService.of(service)
            : AlicloudEndpointService.of(service);
  }

  Disturber disturber() {
    return disturber;
  }

  FaultyCloud cloud() {
    return cloud;
  }

  /** {@return a client that remembers nothing, as another process would have it} */
  PrivateLinkClient client() {
    PrivateLinkClient client =
        PrivateLinkClient.builder()
            .provider(new Provider(network.cloud(), disturber.driver()))
            .time(cloud.time())
            .executor(this::execute)
            .random(new Random(clients.size()))
            .operationTimeout(TIMEOUT)
            .clusters(id -> List.of(network))
            .build();
    clients.add(client);
    return client;
  }

  private void execute(Runnable task) {
    if (busy) {
      background.add(task);
    } else {
      task.run();
    }
  }

  /**
   * Does something while the clients' background work has to wait, as if it had other threads:
   * otherwise whatever moves the clock would do it.
   */
  <T> T withoutBackground(Supplier<T> work) {
    busy = true;
    try {
      return work.get();
    } finally {
      busy = false;
    }
  }

  private record Provider(CloudProvider cloud, PrivateLinkDriver driver)
      implements PrivateLinkProvider {
    @Override
    public PrivateLinkDriver open(DriverContext context) {
      return driver;
    }
  }

  CloudProvider provider() {
    return network.cloud();
  }

  /** {@return what the cloud calls it} */
  String actionOf(String call) {
    return action(call).name();
  }

  String permissionOf(String call) {
    return action(call).permission();
  }

  private Action action(String call) {
    return cloud.driver().traits().action(DriverCall.operationOf(call));
  }

  String accountId() {
    return cloud.accountId();
  }

  ConnectionType type() {
    return type;
  }

  CreateConnectionRequest request() {
    return CreateConnectionRequest.builder()
        .clusterId(CLUSTER)
        .displayName("orders-kafka")
        .type(type)
        .requestId("op-1")
        .build();
  }

  /** {@return the connection that the request makes} */
  ConnectionRef link() {
    return link.orElseThrow();
  }

  /** Remembers what a create has answered, which must be the same each time. */
  void created(PrivateLinkConnection answer) {
    assertThat(answer.id()).isEqualTo(link.map(ConnectionRef::id).orElse(answer.id()));
    link = Optional.of(ConnectionRef.of(CLUSTER, answer.id()));
  }

  String attached() {
    return attached.orElseThrow();
  }

  void attached(String id) {
    attached = Optional.of(id);
  }

  /** Lets all lags pass. */
  void settle() {
    List.copyOf(background).forEach(Runnable::run);
    background.clear();
    cloud.advance(SETTLED);
  }

  // What is in the cloud, whatever the clients say

  /** {@return the endpoints that nobody has begun to delete} */
  List<Endpoint> endpoints() {
    return all(
            token ->
                cloud
                    .driver()
                    .endpoints(network, EndpointFilter.service(type.serviceName()), token))
        .stream()
        .filter(endpoint -> endpoint.serviceName().equals(type.serviceName()))
        .filter(endpoint -> endpoint.resource() != ResourceState.DELETED)
        .filter(endpoint -> endpoint.resource() != ResourceState.DELETING)
        .toList();
  }

  /** {@return the zones of the network; where they may be unbound, those of the domain's name} */
  Set<String> zones() {
    ZoneQuery.Scope scope =
        cloud.driver().traits().zoneBoundAtCreation()
            ? ZoneQuery.Scope.IN_NETWORK
            : ZoneQuery.Scope.NAMED;
    return all(token -> cloud.driver().zones(network, new ZoneQuery(scope, apex()), token)).stream()
        .map(DnsZone::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private String apex() {
    return link.map(ref -> ref.id().substring("plc-".length())).orElse("none")
        + (network.cloud() == CloudProvider.AWS ? ".aws" : ".alicloud")
        + ".tidbcloud.com";
  }

  /** Checks that the ledger has so many domains, attached, and that the zone has the records. */
  void verifyDomains(PrivateLinkConnection link, int count) {
    assertThat(link.domains()).as("domains").hasSize(count);
    for (DomainAttachment domain : link.domains()) {
      assertThat(domain.state()).isEqualTo(DomainState.ATTACHED);
      assertThat(domain.apex()).isEqualTo(apex());
      DnsZone zone = cloud.driver().zone(network, zones().iterator().next()).orElseThrow();
      assertThat(zone.networks())
          .containsExactly(new DnsZone.BoundNetwork(network.region(), network.vpcId()));
      Map<String, String> expected = new HashMap<>();
      expected.put("*", link.hostName().orElseThrow());
      link.zonalHostNames().forEach((id, host) -> expected.put("*." + id, host));
      assertThat(all(token -> cloud.driver().records(network, zone, token)))
          .as("records")
          .hasSameSizeAs(expected.keySet())
          .allSatisfy(record -> assertThat(record.target()).isEqualTo(expected.get(record.host())));
    }
  }

  private static <T> List<T> all(Function<Optional<String>, Page<T>> list) {
    List<T> all = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      Page<T> page = list.apply(token);
      all.addAll(page.items());
      token = page.nextToken();
    } while (token.isPresent());
    return all;
  }

  @Override
  public void close() {
    clients.forEach(PrivateLinkClient::close);
    cloud.close();
  }
}
