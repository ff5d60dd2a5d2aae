package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.Finding;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.ErrorKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an attach, when the zone exists: the domain is marked as attached, or, if somebody
 * deleted the connection or detached the domain meanwhile, the attachment undoes itself.
 */
final class AttachConfirmation {
  private static final Logger log = LoggerFactory.getLogger(AttachConfirmation.class);

  /** How often a label is tried to be written that the endpoint has no room for. */
  private static final int MOST_REFUSALS = 4;

  private final Views views;
  private final ZoneKinds zones;
  private final Leases leases;
  private final Detacher detacher;
  private final Settings settings;

  AttachConfirmation(
      Views views, ZoneKinds zones, Leases leases, Detacher detacher, Settings settings) {
    this.views = views;
    this.zones = zones;
    this.leases = leases;
    this.detacher = detacher;
    this.settings = settings;
  }

  /**
   * Reads the endpoint once more, when nothing that a rival wrote before our label can be hidden
   * any more, and only then marks the domain as attached: whoever deletes or detaches either sees
   * our label, or is seen here. What a repair may have removed meanwhile is made again.
   *
   * @param disturbed whether a repair may have removed the zone already
   * @param remake makes sure that the zone is whole
   */
  DomainAttachment confirm(
      DomainTarget target,
      DnsZones.Ensured made,
      DomainLabels.Writer writer,
      boolean disturbed,
      Function<DomainEntry, DnsZones.Ensured> remake,
      List<Finding> findings,
      Deadline deadline) {
    DnsZones.Ensured ensured = made;
    boolean doubtful = disturbed;
    int refusals = 0;
    while (true) {
      Found found = heldAfterAll(target, ensured, writer, deadline);
      boolean waited =
          leases.await(found, target.plan().type(), target.plan().uniqueName(), deadline);
      boolean exposed = ensured.adopted() || writer.hasStoodStill();
      if (!waited
          && !doubtful
          && (!exposed || zones.of(found).isStillThere(found, ensured, deadline))) {
        try {
          return attached(target, found, ensured, writer, findings, deadline);
        } catch (CallFailed e) {
          boolean second = !ensured.entry().id().equals(ensured.own().id());
          if (e.kind() != ErrorKind.QUOTA || !second) {
            throw e;
          }
          makeRoom(found, ensured.own(), ++refusals, e, deadline);
          continue;
        }
      }
      if (!waited) {
        ensured = remake.apply(ensured.own());
      }
      doubtful = waited;
    }
  }

  /**
   * As {@link #confirm}, for a repair, which holds the lease on the domain: waits for nobody, and
   * makes nothing again.
   */
  void confirmUnderLease(
      DomainTarget target,
      DnsZones.Ensured ensured,
      DomainLabels.Writer writer,
      Deadline deadline) {
    Found found = heldAfterAll(target, ensured, writer, deadline);
    DomainAttachment unused = attached(target, found, ensured, writer, List.of(), deadline);
  }

  /** {@return the connection, on which the attachment is to be marked as attached} */
  private Found heldAfterAll(
      DomainTarget target,
      DnsZones.Ensured ensured,
      DomainLabels.Writer writer,
      Deadline deadline) {
    Found before = target.found();
    Duration unsettled = writer.unsettled();
    if (!unsettled.isZero()) {
      before
          .access()
          .remote()
          .pause(
              unsettled,
              deadline,
              before.connectionId(),
              "what others did to the connection may not show yet");
    }
    Optional<Endpoint> now =
        before
            .access()
            .endpoint(before.network(), before.endpoint().id(), deadline)
            .filter(Finder::isThere);
    if (now.isEmpty() || Ledger.read(now.get().labels()).deleting()) {
      throw undone(target, ensured, "was deleted");
    }
    Found found = before.withEndpoint(now.get());
    if (!zones.of(found).isHeld(found, ensured, deadline)) {
      throw detached(target, found, ensured);
    }
    return found;
  }

