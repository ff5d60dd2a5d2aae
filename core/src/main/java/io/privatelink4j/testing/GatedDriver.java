package io.privatelink4j.testing;

import static io.privatelink4j.spi.Operation.BIND_ZONE;
import static io.privatelink4j.spi.Operation.CREATE_ENDPOINT;
import static io.privatelink4j.spi.Operation.CREATE_ZONE;
import static io.privatelink4j.spi.Operation.DELETE_ENDPOINTS;
import static io.privatelink4j.spi.Operation.DELETE_ZONE;
import static io.privatelink4j.spi.Operation.LIST_ENDPOINTS;
import static io.privatelink4j.spi.Operation.LIST_OWN_ZONES;
import static io.privatelink4j.spi.Operation.LIST_RECORDS;
import static io.privatelink4j.spi.Operation.LIST_ZONES;
import static io.privatelink4j.spi.Operation.PUT_LABELS;
import static io.privatelink4j.spi.Operation.PUT_RECORDS;
import static io.privatelink4j.spi.Operation.READ_ACCOUNT;
import static io.privatelink4j.spi.Operation.READ_CHANGE;
import static io.privatelink4j.spi.Operation.READ_DNS_SWITCH;
import static io.privatelink4j.spi.Operation.READ_ENDPOINT;
import static io.privatelink4j.spi.Operation.READ_ENDPOINT_ZONES;
import static io.privatelink4j.spi.Operation.READ_SERVICE;
import static io.privatelink4j.spi.Operation.READ_SUBNETS;
import static io.privatelink4j.spi.Operation.READ_ZONE;
import static io.privatelink4j.spi.Operation.REMOVE_ENDPOINT_ZONE;
import static io.privatelink4j.spi.Operation.REMOVE_LABELS;
import static io.privatelink4j.spi.Operation.REMOVE_RECORDS;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Sends every call of a flavour's driver through the gate. */
final class GatedDriver implements PrivateLinkDriver {
  private static final int IDS_SHOWN = 3;

  private final Gate gate;
  private final PrivateLinkDriver driver;

  GatedDriver(Gate gate, PrivateLinkDriver driver) {
    this.gate = gate;
    this.driver = driver;
  }

  private <T> T call(
      Operation operation, ClusterNetwork network, String subject, Supplier<T> work) {
    return gate.call(operation, network.region(), subject, work);
  }

  private void run(Operation operation, ClusterNetwork network, String subject, Runnable work) {
    call(
        operation,
        network,
        subject,
        () -> {
          work.run();
          return true;
        });
  }

  private static String ids(List<String> ids) {
    return ids.size() <= IDS_SHOWN
        ? String.join(",", ids)
        : String.join(",", ids.subList(0, IDS_SHOWN)) + ",... (" + ids.size() + ")";
  }

  private static String records(DnsZone zone, List<ZoneRecord> records) {
    return zone.id() + " " + ids(records.stream().map(ZoneRecord::host).toList());
  }

  @Override
  public DriverTraits traits() {
    return gate.traits();
  }

  @Override
  public String scope(ClusterNetwork network) {
    return driver.scope(network);
  }

  @Override
  public String account(ClusterNetwork network) {
    return call(READ_ACCOUNT, network, "", () -> driver.account(network));
  }

  @Override
  public Page<Subnet> subnets(ClusterNetwork network, Optional<String> pageToken) {
    return call(READ_SUBNETS, network, network.vpcId(), () -> driver.subnets(network, pageToken));
  }

  @Override
  public Optional<ServiceDescription> service(ClusterNetwork network, ConnectionType type) {
    return call(READ_SERVICE, network, type.serviceName(), () -> driver.service(network, type));
  }

  @Override
  public Endpoint createEndpoint(ClusterNetwork network, EndpointSpec spec) {
    return call(
        CREATE_ENDPOINT,
        network,
        spec.type().serviceName(),
        () -> driver.createEndpoint(network, spec));
  }

  @Override
  public Optional<Endpoint> endpoint(ClusterNetwork network, String endpointId) {
    return call(READ_ENDPOINT, network, endpointId, () -> driver.endpoint(network, endpointId));
  }

  @Override
  public List<Endpoint> endpointsById(ClusterNetwork network, List<String> endpointIds) {
    return call(
        READ_ENDPOINT, network, ids(endpointIds), () -> driver.endpointsById(network, endpointIds));
  }

