package io.privatelink4j.internal;

import io.privatelink4j.model.Drift;
import io.privatelink4j.spi.Endpoint;
import java.util.Optional;

/**
 * A drift with what is needed to act on it.
 *
 * @param drift what the report says
 * @param link the connection that it is about; empty for an orphan
 * @param entry the attachment that it is about, as its label has it or should have it
 * @param zone the DNS zone that it is about
 * @param duplicate the endpoint to remove
 */
record Case(
    Drift drift,
    Optional<Found> link,
    Optional<DomainEntry> entry,
    Optional<OwnZone> zone,
    Optional<Endpoint> duplicate) {

  static Case of(Drift drift) {
    return new Case(drift, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  Case at(Found found) {
    return new Case(drift, Optional.of(found), entry, zone, duplicate);
  }

  Case about(DomainEntry what) {
    return new Case(drift, link, Optional.of(what), zone, duplicate);
  }

  Case about(OwnZone what) {
    return new Case(drift, link, entry, Optional.of(what), duplicate);
  }

  Case about(Endpoint what) {
    return new Case(drift, link, entry, zone, Optional.of(what));
  }
}
