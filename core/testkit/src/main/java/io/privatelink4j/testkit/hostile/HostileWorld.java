package io.privatelink4j.testkit.hostile;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.testkit.faults.FaultyCloud;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** A cluster with a connection and a domain, and what clients ask about them. */
final class HostileWorld {
  private static final String CLUSTER = "10581234";
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration SETTLED = Duration.ofSeconds(15);

  private final FaultyCloud cloud;
  private final ClusterNetwork network;
  private final ConnectionType type;
  private final ConnectionRef link;
  private final String asItWas;

  HostileWorld(FaultyCloud cloud) {
    this.cloud = cloud;
    network = cloud.network();
    List<String> zones =
        cloud.driver().subnets(network, Optional.empty()).items().stream()
            .map(Subnet::zoneId)
            .toList();
    String service = cloud.publishService(zones, Acceptance.AUTOMATIC);
    cloud.allow(service);
    type =
        network.cloud() == CloudProvider.AWS
            ? AwsEndpointService.of(service)
            : AlicloudEndpointService.of(service);
    try (PrivateLinkClient client = client(cloud.driver())) {
      link =
          ConnectionRef.of(
              CLUSTER,
              client
                  .create(
                      CreateConnectionRequest.builder()
                          .clusterId(CLUSTER)
                          .displayName("orders-kafka")
                          .type(type)
                          .requestId("op-1")
                          .build())
                  .id());
      client.awaitActive(link, TIMEOUT);
      client.attachDomain(link, DomainRequest.managed());
      cloud.advance(SETTLED);
      asItWas = client.get(link).toString();
    }
  }

  /** {@return a client that remembers nothing; to close it closes no driver} */
  PrivateLinkClient client(PrivateLinkDriver driver) {
    return PrivateLinkClient.builder()
        .provider(new Provider(network.cloud(), keptOpen(driver)))
        .time(cloud.time())
        .executor(Runnable::run)
        .random(new Random(1))
        .operationTimeout(TIMEOUT)
        .clusters(id -> List.of(network))
        .build();
  }

  /** One driver does for many clients, each of which would close it. */
  private static PrivateLinkDriver keptOpen(PrivateLinkDriver driver) {
    return (PrivateLinkDriver)
        Proxy.newProxyInstance(
            PrivateLinkDriver.class.getClassLoader(),
            new Class<?>[] {PrivateLinkDriver.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("close") ? null : method.invoke(driver, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private record Provider(CloudProvider cloud, PrivateLinkDriver driver)
      implements PrivateLinkProvider {
    @Override
    public PrivateLinkDriver open(DriverContext context) {
      return driver;
    }
  }

  /** {@return operations that change nothing} */
  List<Function<PrivateLinkClient, Object>> operations() {
    return List.of(
        client -> client.list(ListRequest.of(CLUSTER)),
        client -> client.get(link),
        client -> client.check(CLUSTER, type),
        client -> client.reconcile(CLUSTER),
        client -> client.zones(CLUSTER));
  }

  boolean isUntouched() {
    try (PrivateLinkClient client = client(cloud.driver())) {
      return client.get(link).toString().equals(asItWas);
    }
  }
}
