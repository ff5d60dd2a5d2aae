package io.privatelink4j.alicloud;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.testkit.FastTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * {@link FakeAlicloud} as a process of its own, in real time, with one network and one service that
 * an attentive owner runs: they have put our account on the whitelist, and accept each connection
 * after a while. Prints where everything is as one line of {@code key=value} pairs, runs until its
 * standard input ends, and then prints what is left. Each line of input is a cluster's and a
 * connection's id, and is answered with what there is in the cloud, from this connection's side.
 *
 * <p>Arguments: {@code --accept-after PT2S}, how long the owner takes; {@code --speed 1}, how many
 * of the cloud's seconds, the owner's included, pass in a second; {@code --began}, since when they
 * do; default now.
 */
public final class FakeAlicloudServer {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final FastTime time;
  private final FakeAlicloud alicloud;
  private final Duration acceptAfter;

  private FakeAlicloudServer(Duration acceptAfter, FastTime time) {
    this.acceptAfter = acceptAfter;
    this.time = time;
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
    Instant began = Instant.now();
    try {
      for (int i = 0; i < args.length; i += 2) {
        switch (args[i]) {
          case "--accept-after" -> acceptAfter = Duration.parse(args[i + 1]);
          case "--speed" -> speed = Integer.parseInt(args[i + 1]);
          case "--began" -> began = Instant.parse(args[i + 1]);
          default -> throw new IllegalArgumentException("there is no argument " + args[i]);
        }
      }
    } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
      System.err.println("FakeAlicloudServer: " + e.getMessage());
      System.exit(2);
    }
    new FakeAlicloudServer(acceptAfter, new FastTime(began, speed)).run();
  }

  private void run() throws IOException {
    ClusterNetwork network = alicloud.addNetwork();
    String service =
        alicloud.publish(List.of("ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"), true);
    alicloud.allow(service);
    attend();
    System.out.println(
        String.join(
            " ",
            "endpoint-url=" + alicloud.uri(),
            "region=" + network.region(),
            "vpc=" + network.vpcId(),
            "subnets=" + String.join(",", network.subnetIds()),
            "security-groups=" + String.join(",", network.securityGroupIds()),
            "service=" + service));
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = asked.readLine(); line != null; line = asked.readLine()) {
      String[] ids = line.split(" ", 2);
      System.out.println(
          "there is: " + alicloud.state().words(network.vpcId(), ConnectionRef.of(ids[0], ids[1])));
    }
    time.close();
    alicloud.close();
    System.out.println(
        "left: endpoints=" + alicloud.endpointCount() + " zones=" + alicloud.zoneCount());
  }

  private void attend() {
    acceptWhatIsDue();
    alicloud.forgetRequests();
    time.schedule(LOOK_EVERY, this::attend);
  }

  private void acceptWhatIsDue() {
    long now = time.nanoTime();
    synchronized (alicloud) {
      alicloud.endpoints().stream()
          .filter(FakeEndpoint::awaitsOwner)
          .filter(endpoint -> now - endpoint.createdAt >= acceptAfter.toNanos())
          .forEach(FakeEndpoint::accept);
    }
  }
}
