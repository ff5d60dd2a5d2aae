package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
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
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.ResourceState;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Attaches and detaches domains. An attachment's label is written before its zone exists and
 * removed after the zone is gone, so whatever exists can be found from the endpoint; and the
 * endpoint is read once more at the end, so that an attachment that was overtaken by a delete
 * undoes itself.
 */
final class Domains {
  private final Finder finder;
  private final Views views;
  private final DomainPlanner planner;
  private final DnsSurroundings surroundings;
  private final DnsZones bornBound;
  private final DnsZones boundLater;
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
    this.policy = policy;
    this.settings = settings;
  }

  /** A connection with what a plan needs to know of it. */
  private record Target(Found found, NetworkView view, DomainPlan plan) {}

  DomainPlan plan(ConnectionRef ref, DomainRequest request, Deadline deadline) {
    Target target = target(ref, request, deadline);
    List<Finding> findings = new ArrayList<>(target.plan().findings());
    findings.addAll(surroundings.findings(target.found(), target.plan().apex(), deadline));
    DomainPlan plan = target.plan();
    return new DomainPlan(
        plan.type(), plan.uniqueName(), plan.apex(), plan.records(), plan.coverage(), findings);
  }

  DomainAttachment attach(ConnectionRef ref, DomainRequest request, Deadline deadline) {
    Target target = target(ref, request, deadline);
    Found found = target.found();
    Writable.check(found);
    Optional<DomainEntry> existing = existing(found, target.plan());
    if (existing.isPresent() && existing.get().state() == DomainEntry.State.ATTACHED) {
      return views.attachment(found, target.view(), existing.get(), List.of());
    }
    checkAllowed(target, request, existing);
    List<Finding> findings = new ArrayList<>(target.plan().findings());
    findings.addAll(surroundings.findings(found, target.plan().apex(), deadline));
    if (existing.isPresent() && existing.get().state() == DomainEntry.State.DETACHING) {
      // Somebody began to detach and did not end. A new life begins when the old one has.
      finishDetach(found, target.view(), existing.get(), deadline);
      existing = Optional.empty();
    }
    DomainEntry entry = existing.orElseGet(() -> begin(found, target.plan(), deadline));
    DnsZones.Ensured ensured =
        zones(found)
            .ensure(
                found, entry, target.plan(), changed -> write(found, changed, deadline), deadline);
    DomainEntry attached =
        ensured.entry().with(DomainEntry.State.ATTACHED).withZone(ensured.zone().id());
    try {
      write(found, attached, deadline);
    } catch (CallFailed e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        throw undone(target, attached, deadline);
      }
      throw e;
    }
    if (!attached.id().equals(entry.id())) {
      remove(found, entry, deadline);
    }
    return confirm(target, attached, findings, deadline);
  }

  Optional<DomainEntry> existing(Found found, DomainPlan plan) {
    return found.ledger().domains().stream()
        .filter(
            entry -> entry.type() == plan.type() && entry.uniqueName().equals(plan.uniqueName()))
        .findFirst();
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

  private DomainEntry begin(Found found, DomainPlan plan, Deadline deadline) {
    DomainEntry entry =
        new DomainEntry(
            Ids.newAttachment(settings.random()),
            DomainEntry.State.ATTACHING,
            plan.type(),
            1,
            settings.time().now().truncatedTo(ChronoUnit.SECONDS),
            plan.uniqueName(),
            Optional.empty());
    write(found, entry, deadline);
    return entry;
  }

  /** Reads the endpoint once more: what a rival did in the meantime decides. */
  private DomainAttachment confirm(
      Target target, DomainEntry attached, List<Finding> findings, Deadline deadline) {
    Optional<Endpoint> now =
        target
            .found()
            .access()
            .endpoint(target.found().network(), target.found().endpoint().id(), deadline)
            .filter(
                e ->
                    e.resource() != ResourceState.DELETING
                        && e.resource() != ResourceState.DELETED);
    if (now.isEmpty() || Ledger.read(now.get().labels()).deleting()) {
      throw undone(target, attached, deadline);
    }
    Found found = target.found().withEndpoint(now.get());
    DomainEntry winner = winner(found, attached);
    if (!winner.id().equals(attached.id())) {
      remove(found, attached, deadline);
    }
    if (winner.state() == DomainEntry.State.DETACHING) {
      throw new ConflictException(
          target.plan().apex()
              + " was detached while it was being attached: attach it again if it is wanted",
          ErrorDetails.of(winner.id()));
    }
    return views.attachment(found, target.view(), winner, findings);
  }

  /**
   * Takes an attachment back that was overtaken by a delete, whose look at the labels it missed.
   */
  private ConflictException undone(Target target, DomainEntry attached, Deadline deadline) {
    Found found = target.found();
    zones(found)
        .remove(found, attached, target.plan().apex(), Optional.of(target.plan()), deadline);
    remove(found, attached, deadline);
    return new ConflictException(
        "connection "
            + found.connectionId()
            + " was deleted while "
            + target.plan().apex()
            + " was being attached: the attachment was undone",
        ErrorDetails.of(found.connectionId()));
  }

  /**
   * Rivals that attached the same domain at once. Where a zone carries its attachment's id, that
   * has decided already; where only its name tells whose it is, they share it, and agree on the
   * oldest attachment.
   */
  private static DomainEntry winner(Found found, DomainEntry attached) {
    Optional<DomainEntry> asRead = found.ledger().domain(attached.id());
    if (asRead.isEmpty() || found.access().traits().zoneBoundAtCreation()) {
      return asRead.orElse(attached);
    }
    return sameName(found, attached).get(0);
  }

  private static List<DomainEntry> sameName(Found found, DomainEntry entry) {
    return found.ledger().domains().stream()
        .filter(e -> e.type() == entry.type() && e.uniqueName().equals(entry.uniqueName()))
        .toList();
  }

  DomainAttachment detach(ConnectionRef ref, String attachmentId, Deadline deadline) {
    Ids.checkRef(ref);
    Ids.checkAttachment(attachmentId);
    Found found = finder.get(ref, deadline);
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
    NetworkView view = found.access().view(found.network(), deadline);
    DomainAttachment attachment =
        views.attachment(found, view, entry.with(DomainEntry.State.DETACHING), List.of());
    DomainEntry detaching = entry.with(DomainEntry.State.DETACHING);
    if (entry.state() != DomainEntry.State.DETACHING) {
      write(found, detaching, deadline);
    }
    finishDetach(found, view, detaching, deadline);
    return attachment;
  }

  private void finishDetach(Found found, NetworkView view, DomainEntry entry, Deadline deadline) {
    removeZone(found, view, entry, deadline);
    remove(found, entry, deadline);
    if (!found.access().traits().zoneBoundAtCreation()) {
      // Rivals may have attached the same name at once; they shared the zone that is gone now.
      sameName(found, entry).stream()
          .filter(other -> !other.id().equals(entry.id()))
          .forEach(other -> remove(found, other, deadline));
    }
  }

  /** Removes an attachment's zone, leaving its label. */
  void removeZone(Found found, NetworkView view, DomainEntry entry, Deadline deadline) {
    Optional<DomainPlan> plan;
    String apex =
        planner
            .knownApex(entry.type(), found.access().cloud(), entry.uniqueName())
            .orElseThrow(() -> Writable.damaged(found));
    try {
      plan =
          Optional.of(
              plan(
                  found,
                  view,
                  new DomainRequest(
                      entry.type(), Optional.of(entry.uniqueName()), Optional.empty(), true)));
    } catch (PrivateLinkException e) {
      // Rules may have changed since it was attached; what is in the zone can be read instead.
      plan = Optional.empty();
    }
    zones(found).remove(found, entry, apex, plan, deadline);
  }

  private Target target(ConnectionRef ref, DomainRequest request, Deadline deadline) {
    Ids.checkRef(ref);
    Found found = finder.get(ref, deadline);
    NetworkView view = found.access().view(found.network(), deadline);
    if (!found.access().traits().zonesInEndpoint()) {
      found =
          found.withEndpoint(found.access().withZones(found.network(), found.endpoint(), deadline));
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

  private DnsZones zones(Found found) {
    return found.access().traits().zoneBoundAtCreation() ? bornBound : boundLater;
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