  private DomainAttachment attached(
      DomainTarget target,
      Found found,
      DnsZones.Ensured ensured,
      DomainLabels.Writer writer,
      List<Finding> findings,
      Deadline deadline) {
    DomainEntry attached;
    try {
      attached = mark(found, ensured, writer);
    } catch (CallFailed e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        throw undone(target, ensured, "was deleted");
      }
      throw e;
    }
    removeSuperseded(found, superseded(found, attached), deadline);
    return views.attachment(
        found.withEndpoint(withZonesOf(target, found.endpoint())),
        target.view(),
        attached,
        findings);
  }

  /** {@return the attachment, as its label says now that it is attached} */
  private DomainEntry mark(Found found, DnsZones.Ensured ensured, DomainLabels.Writer writer) {
    String zoneId = ensured.zone().id();
    DomainEntry attached =
        zones
            .of(found)
            .agreed(found, ensured)
            .with(DomainEntry.State.ATTACHED)
            .withZone(zoneId)
            .begunAt(settings.time().now());
    Optional<DomainEntry> marked =
        found
            .ledger()
            .domain(attached.id())
            .filter(label -> label.state() == DomainEntry.State.ATTACHED)
            .filter(label -> label.zoneId().equals(attached.zoneId()));
    if (marked.isPresent()) {
      // It may be detached by now, and must not come back.
      return marked.get();
    }
    writer.write(attached);
    return attached;
  }

  /**
   * A crowd at one domain has used up the labels: all but the first of them by its id, which they
   * agree upon, leave, and that one waits for it.
   */
  private void makeRoom(
      Found found, DomainEntry own, int refusals, CallFailed full, Deadline deadline) {
    boolean first =
        DomainLabels.live(found, own).stream()
            .filter(other -> other.state() == DomainEntry.State.ATTACHING)
            .noneMatch(other -> other.id().compareTo(own.id()) < 0);
    if (!first) {
      DomainLabels.remove(found, own, deadline);
    }
    if (!first || refusals == MOST_REFUSALS) {
      throw full;
    }
    found
        .access()
        .remote()
        .pause(
            settings.consistencyWindow(),
            deadline,
            found.connectionId(),
            "its endpoint takes no more labels");
  }

  /** It is attached, whatever comes of these: the next attach, detach or repair removes them. */
  void removeSuperseded(Found found, List<DomainEntry> others, Deadline deadline) {
    for (DomainEntry other : others) {
      try {
        DomainLabels.remove(found, other, deadline.atMost(Settings.UNDO));
      } catch (CallFailed | PrivateLinkException e) {
        log.warn("label {} of {} was left: {}", other.key(), found.connectionId(), e.toString());
        return;
      }
    }
  }

  /**
   * {@return the other labels of an attached domain} Where the name is the mutex, no other has a
   * zone any more, and all go. Where it is not, those that are being detached are their detacher's
   * to end.
   */
  private static List<DomainEntry> superseded(Found found, DomainEntry attached) {
    List<DomainEntry> sameName =
        found.ownsItsZones()
            ? DomainLabels.sameName(found, attached)
            : DomainLabels.live(found, attached);
    return sameName.stream().filter(other -> !other.id().equals(attached.id())).toList();
  }

  /** The endpoint as read last; its zones, where they are read apart, as read first. */
  private static Endpoint withZonesOf(DomainTarget target, Endpoint endpoint) {
    return target.found().access().traits().zonesInEndpoint()
        ? endpoint
        : Endpoint.builder().from(endpoint).zones(target.found().endpoint().zones()).build();
  }

  /**
   * The attachment was detached before it was attached. Its zone goes, unless it is another's by
   * now.
   */
  private ConflictException detached(DomainTarget target, Found found, DnsZones.Ensured ensured) {
    if (found.ownsItsZones() && !ensured.adopted()) {
      return undone(target, ensured, "had the domain detached");
    }
    ConflictException overtaken =
        new ConflictException(
            target.plan().apex()
                + " was detached while it was being attached: attach it again if it is wanted",
            ErrorDetails.of(ensured.entry().id()));
    try {
      if (found.ownsItsZones() || isNamed(found, ensured.zone())) {
        DomainLabels.remove(found, ensured.own(), Deadline.in(settings.time(), Settings.LOOK));
      } else {
        detacher.retract(found, ensured.own(), ensured.zone());
      }
    } catch (CallFailed | PrivateLinkException e) {
      // The label that is left tells what is to be ended.
      overtaken.addSuppressed(e);
    }
    return overtaken;
  }

  private static boolean isNamed(Found found, DnsZone zone) {
    return found.ledger().domains().stream().anyMatch(entry -> entry.names(zone));
  }

  /** Takes an attachment back that was overtaken by a delete or a detach. */
  private ConflictException undone(DomainTarget target, DnsZones.Ensured ensured, String how) {
    Found found = target.found();
    Deadline grace = Deadline.in(settings.time(), Settings.UNDO);
    zones
        .of(found)
        .remove(
            found,
            ensured.entry().withZone(ensured.zone().id()),
            target.plan().apex(),
            Optional.of(target.plan()),
            grace);
    DomainLabels.remove(found, ensured.own(), grace);
    return new ConflictException(
        "connection "
            + found.connectionId()
            + " "
            + how
            + " while "
            + target.plan().apex()
            + " was being attached: the attachment was undone",
        ErrorDetails.of(found.connectionId()));
  }
}
