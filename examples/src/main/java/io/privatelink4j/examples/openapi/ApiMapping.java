package io.privatelink4j.examples.openapi;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.ServiceNotUsableException;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ConnectionPage;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.model.Zones;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;

/** Between the library's values and those of the OpenAPI. */
public final class ApiMapping {
  private static final String UNKNOWN = "UNKNOWN";
  private static final String TYPE = "@type";
  private static final String RPC = "type.googleapis.com/google.rpc.";

  private ApiMapping() {}

  /**
   * {@return what a service owner needs to know}
   *
   * @param zones the library's value
   */
  public static Api.Zones zones(Zones zones) {
    return new Api.Zones(zones.accountId(), zones.zoneIds());
  }

  /**
   * {@return a connection with its domains}
   *
   * @param link the library's value
   */
  public static Api.Connection connection(PrivateLinkConnection link) {
    // The API has no word for a domain of a type that only a later version knows.
    List<Api.AttachDomain> domains =
        link.domains().stream()
            .filter(domain -> domain.type() != DomainType.UNKNOWN)
            .map(ApiMapping::attachment)
            .toList();
    return connection(link, domains);
  }

  /**
   * {@return a page} Its connections are without domains, as the API has it.
   *
   * @param page the library's value
   */
  public static Api.Page page(ConnectionPage page) {
    return new Api.Page(
        page.connections().stream().map(link -> connection(link, null)).toList(),
        page.nextPageToken().orElse(null),
        page.totalSize());
  }

  private static Api.Connection connection(
      PrivateLinkConnection link, @Nullable List<Api.AttachDomain> domains) {
    ConnectionType type = link.type();
    return new Api.Connection(
        link.id(),
        link.clusterId(),
        link.displayName(),
        known(link.state()),
        link.message().isEmpty() ? null : link.message(),
        link.createdBy().orElse(null),
        link.createTime().toString(),
        link.updateTime().map(Instant::toString).orElse(null),
        type.typeName(),
        domains,
        type instanceof AwsEndpointService aws
            ? new Api.AwsService(
                aws.serviceName(), aws.region().orElse(null), link.endpointId(), link.zoneIds())
            : null,
        type instanceof AlicloudEndpointService
            ? new Api.AlicloudService(type.serviceName(), link.endpointId(), link.zoneIds())
            : null);
  }

  /**
   * {@return an attached domain}
   *
   * @param domain the library's value
   */
  public static Api.AttachDomain attachment(DomainAttachment domain) {
    return new Api.AttachDomain(
        domain.id(),
        domain.clusterId(),
        domain.connectionId(),
        known(domain.type()),
        domain.uniqueName(),
        domain.domains().stream()
            .map(d -> new Api.Domain(d.name(), d.state().name(), d.message().orElse(null)))
            .toList(),
        null,
        domain.createTime().toString());
  }

  /**
   * {@return what would be attached}
   *
   * @param ref the connection
   * @param plan the library's value
   */
  public static Api.AttachDomain plan(ConnectionRef ref, DomainPlan plan) {
    return new Api.AttachDomain(
        null,
        ref.clusterId(),
        ref.id(),
        known(plan.type()),
        plan.uniqueName(),
        plan.records().stream().map(r -> new Api.Domain(r.name(), null, null)).toList(),
        null,
        null);
  }

  /**
   * {@return a failure of the library}
   *
   * @param thrown what it threw
   */
  public static Api.Status status(PrivateLinkException thrown) {
    List<Map<String, Object>> more =
        thrown instanceof ServiceNotUsableException notUsable
            ? List.of(violations(notUsable.check()))
            : List.of();
    return status(Failure.of(thrown), thrown.getMessage(), more);
  }

  /**
   * {@return a failure of something else}
   *
   * @param failure what it means, which is named for programs
   * @param message what happened and what to do next
   */
  public static Api.Status status(Failure failure, String message) {
    return status(failure, message, List.of());
  }

  private static Api.Status status(
      Failure failure, String message, List<Map<String, Object>> more) {
    List<Map<String, Object>> details = new ArrayList<>();
    details.add(
        Map.of(TYPE, RPC + "ErrorInfo", "domain", "privatelink4j", "reason", failure.name()));
    details.addAll(more);
    return new Api.Status(failure.grpcCode(), message, details);
  }

  private static Map<String, Object> violations(ServiceCheck check) {
    List<Map<String, String>> violations =
        check.errors().stream()
            .map(
                finding ->
                    Map.of(
                        "type", finding.code().name(),
                        "subject", finding.actor().name(),
                        "description", finding.message()))
            .toList();
    return Map.of(TYPE, RPC + "PreconditionFailure", "violations", violations);
  }

