package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.DomainConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.QuotaExceededException;
import io.privatelink4j.exception.RefusedException;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.model.DomainUse;
import io.privatelink4j.model.Finding;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.ErrorKind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attaches and detaches domains. An attachment's label is written before its zone exists and
 * removed after the zone is gone, so whatever exists can be found from the endpoint; and the
 * endpoint is read once more at the end, so that an attachment that was overtaken by a delete
 * undoes itself.
 */
final class Domains {
  private static final Logger log = LoggerFactory.getLogger(Domains.class);

  /** Time of its own for taking back what must not be left behind. */
  private static final Duration UNDO = Duration.ofSeconds(60);

  /** Time of its own for seeing whether there is anything to take back. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Finder finder;
  private final Views views;
  private final DomainPlanner planner;
  private final DnsSurroundings surroundings;
  private final DnsZones bornBound;
  private final DnsZones boundLater;
  private final Leases leases;
  private final Optional<Function<DomainUse, Decision>> policy;
  private final Settings settings;

  Domains(
      Finder finder,
      Views views,
      DomainPlanner planner,
      Memory memory,
      Notices notices,
      Optional<Function<DomainUse, Decision>> policy,
      Settings settings) {
    this.finder = finder;
    this.views = views;
    this.planner = planner;
    this.surroundings = new DnsSurroundings(settings.time());
    this.bornBound = new ZonesBornBound(memory, notices);
    this.boundLater = new ZonesBoundLater(notices);
    this.leases = new Leases(settings);
    this.policy = policy;
    this.settings = settings;
  }

  /** A connection with what a plan needs to know of it. */
  record Target(Found found, NetworkView view, DomainPlan plan) {}

  DomainPlan plan(ConnectionRef ref, DomainRequest request, Deadline deadline) {
    Target target = target(ref, request, deadline);
    List<Finding> findings = new ArrayList<>(target.plan().findings());
    findings.addAll(surroundings.findings(target.found(), target.plan().apex(), deadline));
    DomainPlan plan = target.plan();
    return new DomainPlan(
        plan.type(), plan.uniqueName(), plan.apex(), plan.records(), plan.coverage(), findings);
  }

  DomainAttachment attach(ConnectionRef ref, DomainRequest request, Deadline deadline) {
    Deadline prompt = prompt();
    Target target = target(ref, request, deadline);
    Found found = target.found();
    Writable.check(found);
    DomainPlan plan = target.plan();
    if (leases.await(found, plan.type(), plan.uniqueName(), deadline)) {
      return attach(ref, request, deadline);
    }
    Optional<DomainEntry> existing = existing(found, plan);
    if (existing.isPresent() && isInPlace(found, existing.get(), deadline)) {
      return views.attachment(found, target.view(), existing.get(), List.of());
    }
    checkAllowed(target, request, existing);
    List<Finding> findings = new ArrayList<>(plan.findings());
    findings.addAll(surroundings.findings(found, plan.apex(), deadline));
    if (prompt.passed()) {
      prompt = prompt();
      if (!isUnchanged(found, deadline)) {
        return attach(ref, request, deadline);
      }
    }
    if (existing.isPresent() && existing.get().state() != DomainEntry.State.ATTACHING) {
      // A detach began and did not end, or its end does not show yet, or somebody removed the zone.
      // A new life begins when the old one has ended.
      if (takeOver(target, existing.get(), deadline)) {
        return attach(ref, request, deadline);
      }
      existing = Optional.empty();
    }
    Writer writer = new Writer(found, deadline);
    DomainEntry entry =
        existing.map(begun -> resume(begun, writer)).orElseGet(() -> begin(plan, writer));
    // A repair that began meanwhile, and could not see the label in time, may remove the zone.
    boolean late = prompt.passed();
    DnsZones.Ensured ensured = makeZone(target, entry, writer, deadline);
    return confirm(target, ensured, writer, late, findings, deadline);
  }

  private Deadline prompt() {
    return Deadline.in(settings.time(), Settings.PROMPT);
  }

