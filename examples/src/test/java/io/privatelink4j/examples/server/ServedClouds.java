package io.privatelink4j.examples.server;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.generated.ApiClient;
import io.privatelink4j.examples.generated.api.PrivateLinkConnectionServiceApi;
import io.privatelink4j.examples.generated.model.AlicloudEndpointService;
import io.privatelink4j.examples.generated.model.AttachDomain;
import io.privatelink4j.examples.generated.model.AwsEndpointService;
import io.privatelink4j.examples.generated.model.PrivateLinkConnection;
import io.privatelink4j.examples.generated.model.PrivateLinkConnectionDomainTypeEnum;
import io.privatelink4j.examples.generated.model.PrivateLinkConnectionServiceAttachDomainsBody;
import io.privatelink4j.examples.generated.model.PrivateLinkConnectionServiceCreatePrivateLinkConnectionBody;
import io.privatelink4j.examples.generated.model.PrivateLinkConnectionTypeEnum;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.ManualTime;
import io.privatelink4j.testing.OwnedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A server on both clouds in memory, and the client that was generated from the OpenAPI file. */
final class ServedClouds implements AutoCloseable {
  static final String TOKEN = "t0ken";
  static final String AWS_CLUSTER = "10581234";
  static final String ALICLOUD_CLUSTER = "10585678";

  /** A cluster of which the directory cannot tell anything. */
  static final String BROKEN_CLUSTER = "666";

  private final ManualTime time = ManualTime.singleThreaded();
  private final InMemoryCloud aws = InMemoryCloud.builder(CloudProvider.AWS).time(time).build();
  private final InMemoryCloud alicloud =
      InMemoryCloud.builder(CloudProvider.ALICLOUD).time(time).build();
  private final CheckedHttp http;
  private final PrivateLinkClient links;
  private final OpenApiServer server;

  /** Both clouds. */
  ServedClouds(CheckedHttp http, UnaryOperator<PrivateLinkClient.Builder> settings) {
    this.http = http;
    links =
        settings
            .apply(
                PrivateLinkClient.builder()
                    .provider(aws)
                    .provider(alicloud)
                    .time(time)
                    .clusters(this::networks))
            .build();
    server = start();
  }

  /** Whatever a client reaches. */
  ServedClouds(CheckedHttp http, PrivateLinkClient links) {
    this.http = http;
    this.links = links;
    server = start();
  }

  private OpenApiServer start() {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      return OpenApiServer.start(links, Users.single("alice", TOKEN), loopback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ClusterNetwork> networks(String clusterId) {
    return switch (clusterId) {
      case AWS_CLUSTER -> List.of(aws.network());
      case ALICLOUD_CLUSTER -> List.of(alicloud.network());
      case BROKEN_CLUSTER -> throw new IllegalStateException("the directory's secret: 42");
      default -> List.of();
    };
  }

  PrivateLinkClient links() {
    return links;
  }

  ManualTime time() {
    return time;
  }

  InMemoryCloud cloud(String clusterId) {
    return clusterId.equals(AWS_CLUSTER) ? aws : alicloud;
  }

  /** {@return a service that allows us} */
  OwnedService service(String clusterId) {
    return cloud(clusterId).publish().allow(cloud(clusterId).accountId());
  }

  URI uri() {
    return server.uri();
  }

  PrivateLinkConnectionServiceApi api() {
    return api(Map.of("Authorization", "Bearer " + TOKEN));
  }

  PrivateLinkConnectionServiceApi apiWithKey(String idempotencyKey) {
    return api(Map.of("Authorization", "Bearer " + TOKEN, "Idempotency-Key", idempotencyKey));
  }

  PrivateLinkConnectionServiceApi api(Map<String, String> headers) {
    ApiClient client =
        new ApiClient() {
          @Override
          public HttpClient getHttpClient() {
            return http;
          }
        };
    client.updateBaseUri(uri().toString());
    client.setRequestInterceptor(request -> headers.forEach(request::setHeader));
    return new PrivateLinkConnectionServiceApi(client);
  }

  static PrivateLinkConnectionServiceCreatePrivateLinkConnectionBody link(
      String clusterId, String displayName, OwnedService service) {
    PrivateLinkConnection link =
        new PrivateLinkConnection().clusterId(clusterId).displayName(displayName);
    if (clusterId.equals(ALICLOUD_CLUSTER)) {
      link.type(PrivateLinkConnectionTypeEnum.ALICLOUD_ENDPOINT_SERVICE)
          .alicloudEndpointService(new AlicloudEndpointService().name(service.name()));
    } else {
      link.type(PrivateLinkConnectionTypeEnum.AWS_ENDPOINT_SERVICE)
          .awsEndpointService(new AwsEndpointService().name(service.name()));
    }
    return new PrivateLinkConnectionServiceCreatePrivateLinkConnectionBody()
        .privateLinkConnection(link);
  }

  static PrivateLinkConnectionServiceAttachDomainsBody dryRun() {
    return domain(PrivateLinkConnectionDomainTypeEnum.TIDBCLOUD_MANAGED, "").validateOnly(true);
  }

  static PrivateLinkConnectionServiceAttachDomainsBody domain(
      PrivateLinkConnectionDomainTypeEnum type, String uniqueName) {
    return new PrivateLinkConnectionServiceAttachDomainsBody()
        .attachDomain(new AttachDomain().type(type).uniqueName(uniqueName));
  }

  @Override
  public void close() {
    server.close();
    links.close();
  }
}