  /**
   * {@return what to create}
   *
   * @param clusterId the cluster that the path names
   * @param body the request's body
   * @param requestId the caller's name of the operation
   * @param user who creates
   * @throws InvalidRequestException if something is missing or contradicts
   */
  public static CreateConnectionRequest create(
      String clusterId, Api.CreateBody body, Optional<String> requestId, String user) {
    String at = "privateLinkConnection";
    Api.Connection link = required(body.privateLinkConnection(), at);
    if (!required(link.clusterId(), at + ".clusterId").equals(clusterId)) {
      throw invalid(at + ".clusterId must be the path's cluster");
    }
    CreateConnectionRequest.Builder request =
        CreateConnectionRequest.builder()
            .clusterId(clusterId)
            .displayName(required(link.displayName(), at + ".displayName"))
            .type(service(link, required(link.type(), at + ".type")))
            .createdBy(user);
    requestId.ifPresent(request::requestId);
    return request.build();
  }

  private static ConnectionType service(Api.Connection link, String type) {
    return switch (type) {
      case "AWS_ENDPOINT_SERVICE" -> {
        String field = "privateLinkConnection.awsEndpointService";
        Api.AwsService service = required(link.awsEndpointService(), field);
        absent(link.alicloudEndpointService(), "alicloudEndpointService", type);
        yield new AwsEndpointService(
            required(service.name(), field + ".name"),
            Optional.ofNullable(service.region()).filter(region -> !region.isEmpty()));
      }
      case "ALICLOUD_ENDPOINT_SERVICE" -> {
        String field = "privateLinkConnection.alicloudEndpointService";
        Api.AlicloudService service = required(link.alicloudEndpointService(), field);
        absent(link.awsEndpointService(), "awsEndpointService", type);
        yield AlicloudEndpointService.of(required(service.name(), field + ".name"));
      }
      default ->
          throw invalid(
              "privateLinkConnection.type must be AWS_ENDPOINT_SERVICE or"
                  + " ALICLOUD_ENDPOINT_SERVICE, is "
                  + Text.safe(type));
    };
  }

  /**
   * {@return which domain}
   *
   * @param body the request's body
   * @throws InvalidRequestException if something is missing
   */
  public static DomainRequest domain(Api.AttachBody body) {
    Api.AttachDomain domain = required(body.attachDomain(), "attachDomain");
    DomainType type = domainType(required(domain.type(), "attachDomain.type"));
    Optional<String> uniqueName =
        Optional.ofNullable(domain.uniqueName()).filter(name -> !name.isEmpty());
    boolean mayBeEmpty = type == DomainType.TIDBCLOUD_MANAGED && validateOnly(body);
    if (uniqueName.isEmpty() && !mayBeEmpty) {
      throw invalid(
          "attachDomain.uniqueName may be empty only for TIDBCLOUD_MANAGED with validateOnly: ask"
              + " for it that way first");
    }
    return new DomainRequest(type, uniqueName, false);
  }

  /**
   * {@return whether a domain is only to be planned}
   *
   * @param body the request's body
   */
  public static boolean validateOnly(Api.AttachBody body) {
    return Boolean.TRUE.equals(body.validateOnly());
  }

  /**
   * {@return which attachment to detach}
   *
   * @param body the request's body
   * @throws InvalidRequestException if it is missing
   */
  public static String attachmentId(Api.DetachBody body) {
    return required(body.attachDomainId(), "attachDomainId");
  }

  private static DomainType domainType(String name) {
    return switch (name) {
      case "TIDBCLOUD_MANAGED" -> DomainType.TIDBCLOUD_MANAGED;
      case "CONFLUENT" -> DomainType.CONFLUENT;
      default ->
          throw invalid(
              "attachDomain.type must be TIDBCLOUD_MANAGED or CONFLUENT, is " + Text.safe(name));
    };
  }

  /**
   * {@return the state}
   *
   * @param name its name
   * @throws InvalidRequestException if it is none of the API's
   */
  public static ConnectionState state(String name) {
    for (ConnectionState state : ConnectionState.values()) {
      if (state.name().equals(name) && state != ConnectionState.UNKNOWN) {
        return state;
      }
    }
    throw invalid(
        "state must be CREATING, ACTIVE, FAILED, PENDING_ACCEPTANCE or DELETING, is "
            + Text.safe(name));
  }

  private static @Nullable String known(Enum<?> value) {
    return value.name().equals(UNKNOWN) ? null : value.name();
  }

  private static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw invalid(field + " is missing");
    }
    return value;
  }

  private static void absent(@Nullable Object value, String field, String type) {
    if (value != null) {
      throw invalid("privateLinkConnection." + field + " does not go with type " + type);
    }
  }

  private static InvalidRequestException invalid(String message) {
    return new InvalidRequestException(message, ErrorDetails.of("body"));
  }
}