  @Override
  public Page<Endpoint> endpoints(
      ClusterNetwork network, EndpointFilter filter, Optional<String> pageToken) {
    String subject =
        filter.endpointIds().isEmpty()
            ? filter.labels() + filter.serviceName().orElse("")
            : ids(filter.endpointIds());
    return call(
        LIST_ENDPOINTS, network, subject, () -> driver.endpoints(network, filter, pageToken));
  }

  @Override
  public List<EndpointZone> endpointZones(ClusterNetwork network, String endpointId) {
    return call(
        READ_ENDPOINT_ZONES, network, endpointId, () -> driver.endpointZones(network, endpointId));
  }

  @Override
  public void putLabels(
      ClusterNetwork network, List<String> endpointIds, Map<String, String> labels) {
    run(
        PUT_LABELS,
        network,
        ids(endpointIds) + " " + labels,
        () -> driver.putLabels(network, endpointIds, labels));
  }

  @Override
  public void removeLabels(ClusterNetwork network, String endpointId, Map<String, String> labels) {
    run(
        REMOVE_LABELS,
        network,
        endpointId + " " + labels,
        () -> driver.removeLabels(network, endpointId, labels));
  }

  @Override
  public void removeEndpointZone(ClusterNetwork network, String endpointId, String zoneId) {
    run(
        REMOVE_ENDPOINT_ZONE,
        network,
        endpointId + " " + zoneId,
        () -> driver.removeEndpointZone(network, endpointId, zoneId));
  }

  @Override
  public Map<String, RemoteException> deleteEndpoints(
      ClusterNetwork network, List<String> endpointIds) {
    return call(
        DELETE_ENDPOINTS,
        network,
        ids(endpointIds),
        () -> driver.deleteEndpoints(network, endpointIds));
  }

  @Override
  public boolean dnsSwitch(ClusterNetwork network, DnsSwitch which) {
    return call(
        READ_DNS_SWITCH,
        network,
        network.vpcId() + " " + which,
        () -> driver.dnsSwitch(network, which));
  }

  @Override
  public Page<DnsZone> zones(ClusterNetwork network, ZoneQuery query, Optional<String> pageToken) {
    return call(
        LIST_ZONES,
        network,
        query.scope() + " " + query.apex(),
        () -> driver.zones(network, query, pageToken));
  }

  @Override
  public Page<DnsZone> ownZones(ClusterNetwork network, Optional<String> pageToken) {
    return call(LIST_OWN_ZONES, network, "", () -> driver.ownZones(network, pageToken));
  }

  @Override
  public Optional<DnsZone> zone(ClusterNetwork network, String zoneId) {
    return call(READ_ZONE, network, zoneId, () -> driver.zone(network, zoneId));
  }

  @Override
  public DnsZone createZone(ClusterNetwork network, String apex, String reference) {
    return call(
        CREATE_ZONE,
        network,
        apex + " " + reference,
        () -> driver.createZone(network, apex, reference));
  }

  @Override
  public Page<ZoneRecord> records(
      ClusterNetwork network, DnsZone zone, Optional<String> pageToken) {
    return call(LIST_RECORDS, network, zone.id(), () -> driver.records(network, zone, pageToken));
  }

  @Override
  public Optional<String> putRecords(
      ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    return call(
        PUT_RECORDS,
        network,
        records(zone, records),
        () -> driver.putRecords(network, zone, records));
  }

  @Override
  public void removeRecords(ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    run(
        REMOVE_RECORDS,
        network,
        records(zone, records),
        () -> driver.removeRecords(network, zone, records));
  }

  @Override
  public boolean changeDone(ClusterNetwork network, String changeId) {
    return call(READ_CHANGE, network, changeId, () -> driver.changeDone(network, changeId));
  }

  @Override
  public void bindZone(ClusterNetwork network, String zoneId, Set<DnsZone.BoundNetwork> networks) {
    run(
        BIND_ZONE,
        network,
        zoneId + " " + networks.stream().map(DnsZone.BoundNetwork::vpcId).sorted().toList(),
        () -> driver.bindZone(network, zoneId, networks));
  }

  @Override
  public void deleteZone(ClusterNetwork network, String zoneId) {
    run(DELETE_ZONE, network, zoneId, () -> driver.deleteZone(network, zoneId));
  }

  /** There is nothing to release. */
  @Override
  public void close() {}
}
