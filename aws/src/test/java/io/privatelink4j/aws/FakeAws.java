package io.privatelink4j.aws;

import com.sun.net.httpserver.HttpExchange;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.Time;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.ManualTime;
import io.privatelink4j.testkit.crashes.CloudState;
import io.privatelink4j.testkit.crashes.CloudState.EndpointState;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * A small AWS on a loopback port: EC2's query protocol and Route 53's REST XML over one account's
 * state, in virtual time. It refuses what AWS refuses, and every parameter that it does not know,
 * so a driver that passes against it says what it means. What AWS does not document is an {@link
 * Assumption}.
 */
final class FakeAws implements AutoCloseable {
  static final String REGION = "us-west-2";
  static final String KEY_ID = "AKIAFAKEFAKEFAKEFAKE";
  static final String SECRET = "fake/secret/fake/secret/fake";

  private final FakeWorld world;
  private final FakeEc2 ec2;
  private final FakeRoute53 route53;
  private final FakeServer server;
  private final List<FakeRequest> requests = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private Optional<Fault> standing = Optional.empty();
  private final Map<String, FakeBucket> buckets = new HashMap<>();
  private boolean throttling;
  private volatile Optional<Stall> stalled = Optional.empty();

  FakeAws(Assumption... position) {
    this(new ManualTime(), position);
  }

  FakeAws(Time time, Assumption... position) {
    this(FakeServer.withManyThreads(), time, List.of(position));
  }

  /** On a server of the caller's, in the place of whoever answered there before. */
  FakeAws(FakeServer server, List<Assumption> position) {
    this(server, new ManualTime(), position);
  }

  FakeAws(FakeServer server, Time time, List<Assumption> position) {
    this.server = server;
    world = new FakeWorld(time, position);
    ec2 = new FakeEc2(world);
    route53 = new FakeRoute53(world);
    server.handler(this::handle);
  }

  URI uri() {
    return server.uri();
  }

  /** Options that lead here. */
  AwsOptions.Builder options() {
    return options(server);
  }

