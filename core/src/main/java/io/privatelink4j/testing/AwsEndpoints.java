package io.privatelink4j.testing;

import static io.privatelink4j.spi.ErrorKind.BAD_NETWORK;
import static io.privatelink4j.spi.ErrorKind.INVALID;
import static io.privatelink4j.spi.ErrorKind.NOT_FOUND;
import static io.privatelink4j.spi.ErrorKind.QUOTA;
import static io.privatelink4j.spi.ErrorKind.SERVICE_NOT_USABLE;
import static io.privatelink4j.spi.ErrorKind.ZONE_NOT_SERVED;
import static io.privatelink4j.testing.Assumption.SERVICE_ZONE_IDS_TOLD;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.Subnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** EC2: subnets, endpoint services and interface endpoints. Guarded by the cloud's lock. */
final class AwsEndpoints extends Endpoints {
  static final int IDS_PER_READ = 1_000;
  static final int VALUES_PER_FILTER = 200;
  static final int IDS_PER_LABEL_CALL = 1_000;
  static final int IDS_PER_DELETE = 25;
  private static final int FILTERS = 50;
  private static final int FILTER_LENGTH = 255;
  private static final Pattern ENDPOINT_ID = Pattern.compile("vpce-[0-9a-f]{8,17}");

  private final Pages pages = new Pages("InvalidNextToken");

  AwsEndpoints(World world) {
    super(
        world,
        LabelRules.aws(),
        new ClientTokens(world, "InvalidParameterValue"),
        new Pages("InvalidNextToken"));
  }

  Page<Subnet> subnets(ClusterNetwork network, Optional<String> pageToken) {
    NavigableMap<String, SimSubnet> asked = new TreeMap<>();
    for (String id : network.subnetIds()) {
      SimSubnet subnet = world.subnets.get(id);
      if (subnet == null || !inRegion(subnet, network.region())) {
        throw new RemoteException(
            BAD_NETWORK, "InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist");
      }
      asked.put(id, subnet);
    }
    return pages.cut(
        "subnets|" + asked.keySet(),
        asked,
        pageToken,
        world.pageSize(PAGE),
        subnet -> Optional.of(subnet.view(world.account, world.nanos())));
  }

  private boolean inRegion(SimSubnet subnet, String region) {
    SimNetwork network = world.networks.get(subnet.vpcId);
    return network != null && network.region.equals(region);
  }

  private SimNetwork network(ClusterNetwork network) {
    return world
        .find(network)
        .orElseThrow(
            () ->
                new RemoteException(
                    BAD_NETWORK,
                    "InvalidVpcID.NotFound",
                    "The vpc ID '" + network.vpcId() + "' does not exist"));
  }

  boolean dnsSwitch(ClusterNetwork network, DnsSwitch which) {
    return network(network).switches.contains(which);
  }

  @Override
  boolean reachable(SimService service, ClusterNetwork network, ConnectionType type) {
    String asked =
        type instanceof AwsEndpointService aws
            ? aws.region().orElse(network.region())
            : network.region();
    return service.region.equals(asked) && service.consumerRegions.contains(network.region());
  }

  /** Zones are told for services of the caller's region only. */
  @Override
  ServiceDescription describe(SimService service, ClusterNetwork network) {
    boolean here = service.region.equals(network.region());
    Set<String> ids = here ? Set.copyOf(service.zoneIds) : Set.of();
    Set<String> names =
        ids.stream()
            .map(zone -> ZoneNaming.nameOf(world.cloud, service.region, zone))
            .collect(Collectors.toUnmodifiableSet());
    return new ServiceDescription(
        service.name,
        world.assumptions.hold(SERVICE_ZONE_IDS_TOLD) ? ids : Set.of(),
        names,
        service.automatic ? Acceptance.AUTOMATIC : Acceptance.REQUIRED);
  }

  @Override
  SimEndpoint make(ClusterNetwork network, EndpointSpec spec) {
    SimNetwork vpc = network(network);
    for (String group : network.securityGroupIds()) {
      if (!group.equals(vpc.securityGroupId)) {
        throw new RemoteException(
            BAD_NETWORK,
            "InvalidSecurityGroupID.NotFound",
            "The security group '" + group + "' does not exist");
      }
    }
    String name = spec.type().serviceName();
    SimService service =
        visible(network, spec.type())
            .orElseThrow(
                () ->
                    new RemoteException(
                        SERVICE_NOT_USABLE,
                        "InvalidServiceName",
                        "The Vpc Endpoint Service '" + name + "' does not exist"));
    World.check(!spec.subnets().isEmpty(), "MissingParameter", "No subnet is given.");
    List<SimSubnet> subnets = new ArrayList<>();
    Map<String, String> zones = new HashMap<>();
    for (Subnet asked : spec.subnets()) {
      SimSubnet subnet = subnet(vpc, asked.id(), "InvalidSubnetID.NotFound");
      String other = zones.put(subnet.zoneId, subnet.id);
      if (other != null) {
        throw new RemoteException(
            BAD_NETWORK,
            "DuplicateSubnetsInSameZone",
            "Found another VPC endpoint subnet in the availability zone of "
                + subnet.id
                + ": "
                + other);
      }
      checkUsable(subnet, service, vpc);
      subnets.add(subnet);
    }
    if (vpc.full(world.endpointsPerVpc)) {
      throw new RemoteException(
          QUOTA,
          "VpcEndpointLimitExceeded",
          "The VPC has its " + world.endpointsPerVpc + " interface endpoints.");
    }
    return add(vpc, service, subnets, spec.labels());
  }

