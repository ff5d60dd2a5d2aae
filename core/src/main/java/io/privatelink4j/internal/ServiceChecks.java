package io.privatelink4j.internal;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.model.Severity;
import io.privatelink4j.model.Zones;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.Subnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds everything that stands in the way of a connection, with one read of the service and what is
 * known already.
 */
final class ServiceChecks {
  private final Links links;
  private final int maxConnections;

  ServiceChecks(Links links, int maxConnections) {
    this.links = links;
    this.maxConnections = maxConnections;
  }

  /** {@return what the name alone tells; no remote call} */
  ServiceCheck ofName(ClusterNetwork network, ConnectionType type) {
    ServiceNames.Parsed name = ServiceNames.parse(type, network.cloud(), network.region());
    return new ServiceCheck(
        name.type(),
        new Zones("", List.of(), List.of()),
        List.of(),
        List.of(),
        Acceptance.UNKNOWN,
        worstFirst(name.findings()));
  }

  ServiceCheck check(
      String clusterId,
      CloudAccess access,
      ClusterNetwork network,
      ConnectionType type,
      Deadline deadline) {
    ServiceCheck byName = ofName(network, type);
    List<Finding> findings = new ArrayList<>(byName.findings());
    NetworkView view = view(access, network, deadline, findings);
    Set<Memory.Link> linked = links.of(clusterId, deadline);
    addLinkFindings(byName.type(), linked, findings);
    if (!byName.ok()) {
      return new ServiceCheck(
          byName.type(),
          view.zones(),
          List.of(),
          List.of(),
          Acceptance.UNKNOWN,
          worstFirst(findings));
    }
    Optional<ServiceDescription> service =
        service(access, network, byName.type(), view, deadline, findings);
    if (service.isEmpty()) {
      return new ServiceCheck(
          byName.type(),
          view.zones(),
          List.of(),
          List.of(),
          Acceptance.UNKNOWN,
          worstFirst(findings));
    }
    boolean crossRegion = findings.stream().anyMatch(f -> f.code() == FindingCode.CROSS_REGION);
    List<String> serviceZones = serviceZones(service.get(), view);
    boolean told = !service.get().zoneIds().isEmpty() || !service.get().zoneNames().isEmpty();
    List<String> common = common(serviceZones, told, view, crossRegion, findings);
    if (addAddressFindings(view, common, findings)) {
      access.forget(network);
    }
    addAcceptanceFinding(service.get().acceptance(), findings);
    return new ServiceCheck(
        byName.type(),
        view.zones(),
        serviceZones,
        common,
        service.get().acceptance(),
        worstFirst(findings));
  }

  private static NetworkView view(
      CloudAccess access, ClusterNetwork network, Deadline deadline, List<Finding> findings) {
    NetworkView view;
    try {
      view = access.view(network, deadline);
    } catch (CallFailed e) {
      if (e.kind() != ErrorKind.BAD_NETWORK) {
        throw e;
      }
      findings.add(
          new Finding(
              FindingCode.SUBNET_MISSING,
              Severity.ERROR,
              Actor.OPERATOR,
              "The cloud refused the subnets of VPC "
                  + network.vpcId()
                  + " ("
                  + e.said()
                  + "): correct the cluster directory."));
      return access.withoutSubnets(network);
    }
    if (!view.missing().isEmpty()) {
      access.forget(network);
      findings.add(
          new Finding(
              FindingCode.SUBNET_MISSING,
              Severity.ERROR,
              Actor.OPERATOR,
              "Subnets "
                  + view.missing()
                  + " of VPC "
                  + network.vpcId()
                  + " do not exist: correct the cluster directory."));
    }
    Map<String, Long> perZone =
        view.subnets().stream()
            .collect(Collectors.groupingBy(Subnet::zoneId, Collectors.counting()));
    perZone.values().removeIf(count -> count < 2);
    if (!perZone.isEmpty()) {
      findings.add(
          new Finding(
              FindingCode.SEVERAL_SUBNETS_IN_ZONE,
              Severity.INFO,
              Actor.OPERATOR,
              "Several subnets lie in "
                  + Texts.safe(new TreeSet<>(perZone.keySet()))
                  + ": the first by id is used, as an endpoint takes one address per zone."));
    }
    return view;
  }

  private void addLinkFindings(
      ConnectionType type, Set<Memory.Link> linked, List<Finding> findings) {
    linked.stream()
        .filter(link -> link.serviceName().equals(type.serviceName()))
        .map(Memory.Link::id)
        .sorted()
        .findFirst()
        .ifPresent(
            id ->
                findings.add(
                    new Finding(
                        FindingCode.DUPLICATE_LINK,
                        Severity.WARNING,
                        Actor.CALLER,
                        "The cluster already has connection "
                            + id
                            + " to this service: use it, unless you want two.")));
    if (linked.size() >= maxConnections) {
      findings.add(connectionLimit(linked.size()));
    }
  }

  Finding connectionLimit(int linked) {
    return new Finding(
        FindingCode.CONNECTION_LIMIT,
        Severity.ERROR,
        Actor.CALLER,
        "The cluster has "
            + linked
            + " of at most "
            + maxConnections
            + " connections: delete one, or raise maxConnectionsPerCluster.");
  }