  /**
   * Ends an earlier life of the domain.
   *
   * @return whether the connection has to be read again, as that took time
   */
  private boolean takeOver(Target target, DomainEntry old, Deadline deadline) {
    Found found = target.found();
    removeOwnZone(found, target.view(), old, deadline);
    removeLabels(found, old, deadline);
    if (isKnownById(found, old)) {
      return false;
    }
    leaveTheName(found, deadline);
    return true;
  }

  /** Who else detaches it finds the zone by its name alone, for as long as the label shows. */
  private void leaveTheName(Found found, Deadline deadline) {
    found
        .access()
        .remote()
        .pause(
            settings.consistencyWindow().plus(Settings.PROMPT),
            deadline,
            found.connectionId(),
            "whoever detaches the domain may not see yet that it is done");
  }

  /** What labels say has to be acted upon promptly, or to be read again. */
  private static boolean isUnchanged(Found found, Deadline deadline) {
    return Finder.reread(found, found.ref(), deadline)
        .filter(now -> now.endpoint().labels().equals(found.endpoint().labels()))
        .isPresent();
  }

  /** Whether the zone of this attachment cannot be taken for one of another life of the domain. */
  private static boolean isKnownById(Found found, DomainEntry entry) {
    return found.access().traits().zoneBoundAtCreation() || entry.zoneId().isPresent();
  }

  /**
   * A label alone is no proof: it may be left over from a detach, or be older than what it tells.
   */
  private boolean isInPlace(Found found, DomainEntry entry, Deadline deadline) {
    return entry.state() == DomainEntry.State.ATTACHED
        && zones(found).exists(found, entry, deadline);
  }