  static AwsOptions.Builder options(FakeServer server) {
    return AwsOptions.builder()
        .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET)))
        .ec2Endpoint(server.uri())
        .route53Endpoint(server.uri());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<FakeReply> reply = Optional.empty();
      try {
        reply = answer(exchange);
      } catch (RuntimeException broken) {
        reply = Optional.of(FakeReply.of(500, "The fake is broken: " + broken));
      }
      // Without a reply the connection is dropped.
      if (reply.isPresent()) {
        send(exchange, reply.get());
      }
    }
  }

  private static void send(HttpExchange exchange, FakeReply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    if (reply.isOfAws()) {
      exchange.getResponseHeaders().set("x-amzn-RequestId", FakeReply.REQUEST_ID);
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    OutputStream out = exchange.getResponseBody();
    out.write(body, 0, reply.truncated() ? body.length / 2 : body.length);
    out.flush();
  }

  private Optional<FakeReply> answer(HttpExchange exchange) throws IOException {
    FakeRequest request;
    try {
      request = FakeRequest.read(exchange);
    } catch (FakeError e) {
      return Optional.of(e.reply(exchange.getRequestURI().getPath().startsWith("/2013-04-01")));
    }
    Optional<FakeReply> reply = answerOnce(request);
    Optional<Stall> stall = stalled.filter(each -> each.which.test(request));
    if (stall.isPresent()) {
      stalled = Optional.empty();
      stall.get().hold();
    }
    return reply;
  }

  private Optional<FakeReply> answerOnce(FakeRequest request) {
    synchronized (this) {
      requests.add(request);
      Optional<Fault> fault = takeFault(request);
      if (fault.isPresent() && !fault.get().carryOut) {
        return fault.get().reply;
      }
      FakeReply reply = answer(request);
      return fault.isPresent() ? fault.get().reply(reply) : Optional.of(reply);
    }
  }

  private Optional<Fault> takeFault(FakeRequest request) {
    for (Iterator<Fault> each = faults.iterator(); each.hasNext(); ) {
      Fault fault = each.next();
      if (fault.which.test(request)) {
        each.remove();
        return Optional.of(fault);
      }
    }
    return standing;
  }

  private FakeReply answer(FakeRequest request) {
    try {
      checkBudget(request);
      return request.isRoute53() ? route53.answer(request) : FakeReply.ok(ec2.answer(request));
    } catch (FakeError e) {
      return e.reply(request.isRoute53());
    }
  }

  private void checkBudget(FakeRequest request) {
    if (!throttling) {
      return;
    }
    // EC2 counts each call of its own and by region, Route 53 counts all of an account's.
    String family = request.isRoute53() ? "route53" : request.region() + " " + request.action();
    long now = world.now();
    FakeBucket bucket = buckets.computeIfAbsent(family, fresh -> bucket(request, now));
    if (!bucket.take(now)) {
      throw request.isRoute53()
          ? new FakeError(400, "Throttling", "Rate exceeded")
          : new FakeError(503, "RequestLimitExceeded", "Request limit exceeded.");
    }
  }

  private static FakeBucket bucket(FakeRequest request, long now) {
    return switch (request.action()) {
      case "CreateVpcEndpoint", "DeleteVpcEndpoints" -> new FakeBucket(4, 0.3, now);
      case "CreateTags", "DeleteTags" -> new FakeBucket(100, 10, now);
      default -> request.isRoute53() ? new FakeBucket(5, 5, now) : new FakeBucket(100, 20, now);
    };
  }

  // What tests do to it

  /** The clock, for the tests: they gave none, or one that they move by hand. */
  ManualTime time() {
    return (ManualTime) world.time;
  }

  void advance(Duration duration) {
    time().advance(duration);
  }

  /** What another client asks for; nobody counts it. */
  synchronized void carryOut(FakeRequest request) {
    FakeReply reply = answer(request);
    if (reply.status() != 200) {
      throw new IllegalArgumentException(reply.body());
    }
  }

  /** From now on AWS's token buckets count. */
  synchronized void throttle() {
    throttling = true;
  }

  synchronized void limitPages(int items) {
    world.pageLimit = items;
  }

  /** Everything that arrived, refused or not. */
  synchronized List<FakeRequest> requests() {
    return List.copyOf(requests);
  }

  /** For those that run for long and are never asked. */
  synchronized void forgetRequests() {
    requests.clear();
  }

  synchronized long requestCount() {
    return requests.size();
  }

  /** Answers the next such request without carrying it out. */
  synchronized void answerNext(Predicate<FakeRequest> which, FakeReply reply) {
    faults.add(new Fault(which, false, Optional.of(reply), false));
  }

  /** Drops the connection at the next such request without carrying it out. */
  synchronized void dropNext(Predicate<FakeRequest> which) {
    faults.add(new Fault(which, false, Optional.empty(), false));
  }

  /** Carries the next such request out and drops the connection instead of answering. */
  synchronized void loseNextReply(Predicate<FakeRequest> which) {
    faults.add(new Fault(which, true, Optional.empty(), false));
  }

  /** Carries the next such request out and cuts the answer off in the middle. */
  synchronized void truncateNextReply(Predicate<FakeRequest> which) {
    faults.add(new Fault(which, true, Optional.empty(), true));
  }

  /** Answers all requests without carrying them out, until {@link #calm}. */
  synchronized void answerAll(FakeReply reply) {
    standing = Optional.of(new Fault(request -> true, false, Optional.of(reply), false));
  }

  /** Drops all connections until {@link #calm}, before requests are carried out or after that. */
  synchronized void dropAll(boolean carryOut) {
    standing = Optional.of(new Fault(request -> true, carryOut, Optional.empty(), false));
  }

  /** Carries all requests out and cuts the answers off in the middle, until {@link #calm}. */
  synchronized void truncateAll() {
    standing = Optional.of(new Fault(request -> true, true, Optional.empty(), true));
  }

  synchronized void calm() {
    standing = Optional.empty();
  }

  /** Carries the next such request out, and answers only when the latch is open. */
  synchronized void stallNext(Predicate<FakeRequest> which, CountDownLatch latch) {
    stalled = Optional.of(new Stall(which, latch));
  }

  synchronized ClusterNetwork addNetwork() {
    return addNetwork(3);
  }

  synchronized ClusterNetwork addNetwork(int zones) {
    FakeWorld.Vpc vpc = world.addVpc(REGION, "usw2", zones);
    return ClusterNetwork.builder()
        .cloud(CloudProvider.AWS)
        .region(REGION)
        .vpcId(vpc.id())
        .subnetIds(vpc.subnets().stream().map(FakeWorld.FakeSubnet::id).toList())
        .addSecurityGroupIds(vpc.securityGroup())
        .build();
  }

  synchronized String publish(List<String> zoneIds, boolean acceptance) {
    return world.publish(REGION, zoneIds, acceptance).name;
  }

  synchronized String publish(String region, boolean acceptance) {
    return world.publish(region, List.of(), acceptance).name;
  }

  synchronized void allow(String serviceName) {
    world.services.get(serviceName).allowed = true;
  }

  synchronized void accept(String endpointId) {
    ec2.endpoint(endpointId).accept();
  }

  synchronized void reject(String endpointId) {
    ec2.endpoint(endpointId).reject();
  }

  synchronized void expire(String endpointId) {
    ec2.endpoint(endpointId).expire();
  }

  /** AWS cannot build the endpoint. */
  synchronized void fail(String endpointId, String message) {
    ec2.endpoint(endpointId).fail(message);
  }

  /** Somebody changes the endpoint in the console. */
  synchronized void modify(String endpointId) {
    ec2.endpoint(endpointId).modify();
  }

  synchronized void deleteService(String serviceName) {
    FakeWorld.Service service = world.services.get(serviceName);
    ec2.serviceDeleted(service);
    service.deleted = true;
  }

  synchronized void deleteEndpoint(String endpointId) {
    ec2.endpoint(endpointId).delete();
  }

  /** The account's identity loses a permission, such as {@code ec2:DescribeVpcs}. */
  synchronized void deny(String permission) {
    world.denied.add(permission);
  }

  synchronized void switchDns(String vpcId, String attribute, boolean on) {
    world.switchDns(vpcId, attribute, on);
  }

  /** The VPC is another account's, which shares its subnets with ours. */
  synchronized void share(String vpcId) {
    world.shared.add(vpcId);
  }

  synchronized String addSubnet(String vpcId, String zoneId, int addresses) {
    return world.addSubnet(vpcId, zoneId, addresses).id();
  }

  /** The owner gives the service a private name. */
  synchronized void name(String serviceName, String privateName) {
    world.services.get(serviceName).privateName = Optional.of(privateName);
  }

  synchronized List<FakeEndpoint> endpoints() {
    return ec2.endpoints();
  }

  synchronized long endpointCount() {
    return ec2.endpointCount();
  }

  synchronized int zoneCount() {
    return route53.zoneCount();
  }

  /** What there truly is in our account. */
  synchronized CloudState state() {
    return new CloudState(
        ec2.endpoints().stream()
            .filter(endpoint -> !endpoint.deletionBegun())
            .map(endpoint -> new EndpointState(endpoint.id, endpoint.tags.last()))
            .toList(),
        route53.state());
  }

  synchronized void addStrangersZone(String vpcId, String apex) {
    route53.addStrangersZone(vpcId, apex);
  }

  /** A zone that one of AWS's services has put into the VPC. */
  synchronized void addServicesZone(String vpcId, String apex, String service) {
    route53.addServicesZone(vpcId, apex, service);
  }

  @Override
  public void close() {
    server.close();
  }

  private record Stall(Predicate<FakeRequest> which, CountDownLatch latch) {
    void hold() {
      try {
        latch.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What one request meets. */
  private record Fault(
      Predicate<FakeRequest> which, boolean carryOut, Optional<FakeReply> reply, boolean cut) {

    Optional<FakeReply> reply(FakeReply real) {
      return cut ? Optional.of(real.cut()) : Optional.empty();
    }
  }
}
