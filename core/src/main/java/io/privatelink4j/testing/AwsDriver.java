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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The driver of the AWS flavour, without gate, lock and log. */
final class AwsDriver implements PrivateLinkDriver {
  private static final CallFamily READS = new CallFamily("ec2-read", 100, 20, false);
  private static final CallFamily TAGS = new CallFamily("ec2-tags", 100, 10, false);
  private static final CallFamily CREATE = new CallFamily("ec2-create-endpoint", 4, 0.3, false);
  private static final CallFamily DELETE = new CallFamily("ec2-delete-endpoints", 4, 0.3, false);

  /** The account's 5 calls per second, of which a client takes 3. */
  private static final CallFamily ROUTE_53 = new CallFamily("route53", 5, 3, true);

  private final World world;
  private final AwsEndpoints endpoints;
  private final Route53 zones;

  AwsDriver(World world, AwsEndpoints endpoints, Route53 zones) {
    this.world = world;
    this.endpoints = endpoints;
    this.zones = zones;
  }

  @Override
  public DriverTraits traits() {
    return DriverTraits.builder()
        .actions(actions())
        .idsPerRead(AwsEndpoints.IDS_PER_READ)
        .idsPerFilter(AwsEndpoints.VALUES_PER_FILTER)
        .endpointsPerPage(AwsEndpoints.PAGE)
        .idsPerLabelCall(AwsEndpoints.IDS_PER_LABEL_CALL)
        .idsPerDelete(AwsEndpoints.IDS_PER_DELETE)
        .labelsPerEndpoint(50)
        .recordsPerCall(Route53.RECORDS_PER_CHANGE)
        .accountFromSubnets(true)
        .zonesInEndpoint(true)
        .zonesRemovedFirst(false)
        .zoneBoundAtCreation(true)
        .dnsSwitches(EnumSet.allOf(DnsSwitch.class))
        .build();
  }

  private static Map<Operation, Action> actions() {
    Map<Operation, Action> actions = new EnumMap<>(Operation.class);
    actions.put(Operation.READ_SUBNETS, ec2("DescribeSubnets", READS));
    actions.put(Operation.READ_SERVICE, ec2("DescribeVpcEndpointServices", READS));
    actions.put(Operation.READ_ENDPOINT, ec2("DescribeVpcEndpoints", READS));
    actions.put(Operation.LIST_ENDPOINTS, ec2("DescribeVpcEndpoints", READS));
    actions.put(Operation.READ_DNS_SWITCH, ec2("DescribeVpcAttribute", READS));
    actions.put(Operation.CREATE_ENDPOINT, ec2("CreateVpcEndpoint", CREATE));
    actions.put(Operation.PUT_LABELS, ec2("CreateTags", TAGS));
    actions.put(Operation.REMOVE_LABELS, ec2("DeleteTags", TAGS));
    actions.put(Operation.DELETE_ENDPOINTS, ec2("DeleteVpcEndpoints", DELETE));
    actions.put(Operation.LIST_ZONES, route53("ListHostedZonesByVPC"));
    actions.put(Operation.LIST_OWN_ZONES, route53("ListHostedZones"));
    actions.put(Operation.READ_ZONE, route53("GetHostedZone"));
    actions.put(Operation.CREATE_ZONE, route53("CreateHostedZone"));
    actions.put(Operation.LIST_RECORDS, route53("ListResourceRecordSets"));
    actions.put(Operation.PUT_RECORDS, route53("ChangeResourceRecordSets"));
    actions.put(Operation.REMOVE_RECORDS, route53("ChangeResourceRecordSets"));
    actions.put(Operation.READ_CHANGE, route53("GetChange"));
    actions.put(Operation.DELETE_ZONE, route53("DeleteHostedZone"));
    return actions;
  }

  private static Action ec2(String name, CallFamily family) {
    return new Action(name, "ec2:" + name, family);
  }

  private static Action route53(String name) {
    return new Action(name, "route53:" + name, ROUTE_53);
  }

  @Override
  public String scope(ClusterNetwork network) {
    return "aws/" + world.account + "/" + network.region();
  }

  @Override
  public String account(ClusterNetwork network) {
    throw new UnsupportedOperationException("subnets tell the account");
  }

  @Override
  public Page<Subnet> subnets(ClusterNetwork network, Optional<String> pageToken) {
    return endpoints.subnets(network, pageToken);
  }

  @Override
  public Optional<ServiceDescription> service(ClusterNetwork network, ConnectionType type) {
    return endpoints.service(network, type);
  }

  @Override
  public Endpoint createEndpoint(ClusterNetwork network, EndpointSpec spec) {
    return endpoints.create(network, spec);
  }

  @Override
  public Optional<Endpoint> endpoint(ClusterNetwork network, String endpointId) {
    return endpoints.readOne(network, endpointId);
  }

  @Override
  public List<Endpoint> endpointsById(ClusterNetwork network, List<String> endpointIds) {
    return endpoints.readMany(network, endpointIds);
  }

  @Override
  public Page<Endpoint> endpoints(
      ClusterNetwork network, EndpointFilter filter, Optional<String> pageToken) {
    return endpoints.list(network, filter, pageToken);
  }

  @Override
  public List<EndpointZone> endpointZones(ClusterNetwork network, String endpointId) {
    throw new UnsupportedOperationException("endpoints tell their zones");
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
    throw new UnsupportedOperationException("zones go with the endpoint");
  }

  @Override
  public Map<String, RemoteException> deleteEndpoints(
      ClusterNetwork network, List<String> endpointIds) {
    return endpoints.delete(network, endpointIds);
  }

  @Override
  public boolean dnsSwitch(ClusterNetwork network, DnsSwitch which) {
    return endpoints.dnsSwitch(network, which);
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
    return zones.create(network, apex, reference);
  }

  @Override
  public Page<ZoneRecord> records(
      ClusterNetwork network, DnsZone zone, Optional<String> pageToken) {
    return zones.records(zone, pageToken);
  }

  @Override
  public Optional<String> putRecords(
      ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    return Optional.of(zones.put(zone, records));
  }

  @Override
  public void removeRecords(ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    zones.remove(zone, records);
  }

  @Override
  public boolean changeDone(ClusterNetwork network, String changeId) {
    return zones.done(changeId);
  }

  @Override
  public void bindZone(ClusterNetwork network, String zoneId, Set<DnsZone.BoundNetwork> networks) {
    throw new UnsupportedOperationException("zones are bound at creation");
  }

  @Override
  public void deleteZone(ClusterNetwork network, String zoneId) {
    zones.delete(zoneId);
  }

  @Override
  public void close() {}
}
