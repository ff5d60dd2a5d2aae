package io.privatelink4j.internal;

import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.DomainType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps repairs, attaches and detaches of one domain apart, although labels show late and cannot be
 * compared and set. A repair writes its lease, waits until whoever had not seen it must have shown
 * by a label, and looks again: what has moved on is not its work any more. Attaches and detaches
 * that see a lease wait until it is over.
 */
final class Leases {
  private static final Logger log = LoggerFactory.getLogger(Leases.class);
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Settings settings;

  Leases(Settings settings) {
    this.settings = settings;
  }

  /** {@return a lease that is not over, on that domain of the connection as it was read} */
  private Optional<Lease> on(Found found, DomainType type, String uniqueName) {
    return held(found).filter(lease -> lease.isAbout(type, uniqueName));
  }

  private Optional<Lease> held(Found found) {
    return found.ledger().lease().filter(lease -> !lease.left(settings.time().now()).isZero());
  }

  /** {@return whether there was a lease to wait for, so that what was read is out of date} */
  boolean await(Found found, DomainType type, String uniqueName, Deadline deadline) {
    Found now = found;
    boolean waited = false;
    Deadline patience = Deadline.in(settings.time(), Lease.LONGEST);
    for (Optional<Lease> lease = on(now, type, uniqueName);
        lease.isPresent() && !patience.passed();
        lease = on(now, type, uniqueName)) {
      waited = true;
      now.access()
          .remote()
          .pause(
              Durations.min(LOOK, lease.get().left(settings.time().now())),
              deadline,
              found.connectionId(),
              "a repair is at work on " + uniqueName);
      Optional<Found> again = Finder.reread(now, found.ref(), deadline);
      if (again.isEmpty()) {
        return true;
      }
      now = again.get();
    }
    return waited;
  }

  /** {@return whether a repair is at work on the connection} */
  boolean isHeld(Found found) {
    return held(found).isPresent();
  }

  /**
   * Takes the lease on a domain; nothing may be done under it before the connection was read again
   * and {@link #holds} says so.
   */
  Lease take(Found found, DomainEntry entry, Deadline deadline) {
    Lease lease = Lease.of(entry, settings.time().now(), settings.random());
    found
        .access()
        .putLabels(
            found.network(),
            List.of(found.endpoint().id()),
            Map.of(Lease.KEY, lease.value()),
            deadline);
    return lease;
  }

  /** {@return how much time there has to be for work under a lease} */
  Duration least() {
    return settings.rivalsHidden().plus(LOOK);
  }

  /** Waits until whoever did not see the lease can be seen. */
  void settle(Found found, Deadline deadline) {
    found
        .access()
        .remote()
        .pause(
            settings.rivalsHidden(),
            deadline,
            found.connectionId(),
            "who else is at work on the domain may not show yet");
  }

  /** {@return whether it is the connection's lease, and has time left for work} */
  boolean holds(Lease lease, Found now) {
    return held(now).filter(lease::equals).isPresent();
  }

  /** Gives a lease back; one that cannot be is over by itself. */
  void release(Found found, Lease lease) {
    try {
      found
          .access()
          .removeLabels(
              found.network(),
              found.endpoint().id(),
              Map.of(Lease.KEY, lease.value()),
              Deadline.in(settings.time(), LOOK));
    } catch (CallFailed | PrivateLinkException e) {
      log.debug("lease {} of {} was left: {}", lease, found.connectionId(), e.toString());
    }
  }
}
