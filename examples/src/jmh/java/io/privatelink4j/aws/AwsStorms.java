package io.privatelink4j.aws;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.SystemTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;

/**
 * Many operations at once at AWS's published buckets. The library runs in virtual time; the bare
 * SDK, whose retries sleep by themselves, in real time.
 */
public final class AwsStorms {
  private static final int LINKS_PER_NETWORK = 10;

  /** For an account in which nobody else calls Route 53. */
  private static final CallFamily ALL_OF_ROUTE_53 = new CallFamily("route53", 5, 5, true);

  private static final long INSYNC_POLL_MILLIS = 5_000;

  /**
   * How a storm went.
   *
   * @param seconds until the last caller had an answer
   * @param errors how many callers were told that they were throttled
   * @param calls how many calls the family's bucket counted
   */
  public record Outcome(double seconds, int errors, long calls) {}

  private AwsStorms() {}

  /** {@return so many creates through the library} */
  public static Outcome creates(int count) throws Exception {
    try (AwsCloud cloud = AwsCloud.forManyThreads()) {
      List<Callable<PrivateLinkConnection>> tasks = new ArrayList<>();
      ConnectionType type = cloud.service();
      for (int i = 0; i < count; i++) {
        String cluster = cluster(cloud, i);
        var request = AwsCloud.request(cluster, type).requestId("op-" + i).build();
        tasks.add(() -> cloud.links.create(request));
      }
      cloud.aws.throttle();
      long before = cloud.aws.time().nanoTime();
      List<PrivateLinkConnection> made = cloud.atOnce(tasks);
      return outcome(cloud, before, made.size() - count, "CreateVpcEndpoint");
    }
  }

  /** {@return so many attaches through the library} */
  public static Outcome attaches(int count) throws Exception {
    try (AwsCloud cloud = AwsCloud.forManyThreads(ALL_OF_ROUTE_53)) {
      List<PrivateLinkConnection> links = new ArrayList<>();
      ConnectionType type = cloud.service();
      for (int i = 0; i < count; i++) {
        PrivateLinkConnection link =
            cloud.links.create(AwsCloud.request(cluster(cloud, i), type).build());
        cloud.settle();
        cloud.aws.accept(link.endpointId());
        links.add(link);
      }
      cloud.settle();
      cloud.settle();
      List<Callable<Object>> tasks = new ArrayList<>();
      links.forEach(
          link -> tasks.add(() -> cloud.links.attachDomain(link, DomainRequest.managed())));
      cloud.aws.throttle();
      long before = cloud.aws.time().nanoTime();
      List<Object> made = cloud.atOnce(tasks);
      return outcome(cloud, before, made.size() - count, "");
    }
  }

  private static String cluster(AwsCloud cloud, int i) {
    String cluster = "cluster-" + i / LINKS_PER_NETWORK;
    cloud.directory.computeIfAbsent(cluster, id -> List.of(cloud.aws.addNetwork()));
    return cluster;
  }

  private static Outcome outcome(AwsCloud cloud, long before, int errors, String action) {
    long calls =
        cloud.aws.requests().stream()
            .filter(
                request -> action.isEmpty() ? request.isRoute53() : request.action().equals(action))
            .count();
    return new Outcome(cloud.elapsedSince(before).toMillis() / 1e3, errors, calls);
  }

  /** {@return so many creates with the SDK alone and its default retries} */
  public static Outcome bareCreates(int count) throws Exception {
    try (SystemTime time = new SystemTime();
        FakeAws fake = new FakeAws(time);
        SdkHttpClient http = UrlConnectionHttpClient.create();
        Ec2Client ec2 = LoopbackSdk.ec2(fake.uri().toString()).httpClient(http).build()) {
      String service = fake.publish(AwsCloud.ZONES, true);
      fake.allow(service);
      List<Callable<Object>> tasks = new ArrayList<>();
      ClusterNetwork network = fake.addNetwork();
      for (int i = 0; i < count; i++) {
        if (i % LINKS_PER_NETWORK == 0) {
          network = fake.addNetwork();
        }
        ClusterNetwork target = network;
        tasks.add(
            () ->
                ec2.createVpcEndpoint(
                    request ->
                        request
                            .vpcEndpointType(VpcEndpointType.INTERFACE)
                            .vpcId(target.vpcId())
                            .serviceName(service)
                            .subnetIds(target.subnetIds())
                            .securityGroupIds(target.securityGroupIds())
                            .privateDnsEnabled(false)));
      }
      return atOnce(fake, tasks);
    }
  }

  /** {@return so many zones with records, written by hand, with the SDK's default retries} */
  public static Outcome bareAttaches(int count) throws Exception {
    try (SystemTime time = new SystemTime();
        FakeAws fake = new FakeAws(time);
        SdkHttpClient http = UrlConnectionHttpClient.create();
        Route53Client route53 =
            Route53Client.builder()
                .credentialsProvider(LoopbackSdk.credentials())
                .region(Region.US_EAST_1)
                .endpointOverride(fake.uri())
                .httpClient(http)
                .build()) {
      List<Callable<Object>> tasks = new ArrayList<>();
      ClusterNetwork network = fake.addNetwork();
      for (int i = 0; i < count; i++) {
        if (i % LINKS_PER_NETWORK == 0) {
          network = fake.addNetwork();
        }
        String vpc = network.vpcId();
        String apex = "link-" + i + ".aws.tidbcloud.com";
        tasks.add(() -> attach(route53, vpc, apex));
      }
      return atOnce(fake, tasks);
    }
  }

  private static Object attach(Route53Client route53, String vpc, String apex)
      throws InterruptedException {
    CreateHostedZoneResponse zone =
        route53.createHostedZone(
            request ->
                request
                    .name(apex)
                    .callerReference(apex)
                    .vpc(each -> each.vpcId(vpc).vpcRegion(FakeAws.REGION))
                    .hostedZoneConfig(config -> config.privateZone(true).comment("a link")));
    List<Change> records = new ArrayList<>();
    records.add(record("*." + apex));
    AwsCloud.ZONES.forEach(zoneId -> records.add(record("*." + zoneId + "." + apex)));
    ChangeInfo change =
        route53
            .changeResourceRecordSets(
                request ->
                    request
                        .hostedZoneId(zone.hostedZone().id())
                        .changeBatch(batch -> batch.changes(records)))
            .changeInfo();
    while (change.status() != ChangeStatus.INSYNC) {
      Thread.sleep(INSYNC_POLL_MILLIS);
      String id = change.id();
      change = route53.getChange(request -> request.id(id)).changeInfo();
    }
    return change;
  }

  private static Change record(String name) {
    return Change.builder()
        .action(ChangeAction.CREATE)
        .resourceRecordSet(
            set ->
                set.name(name)
                    .type(RRType.CNAME)
                    .ttl(60L)
                    .resourceRecords(
                        ResourceRecord.builder()
                            .value("vpce-0.vpce-svc-0.us-west-2.vpce.amazonaws.com")
                            .build()))
        .build();
  }

  private static Outcome atOnce(FakeAws fake, List<Callable<Object>> tasks)
      throws InterruptedException {
    fake.throttle();
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    long before = System.nanoTime();
    int errors = 0;
    try {
      for (Future<Object> done : threads.invokeAll(tasks)) {
        try {
          done.get();
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof AwsServiceException refused)
              || !refused.isThrottlingException()) {
            throw new IllegalStateException(e);
          }
          errors++;
        }
      }
    } finally {
      threads.shutdownNow();
    }
    return new Outcome((System.nanoTime() - before) / 1e9, errors, fake.requestCount());
  }
}
