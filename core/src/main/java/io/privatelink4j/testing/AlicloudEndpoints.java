package io.privatelink4j.testing;

import static io.privatelink4j.spi.ErrorKind.BAD_NETWORK;
import static io.privatelink4j.spi.ErrorKind.BILLING_LOCKED;
import static io.privatelink4j.spi.ErrorKind.BUSY;
import static io.privatelink4j.spi.ErrorKind.NOT_EMPTY;
import static io.privatelink4j.spi.ErrorKind.NOT_FOUND;
import static io.privatelink4j.spi.ErrorKind.QUOTA;
import static io.privatelink4j.spi.ErrorKind.SERVICE_NOT_USABLE;
import static io.privatelink4j.spi.ErrorKind.ZONE_NOT_SERVED;
import static io.privatelink4j.testing.Assumption.ACCEPTANCE_TOLD;
import static io.privatelink4j.testing.Assumption.DUPLICATE_ENDPOINT_REFUSED;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.Subnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** VPC, PrivateLink: vSwitches, endpoint services and endpoints. Guarded by the cloud's lock. */
final class AlicloudEndpoints extends Endpoints {
  static final int IDS_PER_LABEL_CALL = 50;
  private static final int ZONES = 10;
  private static final int SECURITY_GROUPS = 10;
  private static final int TAG_FILTERS = 20;
  private static final int SUBNET_PAGE = 50;
  private static final Pattern NAME =
      Pattern.compile("\\p{IsAlphabetic}[\\p{IsAlphabetic}0-9_-]{1,127}");

  private final Pages pages = new Pages("InvalidParameter");
  private boolean productOpened = true;

  AlicloudEndpoints(World world) {
    super(
        world,
        LabelRules.alicloud(world.assumptions),
        new ClientTokens(world, "IllegalParamFormat.ClientToken"),
        new Pages("IllegalParamFormat.NextToken"));
  }

  void openProduct(boolean opened) {
    productOpened = opened;
  }

  private void checkProduct() {
    if (!productOpened) {
      throw new RemoteException(
          ErrorKind.PRODUCT_NOT_OPENED, "NeedOpenProduct", "PrivateLink has not been activated.");
    }
  }

  Page<Subnet> subnets(ClusterNetwork network, Optional<String> pageToken) {
    SimNetwork vpc =
        world
            .find(network)
            .orElseThrow(
                () ->
                    new RemoteException(
                        BAD_NETWORK,
                        "Forbidden.VpcNotFound",
                        "The VPC " + network.vpcId() + " does not exist."));
    NavigableMap<String, SimSubnet> all = new TreeMap<>(vpc.subnets);
    return pages.cut(
        "subnets|" + vpc.vpcId,
        all,
        pageToken,
        world.pageSize(SUBNET_PAGE),
        subnet -> Optional.of(subnet.view(world.account, world.nanos())));
  }

  Optional<ServiceDescription> listed(ClusterNetwork network, ConnectionType type) {
    checkProduct();
    return service(network, type);
  }

  @Override
  boolean reachable(SimService service, ClusterNetwork network, ConnectionType type) {
    return service.region.equals(network.region());
  }

  @Override
  ServiceDescription describe(SimService service, ClusterNetwork network) {
    Acceptance acceptance =
        !world.assumptions.hold(ACCEPTANCE_TOLD)
            ? Acceptance.UNKNOWN
            : service.automatic ? Acceptance.AUTOMATIC : Acceptance.REQUIRED;
    Set<String> zones = Set.copyOf(service.zoneIds);
    return new ServiceDescription(service.name, zones, zones, acceptance);
  }

