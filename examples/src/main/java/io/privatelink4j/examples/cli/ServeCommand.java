package io.privatelink4j.examples.cli;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.cloud.UsageException;
import io.privatelink4j.examples.openapi.Failure;
import io.privatelink4j.examples.server.OpenApiServer;
import io.privatelink4j.examples.server.Users;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.SystemTime;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.Latencies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description = {
      "Serves the OpenAPI over HTTP until it is stopped.",
      "With --cloud memory: on clouds of its own, in real time, whose services accept by themselves.",
      "The bearer token is $$PLC_TOKEN; if that is not set, one is made and shown."
    })
final class ServeCommand implements Callable<Integer> {
  private static final int TOKEN_BYTES = 24;

  /** After so many seconds the JDK's server cuts off who is still sending a request. */
  private static final String LONGEST_REQUEST = "30";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Where to listen. Beyond loopback only behind TLS. Default: ${DEFAULT-VALUE}.")
  private String host = "";

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Where to listen; 0 is any that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Override
  public Integer call() {
    Plc plc = (Plc) spec.root().userObject();
    Screen screen = plc.screen();
    if (screen.replaying()) {
      throw new UsageException("a world does not serve: only an edited one says so");
    }
    try (Session session =
            plc.isInMemory() ? memory(plc.builder(), screen) : plc.real(plc.builder());
        OpenApiServer server = start(session, screen)) {
      screen.out().println("serving " + server.uri());
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Failure.INTERRUPTED.exitCode();
  }

  private OpenApiServer start(Session session, Screen screen) {
    String token =
        Optional.ofNullable(System.getenv("PLC_TOKEN"))
            .map(String::strip) // as what requests carry
            .filter(given -> !given.isEmpty())
            .orElseGet(() -> newToken(screen));
    if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
      System.setProperty("sun.net.httpserver.maxReqTime", LONGEST_REQUEST);
    }
    try {
      return OpenApiServer.start(
          session.links(), Users.single("operator", token), new InetSocketAddress(host, port));
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(
          "cannot listen on " + host + ", port " + port + ": " + e.getMessage());
    }
  }

  private static String newToken(Screen screen) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    screen.out().println("token " + token);
    return token;
  }

  private static Session memory(PrivateLinkClient.Builder builder, Screen screen) {
    SystemTime time = new SystemTime();
    Map<String, InMemoryCloud> clouds =
        new TreeMap<>(
            Map.of(
                MemoryWorld.AWS_CLUSTER, quick(CloudProvider.AWS, time),
                MemoryWorld.ALICLOUD_CLUSTER, quick(CloudProvider.ALICLOUD, time)));
    builder
        .time(time)
        .clusters(id -> clouds.containsKey(id) ? List.of(clouds.get(id).network()) : List.of());
    clouds.forEach(
        (cluster, cloud) -> {
          builder.provider(cloud);
          screen
              .out()
              .println(
                  "cluster "
                      + cluster
                      + ", service "
                      + cloud.publish().allow(cloud.accountId()).acceptAutomatically().name());
        });
    return new Session(builder.build(), time, Optional.empty(), time::close);
  }

  private static InMemoryCloud quick(CloudProvider cloud, SystemTime time) {
    return InMemoryCloud.builder(cloud)
        .time(time)
        .latencies(Latencies.all(Duration.ofSeconds(2)))
        .build();
  }
}
