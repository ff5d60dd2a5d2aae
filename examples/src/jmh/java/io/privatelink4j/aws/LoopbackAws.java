package io.privatelink4j.aws;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.SystemTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * The fake as a process of its own, so that what it allocates and how it warms up is not measured;
 * and both ways to it, with the same credentials.
 */
public final class LoopbackAws implements AutoCloseable {
  public static final String CLUSTER = "10581234";

  /** The fake has no budgets, and a benchmark would use them up. */
  private static final List<CallFamily> UNBOUNDED =
      List.of(
          new CallFamily("ec2-read", 1_000_000, 1e6, false),
          new CallFamily("ec2-create-endpoint", 1_000_000, 1e6, false));

  private final Process process;
  private final Map<String, String> places = new HashMap<>();
  private final SystemTime time = new SystemTime();

  public LoopbackAws() {
    try {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "io.privatelink4j.aws.FakeAwsServer",
                  "--accept-after",
                  "PT0S",
                  "--speed",
                  "100")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
      String line = lines.readLine();
      if (line == null) {
        throw new IllegalStateException("the fake did not start");
      }
      for (String pair : line.split(" ", -1)) {
        String[] parts = pair.split("=", 2);
        places.put(parts[0], parts[1]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return where it is, to be passed to another process} */
  public List<String> arguments() {
    return List.of(places.get("endpoint-url"), places.get("vpc"), places.get("subnets"));
  }

  /** {@return the service, whose owner accepts at once} */
  public ConnectionType service() {
    return AwsEndpointService.of(places.get("service"));
  }

  /** {@return a client of the library} */
  public PrivateLinkClient client() {
    ClusterNetwork network =
        network(places.get("vpc"), places.get("subnets"), places.get("security-groups"));
    return PrivateLinkClient.builder()
        .provider(provider(places.get("endpoint-url")))
        .time(time)
        .pacing(new Pacing(time, UNBOUNDED))
        .clusters(id -> List.of(network))
        .build();
  }

  /** {@return the library's driver for a fake} */
  public static AwsPrivateLinkProvider provider(String uri) {
    return new AwsPrivateLinkProvider(
        AwsOptions.builder()
            .credentials(LoopbackSdk.credentials())
            .ec2Endpoint(URI.create(uri))
            .route53Endpoint(URI.create(uri))
            .build());
  }

  /** {@return a network of the fake} */
  public static ClusterNetwork network(String vpc, String subnets, String securityGroups) {
    return ClusterNetwork.builder()
        .cloud(CloudProvider.AWS)
        .region(FakeAws.REGION)
        .vpcId(vpc)
        .addSubnetIds(subnets.split(",", -1))
        .addSecurityGroupIds(securityGroups.split(",", -1))
        .build();
  }

  /** {@return the SDK's client as one writes it, on the library's HTTP client} */
  public Ec2Client bare() {
    return LoopbackSdk.ec2(places.get("endpoint-url"))
        .httpClient(UrlConnectionHttpClient.builder().build())
        .build();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    time.close();
  }
}
