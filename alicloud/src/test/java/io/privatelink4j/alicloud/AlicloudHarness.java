package io.privatelink4j.alicloud;

import com.aliyuncs.auth.BasicCredentials;
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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** The driver with the real SDK, on a real socket, against {@link FakeAlicloud}. */
final class AlicloudHarness implements CrashCloud, FaultyCloud {
  private static final Queue<Line> IDLE = new ConcurrentLinkedQueue<>();

  private final Line line;
  private final FakeAlicloud cloud;
  private final List<Assumption> position;
  private final ClusterNetwork network;
  private final ClusterNetwork otherNetwork;

  AlicloudHarness(List<Assumption> position) {
    line = Optional.ofNullable(IDLE.poll()).orElseGet(Line::open);
    cloud = new FakeAlicloud(line.server, ManualTime.singleThreaded(), position);
    this.position = position;
    network = cloud.addNetwork();
    otherNetwork = cloud.addNetwork();
  }

  /** {@return where the cloud answers} */
  URI uri() {
    return cloud.uri();
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
    return List.of(FakeAlicloud.KEY_ID, FakeAlicloud.SECRET);
  }

  @Override
  public ManualTime time() {
    return cloud.time();
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
    return FakeAlicloud.ACCOUNT;
  }

  @Override
  public String publishService(List<String> zoneIds, Acceptance acceptance) {
    return cloud.publish(zoneIds, acceptance == Acceptance.REQUIRED);
  }

  @Override
  public void allow(String serviceName) {
    cloud.allow(serviceName);
  }

  @Override
  public void accept(String endpointId) {
    cloud.accept(endpointId);
  }

  @Override
  public void reject(String endpointId) {
    cloud.reject(endpointId);
  }

  @Override
  public void deleteService(String serviceName) {
    cloud.deleteService(serviceName);
  }

  @Override
  public void deleteOutOfBand(String endpointId) {
    cloud.deleteEndpoint(endpointId);
  }

  @Override
  public void addStrangersZone(ClusterNetwork where, String apex) {
    cloud.addStrangersZone(where.vpcId(), apex);
  }

  @Override
  public void advance(Duration duration) {
    cloud.advance(duration);
  }

  @Override
  public void failNext(Operation operation, Fault fault) {
    Predicate<FakeRequest> which = which(operation);
    switch (fault) {
      case THROTTLED -> cloud.answerNext(which, throttled());
      case UNAVAILABLE ->
          cloud.answerNext(which, FakeReply.error(400, "System.Busy", "The system is busy."));
      case OUTCOME_UNKNOWN_NOT_DONE -> cloud.dropNext(which);
      case REPLY_LOST -> cloud.loseNextReply(which);
      case ACCESS_DENIED -> cloud.answerNext(which, denied());
      case QUOTA -> cloud.answerNext(which, quota(operation));
    }
  }

  @Override
  public void disturb(Operation operation, CallFault fault) {
    switch (fault) {
      case THROTTLED -> cloud.answerAll(throttled());
      case SERVER_ERROR ->
          cloud.answerAll(FakeReply.error(500, "InternalError", "An internal error has occurred."));
      case HTML_503 -> cloud.answerAll(FakeReply.html(503));
      case EMPTY -> cloud.answerAll(FakeReply.of(200, ""));
      case TRUNCATED -> cloud.truncateAll();
      case DROPPED_BEFORE -> cloud.dropAll(false);
      case DROPPED_AFTER -> cloud.dropAll(true);
      case DENIED -> cloud.answerAll(denied());
      case HANG -> {
        // The hasty driver leads elsewhere.
      }
      case STALE, NOT_FOUND -> throw new IllegalArgumentException(fault.name());
    }
  }

  @Override
  public void calm() {
    cloud.calm();
  }

  private static FakeReply throttled() {
    return FakeReply.error(400, "Throttling.User", "Request was denied due to user flow control.");
  }

  private static FakeReply denied() {
    return FakeReply.error(403, "Forbidden.RAM", "User not authorized to operate.");
  }

  /** PrivateZone's codes of quotas are not documented. */
  private static FakeReply quota(Operation operation) {
    String code =
        switch (operation) {
          case CREATE_ENDPOINT -> "QuotaExceeded.totalEpPerVpc";
          case PUT_LABELS -> "QuotaExceed.TagsPerResource";
          case CREATE_ZONE -> "QuotaExceeded.Zone";
          default -> "QuotaExceeded.Record";
        };
    return FakeReply.error(400, code, "The quota is exceeded.");
  }

  /** One action reads an endpoint and lists them. */
  private Predicate<FakeRequest> which(Operation operation) {
    String permission = line.driver.traits().action(operation).permission();
    Predicate<FakeRequest> called =
        request -> permission.equals(request.product() + ":" + request.action());
    return switch (operation) {
      case READ_ENDPOINT -> called.and(request -> request.parameter("EndpointId").isPresent());
      case LIST_ENDPOINTS -> called.and(request -> request.parameter("EndpointId").isEmpty());
      default -> called;
    };
  }

  @Override
  public CloudState state() {
    return cloud.state();
  }

  @Override
  public long remoteCalls() {
    return cloud.requestCount();
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
    cloud.limitPages(items);
  }

  @Override
  public void close() {
    IDLE.add(line);
  }

  /**
   * A driver and the server that it leads to, kept for the next test: connections, which the SDK
   * pools for the whole process, are used again. The driver keeps nothing between calls.
   */
  private record Line(FakeServer server, PrivateLinkDriver driver, PrivateLinkDriver hastyDriver) {
    private static final Duration HASTE = Duration.ofMillis(50);

    static Line open() {
      FakeServer server = FakeServer.withOneThread();
      FakeServer silent = FakeServer.withOneThread();
      silent.handler(exchange -> {});
      return new Line(server, open(options(server)), open(options(silent).callTimeout(HASTE)));
    }

    private static AlicloudOptions.Builder options(FakeServer server) {
      return AlicloudOptions.builder()
          .endpoint(server.uri())
          .credentials(() -> new BasicCredentials(FakeAlicloud.KEY_ID, FakeAlicloud.SECRET));
    }

    private static PrivateLinkDriver open(AlicloudOptions.Builder options) {
      return new AlicloudPrivateLinkProvider(options.build())
          .open(new DriverContext(new ManualTime()));
    }
  }
}
