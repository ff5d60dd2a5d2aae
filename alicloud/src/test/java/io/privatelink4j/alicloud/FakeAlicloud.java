package io.privatelink4j.alicloud;

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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A small Alibaba Cloud on a loopback port: PrivateLink, PrivateZone, VPC and STS over one
 * account's state, in virtual time. Which of them a request means stands in its version. It refuses
 * what Alibaba Cloud refuses, and every parameter that its published metadata do not have, so a
 * driver that passes against it says what it means. What is not documented is an {@link
 * Assumption}.
 */
final class FakeAlicloud implements AutoCloseable {
  static final String REGION = "ap-southeast-1";
  static final String KEY_ID = "LTAIFakeFakeFakeFake";
  static final String SECRET = "FakeSecretFakeSecretFakeSecret";
  static final String ACCOUNT = "1234567890123456";

  private final FakeWorld world;
  private final FakePrivateLink privateLink;
  private final FakePrivateZone privateZone;
  private final FakeNetworks networks;
  private final FakeSignature signatures = new FakeSignature();
  private final FakeServer server;
  private final List<FakeRequest> requests = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private Optional<Fault> standing = Optional.empty();
  private final Map<String, FakeBucket> buckets = new HashMap<>();
  private boolean throttling;
  private volatile Optional<Stall> stalled = Optional.empty();

  FakeAlicloud(Assumption... position) {
    this(new ManualTime(), position);
  }

  FakeAlicloud(Time time, Assumption... position) {
    this(FakeServer.withManyThreads(), time, List.of(position));
  }

  /** On a server of the caller's, in the place of whoever answered there before. */
  FakeAlicloud(FakeServer server, List<Assumption> position) {
    this(server, new ManualTime(), position);
  }

  FakeAlicloud(FakeServer server, Time time, List<Assumption> position) {
    this.server = server;
    world = new FakeWorld(time, position);
    privateLink = new FakePrivateLink(world);
    privateZone = new FakePrivateZone(world);
    networks = new FakeNetworks(world, privateLink::free);
    signatures.add(KEY_ID, SECRET, Optional.empty());
    server.handler(this::handle);
  }

  URI uri() {
    return server.uri();
  }