  private static Optional<ServiceDescription> service(
      CloudAccess access,
      ClusterNetwork network,
      ConnectionType type,
      NetworkView view,
      Deadline deadline,
      List<Finding> findings) {
    Optional<ServiceDescription> service;
    try {
      service =
          access
              .remote()
              .call(
                  Operation.READ_SERVICE,
                  network,
                  type.serviceName(),
                  deadline,
                  d -> d.service(network, type));
    } catch (CallFailed e) {
      switch (e.kind()) {
        case SERVICE_NOT_USABLE -> service = Optional.empty();
        case ACCESS_DENIED, BAD_CREDENTIALS -> {
          findings.add(
              new Finding(
                  FindingCode.ACCESS_DENIED,
                  Severity.ERROR,
                  Actor.OPERATOR,
                  e.toPublic().getMessage()));
          return Optional.empty();
        }
        case PRODUCT_NOT_OPENED -> {
          findings.add(
              new Finding(
                  FindingCode.PRODUCT_NOT_OPENED,
                  Severity.ERROR,
                  Actor.OPERATOR,
                  e.toPublic().getMessage()));
          return Optional.empty();
        }
        default -> throw e;
      }
    }
    if (service.isEmpty()) {
      findings.add(notFoundOrNotAllowed(type, view));
    }
    return service;
  }

  /**
   * Clouds answer the same for all three causes, so all three are named, with what to do about
   * each.
   */
  static Finding notFoundOrNotAllowed(ConnectionType type, NetworkView view) {
    return new Finding(
        FindingCode.NOT_FOUND_OR_NOT_ALLOWED,
        Severity.ERROR,
        Actor.SERVICE_OWNER,
        "The cloud does not show "
            + Texts.safe(type.serviceName())
            + " to us. Either its owner has not allowed us: the owner adds "
            + (view.zones().principals().isEmpty()
                ? "the account that the network's credentials belong to"
                : Texts.safe(String.join(" or ", view.zones().principals())))
            + " to the service's allowed principals; or the name has a"
            + " typing error; or the service is not in region "
            + view.network().region()
            + ".");
  }

  private static List<String> serviceZones(ServiceDescription service, NetworkView view) {
    TreeSet<String> ids = new TreeSet<>(service.zoneIds());
    if (ids.isEmpty()) {
      service.zoneNames().forEach(name -> view.zoneIdOfName(name).ifPresent(ids::add));
    }
    return List.copyOf(ids);
  }

  static Finding noCommonZone(List<String> serviceZones, List<String> ours) {
    return new Finding(
        FindingCode.NO_COMMON_ZONE,
        Severity.ERROR,
        Actor.SERVICE_OWNER,
        "The service is offered in "
            + (serviceZones.isEmpty() ? "other zones" : Texts.safe(serviceZones))
            + ", the cluster network has "
            + Texts.safe(ours)
            + ": the owner adds one of the cluster's zones to the service's load balancer.");
  }

  private static List<String> common(
      List<String> serviceZones,
      boolean told,
      NetworkView view,
      boolean crossRegion,
      List<Finding> findings) {
    List<String> ours = view.zoneIds();
    if (crossRegion || !told) {
      if (!crossRegion) {
        findings.add(
            new Finding(
                FindingCode.ZONES_UNKNOWN,
                Severity.WARNING,
                Actor.NOBODY,
                "The cloud does not tell the service's zones: whether they overlap with "
                    + Texts.safe(ours)
                    + " shows when the connection is created."));
      }
      return ours;
    }
    List<String> common = ours.stream().filter(serviceZones::contains).toList();
    if (common.isEmpty()) {
      findings.add(noCommonZone(serviceZones, ours));
    } else if (common.size() < ours.size()) {
      findings.add(
          new Finding(
              FindingCode.FEWER_ZONES,
              Severity.WARNING,
              Actor.SERVICE_OWNER,
              "The service is offered in "
                  + Texts.safe(serviceZones)
                  + ", the cluster network has "
                  + Texts.safe(ours)
                  + ": only "
                  + Texts.safe(common)
                  + " can be used. Traffic of the other zones crosses zones."));
    }
    return common;
  }

  /** {@return whether there is one; the operator may mend it any moment} */
  private static boolean addAddressFindings(
      NetworkView view, List<String> common, List<Finding> findings) {
    Map<String, Subnet> byZone = new HashMap<>(view.subnetsByZone());
    byZone.keySet().retainAll(common);
    List<String> full =
        byZone.values().stream()
            .filter(
                subnet ->
                    subnet.freeAddresses().isPresent() && subnet.freeAddresses().getAsInt() < 1)
            .map(Subnet::id)
            .sorted()
            .toList();
    if (!full.isEmpty()) {
      findings.add(
          new Finding(
              FindingCode.NO_FREE_ADDRESS,
              Severity.ERROR,
              Actor.OPERATOR,
              "Subnets "
                  + Texts.safe(full)
                  + " have no free address: free one, or name another subnet of the zone."));
    }
    return !full.isEmpty();
  }

  private static void addAcceptanceFinding(Acceptance acceptance, List<Finding> findings) {
    if (acceptance == Acceptance.REQUIRED) {
      findings.add(
          new Finding(
              FindingCode.ACCEPTANCE_REQUIRED,
              Severity.INFO,
              Actor.SERVICE_OWNER,
              "The owner has to accept the connection after it is created."));
    } else if (acceptance == Acceptance.UNKNOWN) {
      findings.add(
          new Finding(
              FindingCode.ACCEPTANCE_UNKNOWN,
              Severity.INFO,
              Actor.SERVICE_OWNER,
              "The cloud does not tell whether the owner has to accept the connection."));
    }
  }

  private static List<Finding> worstFirst(List<Finding> findings) {
    return findings.stream()
        .sorted(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding::code))
        .toList();
  }
}
