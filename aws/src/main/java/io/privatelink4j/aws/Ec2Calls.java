package io.privatelink4j.aws;

import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.Subnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.annotation.Nullable;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointServicesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItem;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;

/** The calls of EC2. */
final class Ec2Calls {
  private final AwsClients clients;

  Ec2Calls(AwsClients clients) {
    this.clients = clients;
  }

  Page<Subnet> subnets(ClusterNetwork network, Optional<String> pageToken) {
    return Calls.read(
        () -> {
          DescribeSubnetsRequest.Builder request =
              DescribeSubnetsRequest.builder()
                  .overrideConfiguration(clients.signing(network))
                  .subnetIds(network.subnetIds());
          pageToken.ifPresent(request::nextToken);
          DescribeSubnetsResponse answer = clients.ec2(network).describeSubnets(request.build());
          return new Page<>(
              answer.subnets().stream().map(Ec2Answers::subnet).toList(),
              token(answer.nextToken()));
        });
  }

  /** AWS does not tell a service that does not exist from one that does not allow us. */
  Optional<ServiceDescription> service(ClusterNetwork network, ConnectionType type) {
    DescribeVpcEndpointServicesRequest.Builder request =
        DescribeVpcEndpointServicesRequest.builder()
            .overrideConfiguration(clients.signing(network))
            .serviceNames(type.serviceName());
    otherRegion(network, type).ifPresent(request::serviceRegions);
    try {
      return Calls.read(
          () ->
              clients
                  .ec2(network)
                  .describeVpcEndpointServices(request.build())
                  .serviceDetails()
                  .stream()
                  .filter(detail -> type.serviceName().equals(detail.serviceName()))
                  .findFirst()
                  .map(Ec2Answers::service));
    } catch (RemoteException e) {
      if (e.kind() == ErrorKind.SERVICE_NOT_USABLE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Names the region only where it differs: naming it needs a further permission. */
  private static Optional<String> otherRegion(ClusterNetwork network, ConnectionType type) {
    return type instanceof AwsEndpointService service
        ? service.region().filter(region -> !region.equals(network.region()))
        : Optional.empty();
  }

  Endpoint create(ClusterNetwork network, EndpointSpec spec) {
    CreateVpcEndpointRequest.Builder request =
        CreateVpcEndpointRequest.builder()
            .overrideConfiguration(clients.signing(network))
            .vpcEndpointType(VpcEndpointType.INTERFACE)
            .vpcId(network.vpcId())
            .serviceName(spec.type().serviceName())
            .subnetIds(spec.subnets().stream().map(Subnet::id).toList())
            .privateDnsEnabled(false)
            .clientToken(spec.clientToken());
    otherRegion(network, spec.type()).ifPresent(request::serviceRegion);
    if (!network.securityGroupIds().isEmpty()) {
      request.securityGroupIds(network.securityGroupIds());
    }
    if (!spec.labels().isEmpty()) {
      request.tagSpecifications(
          TagSpecification.builder()
              .resourceType(ResourceType.VPC_ENDPOINT)
              .tags(tags(spec.labels()))
              .build());
    }
    return Calls.write(
        () -> {
          Endpoint endpoint =
              Ec2Answers.endpoint(
                  clients.ec2(network).createVpcEndpoint(request.build()).vpcEndpoint(),
                  network.region());
          if (endpoint.id().isEmpty()) {
            throw new RemoteException(
                ErrorKind.OUTCOME_UNKNOWN,
                "AnswerNotUnderstood",
                "AWS did not say which endpoint it created.");
          }
          return endpoint;
        });
  }

  Optional<Endpoint> read(ClusterNetwork network, String endpointId) {
    try {
      return read(network, List.of(endpointId)).stream()
          .filter(endpoint -> endpoint.id().equals(endpointId))
          .findFirst();
    } catch (RemoteException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** By id, not by a filter: filters lag. */
  List<Endpoint> read(ClusterNetwork network, List<String> endpointIds) {
    return Calls.read(
        () ->
            endpoints(
                network,
                clients
                    .ec2(network)
                    .describeVpcEndpoints(
                        request ->
                            request
                                .overrideConfiguration(clients.signing(network))
                                .vpcEndpointIds(endpointIds))));
  }

  Page<Endpoint> list(ClusterNetwork network, EndpointFilter filter, Optional<String> pageToken) {
    List<Filter> filters = new ArrayList<>();
    new TreeMap<>(filter.labels())
        .forEach((key, value) -> filters.add(filter("tag:" + key, List.of(value))));
    if (!filter.endpointIds().isEmpty()) {
      filters.add(filter("vpc-endpoint-id", filter.endpointIds()));
    }
    filter.serviceName().ifPresent(name -> filters.add(filter("service-name", List.of(name))));
    DescribeVpcEndpointsRequest.Builder request =
        DescribeVpcEndpointsRequest.builder()
            .overrideConfiguration(clients.signing(network))
            .maxResults(AwsTraits.ENDPOINTS_PER_PAGE);
    if (!filters.isEmpty()) {
      request.filters(filters);
    }
    pageToken.ifPresent(request::nextToken);
    return Calls.read(
        () -> {
          DescribeVpcEndpointsResponse answer =
              clients.ec2(network).describeVpcEndpoints(request.build());
          return new Page<>(endpoints(network, answer), token(answer.nextToken()));
        });
  }

  private static List<Endpoint> endpoints(
      ClusterNetwork network, DescribeVpcEndpointsResponse answer) {
    return answer.vpcEndpoints().stream()
        .map(endpoint -> Ec2Answers.endpoint(endpoint, network.region()))
        .toList();
  }

  private static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  void putTags(ClusterNetwork network, List<String> endpointIds, Map<String, String> labels) {
    List<Tag> tags = tags(labels);
    Calls.write(
        () ->
            clients
                .ec2(network)
                .createTags(
                    request ->
                        request
                            .overrideConfiguration(clients.signing(network))
                            .resources(endpointIds)
                            .tags(tags)));
  }

  /** With the value, so that a newer one stays. */
  void removeTags(ClusterNetwork network, String endpointId, Map<String, String> labels) {
    List<Tag> tags = tags(labels);
    Calls.write(
        () ->
            clients
                .ec2(network)
                .deleteTags(
                    request ->
                        request
                            .overrideConfiguration(clients.signing(network))
                            .resources(endpointId)
                            .tags(tags)));
  }

  /** DeleteTags without tags deletes all of them, so an empty list never leaves the library. */
  private static List<Tag> tags(Map<String, String> labels) {
    if (labels.isEmpty()) {
      throw new RemoteException(ErrorKind.INVALID, "MissingParameter", "No label is given.");
    }
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> Tag.builder().key(label.getKey()).value(label.getValue()).build())
            .toList();
  }

  Map<String, RemoteException> delete(ClusterNetwork network, List<String> endpointIds) {
    return Calls.write(
        () -> {
          DeleteVpcEndpointsResponse answer =
              clients
                  .ec2(network)
                  .deleteVpcEndpoints(
                      request ->
                          request
                              .overrideConfiguration(clients.signing(network))
                              .vpcEndpointIds(endpointIds));
          Map<String, RemoteException> failures = new LinkedHashMap<>();
          for (UnsuccessfulItem item : answer.unsuccessful()) {
            failures.put(failedId(item, endpointIds), Ec2Answers.failure(item, answer));
          }
          return failures;
        });
  }

  private static String failedId(UnsuccessfulItem item, List<String> endpointIds) {
    if (item.resourceId() != null) {
      return item.resourceId();
    }
    if (endpointIds.size() == 1) {
      return endpointIds.get(0);
    }
    throw new RemoteException(
        ErrorKind.OUTCOME_UNKNOWN,
        "UnsuccessfulItemWithoutId",
        "AWS did not say which of the endpoints it could not delete.");
  }

  boolean dnsSwitch(ClusterNetwork network, DnsSwitch which) {
    return Calls.read(
        () -> {
          DescribeVpcAttributeResponse answer =
              clients
                  .ec2(network)
                  .describeVpcAttribute(
                      request ->
                          request
                              .overrideConfiguration(clients.signing(network))
                              .vpcId(network.vpcId())
                              .attribute(attribute(which)));
          AttributeBooleanValue value =
              which == DnsSwitch.RESOLVER ? answer.enableDnsSupport() : answer.enableDnsHostnames();
          if (value == null || value.value() == null) {
            throw new RemoteException(
                ErrorKind.UNAVAILABLE,
                "AnswerNotUnderstood",
                "AWS did not say whether " + attribute(which) + " is on.");
          }
          return value.value();
        });
  }

  private static VpcAttributeName attribute(DnsSwitch which) {
    return switch (which) {
      case RESOLVER -> VpcAttributeName.ENABLE_DNS_SUPPORT;
      case HOST_NAMES -> VpcAttributeName.ENABLE_DNS_HOSTNAMES;
    };
  }

  private static Optional<String> token(@Nullable String token) {
    return Optional.ofNullable(token).filter(text -> !text.isBlank());
  }
}