  /** Answers on another server too, such as one for each product, or one with TLS. */
  void serve(FakeServer another) {
    another.handler(this::handle);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<FakeReply> reply = Optional.empty();
      try {
        reply = answer(FakeRequest.read(exchange));
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
    exchange.getResponseHeaders().set("Content-Type", "application/json;charset=utf-8");
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    OutputStream out = exchange.getResponseBody();
    out.write(body, 0, reply.truncated() ? body.length / 2 : body.length);
    out.flush();
  }

  private Optional<FakeReply> answer(FakeRequest request) {
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
      FakeReply reply = reply(request);
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

  private FakeReply reply(FakeRequest request) {
    try {
      return FakeReply.ok(carryOutStrictly(request));
    } catch (FakeError e) {
      return e.reply();
    }
  }

  private Map<String, Object> carryOutStrictly(FakeRequest request) {
    FakeError.check(!request.action().isEmpty(), "MissingAction", "Action is mandatory.");
    FakeError.check(!request.version().isEmpty(), "MissingVersion", "Version is mandatory.");
    FakeError.check(
        !request.product().isEmpty(),
        "InvalidVersion",
        "Specified parameter Version is not valid.");
    FakeMetadata metadata =
        FakeMetadata.of(request.product(), request.action())
            .orElseThrow(
                () ->
                    new FakeError(
                        404,
                        "InvalidAction.NotFound",
                        "Specified api is not found, please check your url and method."));
    FakeError.check(
        Set.of("GET", "POST").contains(request.method()),
        "UnsupportedHTTPMethod",
        "This http method is not supported.");
    // The SDK reads nothing else.
    FakeError.check(
        request.trusted()
            || request.parameter("Format").orElse("JSON").toUpperCase(Locale.ROOT).equals("JSON"),
        "InvalidFormat",
        "The fake answers in JSON only.");
    signatures.verify(request);
    checkBudget(request);
    world.permit(request);
    metadata.check(request);
    return switch (request.product()) {
      case "privatelink" -> privateLink.answer(request);
      case "pvtz" -> privateZone.answer(request);
      default -> networks.answer(request);
    };
  }

  /** How much is allowed is nowhere published: these are guesses. */
  private void checkBudget(FakeRequest request) {
    if (!throttling) {
      return;
    }
    boolean reads = request.action().matches("(Get|List|Describe|Check).*");
    boolean dns = request.product().equals("pvtz");
    String family = request.product() + (reads && !dns ? "-read" : "");
    long now = world.now();
    FakeBucket bucket =
        buckets.computeIfAbsent(
            family,
            fresh -> reads && !dns ? new FakeBucket(20, 10, now) : new FakeBucket(10, 5, now));
    FakeError.check(
        bucket.take(now), "Throttling.User", "Request was denied due to user flow control.");
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
  synchronized Map<String, Object> carryOut(FakeRequest request) {
    try {
      return carryOutStrictly(request);
    } catch (FakeError e) {
      throw new IllegalArgumentException(e.code() + ": " + e.getMessage(), e);
    }
  }

  /** From now on requests are counted, and too many refused. */
  synchronized void throttle() {
    throttling = true;
  }

  synchronized void limitPages(int items) {
    world.pages.limit(items);
  }

  /** From now on the last page of a list always says it in the same way; else in turn. */
  synchronized void endPages(FakePages.End end) {
    world.pages.end(end);
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

  /** A further access key of the account, such as a temporary one with its token. */
  synchronized void addKey(String keyId, String secret, Optional<String> token) {
    signatures.add(keyId, secret, token);
  }

  /** The account's identity loses a permission, such as {@code privatelink:CreateVpcEndpoint}. */
  synchronized void deny(String permission) {
    world.denied.add(permission);
  }

  // Networks

  synchronized ClusterNetwork addNetwork() {
    return addNetwork(3);
  }

  synchronized ClusterNetwork addNetwork(int zones) {
    FakeWorld.Vpc vpc = world.addVpc(ACCOUNT, REGION, zones);
    return ClusterNetwork.builder()
        .cloud(CloudProvider.ALICLOUD)
        .region(REGION)
        .vpcId(vpc.id())
        .subnetIds(vpc.switches().keySet())
        .addSecurityGroupIds(vpc.groups().firstKey())
        .build();
  }

  /** The id of another account's VPC, whose owner lets our zones in. */
  synchronized String addStrangersVpc() {
    world.trusting.add(FakeWorld.STRANGER);
    return world.addVpc(FakeWorld.STRANGER, REGION, 3).id();
  }

  synchronized String addSubnet(String vpcId, String zoneId, int addresses) {
    FakeWorld.Vpc vpc = vpc(vpcId);
    String cidr = "10.99." + vpc.switches().size() + ".0/28";
    return world.addVSwitch(vpc, zoneId, addresses, cidr).id();
  }

  /** The vSwitch is being changed, or not any more. */
  synchronized void changeSubnet(String vSwitchId, boolean pending) {
    if (pending) {
      world.busySwitches.add(vSwitchId);
    } else {
      world.busySwitches.remove(vSwitchId);
    }
  }

  /** One more security group, of type {@code normal} or {@code enterprise}. */
  synchronized String addSecurityGroup(String vpcId, String type) {
    String id = world.id("sg");
    vpc(vpcId).groups().put(id, type);
    return id;
  }

  private FakeWorld.Vpc vpc(String vpcId) {
    return Optional.ofNullable(world.vpcs.get(vpcId)).orElseThrow();
  }

  // Services and endpoints

  synchronized String publish(List<String> zoneIds, boolean acceptance) {
    return world.publish(REGION, zoneIds, acceptance).name;
  }

  synchronized void allow(String serviceName) {
    service(serviceName).allowed = true;
  }

  synchronized void disallow(String serviceName) {
    service(serviceName).allowed = false;
  }

  private FakeWorld.Service service(String name) {
    return Optional.ofNullable(world.services.get(name)).orElseThrow();
  }

  synchronized void accept(String endpointId) {
    privateLink.endpoint(endpointId).accept();
  }

  synchronized void reject(String endpointId) {
    privateLink.endpoint(endpointId).reject();
  }

  /** Its owner cuts all connections and deletes the service. */
  synchronized void deleteService(String serviceName) {
    FakeWorld.Service service = service(serviceName);
    privateLink.endpoints().stream()
        .filter(each -> each.service == service)
        .forEach(FakeEndpoint::serviceDeleted);
    service.deleted = true;
  }

  /** Somebody deletes the endpoint in the console, its zones first. */
  synchronized void deleteEndpoint(String endpointId) {
    privateLink.endpoint(endpointId).delete();
  }

  /** Somebody changes the endpoint in the console. */
  synchronized void modify(String endpointId) {
    privateLink.endpoint(endpointId).modify();
  }

  /** The account's bill is overdue, or paid. */
  synchronized void lock(String endpointId, boolean financialLock) {
    privateLink.endpoint(endpointId).financialLock = financialLock;
  }

  synchronized void openProduct(boolean opened) {
    world.opened = opened;
  }

  /** Whether the service-linked role of PrivateLink is there. */
  synchronized void linkRole(boolean there) {
    world.linkedRole = there;
  }

  synchronized void limitEndpoints(int perVpc) {
    world.endpointsPerVpc = perVpc;
  }

  synchronized void limitZones(int perAccount) {
    world.zonesPerAccount = perAccount;
  }

  /** Whether ListVpcEndpoints lags even when it asks for one id. */
  synchronized void lagLookups(boolean lag) {
    world.lookupsLag = lag;
  }

  synchronized List<FakeEndpoint> endpoints() {
    return privateLink.endpoints();
  }

  /** Those that nobody has begun to delete. */
  synchronized long endpointCount() {
    return privateLink.endpoints().stream().filter(each -> !each.deletionBegun()).count();
  }

  // Zones

  /** The account's own. */
  synchronized int zoneCount() {
    return privateZone.zoneCount();
  }

  synchronized void addStrangersZone(String vpcId, String apex) {
    privateZone.addStrangersZone(vpc(vpcId), apex);
  }

  /** What there truly is in our account. */
  synchronized CloudState state() {
    return new CloudState(
        privateLink.endpoints().stream()
            .filter(endpoint -> !endpoint.deletionBegun())
            .map(endpoint -> new EndpointState(endpoint.id, endpoint.tags.last()))
            .toList(),
        privateZone.state());
  }

  /** What a name leads to in a VPC now: the target of its CNAME. */
  synchronized Optional<String> resolve(String vpcId, String name) {
    return new FakeResolver(world).resolve(privateZone.answering(vpcId), name);
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
