package io.privatelink4j.spi;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A thin cover over one cloud's remote calls. Each method below {@link #scope} makes exactly one
 * remote call, does not repeat it, and blocks until it has ended; lists give one page. The core
 * decides what to call when, paces, repeats, times out and logs. So all semantics live once, every
 * remote call passes one point, and a crash can be tried at each.
 *
 * <p>Methods throw {@link RemoteException} and nothing else. An endpoint or zone that does not
 * exist is {@link ErrorKind#NOT_FOUND}, unless the method says otherwise; a VPC that does not is
 * {@link ErrorKind#BAD_NETWORK}. On a write the driver says {@link ErrorKind#UNAVAILABLE} only if
 * the request surely was not carried out, else {@link ErrorKind#OUTCOME_UNKNOWN}. Implementations
 * are thread-safe. Calls that the traits rule out may throw {@link UnsupportedOperationException}.
 */
public interface PrivateLinkDriver extends AutoCloseable {

  /** {@return what differs from cloud to cloud} Always the same answer. */
  DriverTraits traits();

  /**
   * {@return a text that is equal for networks whose endpoints one list call can show together:
   * same account, same credentials, same region} No remote call. The text before the last {@code /}
   * names the credentials and is equal for all regions. Two texts may be of one account, which the
   * driver need not know: what is listed with both is told by its id.
   *
   * @param network the cluster network
   */
  String scope(ClusterNetwork network);

  /**
   * {@return the account that the network's credentials belong to} Only if {@link
   * DriverTraits#accountFromSubnets} is false.
   *
   * @param network the cluster network
   */
  String account(ClusterNetwork network);

  /**
   * {@return the network's subnets; subnets that do not exist are absent, or the call fails with
   * {@link ErrorKind#BAD_NETWORK}} May hold subnets of the VPC that the network does not name.
   *
   * @param network the cluster network
   * @param pageToken where to go on
   */
  Page<Subnet> subnets(ClusterNetwork network, Optional<String> pageToken);

  /**
   * {@return the service; empty if the cloud does not show it to us} It does not exist, is in
   * another region, or does not allow us: clouds do not tell which.
   *
   * @param network the cluster network
   * @param type the service
   */
  Optional<ServiceDescription> service(ClusterNetwork network, ConnectionType type);

  /**
   * Creates an endpoint, with its labels in the same call.
   *
   * @param network the cluster network
   * @param spec what to create
   * @return the endpoint; with a client token that the cloud remembers, the one made before
   */
  Endpoint createEndpoint(ClusterNetwork network, EndpointSpec spec);

  /**
   * {@return the endpoint; empty if it does not exist} Read by id, so as fresh as the cloud can
   * tell.
   *
   * @param network the cluster network
   * @param endpointId the cloud's id
   */
  Optional<Endpoint> endpoint(ClusterNetwork network, String endpointId);

  /**
   * {@return the endpoints, in any order} Fails with {@link ErrorKind#NOT_FOUND} if one of them
   * does not exist.
   *
   * @param network a network of the endpoints' scope
   * @param endpointIds at most {@link DriverTraits#idsPerRead}
   */
  List<Endpoint> endpointsById(ClusterNetwork network, List<String> endpointIds);

  /**
   * {@return endpoints of the network's scope, also of other networks in it} May lag behind writes
   * and may hold more than asked for.
   *
   * @param network a network of the scope
   * @param filter which ones
   * @param pageToken where to go on
   */
  Page<Endpoint> endpoints(
      ClusterNetwork network, EndpointFilter filter, Optional<String> pageToken);

  /**
   * {@return the endpoint's zones} Only if {@link DriverTraits#zonesInEndpoint} is false.
   *
   * @param network the cluster network
   * @param endpointId the cloud's id
   */
  List<EndpointZone> endpointZones(ClusterNetwork network, String endpointId);

  /**
   * Sets labels, leaving all others alone.
   *
   * @param network a network of the endpoints' scope
   * @param endpointIds at most {@link DriverTraits#idsPerLabelCall}
   * @param labels keys and values
   */
  void putLabels(ClusterNetwork network, List<String> endpointIds, Map<String, String> labels);

  /**
   * Removes labels; labels that are not there are no error. Where the cloud can, only if they have
   * these values.
   *
   * @param network the cluster network
   * @param endpointId the cloud's id
   * @param labels keys and the values they are expected to have
   */
  void removeLabels(ClusterNetwork network, String endpointId, Map<String, String> labels);

  /**
   * Begins to remove one zone of an endpoint. Only if {@link DriverTraits#zonesRemovedFirst}.
   *
   * @param network the cluster network
   * @param endpointId the cloud's id
   * @param zoneId the zone
   */
  void removeEndpointZone(ClusterNetwork network, String endpointId, String zoneId);

  /**
   * Begins to delete endpoints.
   *
   * @param network a network of the endpoints' scope
   * @param endpointIds at most {@link DriverTraits#idsPerDelete}
   * @return what failed, by endpoint id, where the cloud tells it apart; a failure of the whole
   *     call is thrown; an endpoint that does not exist is {@link ErrorKind#NOT_FOUND}
   */
  Map<String, RemoteException> deleteEndpoints(ClusterNetwork network, List<String> endpointIds);

  /**
   * {@return whether a switch of the network is on}
   *
   * @param network the cluster network
   * @param which one of {@link DriverTraits#dnsSwitches}
   */
  boolean dnsSwitch(ClusterNetwork network, DnsSwitch which);

  /**
   * {@return private zones}
   *
   * @param network the cluster network
   * @param query which ones
   * @param pageToken where to go on
   */
  Page<DnsZone> zones(ClusterNetwork network, ZoneQuery query, Optional<String> pageToken);

  /**
   * {@return private zones of the account, whatever their name and wherever they answer, with their
   * references where the cloud keeps them}
   *
   * @param network a network whose credentials belong to the account
   * @param pageToken where to go on
   */
  Page<DnsZone> ownZones(ClusterNetwork network, Optional<String> pageToken);

  /**
   * {@return a zone with reference and bindings; empty if it does not exist}
   *
   * @param network the cluster network
   * @param zoneId the cloud's id
   */
  Optional<DnsZone> zone(ClusterNetwork network, String zoneId);

  /**
   * Creates a private zone; bound to the network if {@link DriverTraits#zoneBoundAtCreation}.
   *
   * @param network the cluster network
   * @param apex its name
   * @param reference the owner's mark, 1 to 128 characters; a cloud that keeps it never accepts it
   *     twice
   * @return the zone
   */
  DnsZone createZone(ClusterNetwork network, String apex, String reference);

  /**
   * {@return records of a zone, but those that the cloud itself put there}
   *
   * @param network the cluster network
   * @param zone the zone
   * @param pageToken where to go on
   */
  Page<ZoneRecord> records(ClusterNetwork network, DnsZone zone, Optional<String> pageToken);

  /**
   * Sets records. A cloud that cannot replace a record fails with {@link ErrorKind#RECORD_CONFLICT}
   * if the host has one.
   *
   * @param network the cluster network
   * @param zone the zone
   * @param records at most {@link DriverTraits#recordsPerCall}
   * @return the change to ask after with {@link #changeDone}; empty if it is done
   */
  Optional<String> putRecords(ClusterNetwork network, DnsZone zone, List<ZoneRecord> records);

  /**
   * Removes records. Fails with {@link ErrorKind#RECORD_CONFLICT}, and removes none, if one is not
   * there; where the cloud compares, also if it has another value.
   *
   * @param network the cluster network
   * @param zone the zone
   * @param records as read; where records have no id, also as written; at most {@link
   *     DriverTraits#recordsPerCall}
   */
  void removeRecords(ClusterNetwork network, DnsZone zone, List<ZoneRecord> records);

  /**
   * {@return whether a record change has reached all name servers}
   *
   * @param network the cluster network
   * @param changeId what {@link #putRecords} returned
   */
  boolean changeDone(ClusterNetwork network, String changeId);

  /**
   * Sets the networks that a zone answers in; none unbinds it. Only if {@link
   * DriverTraits#zoneBoundAtCreation} is false.
   *
   * @param network the cluster network
   * @param zoneId the zone
   * @param networks the whole list
   */
  void bindZone(ClusterNetwork network, String zoneId, Set<DnsZone.BoundNetwork> networks);

  /**
   * Deletes an empty zone, unbound unless {@link DriverTraits#zoneBoundAtCreation}. Fails with
   * {@link ErrorKind#NOT_EMPTY} or {@link ErrorKind#BUSY} as long as something is in the way.
   *
   * @param network the cluster network
   * @param zoneId the zone
   */
  void deleteZone(ClusterNetwork network, String zoneId);

  /** Releases what the driver made itself; does not touch the cloud. */
  @Override
  void close();
}
