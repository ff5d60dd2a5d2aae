package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client over the driver, the SDK and a socket. */
class AwsLifeCycleTest {
  private static final String CLUSTER = "10581234";
  private static final int CREATES = 20;
  private static final List<String> ZONES = List.of("usw2-az1", "usw2-az2", "usw2-az3");

  static Stream<List<Assumption>> positions() {
    return Stream.concat(Stream.of(List.of()), FakeWorld.positions().stream().map(List::of));
  }

  @ParameterizedTest
  @MethodSource("positions")
  void connection_livesFromZonesToDeletion_andLeavesNothing(List<Assumption> position) {
    try (Cloud cloud = new Cloud(position)) {
      PrivateLinkClient links = cloud.links;
      ConnectionType type = cloud.service();
      assertThat(links.zones(CLUSTER).accountId()).isEqualTo(FakeWorld.ACCOUNT);
      assertThat(links.zones(CLUSTER).zoneIds()).containsExactlyElementsOf(ZONES);
      assertThat(links.check(CLUSTER, type).errors()).isEmpty();

      PrivateLinkConnection link = links.create(request(type, "op-1"));
      assertThat(links.create(request(type, "op-1")).endpointId()).isEqualTo(link.endpointId());
      cloud.settle();
      assertThat(links.get(link).state()).isEqualTo(ConnectionState.PENDING_ACCEPTANCE);
      DomainPlan plan = links.planDomain(link, DomainRequest.managed());
      cloud.aws.accept(link.endpointId());
      link = links.awaitActive(link, Duration.ofMinutes(30));
      assertThat(link.zonalHostNames()).containsOnlyKeys(ZONES);
      DomainAttachment domain = links.attachDomain(link, DomainRequest.managed());

      assertThat(domain.state()).isEqualTo(DomainState.ATTACHED);
      assertThat(domain.apex()).isEqualTo(plan.apex());
      cloud.settle();
      assertThat(links.list(ListRequest.of(CLUSTER)).connections())
          .extracting(PrivateLinkConnection::id)
          .containsExactly(link.id());

      links.detachDomain(link, domain.id());
      links.delete(link);
      links.awaitDeleted(link, Duration.ofMinutes(10));

      cloud.settle();
      assertThat(links.list(ListRequest.of(CLUSTER)).connections()).isEmpty();
      assertThat(cloud.permissionsUsed()).isSubsetOf(cloud.permissionsDeclared());
    }
  }

