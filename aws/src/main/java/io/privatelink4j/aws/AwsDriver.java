package io.privatelink4j.aws;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The driver: each method is one call of {@link Ec2Calls} or {@link Route53Calls}. */
final class AwsDriver implements PrivateLinkDriver {
  private final AwsClients clients;
  private final Ec2Calls ec2;
  private final Route53Calls route53;

  AwsDriver(AwsClients clients) {
    this.clients = clients;
    ec2 = new Ec2Calls(clients);
    route53 = new Route53Calls(clients);
  }

  @Override
  public DriverTraits traits() {
    return AwsTraits.TRAITS;
  }

  @Override
  public String scope(ClusterNetwork network) {
    return "aws/" + clients.credentialsName(network) + "/" + network.region();
  }

  @Override
  public String account(ClusterNetwork network) {
    throw new UnsupportedOperationException("subnets tell the account");
  }

  @Override
  public Page<Subnet> subnets(ClusterNetwork network, Optional<String> pageToken) {
    return ec2.subnets(network, pageToken);
  }

  @Override
  public Optional<ServiceDescription> service(ClusterNetwork network, ConnectionType type) {
    return ec2.service(network, type);
  }

  @Override
  public Endpoint createEndpoint(ClusterNetwork network, EndpointSpec spec) {
    return ec2.create(network, spec);
  }

  @Override
  public Optional<Endpoint> endpoint(ClusterNetwork network, String endpointId) {
    return ec2.read(network, endpointId);
  }

  @Override
  public List<Endpoint> endpointsById(ClusterNetwork network, List<String> endpointIds) {
    return ec2.read(network, endpointIds);
  }

  @Override
  public Page<Endpoint> endpoints(
      ClusterNetwork network, EndpointFilter filter, Optional<String> pageToken) {
    return ec2.list(network, filter, pageToken);
  }

  @Override
  public List<EndpointZone> endpointZones(ClusterNetwork network, String endpointId) {
    throw new UnsupportedOperationException("endpoints tell their zones");
  }

  @Override
  public void putLabels(
      ClusterNetwork network, List<String> endpointIds, Map<String, String> labels) {
    ec2.putTags(network, endpointIds, labels);
  }

  @Override
  public void removeLabels(ClusterNetwork network, String endpointId, Map<String, String> labels) {
    ec2.removeTags(network, endpointId, labels);
  }

  @Override
  public void removeEndpointZone(ClusterNetwork network, String endpointId, String zoneId) {
    throw new UnsupportedOperationException("zones go with the endpoint");
  }

  @Override
  public Map<String, RemoteException> deleteEndpoints(
      ClusterNetwork network, List<String> endpointIds) {
    return ec2.delete(network, endpointIds);
  }

  @Override
  public boolean dnsSwitch(ClusterNetwork network, DnsSwitch which) {
    return ec2.dnsSwitch(network, which);
  }

  @Override
  public Page<DnsZone> zones(ClusterNetwork network, ZoneQuery query, Optional<String> pageToken) {
    if (query.scope() != ZoneQuery.Scope.IN_NETWORK) {
      throw new UnsupportedOperationException("zones are not looked up by name");
    }
    return route53.inNetwork(network, pageToken);
  }

  @Override
  public Page<DnsZone> ownZones(ClusterNetwork network, Optional<String> pageToken) {
    return route53.own(network, pageToken);
  }

  @Override
  public Optional<DnsZone> zone(ClusterNetwork network, String zoneId) {
    return route53.read(network, zoneId);
  }

  @Override
  public DnsZone createZone(ClusterNetwork network, String apex, String reference) {
    return route53.create(network, apex, reference);
  }

  @Override
  public Page<ZoneRecord> records(
      ClusterNetwork network, DnsZone zone, Optional<String> pageToken) {
    return route53.records(network, zone, pageToken);
  }

  @Override
  public Optional<String> putRecords(
      ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    return Optional.of(route53.put(network, zone, records));
  }

  @Override
  public void removeRecords(ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    route53.remove(network, zone, records);
  }

  @Override
  public boolean changeDone(ClusterNetwork network, String changeId) {
    return route53.changeDone(network, changeId);
  }

  @Override
  public void bindZone(ClusterNetwork network, String zoneId, Set<DnsZone.BoundNetwork> networks) {
    throw new UnsupportedOperationException("zones are bound at creation");
  }

  @Override
  public void deleteZone(ClusterNetwork network, String zoneId) {
    route53.delete(network, zoneId);
  }

  @Override
  public void close() {
    clients.close();
  }
}
