package io.privatelink4j.alicloud;

import io.privatelink4j.model.ClusterNetwork;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * {@link FakeAlicloud} as a process of its own, in real time, with one network and one service that
 * an attentive owner runs: they have put our account on the whitelist, and accept each connection
 * after a while. Prints where everything is as one line of {@code key=value} pairs, runs until its
 * standard input ends, and then prints what is left.
 *
 * <p>Arguments: {@code --accept-after PT2S}, how long the owner takes; {@code --speed 1}, how many
 * of the cloud's seconds, the owner's included, pass in a second.
 */
public final class FakeAlicloudServer {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final FakeTime time;
  private final FakeAlicloud alicloud;
  private final Duration acceptAfter;

  private FakeAlicloudServer(Duration acceptAfter, int speed) {
    this.acceptAfter = acceptAfter;
    time = new FakeTime(speed);
    alicloud = new FakeAlicloud(time);
  }

  /**
   * Runs the server.
   *
   * @param args see above
   * @throws IOException if the standard input cannot be read
   */
  public static void main(String[] args) throws IOException {
    Duration acceptAfter = Duration.ofSeconds(2);
    int speed = 1;
    try {
      for (int i = 0; i < args.length; i += 2) {
        switch (args[i]) {
          case "--accept-after" -> acceptAfter = Duration.parse(args[i + 1]);
          case "--speed" -> speed = Integer.parseInt(args[i + 1]);
          default -> throw new IllegalArgumentException("there is no argument " + args[i]);
        }
      }
    } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
      System.err.println("FakeAlicloudServer: " + e.getMessage());
      System.exit(2);
    }
    new FakeAlicloudServer(acceptAfter, speed).run();
  }

  private void run() throws IOException {
    ClusterNetwork network = alicloud.addNetwork();
    String service =
        alicloud.publish(List.of("ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"), true);
    alicloud.allow(service);
    acceptWhatIsDue();
    System.out.println(
        String.join(
            " ",
            "endpoint-url=" + alicloud.uri(),
            "region=" + network.region(),
            "vpc=" + network.vpcId(),
            "subnets=" + String.join(",", network.subnetIds()),
            "security-groups=" + String.join(",", network.securityGroupIds()),
            "service=" + service));
    while (System.in.read() >= 0) {
      // Only the end of the input counts.
    }
    time.close();
    alicloud.close();
    System.out.println(
        "left: endpoints=" + alicloud.endpointCount() + " zones=" + alicloud.zoneCount());
  }

  private void acceptWhatIsDue() {
    long now = time.nanoTime();
    synchronized (alicloud) {
      alicloud.endpoints().stream()
          .filter(FakeEndpoint::awaitsOwner)
          .filter(endpoint -> now - endpoint.createdAt >= acceptAfter.toNanos())
          .forEach(FakeEndpoint::accept);
    }
    time.schedule(LOOK_EVERY, this::acceptWhatIsDue);
  }
}
