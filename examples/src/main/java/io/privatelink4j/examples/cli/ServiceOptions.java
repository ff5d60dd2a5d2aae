package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.cloud.UsageException;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ConnectionType;
import java.util.Optional;
import javax.annotation.Nullable;
import picocli.CommandLine.Option;

/** Which endpoint service; with the flags of the original command line. */
final class ServiceOptions {
  @Option(
      names = "--type",
      description = "${COMPLETION-CANDIDATES}. Default: as the service's name is given.")
  private @Nullable Type type;

  @Option(names = "--aws.endpoint-service-name", description = "AWS endpoint service name.")
  private @Nullable String awsName;

  @Option(
      names = "--aws.endpoint-service-region",
      description = "AWS endpoint service region. Default: the cluster's.")
  private @Nullable String awsRegion;

  @Option(
      names = "--alicloud.endpoint-service-name",
      description = "Alibaba Cloud endpoint service name.")
  private @Nullable String alicloudName;

  /** The API's words. */
  enum Type {
    AWS_ENDPOINT_SERVICE,
    ALICLOUD_ENDPOINT_SERVICE
  }

  ConnectionType value() {
    String aws = awsName;
    String alicloud = alicloudName;
    if (aws != null && alicloud == null && type != Type.ALICLOUD_ENDPOINT_SERVICE) {
      return new AwsEndpointService(aws, Optional.ofNullable(awsRegion));
    }
    if (alicloud != null && aws == null && awsRegion == null && type != Type.AWS_ENDPOINT_SERVICE) {
      return AlicloudEndpointService.of(alicloud);
    }
    throw new UsageException(
        "name one service: with --aws.endpoint-service-name and, for another region's,"
            + " --aws.endpoint-service-region; or with --alicloud.endpoint-service-name; and a"
            + " --type that goes with it, if any");
  }
}
