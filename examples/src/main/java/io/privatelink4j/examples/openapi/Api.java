package io.privatelink4j.examples.openapi;

import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * The definitions of the feature's OpenAPI that are objects, field by field. Null stands for what
 * is absent: nearly everything may be, here as there.
 */
public final class Api {
  private Api() {}

  /** {@code PrivateLinkConnection}. */
  public record Connection(
      @Nullable String privateLinkConnectionId,
      @Nullable String clusterId,
      @Nullable String displayName,
      @Nullable String state,
      @Nullable String message,
      @Nullable String createdBy,
      @Nullable String createTime,
      @Nullable String updateTime,
      @Nullable String type,
      @Nullable List<AttachDomain> attachedDomains,
      @Nullable AwsService awsEndpointService,
      @Nullable AlicloudService alicloudEndpointService) {}

  /** {@code AwsEndpointService}. */
  public record AwsService(
      @Nullable String name,
      @Nullable String region,
      @Nullable String endpointId,
      @Nullable List<String> availabilityZoneIds) {}

  /** {@code AlicloudEndpointService}. */
  public record AlicloudService(
      @Nullable String name,
      @Nullable String endpointId,
      @Nullable List<String> availabilityZoneIds) {}

  /** {@code AttachDomain}. */
  public record AttachDomain(
      @Nullable String attachDomainId,
      @Nullable String clusterId,
      @Nullable String privateLinkConnectionId,
      @Nullable String type,
      @Nullable String uniqueName,
      @Nullable List<Domain> domains,
      @Nullable String createdBy,
      @Nullable String createTime) {}

  /** {@code Domain}. */
  public record Domain(@Nullable String name, @Nullable String state, @Nullable String message) {}

  /** {@code GetAvailabilityZonesResponse}. */
  public record Zones(String accountId, List<String> azIds) {}

  /** {@code ListPrivateLinkConnectionsResponse}. */
  public record Page(
      List<Connection> privateLinkConnections, @Nullable String nextPageToken, long totalSize) {}

  /** {@code PrivateLinkConnectionService.CreatePrivateLinkConnectionBody}. */
  public record CreateBody(@Nullable Connection privateLinkConnection) {}

  /** {@code PrivateLinkConnectionService.AttachDomainsBody}. */
  public record AttachBody(@Nullable AttachDomain attachDomain, @Nullable Boolean validateOnly) {}

  /** {@code PrivateLinkConnectionService.DetachDomainsBody}. */
  public record DetachBody(@Nullable String attachDomainId) {}

  /** {@code Status}; each detail is an {@code Any}. */
  public record Status(int code, String message, List<Map<String, Object>> details) {}
}