  @Override
  SimEndpoint make(ClusterNetwork network, EndpointSpec spec) {
    checkProduct();
    World.check(
        NAME.matcher(spec.name()).matches(),
        "IllegalParamFormat.EndpointName",
        "The endpoint name is not valid: " + spec.name());
    World.check(
        spec.subnets().size() <= ZONES, "IllegalParam.Zone", "An endpoint has at most 10 zones.");
    SimNetwork vpc =
        world
            .find(network)
            .orElseThrow(
                () ->
                    new RemoteException(
                        BAD_NETWORK,
                        "VpcNotFound",
                        "The VPC " + network.vpcId() + " does not exist."));
    checkSecurityGroups(network.securityGroupIds(), vpc);
    SimService service = usable(network, spec.type());
    List<SimSubnet> subnets = new ArrayList<>();
    Set<String> zones = new HashSet<>();
    for (Subnet asked : spec.subnets()) {
      SimSubnet subnet = subnet(vpc, asked.id(), "VSwitchNotFound");
      if (!subnet.zoneId.equals(asked.zoneId())) {
        throw new RemoteException(
            BAD_NETWORK,
            "VSwitchNotFound",
            "The vSwitch " + subnet.id + " does not lie in zone " + asked.zoneId() + ".");
      }
      if (!zones.add(subnet.zoneId)) {
        throw new RemoteException(
            BAD_NETWORK, "EndpointZoneDuplicated", "Zone " + subnet.zoneId + " is given twice.");
      }
      checkUsable(subnet, service);
      subnets.add(subnet);
    }
    if (vpc.full(world.endpointsPerVpc)) {
      throw new RemoteException(
          QUOTA,
          "QuotaExceeded.totalEpPerVpc",
          "The VPC has its " + world.endpointsPerVpc + " endpoints.");
    }
    if (world.assumptions.hold(DUPLICATE_ENDPOINT_REFUSED) && vpc.leadsTo(service)) {
      throw new RemoteException(
          ErrorKind.ALREADY_EXISTS,
          "EndpointDuplicated",
          "The endpoint of the service already exists and cannot be created again.");
    }
    return add(vpc, service, subnets, spec.labels());
  }

  private static void checkSecurityGroups(List<String> groups, SimNetwork vpc) {
    if (groups.isEmpty()) {
      throw new RemoteException(
          BAD_NETWORK,
          "EndpointMustContainSecurityGroup",
          "An endpoint needs at least one security group.");
    }
    World.check(
        groups.size() <= SECURITY_GROUPS,
        "IllegalParam.SecurityGroupId",
        "An endpoint has at most 10 security groups.");
    for (String group : groups) {
      if (!group.equals(vpc.securityGroupId)) {
        throw new RemoteException(
            BAD_NETWORK,
            "SecurityGroupNotFound",
            "The security group " + group + " does not exist.");
      }
    }
  }

  private SimService usable(ClusterNetwork network, ConnectionType type) {
    SimService service = world.services.get(type.serviceName());
    if (service == null || !reachable(service, network, type)) {
      throw new RemoteException(
          SERVICE_NOT_USABLE,
          "EndpointServiceNotFound",
          "The endpoint service " + type.serviceName() + " does not exist.");
    }
    if (service.deleted) {
      throw new RemoteException(
          SERVICE_NOT_USABLE,
          "EndpointServiceDeleted",
          "The endpoint service " + service.name + " was deleted.");
    }
    if (!service.allows(world.account, network.principal())) {
      throw new RemoteException(
          SERVICE_NOT_USABLE,
          "EndpointServiceNotAuthorized",
          "The account is not on the whitelist of " + service.name + ".");
    }
    return service;
  }

  private void checkUsable(SimSubnet subnet, SimService service) {
    if (!service.zoneIds.contains(subnet.zoneId)) {
      throw new RemoteException(
          ZONE_NOT_SERVED,
          "EndpointServiceNotSupportedZone",
          "The endpoint service " + service.name + " does not support zone " + subnet.zoneId + ".");
    }
    if (subnet.free(world.nanos()) < 1) {
      throw new RemoteException(
          BAD_NETWORK,
          "ResourceNotEnough.VSwitchIp",
          "The vSwitch " + subnet.id + " has no free address.");
    }
  }

  @Override
  SimEndpoint build(
      SimNetwork network, SimService service, List<SimSubnet> subnets, Map<String, String> labels) {
    return new AlicloudEndpoint(world, world.ids.alicloud("ep"), network, service, subnets, labels);
  }

  List<Endpoint> readOne(ClusterNetwork network, List<String> endpointIds) {
    World.check(
        endpointIds.size() == 1, "IllegalParam.EndpointId", "One endpoint is read at a time.");
    return readAll(network, endpointIds);
  }

