package io.privatelink4j.internal;

import io.privatelink4j.exception.DomainConflictException;
import io.privatelink4j.exception.ErrorDetails;
import java.util.Optional;

/** Says that somebody else's zone answers for a domain; who it is only inside the same cluster. */
final class ZoneConflicts {
  private ZoneConflicts() {}

  static DomainConflictException of(
      Found found, String apex, Optional<ZoneReference> owner, Notices notices) {
    notices.conflict(
        "zone "
            + apex
            + " in "
            + found.network().vpcId()
            + ", wanted by "
            + found.clusterId()
            + "/"
            + found.connectionId()
            + ", is held by "
            + owner.map(ZoneReference::text).orElse("a zone that is none of ours"));
    Optional<String> sameCluster =
        owner.filter(o -> o.clusterId().equals(found.clusterId())).map(ZoneReference::connectionId);
    return new DomainConflictException(
        "another private zone answers for "
            + apex
            + " in network "
            + found.network().vpcId()
            + sameCluster
                .map(id -> ": it is connection " + id + "'s. Detach it there first.")
                .orElse(
                    ". It is not this cluster's: ask the operator of the network, and attach again when it is gone."),
        ErrorDetails.of(apex),
        sameCluster);
  }
}
