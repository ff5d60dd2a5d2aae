package io.privatelink4j.examples.cli;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.cloud.UsageException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.ManualTime;
import io.privatelink4j.testing.OwnedService;
import io.privatelink4j.testing.Resolution;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Two clouds in memory, each with a cluster and a customer's endpoint service. The same commands at
 * the same times make the same world, so a journal of commands is enough to keep it: clock, chance
 * and ids are the world's own.
 */
final class MemoryWorld {
  static final String AWS_CLUSTER = "10581234";
  static final String ALICLOUD_CLUSTER = "10585678";

  /** The last command of a world. Its clock counts nanoseconds, and would overflow in 2318. */
  static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

  /** What passes between two commands: time for a cloud to do what it was told. */
  private static final Duration BETWEEN_COMMANDS = Duration.ofMinutes(1);

  private final ManualTime time = ManualTime.singleThreaded();
  private final InMemoryCloud aws = cloud(CloudProvider.AWS);
  private final InMemoryCloud alicloud = cloud(CloudProvider.ALICLOUD);
  private final Map<String, OwnedService> services = new LinkedHashMap<>();
  private int sessions;

  MemoryWorld() {
    publish(aws).allow(aws.accountId());
    publish(alicloud).allow(alicloud.accountId());
  }

  private InMemoryCloud cloud(CloudProvider cloud) {
    return InMemoryCloud.builder(cloud).time(time).build();
  }

  /** {@return the world that a journal tells of} */
  static MemoryWorld replay(Journal journal) {
    MemoryWorld world = new MemoryWorld();
    Plc again = Plc.again(world);
    for (Journal.Entry entry : journal.entries()) {
      world.moveTo(entry.at());
      again.run(entry.args().toArray(String[]::new));
    }
    return world;
  }

  private void moveTo(Instant at) {
    Duration passed = Duration.between(time.now(), at);
    time.advance(passed.isNegative() ? Duration.ZERO : passed);
  }

  /** Writes down the command that comes now, and lets the time before it pass. */
  void begin(Journal journal, List<String> args) {
    Instant at = time.now().plus(BETWEEN_COMMANDS);
    checkEnd(at);
    journal.append(new Journal.Entry(at, args));
    moveTo(at);
  }

  /** {@return a client, as a process of its own would have it} */
  Session open(PrivateLinkClient.Builder builder) {
    sessions++;
    return new Session(
        builder
            .provider(aws)
            .provider(alicloud)
            .clusters(this::networks)
            .time(time)
            .random(new Random(sessions))
            .build(),
        time,
        Optional.of(this),
        () -> {});
  }

  private List<ClusterNetwork> networks(String clusterId) {
    return switch (clusterId) {
      case AWS_CLUSTER -> List.of(aws.network());
      case ALICLOUD_CLUSTER -> List.of(alicloud.network());
      default -> List.of();
    };
  }

  /**
   * {@return where a name leads in a cluster's network} Each endpoint has an address in each zone.
   */
  List<InetAddress> resolve(String clusterId, String name) {
    InMemoryCloud cloud = clusterId.equals(AWS_CLUSTER) ? aws : alicloud;
    Resolution answer = cloud.resolve(cloud.network(), name);
    return answer.zoneIds().stream()
        .map(zone -> address(answer.endpointId().orElse(""), zone))
        .toList();
  }

  private static InetAddress address(String endpointId, String zoneId) {
    int endpoint = endpointId.hashCode();
    try {
      return InetAddress.getByAddress(
          new byte[] {10, (byte) (endpoint >> 8), (byte) endpoint, (byte) zoneId.hashCode()});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return a new service, which allows nobody yet} */
  OwnedService publish(CloudProvider cloud) {
    return publish(cloud == CloudProvider.AWS ? aws : alicloud);
  }

  private OwnedService publish(InMemoryCloud cloud) {
    OwnedService service = cloud.publish();
    services.put(service.name(), service);
    return service;
  }

  List<OwnedService> services() {
    return List.copyOf(services.values());
  }

  Optional<OwnedService> service(String name) {
    return Optional.ofNullable(services.get(name));
  }

  private static void checkEnd(Instant at) {
    if (at.isAfter(END)) {
      throw new UsageException(
          "a world ends at " + END + ", before " + at + "; begin a new one with --world FILE");
    }
  }

  void pass(Duration duration) {
    checkEnd(time.now().plus(duration));
    time.advance(duration);
  }
}