  @Test
  void operations_keepToTheirBudgetOfCalls() {
    try (Cloud cloud = new Cloud(List.of())) {
      PrivateLinkClient links = cloud.links;
      ConnectionType type = cloud.service();
      links.zones(CLUSTER);

      assertThat(cloud.calls(() -> links.check(CLUSTER, type))).as("check").isLessThanOrEqualTo(2);
      List<PrivateLinkConnection> made = new ArrayList<>();
      assertThat(cloud.calls(() -> made.add(links.create(request(type, "op-1")))))
          .as("create")
          .isLessThanOrEqualTo(3);
      PrivateLinkConnection link = made.get(0);
      assertThat(cloud.calls(() -> links.get(link))).as("get").isEqualTo(1);
      cloud.aws.accept(link.endpointId());
      links.awaitActive(link, Duration.ofMinutes(30));
      List<DomainAttachment> domains = new ArrayList<>();
      assertThat(cloud.calls(() -> domains.add(links.attachDomain(link, DomainRequest.managed()))))
          .as("attach")
          .isLessThanOrEqualTo(10);
      assertThat(cloud.count("ChangeResourceRecordSets")).isEqualTo(1);
      assertThat(cloud.calls(() -> links.detachDomain(link, domains.get(0).id())))
          .as("detach")
          .isLessThanOrEqualTo(5);
      assertThat(cloud.calls(() -> links.delete(link))).as("delete").isLessThanOrEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CreateVpcEndpoint", "CreateTags", "CreateHostedZone", "ChangeResourceRecordSets"})
  void lostReply_leavesOneEndpointAndOneZone(String action) {
    try (Cloud cloud = new Cloud(List.of())) {
      cloud.aws.loseNextReply(request -> request.action().equals(action));

      PrivateLinkConnection link = cloud.links.create(request(cloud.service(), "op-1"));
      cloud.aws.accept(link.endpointId());
      cloud.links.awaitActive(link, Duration.ofMinutes(30));
      DomainAttachment domain = cloud.links.attachDomain(link, DomainRequest.managed());

      cloud.settle();
      assertThat(domain.state()).isEqualTo(DomainState.ATTACHED);
      assertThat(cloud.links.list(ListRequest.of(CLUSTER)).connections()).hasSize(1);
      assertThat(cloud.aws.zoneCount()).isEqualTo(1);
    }
  }

  @Test
  void creates_atOnceAndMoreThanTheBudget_allSucceed() throws Exception {
    try (Cloud cloud = new Cloud(List.of(), CREATES)) {
      List<ConnectionType> types = Stream.generate(cloud::service).limit(CREATES).toList();
      cloud.aws.throttle();
      long before = cloud.aws.time().nanoTime();

      List<Callable<PrivateLinkConnection>> tasks = new ArrayList<>();
      for (int i = 0; i < CREATES; i++) {
        CreateConnectionRequest request = request(types.get(i), "op-" + i);
        tasks.add(
            () -> {
              try {
                return cloud.links.create(request);
              } finally {
                cloud.time.done();
              }
            });
      }
      Set<String> ids = new HashSet<>();
      ExecutorService threads = Executors.newFixedThreadPool(CREATES);
      try {
        for (Future<PrivateLinkConnection> done : threads.invokeAll(tasks, 50, TimeUnit.SECONDS)) {
          ids.add(done.get().endpointId());
        }
      } finally {
        threads.shutdownNow();
      }

      assertThat(ids).hasSize(CREATES);
      assertThat(cloud.count("CreateVpcEndpoint")).isEqualTo(CREATES);
      assertThat(Duration.ofNanos(cloud.aws.time().nanoTime() - before))
          .isBetween(Duration.ofSeconds(53), Duration.ofSeconds(59));
    }
  }

  private static CreateConnectionRequest request(ConnectionType type, String requestId) {
    return CreateConnectionRequest.builder()
        .clusterId(CLUSTER)
        .displayName("orders-kafka")
        .type(type)
        .requestId(requestId)
        .build();
  }

  /** The fake with a network, and a client. */
  private static final class Cloud implements AutoCloseable {
    private final FakeAws aws;
    private final SharedTime time;
    private final PrivateLinkClient links;

    Cloud(List<Assumption> position) {
      this(position, 0);
    }

    /** With threads that sleep side by side, if there are any. */
    Cloud(List<Assumption> position, int threads) {
      aws = new FakeAws(position.toArray(new Assumption[0]));
      time = new SharedTime(aws.time(), threads);
      ClusterNetwork network = aws.addNetwork();
      links =
          PrivateLinkClient.builder()
              .provider(new AwsPrivateLinkProvider(aws.options().build()))
              .time(threads == 0 ? aws.time() : time)
              .random(new Random(1))
              .maxConnectionsPerCluster(50)
              .clusters(id -> id.equals(CLUSTER) ? List.of(network) : List.of())
              .build();
    }

    ConnectionType service() {
      String name = aws.publish(ZONES, true);
      aws.allow(name);
      return AwsEndpointService.of(name);
    }

    void settle() {
      aws.advance(Duration.ofSeconds(15));
    }

    long calls(Runnable operation) {
      long before = aws.requestCount();
      operation.run();
      return aws.requestCount() - before;
    }

    long count(String action) {
      return aws.requests().stream().filter(request -> request.action().equals(action)).count();
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
}
