package io.privatelink4j.aws;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.bench.FakeProcess;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.SystemTime;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The fake as a process of its own, and both ways to it, with the same credentials. */
public final class LoopbackAws implements AutoCloseable {
  /** The fake has no budgets, and a benchmark would use them up. */
  private static final List<CallFamily> UNBOUNDED =
      List.of(
          new CallFamily("ec2-read", 1_000_000, 1e6, false),
          new CallFamily("ec2-create-endpoint", 1_000_000, 1e6, false));

  private final FakeProcess fake = new FakeProcess(FakeAwsServer.class);
  private final SystemTime time = new SystemTime();

  /** {@return where it is, to be passed to another process} */
  public List<String> arguments() {
    return List.of(fake.place("endpoint-url"), fake.place("vpc"), fake.place("subnets"));
  }

  /** {@return the service, whose owner accepts at once} */
  public ConnectionType service() {
    return AwsEndpointService.of(fake.place("service"));
  }

  /** {@return a client of the library} */
  public PrivateLinkClient client() {
    ClusterNetwork network =
        network(fake.place("vpc"), fake.place("subnets"), fake.place("security-groups"));
    return PrivateLinkClient.builder()
        .provider(provider(fake.place("endpoint-url")))
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
    return LoopbackSdk.ec2(fake.place("endpoint-url"))
        .httpClient(UrlConnectionHttpClient.builder().build())
        .build();
  }

  @Override
  public void close() {
    fake.close();
    time.close();
  }
}
