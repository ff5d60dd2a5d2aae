package io.privatelink4j.alicloud;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.ServiceDescription;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PrivateLink's answers in the library's words. Anything in an answer may be missing. */
final class PrivateLinkAnswers {
  private PrivateLinkAnswers() {}

  static ServiceDescription service(Answer service) {
    Set<String> zones = Set.copyOf(service.texts("Zones"));
    Acceptance acceptance =
        service
            .flag("AutoAcceptEnabled")
            .map(automatic -> automatic ? Acceptance.AUTOMATIC : Acceptance.REQUIRED)
            .orElse(Acceptance.UNKNOWN);
    return new ServiceDescription(service.text("ServiceName"), zones, zones, acceptance);
  }

  /** {@return an endpoint as lists tell it} */
  static Endpoint endpoint(Answer endpoint) {
    return endpoint(endpoint, labels(endpoint));
  }

  /**
   * {@return an endpoint with other labels than the answer tells}
   *
   * @param endpoint the answer
   * @param labels the labels
   */
  static Endpoint endpoint(Answer endpoint, Map<String, String> labels) {
    String status = endpoint.text("EndpointStatus");
    String connection = endpoint.text("ConnectionStatus");
    String business = endpoint.text("EndpointBusinessStatus");
    return Endpoint.builder()
        .id(endpoint.required("EndpointId"))
        .serviceName(endpoint.text("ServiceName"))
        .vpcId(endpoint.text("VpcId"))
        .resource(EndpointState.resource(status))
        .link(EndpointState.link(connection))
        .rawStatus(EndpointState.raw(status, connection, business))
        .billingLocked(EndpointState.billingLocked(business))
        .createTime(time(endpoint.text("CreateTime")))
        .labels(labels)
        .dnsName(name(endpoint.text("EndpointDomain")))
        .build();
  }

  private static Map<String, String> labels(Answer endpoint) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (Answer tag : endpoint.list("Tags")) {
      String key = tag.text("Key");
      if (!key.isEmpty()) {
        labels.put(key, tag.text("Value"));
      }
    }
    return labels;
  }

  /** Some answers leave the seconds out. */
  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  /** The names are read and never built: two forms of them are documented. */
  private static Optional<String> name(String text) {
    return Optional.of(DnsText.normal(text)).filter(name -> !name.isEmpty());
  }

  static EndpointZone zone(Answer zone) {
    return new EndpointZone(
        Optional.of(zone.text("VSwitchId")).filter(id -> !id.isBlank()),
        Optional.of(zone.required("ZoneId")),
        EndpointState.zone(zone.text("ZoneStatus")),
        name(zone.text("ZoneDomain")));
  }
}
