package io.privatelink4j.internal;

import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.spi.DnsZone;
import java.util.List;
import java.util.Optional;

/**
 * Makes and removes the private zone of an attachment. Two kinds of clouds: {@link ZonesBornBound}
 * where a zone answers in the network from its creation on, and {@link ZonesBoundLater} where it is
 * created, filled, and bound last.
 */
interface DnsZones {

  /**
   * A zone that now answers for the domain.
   *
   * @param zone the zone
   * @param entry the attachment that it belongs to: the one asked for, or the one of the same
   *     connection that all who attach the domain at once agree upon
   * @param own the attachment asked for, as its label was written last
   * @param adopted whether it answered before, so that others may be removing it
   */
  record Ensured(DnsZone zone, DomainEntry entry, DomainEntry own, boolean adopted) {}

  /** Writes an attachment's label. */
  interface LabelWriter {
    void write(DomainEntry entry);
  }

  /**
   * Makes a zone with the plan's records answer in the network.
   *
   * @throws io.privatelink4j.exception.DomainConflictException if somebody else's does
   */
  Ensured ensure(
      Found found, DomainEntry entry, DomainPlan plan, LabelWriter labels, Deadline deadline);

  /**
   * Removes the attachment's zone and whatever is left of earlier tries; nothing to remove is fine.
   *
   * @param plan the records that are expected in it; empty if they cannot be told any more
   * @return whether there was anything
   */
  boolean remove(
      Found found, DomainEntry entry, String apex, Optional<DomainPlan> plan, Deadline deadline);

  /**
   * Removes all that {@link #remove} does and, with the connection itself, whatever else bears the
   * attachment's name.
   */
  default void removeAll(
      Found found, DomainEntry entry, String apex, Optional<DomainPlan> plan, Deadline deadline) {
    boolean unused = remove(found, entry, apex, plan, deadline);
  }

  /** Removes a zone that is known to be nobody's; one that is gone already is fine. */
  void removeStray(DnsZone zone, ZoneWork work);

  /**
   * {@return whether the zone that the attachment's label names is there} A label may be left over
   * from a detach that another process began, or be older than what it tells.
   */
  boolean exists(Found found, DomainEntry entry, Deadline deadline);

  /**
   * {@return whether the labels, as they are now, still vouch for a zone that was just made} If
   * not, it was detached meanwhile.
   */
  boolean isHeld(Found now, Ensured ensured, Deadline deadline);

  /** {@return whether a zone that is held, but that others may be removing, is there} */
  boolean isStillThere(Found now, Ensured ensured, Deadline deadline);

  /** {@return the attachment that everybody tells of who attaches the domain at once} */
  DomainEntry agreed(Found now, Ensured ensured);

  /** {@return other zones in the network whose name lies above or below the apex} */
  static List<DnsZone> related(List<DnsZone> inNetwork, String apex) {
    return inNetwork.stream()
        .filter(zone -> zone.name().endsWith("." + apex) || apex.endsWith("." + zone.name()))
        .toList();
  }
}
