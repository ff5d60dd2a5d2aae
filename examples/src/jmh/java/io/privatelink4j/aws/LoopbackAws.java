package io.privatelink4j.aws;

import io.privatelink4j.bench.Loopback;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** AWS's fake, and both ways to it, with the same credentials. */
public final class LoopbackAws extends Loopback {
  public LoopbackAws() {
    super(FakeAwsServer.class);
  }

  /** {@return where it is, to be passed to another process} */
  public List<String> arguments() {
    return List.of(place("endpoint-url"), place("vpc"), place("subnets"));
  }

  @Override
  public ConnectionType service() {
    return AwsEndpointService.of(place("service"));
  }

  @Override
  protected AwsPrivateLinkProvider provider() {
    return provider(place("endpoint-url"));
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

  @Override
  protected List<String> budgets() {
    return List.of("ec2-read", "ec2-create-endpoint");
  }

  /** {@return a network of the fake} */
  public static ClusterNetwork network(String vpc, String subnets, String securityGroups) {
    return network(CloudProvider.AWS, FakeAws.REGION, vpc, subnets, securityGroups);
  }

  /** {@return the SDK's client as one writes it, on the library's HTTP client} */
  public Ec2Client bare() {
    return LoopbackSdk.ec2(place("endpoint-url"))
        .httpClient(UrlConnectionHttpClient.builder().build())
        .build();
  }
}
