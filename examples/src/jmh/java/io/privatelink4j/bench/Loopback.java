package io.privatelink4j.bench;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.spi.SystemTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A fake cloud as a process of its own, so that what it allocates and how it warms up is not
 * measured, and the library's way to it. The owner of its service accepts at once.
 */
public abstract class Loopback implements AutoCloseable {
  private final Process process;
  private final Map<String, String> places = new HashMap<>();
  private final SystemTime time = new SystemTime();

  /**
   * Starts the fake and waits until it serves.
   *
   * @param server its main class
   */
  protected Loopback(Class<?> server) {
    try {
      process = Jvm.start(server, "--accept-after", "PT0S", "--speed", "100");
      BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
      String line = lines.readLine();
      if (line == null) {
        throw new IllegalStateException(server.getName() + " did not start");
      }
      for (String pair : line.split(" ", -1)) {
        String[] parts = pair.split("=", 2);
        places.put(parts[0], parts[1]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return what the fake says of itself, such as its address as {@code endpoint-url}} */
  protected final String place(String name) {
    String place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException("the fake tells no " + name);
    }
    return place;
  }

  /** {@return another client of the library, for all clusters in the fake's one network} */
  public final PrivateLinkClient client() {
    ClusterNetwork network =
        network(
            provider().cloud(),
            place("region"),
            place("vpc"),
            place("subnets"),
            place("security-groups"));
    return PrivateLinkClient.builder()
        .provider(provider())
        .time(time)
        .pacing(new Pacing(time, budgets().stream().map(Loopback::withoutEnd).toList()))
        .clusters(id -> List.of(network))
        .build();
  }

  /** {@return a network whose subnets and groups are listed with commas} */
  public static ClusterNetwork network(
      CloudProvider cloud, String region, String vpc, String subnets, String securityGroups) {
    return ClusterNetwork.builder()
        .cloud(cloud)
        .region(region)
        .vpcId(vpc)
        .addSubnetIds(subnets.split(",", -1))
        .addSecurityGroupIds(securityGroups.split(",", -1))
        .build();
  }

  /** The fake has no budgets, and a benchmark would use them up. */
  private static CallFamily withoutEnd(String budget) {
    return new CallFamily(budget, 1_000_000, 1e6, false);
  }

  /** {@return the library's provider, on its way to the fake} */
  protected abstract PrivateLinkProvider provider();

  /** {@return the names of the budgets that a benchmark would use up} */
  protected abstract List<String> budgets();

  /** {@return the service, whose owner accepts at once} */
  public abstract ConnectionType service();

  @Override
  public final void close() {
    process.destroyForcibly();
    time.close();
  }
}
