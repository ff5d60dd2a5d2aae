package io.privatelink4j.internal;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A private zone of the account that tells which connection it belongs to: by its creation
 * reference or, where the cloud keeps none, by its name.
 *
 * @param access the cloud
 * @param network a network whose credentials can read it
 * @param listedBy one network of each credentials that list it
 * @param zone the zone, as a list or a read told it
 * @param connectionId the connection
 * @param reference the mark, where the cloud keeps one
 */
record OwnZone(
    CloudAccess access,
    ClusterNetwork network,
    List<ClusterNetwork> listedBy,
    DnsZone zone,
    String connectionId,
    Optional<ZoneReference> reference) {

  /**
   * {@return the zone, if it is marked as the cluster's or, by its name alone, as anybody's} What
   * begins with a connection's id may have been made under a suffix that is not configured.
   */
  static Optional<OwnZone> of(
      CloudAccess access,
      ClusterNetwork network,
      DnsZone zone,
      String clusterId,
      DomainPlanner planner) {
    if (access.traits().zoneBoundAtCreation()) {
      return zone.reference()
          .flatMap(ZoneReference::parse)
          .filter(reference -> reference.clusterId().equals(clusterId))
          .map(
              r ->
                  new OwnZone(
                      access, network, List.of(network), zone, r.connectionId(), Optional.of(r)));
    }
    return planner
        .ownerWhateverSuffix(zone.name())
        .filter(Ids::isConnection)
        .map(id -> new OwnZone(access, network, List.of(network), zone, id, Optional.empty()));
  }

  OwnZone as(ClusterNetwork otherNetwork, DnsZone read) {
    return new OwnZone(access, otherNetwork, listedBy, read, connectionId, reference);
  }

  /** {@return the same zone, which the credentials of another network list as well} */
  OwnZone alsoListedBy(OwnZone same) {
    List<ClusterNetwork> all = new ArrayList<>(listedBy);
    all.addAll(same.listedBy);
    return new OwnZone(access, network, List.copyOf(all), zone, connectionId, reference);
  }

  boolean isOf(DomainEntry entry) {
    return reference
        .map(r -> r.attachmentId().equals(entry.id()))
        .orElseGet(() -> zone.name().startsWith(entry.uniqueName() + "."));
  }

  /** {@return whether the zone is one of the attachments' of these labels} */
  boolean isOfAny(Ledger ledger) {
    return ledger.domains().stream().anyMatch(this::isOf);
  }

  DnsZone.BoundNetwork here() {
    return new DnsZone.BoundNetwork(network.region(), network.vpcId());
  }
}