  private void checkUsable(SimSubnet subnet, SimService service, SimNetwork vpc) {
    if (service.region.equals(vpc.region) && !service.zoneIds.contains(subnet.zoneId)) {
      throw new RemoteException(
          ZONE_NOT_SERVED,
          "InvalidParameter",
          "The VPC endpoint service "
              + service.name
              + " does not support the availability zone of the subnet: "
              + subnet.id
              + ".");
    }
    if (subnet.free(world.nanos()) < 1) {
      throw new RemoteException(
          BAD_NETWORK,
          "InsufficientFreeAddressesInSubnet",
          "The subnet " + subnet.id + " has no free address.");
    }
  }

  @Override
  SimEndpoint build(
      SimNetwork network, SimService service, List<SimSubnet> subnets, Map<String, String> labels) {
    return new AwsEndpoint(world, world.ids.aws("vpce"), network, service, subnets, labels);
  }

  Optional<Endpoint> readOne(ClusterNetwork network, String endpointId) {
    checkId(endpointId);
    return read(network, endpointId);
  }

  List<Endpoint> readMany(ClusterNetwork network, List<String> endpointIds) {
    checkIds(endpointIds, IDS_PER_READ);
    return readAll(network, endpointIds);
  }

  @Override
  void checkFilter(EndpointFilter filter) {
    String code = "FilterLimitExceeded";
    World.check(filter.labels().size() < FILTERS, code, "At most 50 filters.");
    World.check(
        filter.endpointIds().size() <= VALUES_PER_FILTER, code, "At most 200 values per filter.");
    filter
        .labels()
        .forEach(
            (key, value) ->
                World.check(
                    key.length() <= FILTER_LENGTH && value.length() <= FILTER_LENGTH,
                    code,
                    "At most 255 characters per filter value."));
  }

  @Override
  Predicate<String> pattern(String value) {
    return Wildcard.of(value);
  }

  void put(ClusterNetwork network, List<String> endpointIds, Map<String, String> labels) {
    checkIds(endpointIds, IDS_PER_LABEL_CALL);
    putLabels(network, endpointIds, labels);
  }

  void remove(ClusterNetwork network, String endpointId, Map<String, String> labels) {
    checkId(endpointId);
    removeLabels(network, endpointId, labels, true);
  }

  Map<String, RemoteException> delete(ClusterNetwork network, List<String> endpointIds) {
    checkIds(endpointIds, IDS_PER_DELETE);
    Map<String, RemoteException> failures = new LinkedHashMap<>();
    long now = world.nanos();
    for (String id : endpointIds) {
      Optional<SimEndpoint> endpoint = seen(network, id).filter(found -> !found.deleted(now));
      if (endpoint.isPresent()) {
        endpoint.get().delete(now);
      } else {
        failures.put(
            id,
            new RemoteException(
                NOT_FOUND,
                "InvalidVpcEndpoint.NotFound",
                "The Vpc Endpoint '" + id + "' does not exist"));
      }
    }
    return failures;
  }

  private static void checkIds(List<String> endpointIds, int most) {
    World.check(!endpointIds.isEmpty(), "MissingParameter", "No endpoint is given.");
    World.check(
        endpointIds.size() <= most,
        "InvalidParameterValue",
        "At most " + most + " endpoints, not " + endpointIds.size() + ".");
    endpointIds.forEach(AwsEndpoints::checkId);
  }

  private static void checkId(String endpointId) {
    if (!ENDPOINT_ID.matcher(endpointId).matches()) {
      throw new RemoteException(
          INVALID,
          "InvalidVpcEndpointId.Malformed",
          "The Vpc Endpoint Id '" + endpointId + "' is malformed");
    }
  }

  @Override
  RemoteException missing(String endpointId) {
    return new RemoteException(
        NOT_FOUND,
        "InvalidVpcEndpointId.NotFound",
        "The Vpc Endpoint Id '" + endpointId + "' does not exist");
  }

  @Override
  RemoteException missingForLabels(String endpointId) {
    return missing(endpointId);
  }
}
