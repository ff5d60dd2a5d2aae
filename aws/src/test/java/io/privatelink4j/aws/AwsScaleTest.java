package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.CallFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Many operations at once, while the fake counts AWS's token buckets. */
class AwsScaleTest {
  private static final int CREATES = 20;
  private static final int CLUSTERS = 5;
  private static final int LINKS = 10;
  private static final int ATTACHES = CLUSTERS * LINKS;
  private static final int DELETES = 40;

  /** For an account in which nobody else calls Route 53. */
  private static final CallFamily ALL_OF_ROUTE_53 = new CallFamily("route53", 5, 5, true);

  @Test
  void creates_atOnceAndMoreThanTheBudget_allSucceed() throws Exception {
    try (AwsCloud cloud = AwsCloud.forManyThreads()) {
      List<Callable<PrivateLinkConnection>> tasks = new ArrayList<>();
      for (int i = 0; i < CREATES; i++) {
        CreateConnectionRequest request = AwsCloud.request(cloud.service(), "op-" + i);
        tasks.add(() -> cloud.links.create(request));
      }
      cloud.aws.throttle();
      long before = cloud.aws.time().nanoTime();

      List<PrivateLinkConnection> made = cloud.atOnce(tasks);

      Duration took = cloud.elapsedSince(before);
      Map<String, Long> calls = calls(cloud.aws.requests());
      print(CREATES + " creates at once", took, calls);
      assertThat(made).extracting(PrivateLinkConnection::endpointId).doesNotHaveDuplicates();
      assertThat(calls)
          .containsEntry("CreateVpcEndpoint", (long) CREATES)
          .containsEntry("DescribeSubnets", 1L);
      assertThat(took).isBetween(Duration.ofSeconds(53), Duration.ofSeconds(59));
    }
  }

  /** 5 requests per second are Route 53's limit, and the bottleneck: here one client takes all. */
  @Test
  void attaches_atOnceAndMoreThanTheBudget_allSucceed() throws Exception {
    try (AwsCloud cloud = AwsCloud.forManyThreads(ALL_OF_ROUTE_53)) {
      List<Callable<DomainAttachment>> tasks = new ArrayList<>();
      for (int i = 0; i < CLUSTERS; i++) {
        String cluster = "cluster-" + i;
        ClusterNetwork network = cloud.aws.addNetwork();
        cloud.directory.put(cluster, List.of(network));
        for (int j = 0; j < LINKS; j++) {
          PrivateLinkConnection link = active(cloud, cluster);
          tasks.add(() -> cloud.links.attachDomain(link, DomainRequest.managed()));
        }
      }
      cloud.aws.throttle();
      long before = cloud.aws.time().nanoTime();
      int requestsBefore = cloud.aws.requests().size();

      List<DomainAttachment> domains = cloud.atOnce(tasks);

      Duration took = cloud.elapsedSince(before);
      List<FakeRequest> all = cloud.aws.requests();
      Map<String, Long> calls = calls(all.subList(requestsBefore, all.size()));
      print(ATTACHES + " attaches at once", took, calls);
      assertThat(domains)
          .hasSize(ATTACHES)
          .allSatisfy(domain -> assertThat(domain.state()).isEqualTo(DomainState.ATTACHED))
          .extracting(DomainAttachment::apex)
          .doesNotHaveDuplicates();
      assertThat(cloud.aws.zoneCount()).isEqualTo(ATTACHES);
      assertThat(calls)
          .containsEntry("CreateHostedZone", (long) ATTACHES)
          .containsEntry("ChangeResourceRecordSets", (long) ATTACHES)
          .containsEntry("ListHostedZonesByVPC", (long) CLUSTERS);
      assertThat(took).isLessThanOrEqualTo(Duration.ofSeconds(45));
    }
  }

  /** One by one they would take two minutes: EC2 gives back a third of a call per second. */
  @Test
  void deletes_atOnceAndMoreThanTheBudget_travelTogether() throws Exception {
    try (AwsCloud cloud = AwsCloud.forManyThreads()) {
      List<Callable<PrivateLinkConnection>> tasks = new ArrayList<>();
      for (int i = 0; i < DELETES; i++) {
        PrivateLinkConnection link =
            cloud.links.create(AwsCloud.request(cloud.service(), "op-" + i));
        tasks.add(() -> cloud.links.delete(link));
      }
      cloud.settle();
      cloud.aws.throttle();
      long before = cloud.aws.time().nanoTime();

      List<PrivateLinkConnection> deleted = cloud.atOnce(tasks);

      Duration took = cloud.elapsedSince(before);
      Map<String, Long> calls = calls(cloud.aws.requests());
      print(DELETES + " deletes at once", took, calls);
      assertThat(deleted).allMatch(link -> link.state() == ConnectionState.DELETING);
      assertThat(cloud.aws.endpointCount()).isZero();
      assertThat(calls.get("DeleteVpcEndpoints")).isLessThanOrEqualTo(8);
      assertThat(took).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }
  }

  private static PrivateLinkConnection active(AwsCloud cloud, String cluster) {
    ConnectionType type = cloud.service();
    PrivateLinkConnection link = cloud.links.create(AwsCloud.request(cluster, type).build());
    cloud.settle();
    cloud.aws.accept(link.endpointId());
    cloud.settle();
    return cloud.links.get(link);
  }

  private static Map<String, Long> calls(List<FakeRequest> requests) {
    return requests.stream()
        .collect(Collectors.groupingBy(FakeRequest::action, TreeMap::new, Collectors.counting()));
  }

  private static void print(String what, Duration took, Map<String, Long> calls) {
    System.out.println(what + ": " + took.toMillis() + " ms of virtual time, " + calls);
  }
}
