package io.privatelink4j.examples.cloud;

import io.privatelink4j.alicloud.AlicloudOptions;
import io.privatelink4j.alicloud.AlicloudPrivateLinkProvider;
import io.privatelink4j.aws.AwsOptions;
import io.privatelink4j.aws.AwsPrivateLinkProvider;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.PrivateLinkProvider;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** All that differs between the clouds. Credentials come from the vendors' own default chains. */
public final class Clouds {
  private Clouds() {}

  static CloudProvider named(String name) {
    return switch (name) {
      case "aws" -> CloudProvider.AWS;
      case "alicloud" -> CloudProvider.ALICLOUD;
      default -> throw new UsageException("--cloud is aws or alicloud, not " + name);
    };
  }

  /** {@return the provider} An endpoint takes the place of all the cloud's own. */
  static PrivateLinkProvider provider(CloudProvider cloud, Optional<URI> endpoint) {
    return switch (cloud) {
      case AWS -> {
        AwsOptions.Builder options = AwsOptions.builder();
        endpoint.ifPresent(uri -> options.ec2Endpoint(uri).route53Endpoint(uri));
        yield new AwsPrivateLinkProvider(options.build());
      }
      case ALICLOUD -> {
        AlicloudOptions.Builder options = AlicloudOptions.builder();
        endpoint.ifPresent(options::endpoint);
        yield new AlicloudPrivateLinkProvider(options.build());
      }
      case UNKNOWN -> throw new IllegalArgumentException("no provider for " + cloud);
    };
  }

  /**
   * {@return the providers of both clouds}
   *
   * @param endpoint takes the place of all the clouds' own
   */
  public static List<PrivateLinkProvider> at(URI endpoint) {
    return List.of(
        provider(CloudProvider.AWS, Optional.of(endpoint)),
        provider(CloudProvider.ALICLOUD, Optional.of(endpoint)));
  }

  static ConnectionType service(CloudProvider cloud, String name) {
    return cloud == CloudProvider.AWS
        ? AwsEndpointService.of(name)
        : AlicloudEndpointService.of(name);
  }
}
