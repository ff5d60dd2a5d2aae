package io.privatelink4j.alicloud;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.ErrorKind;
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

/**
 * The driver: each method is one call of {@link PrivateLinkCalls}, {@link PrivateZoneCalls} or
 * {@link NetworkCalls}.
 */
final class AlicloudDriver implements PrivateLinkDriver {
  private final AlicloudCalls calls;
  private final PrivateLinkCalls endpoints;
  private final PrivateZoneCalls zones;
  private final NetworkCalls networks;

  AlicloudDriver(AlicloudOptions options) {
    calls = new AlicloudCalls(options);
    endpoints = new PrivateLinkCalls(calls, options.resourceGroupId());
    zones = new PrivateZoneCalls(calls, options.resourceGroupId());
    networks = new NetworkCalls(calls);
  }

  @Override
  public DriverTraits traits() {
    return AlicloudTraits.TRAITS;
  }

  @Override
  public String scope(ClusterNetwork network) {
    return "alicloud/" + calls.credentialsName(network) + "/" + network.region();
  }

  @Override
  public String account(ClusterNetwork network) {
    return networks.account(network);
  }

  @Override
  public Page<Subnet> subnets(ClusterNetwork network, Optional<String> pageToken) {
    return networks.subnets(network, pageToken);
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
    return endpoints.read(network, endpointId);
  }

  @Override
  public List<Endpoint> endpointsById(ClusterNetwork network, List<String> endpointIds) {
    String id = only(endpointIds);
    return List.of(
        endpoints
            .read(network, id)
            .orElseThrow(
                () ->
                    new RemoteException(
                        ErrorKind.NOT_FOUND,
                        "EndpointNotFound",
                        "The endpoint " + id + " does not exist.")));
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
    endpoints.putTags(network, endpointIds, labels);
  }

  @Override
  public void removeLabels(ClusterNetwork network, String endpointId, Map<String, String> labels) {
    endpoints.removeTags(network, endpointId, labels);
  }

  @Override
  public void removeEndpointZone(ClusterNetwork network, String endpointId, String zoneId) {
    endpoints.removeZone(network, endpointId, zoneId);
  }

  /** What is the matter with the endpoint is told by its id, what is with the call is thrown. */
  @Override
  public Map<String, RemoteException> deleteEndpoints(
      ClusterNetwork network, List<String> endpointIds) {
    String id = only(endpointIds);
    try {
      endpoints.delete(network, id);
      return Map.of();
    } catch (RemoteException e) {
      return switch (e.kind()) {
        case NOT_FOUND, BUSY, NOT_EMPTY, BILLING_LOCKED -> Map.of(id, e);
        default -> throw e;
      };
    }
  }

  private static String only(List<String> endpointIds) {
    if (endpointIds.size() != 1) {
      throw new RemoteException(
          ErrorKind.INVALID,
          "InvalidParameter",
          "One endpoint at a time, not " + endpointIds.size() + ".");
    }
    return endpointIds.get(0);
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
    return zones.listOwn(network, pageToken);
  }

  @Override
  public Optional<DnsZone> zone(ClusterNetwork network, String zoneId) {
    return zones.read(network, zoneId);
  }

  /** The reference is left out: a zone has nothing to keep it in from its first moment. */
  @Override
  public DnsZone createZone(ClusterNetwork network, String apex, String reference) {
    return zones.create(network, apex);
  }

  @Override
  public Page<ZoneRecord> records(
      ClusterNetwork network, DnsZone zone, Optional<String> pageToken) {
    return zones.records(network, zone, pageToken);
  }

  @Override
  public Optional<String> putRecords(
      ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    zones.put(network, zone, records);
    return Optional.empty();
  }

  @Override
  public void removeRecords(ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    zones.remove(network, records);
  }

  @Override
  public boolean changeDone(ClusterNetwork network, String changeId) {
    throw new UnsupportedOperationException("changes are done at once");
  }

  @Override
  public void bindZone(ClusterNetwork network, String zoneId, Set<DnsZone.BoundNetwork> networks) {
    zones.bind(network, zoneId, networks);
  }

  @Override
  public void deleteZone(ClusterNetwork network, String zoneId) {
    zones.delete(network, zoneId);
  }

  @Override
  public void close() {
    calls.close();
  }
}
