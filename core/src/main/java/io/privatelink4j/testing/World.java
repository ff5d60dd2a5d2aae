package io.privatelink4j.testing;

import static io.privatelink4j.spi.ErrorKind.INVALID;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.Time;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What all parts of one simulated cloud share: the lock, the clock, chance, networks and services.
 */
final class World {
  final CloudProvider cloud;
  final String account;
  final String region;
  final Time time;
  final Latencies latencies;
  final Assumptions assumptions;
  final int endpointsPerVpc;
  final Random random;
  final Ids ids;
  final Map<String, SimNetwork> networks = new HashMap<>();
  final Map<String, SimSubnet> subnets = new HashMap<>();
  final Map<String, SimService> services = new HashMap<>();
  final LabelIndex labels = new LabelIndex();
  private final ReentrantLock lock = new ReentrantLock();
  private final long start;
  private int pageLimit = Integer.MAX_VALUE;

  World(InMemoryCloud.Builder builder, Time time) {
    cloud = builder.cloud;
    account = builder.account();
    region = builder.region;
    this.time = time;
    latencies = builder.latencies;
    assumptions = new Assumptions(builder.assumptions);
    endpointsPerVpc = builder.endpointsPerVpc;
    random = new Random(builder.seed);
    ids = new Ids(random);
    start = time.nanoTime();
  }

  /** Runs a step of the cloud: one at a time. */
  <T> T locked(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  void run(Runnable step) {
    locked(
        () -> {
          step.run();
          return true;
        });
  }

  /** {@return nanoseconds since the cloud began} */
  long nanos() {
    return time.nanoTime() - start;
  }

  Instant now() {
    return time.now();
  }

  /** {@return the VPC of that region} */
  Optional<SimNetwork> find(ClusterNetwork network) {
    return Optional.ofNullable(networks.get(network.vpcId()))
        .filter(found -> found.region.equals(network.region()));
  }

  void limitPages(int items) {
    pageLimit = items;
  }

  /** {@return how many items a page has, where the cloud's own limit is this} */
  int pageSize(int limit) {
    return Math.min(limit, pageLimit);
  }

  static void check(boolean holds, String code, String message) {
    if (!holds) {
      throw new RemoteException(INVALID, code, message);
    }
  }
}