  private DnsZones.Ensured makeZone(
      Target target, DomainEntry entry, Writer writer, Deadline deadline) {
    try {
      return ensureZone(target, entry, writer, deadline);
    } catch (DomainConflictException e) {
      Deadline grace = Deadline.in(settings.time(), LOOK);
      try {
        remove(target.found(), writer.last().orElse(entry), grace);
      } catch (CallFailed | PrivateLinkException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  private DnsZones.Ensured ensureZone(
      Target target, DomainEntry entry, Writer writer, Deadline deadline) {
    Found found = target.found();
    try {
      return zones(found).ensure(found, entry, target.plan(), writer::writeAgain, deadline);
    } catch (DomainConflictException e) {
      throw e;
    } catch (CallFailed | PrivateLinkException e) {
      undoIfOrphaned(target, entry);
      throw e;
    }
  }

  /** Writes labels, and remembers what and when. */
  private final class Writer {
    private final Found found;
    private final Deadline deadline;
    private Optional<DomainEntry> last = Optional.empty();
    private Deadline settled;

    Writer(Found found, Deadline deadline) {
      this.found = found;
      this.deadline = deadline;
      this.settled = window();
    }

    private Deadline window() {
      return Deadline.in(settings.time(), settings.consistencyWindow());
    }

    void write(DomainEntry entry) {
      Domains.this.write(found, entry, deadline);
      last = Optional.of(entry);
      settled = window();
    }

    /** Writes the label another time, unless it was detached since: that would bring it back. */
    void writeAgain(DomainEntry entry) {
      boolean held =
          found
              .access()
              .endpoint(found.network(), found.endpoint().id(), deadline)
              .flatMap(endpoint -> Ledger.read(endpoint.labels()).domain(entry.id()))
              .filter(label -> label.state() != DomainEntry.State.DETACHING)
              .isPresent();
      if (!held) {
        throw new ConflictException(
            "attachment "
                + entry.id()
                + " was detached while its zone was being made: attach the domain again if it is"
                + " wanted",
            ErrorDetails.of(entry.id()));
      }
      write(entry);
    }

    Optional<DomainEntry> last() {
      return last;
    }

    /** {@return how long rivals and this attach may still be hidden from each other} */
    Duration unsettled() {
      return settled.left();
    }
  }

  /**
   * {@return the oldest attachment of the domain, rather one that is to be ended than one that has
   * been, and those rather than one that is being detached}
   */
  private static Optional<DomainEntry> existing(Found found, DomainPlan plan) {
    return found.ledger().domains().stream()
        .filter(
            entry -> entry.type() == plan.type() && entry.uniqueName().equals(plan.uniqueName()))
        .min(Comparator.comparing(DomainEntry::state));
  }

  private void checkAllowed(Target target, DomainRequest request, Optional<DomainEntry> existing) {
    Found found = target.found();
    String id = found.connectionId();
    boolean named =
        target.plan().records().stream().allMatch(record -> record.target().isPresent());
    ConnectionState state =
        StateMachine.judge(
                found.endpoint(), false, found.ledger().upSince().isPresent(), found.former())
            .state();
    if (!found.networkKnown()) {
      throw new ConflictException(
          "connection "
              + id
              + " lives in "
              + found.network().vpcId()
              + ", which the cluster directory does not name any more: create a new connection",
          ErrorDetails.of(id));
    }
    if (!named) {
      throw new ConflictException(
          "the cloud has not named the endpoint of connection "
              + id
              + " yet: wait until it is ACTIVE, then attach",
          ErrorDetails.of(id));
    }
    if (state != ConnectionState.ACTIVE && !request.beforeActive()) {
      throw new ConflictException(
          "connection "
              + id
              + " is "
              + state
              + ": names would lead nowhere. Wait until it is ACTIVE, or ask with"
              + " allowedBeforeActive",
          ErrorDetails.of(id));
    }
    if (existing.isEmpty()
        && found.ledger().domains().size() >= settings.maxDomainsPerConnection()) {
      throw new QuotaExceededException(
          "connection "
              + id
              + " has "
              + found.ledger().domains().size()
              + " of at most "
              + settings.maxDomainsPerConnection()
              + " domains: detach one",
          ErrorDetails.of(id));
    }
    askPolicy(found, target.plan());
  }

  private void askPolicy(Found found, DomainPlan plan) {
    if (policy.isEmpty()) {
      if (plan.type() == DomainType.CONFLUENT && found.network().shared()) {
        throw new RefusedException(
            "network "
                + found.network().vpcId()
                + " is shared and no domain policy is set: a private zone "
                + plan.apex()
                + " would answer to every tenant in it. Give the builder a DomainPolicy that knows whose"
                + " domain it is, or mark the network as not shared.",
            ErrorDetails.of(plan.apex()));
      }
      return;
    }
    Decision decision =
        policy
            .get()
            .apply(
                new DomainUse(
                    found.clusterId(),
                    found.connectionId(),
                    plan.type(),
                    plan.uniqueName(),
                    plan.apex()));
    if (!decision.allowed()) {
      throw new RefusedException(
          "the domain policy refused "
              + plan.apex()
              + " to cluster "
              + found.clusterId()
              + ": "
              + decision.denial().orElse(""),
          ErrorDetails.of(plan.apex()));
    }
  }

  private DomainEntry begin(DomainPlan plan, Writer writer) {
    DomainEntry entry =
        new DomainEntry(
            Ids.newAttachment(settings.random()),
            DomainEntry.State.ATTACHING,
            plan.type(),
            1,
            settings.time().now().truncatedTo(ChronoUnit.SECONDS),
            plan.uniqueName(),
            Optional.empty());
    writer.write(entry);
    return entry;
  }

  /**
   * Tells repairs that the attach goes on. A young label tells that as it is; and as long as a
   * rival may not see it, rivals go by its time.
   */
  private DomainEntry resume(DomainEntry begun, Writer writer) {
    if (!settings.hiddenFor(begun.time()).isZero()) {
      return begun;
    }
    DomainEntry again = begun.begunAt(settings.time().now());
    writer.write(again);
    return again;
  }

  /**
   * Reads the endpoint once more, when nothing that a rival wrote before our label can be hidden
   * any more, and only then marks the domain as attached: whoever deletes or detaches either sees
   * our label, or is seen here. What a repair may have removed meanwhile is made again.
   */
  private DomainAttachment confirm(
      Target target,
      DnsZones.Ensured made,
      Writer writer,
      boolean disturbed,
      List<Finding> findings,
      Deadline deadline) {
    DnsZones.Ensured ensured = made;
    boolean doubtful = disturbed;
    while (true) {
      Found found = heldAfterAll(target, ensured, writer, deadline);
      boolean waited =
          leases.await(found, target.plan().type(), target.plan().uniqueName(), deadline);
      if (!waited && !doubtful && zones(found).isStillThere(found, ensured, deadline)) {
        return attached(target, found, ensured, writer, findings, deadline);
      }
      if (!waited) {
        ensured = ensureZone(target, ensured.own(), writer, deadline);
      }
      doubtful = waited;
    }
  }

  /** {@return the connection, on which the attachment is to be marked as attached} */
  private Found heldAfterAll(
      Target target, DnsZones.Ensured ensured, Writer writer, Deadline deadline) {
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
    if (!zones(found).isHeld(found, ensured, deadline)) {
      throw detached(target, found, ensured);
    }
    return found;
  }

  private DomainAttachment attached(
      Target target,
      Found found,
      DnsZones.Ensured ensured,
      Writer writer,
      List<Finding> findings,
      Deadline deadline) {
    DomainEntry attached;
    try {
      attached = mark(found, ensured, writer, deadline);
    } catch (CallFailed e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        throw undone(target, ensured, "was deleted");
      }
      throw e;
    }
    removeSuperseded(found, attached, deadline);
    return views.attachment(
        found.withEndpoint(withZonesOf(target, found.endpoint())),
        target.view(),
        attached,
        findings);
  }

  /** {@return the attachment, as its label says now that it is attached} */
  private DomainEntry mark(
      Found found, DnsZones.Ensured ensured, Writer writer, Deadline deadline) {
    String zoneId = ensured.zone().id();
    DomainEntry attached =
        zones(found)
            .agreed(found, ensured)
            .with(DomainEntry.State.ATTACHED)
            .withZone(zoneId)
            .begunAt(settings.time().now());
    boolean marked =
        found
            .ledger()
            .domain(attached.id())
            .filter(label -> label.state() == DomainEntry.State.ATTACHED)
            .filter(label -> label.zoneId().equals(attached.zoneId()))
            .isPresent();
    if (marked) {
      // It may be detached by now, and must not come back.
      return attached;
    }
    try {
      writer.write(attached);
      return attached;
    } catch (CallFailed e) {
      if (e.kind() != ErrorKind.QUOTA || attached.id().equals(ensured.own().id())) {
        throw e;
      }
      return markInAFullLedger(found, attached, ensured.own(), writer, deadline);
    }
  }

  /** Never without a label in between: a process that dies then would leave a zone to nobody. */
  private DomainEntry markInAFullLedger(
      Found found, DomainEntry attached, DomainEntry own, Writer writer, Deadline deadline) {
    Optional<DomainEntry> rival =
        superseded(found, attached).stream()
            .filter(other -> !other.id().equals(own.id()))
            .reduce((older, newer) -> newer);
    rival.ifPresent(other -> remove(found, other, deadline));
    DomainEntry marked = rival.isPresent() ? attached : attached.renamed(own.id());
    writer.write(marked);
    return marked;
  }

  /** It is attached, whatever comes of these: the next attach, detach or repair removes them. */
  private void removeSuperseded(Found found, DomainEntry attached, Deadline deadline) {
    for (DomainEntry other : superseded(found, attached)) {
      try {
        remove(found, other, deadline.atMost(UNDO));
      } catch (CallFailed | PrivateLinkException e) {
        log.warn("label {} of {} was left: {}", other.key(), found.connectionId(), e.toString());
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
        found.access().traits().zoneBoundAtCreation()
            ? sameName(found, attached)
            : live(found, attached);
    return sameName.stream().filter(other -> !other.id().equals(attached.id())).toList();
  }

  /** The endpoint as read last; its zones, where they are read apart, as read first. */
  private static Endpoint withZonesOf(Target target, Endpoint endpoint) {
    return target.found().access().traits().zonesInEndpoint()
        ? endpoint
        : Endpoint.builder().from(endpoint).zones(target.found().endpoint().zones()).build();
  }

  /**
   * The attachment was detached before it was attached. Its zone goes, unless it is another's by
   * now.
   */
  private ConflictException detached(Target target, Found found, DnsZones.Ensured ensured) {
    boolean marked = found.access().traits().zoneBoundAtCreation();
    if (marked && !ensured.adopted()) {
      return undone(target, ensured, "had the domain detached");
    }
    ConflictException overtaken =
        new ConflictException(
            target.plan().apex()
                + " was detached while it was being attached: attach it again if it is wanted",
            ErrorDetails.of(ensured.entry().id()));
    try {
      if (marked || isNamed(found, ensured.zone())) {
        remove(found, ensured.own(), Deadline.in(settings.time(), LOOK));
      } else {
        giveUp(found, ensured.own());
      }
    } catch (CallFailed | PrivateLinkException e) {
      // The label that is left tells what is to be ended.
      overtaken.addSuppressed(e);
    }
    return overtaken;
  }

  private static boolean isNamed(Found found, DnsZone zone) {
    return found.ledger().domains().stream()
        .anyMatch(entry -> entry.zoneId().equals(Optional.of(zone.id())));
  }

  /** Others may have adopted the zone, and do not show yet: it is detached as any other is. */
  private void giveUp(Found found, DomainEntry own) {
    Deadline grace = Deadline.in(settings.time(), UNDO.plus(settings.rivalsHidden()));
    NetworkView view = found.access().knownView(found.network(), grace);
    DomainEntry detaching = own.with(DomainEntry.State.DETACHING);
    write(found, detaching, grace);
    settled(found, detaching, grace).ifPresent(now -> finishDetach(now, view, detaching, grace));
  }

  /** Takes an attachment back that was overtaken by a delete or a detach. */
  private ConflictException undone(Target target, DnsZones.Ensured ensured, String how) {
    Found found = target.found();
    Deadline grace = Deadline.in(settings.time(), UNDO);
    zones(found)
        .remove(
            found,
            ensured.entry().withZone(ensured.zone().id()),
            target.plan().apex(),
            Optional.of(target.plan()),
            grace);
    remove(found, ensured.own(), grace);
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

  /**
   * An attach that gives up leaves its label, so that others find the zone; without it, nobody
   * does.
   */
  private void undoIfOrphaned(Target target, DomainEntry entry) {
    Found found = target.found();
    try {
      boolean anchored =
          found
              .access()
              .endpoint(found.network(), found.endpoint().id(), Deadline.in(settings.time(), LOOK))
              .filter(Finder::isThere)
              .isPresent();
      if (!anchored) {
        zones(found)
            .remove(
                found,
                entry,
                target.plan().apex(),
                Optional.of(target.plan()),
                Deadline.in(settings.time(), UNDO));
      }
    } catch (CallFailed | PrivateLinkException e) {
      log.warn(
          "the attach of {} to {} failed, and whether it left a zone could not be seen: {}",
          target.plan().apex(),
          found.connectionId(),
          e.toString());
    }
  }

  /** {@return those of that name that nobody detaches} */
  private static List<DomainEntry> live(Found found, DomainEntry entry) {
    return sameName(found, entry).stream()
        .filter(other -> other.state() != DomainEntry.State.DETACHING)
        .toList();
  }

  private static List<DomainEntry> sameName(Found found, DomainEntry entry) {
    return found.ledger().domains().stream().filter(entry::hasNameOf).toList();
  }

  DomainAttachment detach(ConnectionRef ref, String attachmentId, Deadline deadline) {
    Ids.checkRef(ref);
    Ids.checkAttachment(attachmentId);
    Deadline prompt = prompt();
    Found found = finder.getForChange(ref, deadline);
    Writable.check(found);
    DomainEntry entry =
        found
            .ledger()
            .domain(attachmentId)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "connection "
                            + ref.id()
                            + " has no attachment "
                            + attachmentId
                            + ": it is detached already, or another connection's. Get the connection to see its domains.",
                        ErrorDetails.of(attachmentId)));
    return leases.await(found, entry.type(), entry.uniqueName(), deadline)
        ? detach(ref, attachmentId, deadline)
        : detach(found, entry, prompt, deadline);
  }

  /** Detaches a domain of a connection that was just read. */
  DomainAttachment detach(Found found, DomainEntry entry, Deadline deadline) {
    return detach(found, entry, prompt(), deadline);
  }

  /**
   * What is attached and whole goes at once. What somebody may be making or mending goes when they
   * cannot be hidden any more.
   *
   * @param prompt until when what was read may be acted upon
   */
  private DomainAttachment detach(
      Found found, DomainEntry entry, Deadline prompt, Deadline deadline) {
    NetworkView view = found.access().knownView(found.network(), deadline);
    DomainEntry detaching = entry.with(DomainEntry.State.DETACHING);
    DomainAttachment attachment = views.attachment(found, view, detaching, List.of());
    if (entry.state() != DomainEntry.State.DETACHING) {
      write(found, detaching, deadline);
    }
    if (isInNobodysHands(entry) && !prompt.passed()) {
      boolean removed = removeOwnZone(found, view, detaching, deadline);
      if (removed || entry.state() == DomainEntry.State.DETACHING) {
        removeLabels(found, detaching, deadline);
        return attachment;
      }
    }
    settled(found, detaching, deadline).ifPresent(now -> finishDetach(now, view, entry, deadline));
    return attachment;
  }

  /** What began a moment ago may have been begun by another at once, who has not ended it yet. */
  private boolean isInNobodysHands(DomainEntry entry) {
    Duration age = Duration.between(entry.time(), settings.time().now());
    return entry.state() != DomainEntry.State.ATTACHING
        && entry.zoneId().isPresent()
        && age.compareTo(settings.rivalsHidden().multipliedBy(2)) > 0;
  }

  /**
   * Whoever is still attaching reads the endpoint once more before the end: until that read cannot
   * have missed our label, and what they wrote before cannot be hidden from us, their zone and
   * label may come after all.
   *
   * @return the connection as it is then; empty if somebody else has ended the detach
   */
  private Optional<Found> settled(Found found, DomainEntry detaching, Deadline deadline) {
    while (true) {
      leases.settle(found, deadline);
      Optional<Found> now = Finder.reread(found, found.ref(), deadline);
      if (now.isEmpty()) {
        // What is left of it has nothing else that leads to it.
        return Optional.of(found);
      }
      Optional<DomainEntry> label = now.get().ledger().domain(detaching.id());
      if (label.isEmpty()) {
        return Optional.empty();
      }
      if (leases.await(now.get(), detaching.type(), detaching.uniqueName(), deadline)) {
        continue;
      }
      if (label.get().state() == DomainEntry.State.DETACHING) {
        return now;
      }
      write(now.get(), label.get().with(DomainEntry.State.DETACHING), deadline);
    }
  }

  /** Takes back what nobody was told that it is attached, under the lease on the domain. */
  void takeBack(Found found, DomainEntry entry, Deadline deadline) {
    NetworkView view = found.access().knownView(found.network(), deadline);
    DomainEntry detaching = entry.with(DomainEntry.State.DETACHING);
    write(found, detaching, deadline);
    removeOwnZone(found, view, detaching, deadline);
    removeLabels(found, detaching, deadline);
  }

  private void finishDetach(Found now, NetworkView view, DomainEntry entry, Deadline deadline) {
    DomainEntry detaching =
        now.ledger().domain(entry.id()).orElse(entry).with(DomainEntry.State.DETACHING);
    removeOwnZone(now, view, detaching, deadline);
    remove(now, detaching, deadline);
    sameName(now, detaching).stream()
        .filter(other -> !other.id().equals(detaching.id()))
        .filter(other -> isOfSameLife(now, other, detaching))
        .forEach(other -> remove(now, other, deadline));
    if (!isKnownById(now, detaching)) {
      leaveTheName(now, deadline);
    }
  }

  /** What began later may be the next life, and be about to make a zone of its own. */
  private static boolean isOfSameLife(Found now, DomainEntry other, DomainEntry detached) {
    if (other.zoneId().isPresent() || detached.zoneId().isEmpty()) {
      return other.zoneId().isPresent() && other.zoneId().equals(detached.zoneId());
    }
    return !now.access().traits().zoneBoundAtCreation()
        && other.state() == DomainEntry.State.ATTACHING
        && !other.time().isAfter(detached.time());
  }

  /**
   * Plans what {@link #restore} is to make, and asks whether it may be.
   *
   * @param entry as its label has it, or is to have it
   * @throws ConflictException if the connection cannot have domains now, or the zone is there under
   *     another name
   * @throws RefusedException if the policy does
   */
  Target restorable(Found seen, DomainEntry entry, Deadline deadline) {
    NetworkView view = seen.access().view(seen.network(), deadline);
    Found found = seen.withZones(deadline);
    DomainRequest request = request(entry, false);
    Target target = new Target(found, view, plan(found, view, request));
    checkSameSuffix(target, entry, deadline);
    checkAllowed(target, request, Optional.of(entry));
    return target;
  }

  /** What the label names is found by nothing else: it is not given up for a second zone. */
  private static void checkSameSuffix(Target target, DomainEntry entry, Deadline deadline) {
    String apex = target.plan().apex();
    ZoneWork work = new ZoneWork(target.found(), deadline);
    entry
        .zoneId()
        .flatMap(work::read)
        .filter(zone -> !zone.name().equals(apex))
        .filter(zone -> zone.name().startsWith(entry.uniqueName() + "."))
        .ifPresent(
            zone -> {
              throw new ConflictException(
                  "the zone of attachment "
                      + entry.id()
                      + " is there as "
                      + zone.name()
                      + ", not as "
                      + apex
                      + ": configure the suffix that it was attached under, or detach it",
                  ErrorDetails.of(zone.id()));
            });
  }

  /**
   * Goes on with an attachment under the id that it has, or makes what was attached whole again,
   * under the lease on the domain.
   *
   * @throws DomainConflictException if another zone answers for the domain by now
   */
  void restore(Target target, DomainEntry entry, Deadline deadline) {
    Found found = target.found();
    Writer writer = new Writer(found, deadline);
    if (entry.state() == DomainEntry.State.ATTACHED) {
      DomainEntry again = entry.withoutZone();
      writer.write(again);
      restored(target, ensureZone(target, again, writer, deadline), writer, deadline);
      return;
    }
    DomainEntry begun = entry;
    if (found.ledger().domain(entry.id()).isPresent()) {
      begun = resume(entry, writer);
    } else {
      writer.write(entry);
    }
    restored(target, makeZone(target, begun, writer, deadline), writer, deadline);
  }

  private void restored(Target target, DnsZones.Ensured ensured, Writer writer, Deadline deadline) {
    Found found = heldAfterAll(target, ensured, writer, deadline);
    attached(target, found, ensured, writer, List.of(), deadline);
  }

  /** {@return whether there was anything, be it another attachment's} */
  private boolean removeOwnZone(
      Found found, NetworkView view, DomainEntry entry, Deadline deadline) {
    if (!isKnownById(found, entry) && sharesItsName(found, entry)) {
      return true;
    }
    return zones(found)
        .remove(found, entry, apex(found, entry), currentPlan(found, view, entry), deadline);
  }

  private void removeLabels(Found found, DomainEntry entry, Deadline deadline) {
    remove(found, entry, deadline);
    if (!found.access().traits().zoneBoundAtCreation() && entry.zoneId().isPresent()) {
      // Rivals may have attached the same name at once; they shared the zone that is gone now.
      sameName(found, entry).stream()
          .filter(other -> !other.id().equals(entry.id()))
          .filter(other -> other.zoneId().isEmpty() || other.zoneId().equals(entry.zoneId()))
          .forEach(other -> remove(found, other, deadline));
    }
  }

  /**
   * {@return whether a zone that only its name tells may be another attachment's: this one is left
   * over from a rival or an earlier life}
   */
  private static boolean sharesItsName(Found found, DomainEntry entry) {
    return live(found, entry).stream().anyMatch(other -> !other.id().equals(entry.id()));
  }

  /** Removes an attachment's zone, and whatever bears its name, for good; leaves its label. */
  void removeZone(Found found, NetworkView view, DomainEntry entry, Deadline deadline) {
    zones(found)
        .removeAll(found, entry, apex(found, entry), currentPlan(found, view, entry), deadline);
  }

  /**
   * {@return the label that a zone of this library's would have; empty if its name is no domain of
   * its connection}
   */
  Optional<DomainEntry> entryFor(OwnZone zone) {
    for (DomainType type : List.of(DomainType.TIDBCLOUD_MANAGED, DomainType.CONFLUENT)) {
      Optional<String> name = planner.uniqueName(type, zone.access().cloud(), zone.zone().name());
      if (name.isPresent()) {
        return name.map(
            uniqueName ->
                new DomainEntry(
                    zone.reference()
                        .map(ZoneReference::attachmentId)
                        .orElseGet(() -> Ids.attachmentOf(zone.connectionId(), zone.zone().id())),
                    DomainEntry.State.ATTACHING,
                    type,
                    zone.reference().map(ZoneReference::generation).orElse(1),
                    settings.time().now().truncatedTo(ChronoUnit.SECONDS),
                    uniqueName,
                    Optional.of(zone.zone().id())));
      }
    }
    return Optional.empty();
  }

  DnsZones zones(Found found) {
    return zones(found.access());
  }

  DnsZones zones(CloudAccess access) {
    return access.traits().zoneBoundAtCreation() ? bornBound : boundLater;
  }

  private String apex(Found found, DomainEntry entry) {
    return planner
        .knownApex(entry.type(), found.access().cloud(), entry.uniqueName())
        .orElseThrow(() -> Writable.damaged(found));
  }

  /** Rules may have changed since it was attached; what is in the zone can be read instead. */
  Optional<DomainPlan> currentPlan(Found found, NetworkView view, DomainEntry entry) {
    try {
      return Optional.of(plan(found, view, request(entry, true)));
    } catch (PrivateLinkException e) {
      return Optional.empty();
    }
  }

  private static DomainRequest request(DomainEntry entry, boolean beforeActive) {
    return new DomainRequest(
        entry.type(), Optional.of(entry.uniqueName()), Optional.empty(), beforeActive);
  }

  private Target target(ConnectionRef ref, DomainRequest request, Deadline deadline) {
    Ids.checkRef(ref);
    Found found = finder.getForChange(ref, deadline);
    NetworkView view = found.access().view(found.network(), deadline);
    if (!found.access().traits().zonesInEndpoint()) {
      found = found.withZones(deadline);
    }
    return new Target(found, view, plan(found, view, request));
  }

  private DomainPlan plan(Found found, NetworkView view, DomainRequest request) {
    ConnectionType type = Views.type(found);
    String region =
        type instanceof AwsEndpointService aws
            ? aws.region().orElse(found.network().region())
            : found.network().region();
    return planner.plan(
        new DomainPlanner.Input(
            found.connectionId(),
            type,
            region,
            request,
            view.zoneIds(),
            new HashSet<>(Views.zoneIds(found.endpoint(), view)),
            found.endpoint().dnsName(),
            Views.zonalNames(found.endpoint(), view)));
  }

  private void write(Found found, DomainEntry entry, Deadline deadline) {
    Map<String, String> labels = new HashMap<>();
    labels.put(entry.key(), entry.value());
    boolean up =
        found.ledger().upSince().isEmpty()
            && StateMachine.judge(found.endpoint(), false, false, false).state()
                == ConnectionState.ACTIVE;
    if (up) {
      labels.put(Ledger.UP, Ledger.timeValue(settings.time().now()));
    }
    found.access().putLabels(found.network(), List.of(found.endpoint().id()), labels, deadline);
  }

  /** Removes an attachment's label; with the endpoint it is gone as well. */
  private static void remove(Found found, DomainEntry entry, Deadline deadline) {
    try {
      found
          .access()
          .removeLabels(
              found.network(), found.endpoint().id(), Map.of(entry.key(), entry.value()), deadline);
    } catch (CallFailed e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
    }
  }
}
