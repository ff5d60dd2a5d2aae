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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** The driver with the real SDK, on a real socket, against {@link FakeAws}. */
final class AwsHarness implements CrashCloud {
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

  @Override
  public PrivateLinkDriver driver() {
    return line.driver;
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
    boolean route53 = line.driver.traits().action(operation).permission().startsWith("route53:");
    switch (fault) {
      case THROTTLED ->
          aws.answerNext(
              which,
              route53
                  ? FakeReply.route53Error(400, "Throttling", "Rate exceeded")
                  : FakeReply.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded."));
      case UNAVAILABLE ->
          // Nothing that Route 53 documents proves that nothing was done: EC2's word stands for it.
          aws.answerNext(
              which,
              route53
                  ? FakeReply.route53Error(503, "Unavailable", "Try again.")
                  : FakeReply.ec2Error(503, "Unavailable", "The server is overloaded."));
      case OUTCOME_UNKNOWN_NOT_DONE -> loseAnswer(operation, which);
      case REPLY_LOST -> aws.loseNextReply(which);
      case ACCESS_DENIED ->
          aws.answerNext(
              which,
              route53
                  ? FakeReply.route53Error(403, "AccessDenied", "User is not authorized.")
                  : FakeReply.ec2Error(403, "UnauthorizedOperation", "You are not authorized."));
      case QUOTA -> aws.answerNext(which, quota(operation));
    }
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
  public ManualTime time() {
    return aws.time();
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
  private record Line(FakeServer server, PrivateLinkDriver driver) {
    static Line open() {
      FakeServer server = FakeServer.withOneThread();
      AwsOptions options = FakeAws.options(server).build();
      return new Line(
          server, new AwsPrivateLinkProvider(options).open(new DriverContext(new ManualTime())));
    }
  }
}
