package io.privatelink4j.testing;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.Action;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The driver of the Alibaba Cloud flavour, without gate, lock and log. */
final class AlicloudDriver implements PrivateLinkDriver {
  private static final CallFamily READS = new CallFamily("privatelink-read", 20, 10, false);
  private static final CallFamily WRITES = new CallFamily("privatelink-write", 10, 5, false);
  private static final CallFamily VPC = new CallFamily("vpc-read", 20, 10, false);
  private static final CallFamily STS = new CallFamily("sts", 20, 10, true);
  private static final CallFamily ZONES = new CallFamily("pvtz", 10, 5, true);

  private final World world;
  private final AlicloudEndpoints endpoints;
  private final PrivateZone zones;

  AlicloudDriver(World world, AlicloudEndpoints endpoints, PrivateZone zones) {
    this.world = world;
    this.endpoints = endpoints;
    this.zones = zones;
  }

  @Override
  public DriverTraits traits() {
    return DriverTraits.builder()
        .actions(actions())
        .idsPerRead(1)
        .idsPerFilter(1)
        .endpointsPerPage(AlicloudEndpoints.PAGE)
        .idsPerLabelCall(AlicloudEndpoints.IDS_PER_LABEL_CALL)
        .idsPerDelete(1)
        .labelsPerEndpoint(20)
        .recordsPerCall(1)
        .accountFromSubnets(false)
        .zonesInEndpoint(false)
        .zonesRemovedFirst(true)
        .zoneBoundAtCreation(false)
        .dnsSwitches(Set.of())
        .build();
  }

  /** The budgets are moderate guesses: Alibaba Cloud does not publish them. */
  private static Map<Operation, Action> actions() {
    Map<Operation, Action> actions = new EnumMap<>(Operation.class);
    actions.put(Operation.READ_ACCOUNT, action("sts", "GetCallerIdentity", STS));
    actions.put(Operation.READ_SUBNETS, action("vpc", "DescribeVSwitches", VPC));
    actions.put(Operation.READ_SERVICE, read("ListVpcEndpointServicesByEndUser"));
    actions.put(Operation.READ_ENDPOINT, read("ListVpcEndpoints"));
    actions.put(Operation.LIST_ENDPOINTS, read("ListVpcEndpoints"));
    actions.put(Operation.READ_ENDPOINT_ZONES, read("ListVpcEndpointZones"));
    actions.put(Operation.CREATE_ENDPOINT, write("CreateVpcEndpoint"));
    actions.put(Operation.PUT_LABELS, write("TagResources"));
    actions.put(Operation.REMOVE_LABELS, write("UntagResources"));
    actions.put(Operation.REMOVE_ENDPOINT_ZONE, write("RemoveZoneFromVpcEndpoint"));
    actions.put(Operation.DELETE_ENDPOINTS, write("DeleteVpcEndpoint"));
    actions.put(Operation.LIST_ZONES, zone("DescribeZones"));
    actions.put(Operation.LIST_OWN_ZONES, zone("DescribeZones"));
    actions.put(Operation.READ_ZONE, zone("DescribeZoneInfo"));
    actions.put(Operation.CREATE_ZONE, zone("AddZone"));
    actions.put(Operation.LIST_RECORDS, zone("DescribeZoneRecords"));
    actions.put(Operation.PUT_RECORDS, zone("AddZoneRecord"));
    actions.put(Operation.REMOVE_RECORDS, zone("DeleteZoneRecord"));
    actions.put(Operation.BIND_ZONE, zone("BindZoneVpc"));
    actions.put(Operation.DELETE_ZONE, zone("DeleteZone"));
    return actions;
  }

  private static Action read(String name) {
    return action("privatelink", name, READS);
  }

  private static Action write(String name) {
    return action("privatelink", name, WRITES);
  }

  private static Action zone(String name) {
    return action("pvtz", name, ZONES);
  }

  private static Action action(String product, String name, CallFamily family) {
    return new Action(name, product + ":" + name, family);
  }

  @Override
  public String scope(ClusterNetwork network) {
    return "alicloud/" + world.account + "/" + network.region();
  }

  @Override
  public String account(ClusterNetwork network) {
    return world.account;
  }

  @Override
  public Page<Subnet> subnets(ClusterNetwork network, Optional<String> pageToken) {
    return endpoints.subnets(network, pageToken);
  }

  @Override
  public Optional<ServiceDescription> service(ClusterNetwork network, ConnectionType type) {
    return endpoints.listed(network, type);
  }

  @Override
  public Endpoint createEndpoint(ClusterNetwork network, EndpointSpec spec) {
    return endpoints.create(network, spec);
  }

  @Override
  public Optional<Endpoint> endpoint(ClusterNetwork network, String endpointId) {
    return endpoints.read(network, endpointId);
  }

  @Override
  public List<Endpoint> endpointsById(ClusterNetwork network, List<String> endpointIds) {
    return endpoints.readOne(network, endpointIds);
  }

  @Override
  public Page<Endpoint> endpoints(
      ClusterNetwork network, EndpointFilter filter, Optional<String> pageToken) {
    return endpoints.list(network, filter, pageToken);
  }

  @Override
  public List<EndpointZone> endpointZones(ClusterNetwork network, String endpointId) {
    return endpoints.zones(network, endpointId);
  }

  @Override
  public void putLabels(
      ClusterNetwork network, List<String> endpointIds, Map<String, String> labels) {
    endpoints.put(network, endpointIds, labels);
  }

  @Override
  public void removeLabels(ClusterNetwork network, String endpointId, Map<String, String> labels) {
    endpoints.remove(network, endpointId, labels);
  }

  @Override
  public void removeEndpointZone(ClusterNetwork network, String endpointId, String zoneId) {
    endpoints.removeZone(network, endpointId, zoneId);
  }

  @Override
  public Map<String, RemoteException> deleteEndpoints(
      ClusterNetwork network, List<String> endpointIds) {
    return endpoints.delete(network, endpointIds);
  }

  @Override
  public boolean dnsSwitch(ClusterNetwork network, DnsSwitch which) {
    throw new UnsupportedOperationException("networks have no DNS switches");
  }

  @Override
  public Page<DnsZone> zones(ClusterNetwork network, ZoneQuery query, Optional<String> pageToken) {
    return zones.list(network, query, pageToken);
  }

  @Override
  public Page<DnsZone> ownZones(ClusterNetwork network, Optional<String> pageToken) {
    return zones.listOwn(pageToken);
  }

  @Override
  public Optional<DnsZone> zone(ClusterNetwork network, String zoneId) {
    return zones.read(zoneId);
  }

  @Override
  public DnsZone createZone(ClusterNetwork network, String apex, String reference) {
    return zones.create(apex);
  }

  @Override
  public Page<ZoneRecord> records(
      ClusterNetwork network, DnsZone zone, Optional<String> pageToken) {
    return zones.records(zone, pageToken);
  }

  @Override
  public Optional<String> putRecords(
      ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    zones.put(zone, records);
    return Optional.empty();
  }

  @Override
  public void removeRecords(ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    zones.remove(zone, records);
  }

  @Override
  public boolean changeDone(ClusterNetwork network, String changeId) {
    throw new UnsupportedOperationException("changes are done at once");
  }

  @Override
  public void bindZone(ClusterNetwork network, String zoneId, Set<DnsZone.BoundNetwork> networks) {
    zones.bind(zoneId, networks);
  }

  @Override
  public void deleteZone(ClusterNetwork network, String zoneId) {
    zones.delete(zoneId);
  }

  @Override
  public void close() {}
}