  @Override
  void checkFilter(EndpointFilter filter) {
    World.check(
        filter.endpointIds().size() <= 1, "IllegalParam.EndpointId", "One endpoint id at most.");
    World.check(filter.labels().size() <= TAG_FILTERS, "IllegalParam.Tag", "At most 20 tags.");
  }

  @Override
  Predicate<String> pattern(String value) {
    return value::equals;
  }

  List<EndpointZone> zones(ClusterNetwork network, String endpointId) {
    return sim(seen(network, endpointId), endpointId).zones(world.nanos());
  }

  void put(ClusterNetwork network, List<String> endpointIds, Map<String, String> labels) {
    World.check(
        !endpointIds.isEmpty() && endpointIds.size() <= IDS_PER_LABEL_CALL,
        "IllegalParam.ResourceId",
        "1 to 50 resources, not " + endpointIds.size() + ".");
    putLabels(network, endpointIds, labels);
  }

  void remove(ClusterNetwork network, String endpointId, Map<String, String> labels) {
    removeLabels(network, endpointId, labels, false);
  }

  void removeZone(ClusterNetwork network, String endpointId, String zoneId) {
    long now = world.nanos();
    AlicloudEndpoint endpoint = sim(seen(network, endpointId), endpointId);
    checkChangeable(endpoint, now);
    if (!endpoint.hasZone(zoneId, now)) {
      throw new RemoteException(
          NOT_FOUND,
          "EndpointZoneNotFound",
          "The endpoint " + endpointId + " has no zone " + zoneId + ".");
    }
    endpoint.removeZone(zoneId, now);
  }

  Map<String, RemoteException> delete(ClusterNetwork network, List<String> endpointIds) {
    World.check(
        endpointIds.size() == 1, "IllegalParam.EndpointId", "One endpoint is deleted at a time.");
    String id = endpointIds.get(0);
    long now = world.nanos();
    try {
      AlicloudEndpoint endpoint = sim(seen(network, id), id);
      checkChangeable(endpoint, now);
      if (!endpoint.zoneIds(now).isEmpty()) {
        throw new RemoteException(
            NOT_EMPTY,
            "EndpointDependenceViolation",
            "The endpoint " + id + " still has zones: " + endpoint.zoneIds(now) + ".");
      }
      endpoint.delete(now);
      return Map.of();
    } catch (RemoteException e) {
      return Map.of(id, e);
    }
  }

  private static void checkChangeable(AlicloudEndpoint endpoint, long now) {
    if (endpoint.billingLocked()) {
      throw new RemoteException(
          BILLING_LOCKED,
          "EndpointLocked",
          "The endpoint " + endpoint.id + " is locked: FinancialLocked.");
    }
    if (endpoint.alive() && endpoint.removing(now)) {
      throw new RemoteException(
          BUSY,
          "ConcurrentCallNotSupported",
          "A zone of endpoint " + endpoint.id + " is being removed.");
    }
    if (endpoint.alive() && endpoint.connecting(now)) {
      throw new RemoteException(
          BUSY,
          "EndpointConnectionOperationDenied",
          "The endpoint " + endpoint.id + " is being connected or disconnected.");
    }
    if (!endpoint.alive() || !endpoint.active(now)) {
      throw new RemoteException(
          BUSY,
          "EndpointOperationDenied",
          "The status of endpoint " + endpoint.id + " does not allow it.");
    }
  }

  private AlicloudEndpoint sim(Optional<SimEndpoint> found, String endpointId) {
    return found
        .filter(AlicloudEndpoint.class::isInstance)
        .map(AlicloudEndpoint.class::cast)
        .orElseThrow(() -> missing(endpointId));
  }

  @Override
  RemoteException missing(String endpointId) {
    return new RemoteException(
        NOT_FOUND, "EndpointNotFound", "The endpoint " + endpointId + " does not exist.");
  }

  @Override
  RemoteException missingForLabels(String endpointId) {
    return new RemoteException(
        NOT_FOUND, "InvalidResourceId.NotFound", "The resource " + endpointId + " does not exist.");
  }
}
