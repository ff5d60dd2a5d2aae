package io.privatelink4j.aws;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.ManualTime;
import io.privatelink4j.testkit.Fault;
import io.privatelink4j.testkit.crashes.CloudState;
import io.privatelink4j.testkit.crashes.CrashCloud;
import io.privatelink4j.testkit.faults.CallFault;
import io.privatelink4j.testkit.faults.FaultyCloud;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** The driver with the real SDK, on a real socket, against {@link FakeAws}. */
final class AwsHarness implements CrashCloud, FaultyCloud {
  private static final Queue<Line> IDLE = new ConcurrentLinkedQueue<>();

  private final Line line;
  private final FakeAws aws;
  private final List<Assumption> position;
  private final ClusterNetwork network;
  private final ClusterNetwork otherNetwork;

  AwsHarness(List<Assumption> position) {
    line = Optional.ofNullable(IDLE.poll()).orElseGet(Line::open);
    aws = new FakeAws(line.server, ManualTime.singleThreaded(), position);
    this.position = position;
    network = aws.addNetwork();
    otherNetwork = aws.addNetwork();
  }

  /** {@return where the cloud answers} */
  URI uri() {
    return aws.uri();
  }

  @Override
  public PrivateLinkDriver driver() {
    return line.driver;
  }

  @Override
  public PrivateLinkDriver hastyDriver() {
    return line.hastyDriver;
  }

  @Override
  public List<String> secrets() {
    return List.of(FakeAws.KEY_ID, FakeAws.SECRET);
  }

  @Override
  public ManualTime time() {
    return aws.time();
  }

  @Override
  public ClusterNetwork network() {
    return network;
  }

  @Override
  public ClusterNetwork otherNetwork() {
    return otherNetwork;
  }

  @Override
  public String accountId() {
    return FakeWorld.ACCOUNT;
  }

  @Override
  public String publishService(List<String> zoneIds, Acceptance acceptance) {
    return aws.publish(zoneIds, acceptance == Acceptance.REQUIRED);
  }

  @Override
  public void allow(String serviceName) {
    aws.allow(serviceName);
  }

  @Override
  public void accept(String endpointId) {
    aws.accept(endpointId);
  }

  @Override
  public void reject(String endpointId) {
    aws.reject(endpointId);
  }

  @Override
  public void deleteService(String serviceName) {
    aws.deleteService(serviceName);
  }

  @Override
  public void deleteOutOfBand(String endpointId) {
    aws.deleteEndpoint(endpointId);
  }

  @Override
  public void addStrangersZone(ClusterNetwork where, String apex) {
    aws.addStrangersZone(where.vpcId(), apex);
  }

  @Override
  public void advance(Duration duration) {
    aws.advance(duration);
  }

  @Override
  public void failNext(Operation operation, Fault fault) {
    Predicate<FakeRequest> which = which(operation);
    switch (fault) {
      case THROTTLED -> aws.answerNext(which, throttled(operation));
      case UNAVAILABLE ->
          // Nothing that Route 53 documents proves that nothing was done: EC2's word stands for it.
          aws.answerNext(
              which,
              isOfRoute53(operation)
                  ? FakeReply.route53Error(503, "Unavailable", "Try again.")
                  : FakeReply.ec2Error(503, "Unavailable", "The server is overloaded."));
      case OUTCOME_UNKNOWN_NOT_DONE -> loseAnswer(operation, which);
      case REPLY_LOST -> aws.loseNextReply(which);
      case ACCESS_DENIED -> aws.answerNext(which, denied(operation));
      case QUOTA -> aws.answerNext(which, quota(operation));
    }
  }

