package io.privatelink4j.aws;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.Time;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The fake with a cluster in it, and a client of it over the SDK and a socket. */
final class AwsCloud implements AutoCloseable {
  static final String CLUSTER = "10581234";
  static final List<String> ZONES = List.of("usw2-az1", "usw2-az2", "usw2-az3");

  final FakeAws aws;
  final Map<String, List<ClusterNetwork>> directory = new HashMap<>();
  final PrivateLinkClient links;
  private final SharedTime shared;

  AwsCloud(List<Assumption> position) {
    this(position, ZONES.size());
  }

  AwsCloud(List<Assumption> position, int zones) {
    this(position, zones, false);
  }

  /** For {@link #atOnce}; what waits for states needs the other kind. */
  static AwsCloud forManyThreads(CallFamily... budgets) {
    return new AwsCloud(List.of(), ZONES.size(), true, budgets);
  }

  private AwsCloud(
      List<Assumption> position, int zones, boolean manyThreads, CallFamily... budgets) {
    aws = new FakeAws(position.toArray(new Assumption[0]));
    shared = new SharedTime(aws.time(), 1);
    Time time = manyThreads ? shared : aws.time();
    directory.put(CLUSTER, new ArrayList<>(List.of(aws.addNetwork(zones))));
    links =
        PrivateLinkClient.builder()
            .provider(new AwsPrivateLinkProvider(aws.options().build()))
            .time(time)
            .pacing(new Pacing(time, List.of(budgets)))
            .random(new Random(1))
            .maxConnectionsPerCluster(50)
            .operationTimeout(Duration.ofMinutes(manyThreads ? 30 : 5))
            .clusters(id -> directory.getOrDefault(id, List.of()))
            .build();
  }

  ConnectionType service() {
    return service(ZONES);
  }

  ConnectionType service(List<String> zones) {
    String name = aws.publish(zones, true);
    aws.allow(name);
    return AwsEndpointService.of(name);
  }

  static CreateConnectionRequest request(ConnectionType type, String requestId) {
    return request(CLUSTER, type).requestId(requestId).build();
  }

  static CreateConnectionRequest.Builder request(String clusterId, ConnectionType type) {
    return CreateConnectionRequest.builder()
        .clusterId(clusterId)
        .displayName("orders-kafka")
        .type(type);
  }

  /** A connection whose owner has accepted it. */
  PrivateLinkConnection active(CreateConnectionRequest request) {
    PrivateLinkConnection link = links.create(request);
    settle();
    aws.accept(link.endpointId());
    settle();
    return links.awaitActive(link, Duration.ofMinutes(30));
  }

  List<PrivateLinkConnection> listed() {
    return links.list(ListRequest.of(CLUSTER)).connections();
  }

  void settle() {
    aws.advance(Duration.ofSeconds(15));
  }

  /** The requests that the operation made, in order. */
  List<FakeRequest> requests(Runnable operation) {
    int before = aws.requests().size();
    operation.run();
    List<FakeRequest> all = aws.requests();
    return all.subList(before, all.size());
  }

  /** The actions of the requests that the operation made, in order. */
  List<String> actions(Runnable operation) {
    return requests(operation).stream().map(FakeRequest::action).toList();
  }

  /** Does all at once, each on a thread of its own; their sleeps overlap. */
  <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
    shared.threads(tasks.size());
    List<Callable<T>> counted = new ArrayList<>();
    for (Callable<T> task : tasks) {
      counted.add(
          () -> {
            try {
              return task.call();
            } finally {
              shared.done();
            }
          });
    }
    List<T> results = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<T> done : threads.invokeAll(counted, 50, TimeUnit.SECONDS)) {
        results.add(done.get());
      }
    } finally {
      threads.shutdownNow();
      shared.threads(1);
    }
    return results;
  }

  Duration elapsedSince(long nanoTime) {
    return Duration.ofNanos(aws.time().nanoTime() - nanoTime);
  }

  Set<String> permissionsUsed() {
    Set<String> used = new HashSet<>();
    aws.requests().forEach(request -> used.add(request.service() + ":" + request.action()));
    return used;
  }

  Set<String> permissionsDeclared() {
    Set<String> declared = new HashSet<>();
    AwsTraits.TRAITS.actions().values().forEach(action -> declared.add(action.permission()));
    return declared;
  }

  @Override
  public void close() {
    links.close();
    aws.close();
  }
}
