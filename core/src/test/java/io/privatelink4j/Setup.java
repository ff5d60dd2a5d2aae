package io.privatelink4j;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.ManualTime;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One in-memory cloud with a cluster in it, a service that allows us, and clients. */
final class Setup implements AutoCloseable {
  static final String CLUSTER = "10581234";

  final InMemoryCloud cloud;
  final ManualTime time;
  final ClusterNetwork network;
  final OwnedService service;
  final Map<String, List<ClusterNetwork>> directory = new HashMap<>();
  final PrivateLinkClient links;
  private final List<PrivateLinkClient> clients = new ArrayList<>();

  Setup(CloudProvider flavour, Assumption... assumptions) {
    this(flavour, builder -> builder, assumptions);
  }

  Setup(
      CloudProvider flavour,
      UnaryOperator<PrivateLinkClient.Builder> options,
      Assumption... assumptions) {
    InMemoryCloud.Builder builder = InMemoryCloud.builder(flavour);
    for (Assumption assumption : assumptions) {
      builder.assume(assumption);
    }
    cloud = builder.build();
    time = cloud.manualTime();
    network = cloud.network();
    directory.put(CLUSTER, List.of(network));
    service = publish();
    links = client(options);
  }

  /** The clouds there are. */
  static Stream<CloudProvider> flavours() {
    return Stream.of(CloudProvider.AWS, CloudProvider.ALICLOUD);
  }

  /** How late labels may show. */
  static Stream<Assumption> labelLags() {
    return Stream.of(Assumption.LABEL_LAG_0S, Assumption.LABEL_LAG_2S, Assumption.LABEL_LAG_10S);
  }

  /** A service in the network's zones that allows our account. */
  OwnedService publish() {
    return cloud.publish(zoneIds()).allow(cloud.accountId());
  }

  /** Zone ids of the default network. */
  String[] zoneIds() {
    return cloud.cloud() == CloudProvider.AWS
        ? new String[] {"usw2-az1", "usw2-az2", "usw2-az3"}
        : new String[] {"ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"};
  }

  /** A process of its own that lives in a story, whose calls may take very long. */
  PrivateLinkClient actor(Actors actors, long seed) {
    return client(
        new SameCloud(cloud),
        builder ->
            builder.time(actors).operationTimeout(Duration.ofHours(2)).random(new Random(seed)));
  }

  /** Another client of the same cloud, as another process would have it. */
  PrivateLinkClient client() {
    return client(builder -> builder);
  }

  PrivateLinkClient client(UnaryOperator<PrivateLinkClient.Builder> options) {
    return client(cloud, options);
  }

  /** A client that sees the cloud through another's hands. */
  PrivateLinkClient client(PrivateLinkProvider provider) {
    return client(provider, builder -> builder);
  }

  PrivateLinkClient client(
      PrivateLinkProvider provider, UnaryOperator<PrivateLinkClient.Builder> options) {
    PrivateLinkClient client =
        options
            .apply(
                PrivateLinkClient.builder()
                    .provider(provider)
                    .time(time)
                    .random(new Random(clients.size()))
                    .clusters(id -> directory.getOrDefault(id, List.of())))
            .build();
    clients.add(client);
    return client;
  }

  CreateConnectionRequest.Builder request() {
    return CreateConnectionRequest.builder()
        .clusterId(CLUSTER)
        .displayName("orders-kafka")
        .type(service.type());
  }

  PrivateLinkConnection create() {
    return links.create(request().build());
  }

  /** A connection whose owner has accepted it. */
  PrivateLinkConnection active() {
    PrivateLinkConnection link = create();
    settle();
    service.acceptAll();
    return links.awaitActive(link, Duration.ofMinutes(30));
  }

  /** Lets everything that lags catch up. */
  void settle() {
    time.advance(Duration.ofMinutes(1));
  }

  @Override
  public void close() {
    clients.forEach(PrivateLinkClient::close);
  }
}
