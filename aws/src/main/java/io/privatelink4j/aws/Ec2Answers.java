package io.privatelink4j.aws;

import static io.privatelink4j.aws.Calls.orBlank;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.Subnet;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.DnsEntry;
import software.amazon.awssdk.services.ec2.model.ServiceDetail;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItem;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** EC2's answers in the library's words. Anything in an answer may be missing. */
final class Ec2Answers {
  private static final String NO_MESSAGE = "AWS gave no reason.";

  private Ec2Answers() {}

  static Subnet subnet(software.amazon.awssdk.services.ec2.model.Subnet subnet) {
    return new Subnet(
        orBlank(subnet.subnetId()),
        orBlank(subnet.vpcId()),
        orBlank(subnet.availabilityZoneId()),
        orBlank(subnet.availabilityZone()),
        orBlank(subnet.ownerId()),
        subnet.availableIpAddressCount() == null
            ? OptionalInt.empty()
            : OptionalInt.of(subnet.availableIpAddressCount()));
  }

  static ServiceDescription service(ServiceDetail detail) {
    return new ServiceDescription(
        orBlank(detail.serviceName()),
        texts(detail.availabilityZoneIds()),
        texts(detail.availabilityZones()),
        acceptance(detail.acceptanceRequired()));
  }

  private static Acceptance acceptance(@Nullable Boolean required) {
    if (required == null) {
      return Acceptance.UNKNOWN;
    }
    return required ? Acceptance.REQUIRED : Acceptance.AUTOMATIC;
  }

  private static Set<String> texts(List<String> list) {
    return list.stream()
        .filter(text -> text != null && !text.isBlank())
        .collect(Collectors.toUnmodifiableSet());
  }

  static Endpoint endpoint(VpcEndpoint endpoint, String region) {
    String id = orBlank(endpoint.vpcEndpointId());
    String serviceName = orBlank(endpoint.serviceName());
    EndpointState state = EndpointState.of(endpoint.stateAsString());
    EndpointNames names =
        EndpointNames.of(
            id,
            serviceName,
            endpoint.dnsEntries().stream()
                .map(DnsEntry::dnsName)
                .filter(Objects::nonNull)
                .toList());
    return Endpoint.builder()
        .id(id)
        .serviceName(serviceName)
        .serviceRegion(
            Optional.ofNullable(endpoint.serviceRegion())
                .filter(other -> !other.isBlank() && !other.equals(region)))
        .vpcId(orBlank(endpoint.vpcId()))
        .resource(state.resource())
        .link(state.link())
        .rawStatus(state.raw())
        .failure(state.link() == LinkState.CONNECTED ? Optional.empty() : failure(endpoint))
        .createTime(
            endpoint.creationTimestamp() == null ? Instant.EPOCH : endpoint.creationTimestamp())
        .labels(labels(endpoint.tags()))
        .dnsName(names.regional())
        .zonalDnsNames(names.zonal())
        .zones(endpoint.subnetIds().stream().map(Ec2Answers::zone).toList())
        .build();
  }

  private static EndpointZone zone(String subnetId) {
    return new EndpointZone(
        Optional.of(subnetId), Optional.empty(), LinkState.UNKNOWN, Optional.empty());
  }

  private static Optional<String> failure(VpcEndpoint endpoint) {
    Stream<String> said =
        endpoint.lastError() == null
            ? Stream.of(orBlank(endpoint.failureReason()))
            : Stream.of(
                orBlank(endpoint.lastError().code()),
                orBlank(endpoint.lastError().message()),
                orBlank(endpoint.failureReason()));
    return Optional.of(
            said.filter(text -> !text.isBlank()).distinct().collect(Collectors.joining(": ")))
        .filter(text -> !text.isEmpty());
  }

  private static Map<String, String> labels(List<Tag> tags) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (Tag tag : tags) {
      if (tag.key() != null) {
        labels.put(tag.key(), orBlank(tag.value()));
      }
    }
    return labels;
  }

  static RemoteException failure(UnsuccessfulItem item, DeleteVpcEndpointsResponse answer) {
    String requestId =
        answer.responseMetadata() == null ? null : answer.responseMetadata().requestId();
    if (item.error() == null) {
      return Calls.item("Unsuccessful", NO_MESSAGE, requestId);
    }
    String message = orBlank(item.error().message());
    return Calls.item(
        item.error().code() == null ? "Unsuccessful" : item.error().code(),
        message.isBlank() ? NO_MESSAGE : message,
        requestId);
  }
}