  @Override
  public void disturb(Operation operation, CallFault fault) {
    switch (fault) {
      case THROTTLED -> aws.answerAll(throttled(operation));
      case SERVER_ERROR ->
          aws.answerAll(
              isOfRoute53(operation)
                  ? FakeReply.route53Error(500, "InternalFailure", "Internal failure.")
                  : FakeReply.ec2Error(500, "InternalError", "An internal error has occurred."));
      case HTML_503 -> aws.answerAll(FakeReply.html(503));
      case EMPTY -> aws.answerAll(FakeReply.ok(""));
      case TRUNCATED -> aws.truncateAll();
      case DROPPED_BEFORE -> aws.dropAll(false);
      case DROPPED_AFTER -> aws.dropAll(true);
      case DENIED -> aws.answerAll(denied(operation));
      case HANG -> {
        // The hasty driver leads elsewhere.
      }
      case STALE, NOT_FOUND -> throw new IllegalArgumentException(fault.name());
    }
  }

  @Override
  public void calm() {
    aws.calm();
  }

  private boolean isOfRoute53(Operation operation) {
    return line.driver.traits().action(operation).permission().startsWith("route53:");
  }

  private FakeReply throttled(Operation operation) {
    return isOfRoute53(operation)
        ? FakeReply.route53Error(400, "Throttling", "Rate exceeded")
        : FakeReply.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded.");
  }

  private FakeReply denied(Operation operation) {
    return isOfRoute53(operation)
        ? FakeReply.route53Error(403, "AccessDenied", "User is not authorized.")
        : FakeReply.ec2Error(403, "UnauthorizedOperation", "You are not authorized.");
  }

  /** The JDK repeats a GET whose connection broke; one whose answer is cut off it does not. */
  private void loseAnswer(Operation operation, Predicate<FakeRequest> which) {
    Set<Operation> gets =
        Set.of(
            Operation.LIST_ZONES,
            Operation.LIST_OWN_ZONES,
            Operation.READ_ZONE,
            Operation.LIST_RECORDS,
            Operation.READ_CHANGE);
    if (gets.contains(operation)) {
      aws.truncateNextReply(which);
    } else {
      aws.dropNext(which);
    }
  }

  private static FakeReply quota(Operation operation) {
    return switch (operation) {
      case CREATE_ENDPOINT -> FakeReply.ec2Error(400, "VpcEndpointLimitExceeded", "Too many.");
      case PUT_LABELS -> FakeReply.ec2Error(400, "TagLimitExceeded", "Too many tags.");
      case CREATE_ZONE -> FakeReply.route53Error(400, "TooManyHostedZones", "Limits Exceeded");
      default -> FakeReply.route53Error(400, "LimitsExceeded", "Too many records.");
    };
  }

  private Predicate<FakeRequest> which(Operation operation) {
    String action = line.driver.traits().action(operation).name();
    return request ->
        switch (operation) {
          case READ_ENDPOINT ->
              request.action().equals(action) && !request.list("VpcEndpointId").isEmpty();
          case LIST_ENDPOINTS ->
              request.action().equals(action) && request.list("VpcEndpointId").isEmpty();
          case PUT_RECORDS -> request.action().equals(action) && !deletes(request);
          case REMOVE_RECORDS -> request.action().equals(action) && deletes(request);
          default -> request.action().equals(action);
        };
  }

  private static boolean deletes(FakeRequest request) {
    return request.body().orElseThrow().getTextContent().contains("DELETE");
  }

  @Override
  public CloudState state() {
    return aws.state();
  }

  @Override
  public long remoteCalls() {
    return aws.requestCount();
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
    aws.limitPages(items);
  }

  @Override
  public void close() {
    IDLE.add(line);
  }

  /**
   * A driver and the server that it leads to, kept for the next test: to make the SDK's clients and
   * their threads costs more than all calls of a test. The driver keeps nothing but these clients.
   */
  private record Line(FakeServer server, PrivateLinkDriver driver, PrivateLinkDriver hastyDriver) {
    private static final Duration HASTE = Duration.ofMillis(50);

    static Line open() {
      FakeServer server = FakeServer.withOneThread();
      FakeServer silent = FakeServer.withOneThread();
      silent.handler(exchange -> {});
      return new Line(
          server, open(FakeAws.options(server)), open(FakeAws.options(silent).callTimeout(HASTE)));
    }

    private static PrivateLinkDriver open(AwsOptions.Builder options) {
      return new AwsPrivateLinkProvider(options.build()).open(new DriverContext(new ManualTime()));
    }
  }
}
