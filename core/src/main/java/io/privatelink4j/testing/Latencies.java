package io.privatelink4j.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long the simulated cloud takes for what it does by itself. Immutable. What the clouds leave
 * in doubt is not here but in {@link Assumption}.
 *
 * @param building from the creation (AWS: the acceptance) of an endpoint until it is built, and for
 *     each later change of it; 20 s
 * @param connecting Alibaba Cloud: from the acceptance until it is connected, and for cutting it; 5
 *     s
 * @param zoneRemoval Alibaba Cloud: for the removal of one zone of an endpoint; 8 s
 * @param deleting from the deletion call until the endpoint is deleted; 15 s
 * @param dnsSync AWS: until a record change has reached all name servers; 10 s
 */
public record Latencies(
    Duration building,
    Duration connecting,
    Duration zoneRemoval,
    Duration deleting,
    Duration dnsSync) {

  /**
   * Checks the ranges.
   *
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if a duration is negative
   */
  public Latencies {
    check(building, "building");
    check(connecting, "connecting");
    check(zoneRemoval, "zoneRemoval");
    check(deleting, "deleting");
    check(dnsSync, "dnsSync");
  }

  /** {@return the default: 20 s, 5 s, 8 s, 15 s, 10 s} */
  public static Latencies standard() {
    return new Latencies(
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        Duration.ofSeconds(8),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10));
  }

  /** {@return a cloud that does everything at once} */
  public static Latencies none() {
    return all(Duration.ZERO);
  }

  /**
   * {@return the same latency for everything} With real time: short enough for a demonstration.
   *
   * @param each the latency, not negative
   */
  public static Latencies all(Duration each) {
    return new Latencies(each, each, each, each, each);
  }

  private static void check(Duration duration, String name) {
    requireNonNull(duration, name);
    if (duration.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + duration);
    }
  }
}
