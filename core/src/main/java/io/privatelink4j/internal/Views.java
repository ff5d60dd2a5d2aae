package io.privatelink4j.internal;

import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.Domain;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.StateReason;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** From what was found in the cloud to the public values. */
final class Views {
  static final Duration STALLED_AFTER = Duration.ofMinutes(30);

  private final Time time;
  private final DomainPlanner planner;
  private final Expiring<String, Observed> observed;

  /** Since when a connection has been seen in its state, if that is not all it should be. */
  private record Observed(ConnectionState state, Optional<ReasonCode> code, Instant since) {}

  Views(Time time, DomainPlanner planner) {
    this.time = time;
    this.planner = planner;
    this.observed = new Expiring<>(time, Duration.ofDays(1), 100_000);
  }

  /**
   * The state of a connection and the reason for it.
   *
   * @param state the state
   * @param reason why it is so, if there is more to say
   */
  record Status(ConnectionState state, Optional<StateReason> reason) {}

  /** {@return the state alone, for those who look at very many connections again and again} */
  Status status(Found found) {
    StateMachine.Verdict verdict = StateMachine.judge(found);
    return new Status(verdict.state(), reason(found, verdict));
  }

  /** {@return the connection, with the zones and names that the network view can tell} */
  PrivateLinkConnection connection(Found found, NetworkView view) {
    return connection(found, view, found.ledger().integrity());
  }

  /** {@return the duplicates of a connection, each as a connection of its own} */
  List<PrivateLinkConnection> duplicates(Found found, NetworkView view) {
    return found.duplicates().stream()
        .map(e -> Found.of(found.access(), found.network(), found.former(), e))
        .map(
            duplicate ->
                connection(
                    duplicate,
                    view,
                    duplicate.ledger().integrity() == Integrity.OK
                        ? Integrity.DUPLICATE
                        : duplicate.ledger().integrity()))
        .toList();
  }

  private PrivateLinkConnection connection(Found found, NetworkView view, Integrity integrity) {
    Endpoint endpoint = found.endpoint();
    Ledger ledger = found.ledger();
    Status status = status(found);
    return PrivateLinkConnection.builder()
        .clusterId(ledger.clusterId())
        .id(ledger.connectionId())
        .displayName(ledger.displayName())
        .type(type(found))
        .state(status.state())
        .reason(status.reason())
        .createdBy(ledger.createdBy())
        .createTime(endpoint.createTime())
        .updateTime(ledger.updateTime())
        .endpointId(endpoint.id())
        .zoneIds(zoneIds(endpoint, view))
        .hostName(endpoint.dnsName())
        .zonalHostNames(zonalNames(endpoint, view))
        .domains(
            ledger.attachments().stream()
                .map(entry -> attachment(found, view, entry, List.of()))
                .toList())
        .extraLabels(ledger.extraLabels())
        .integrity(integrity)
        .ownerInstructions(
            status
                .reason()
                .filter(
                    r ->
                        r.code() == ReasonCode.AWAITING_OWNER
                            || r.code() == ReasonCode.NOT_CONNECTED)
                .map(r -> OwnerInstructions.accept(found, view.account())))
        .build();
  }

  private Optional<StateReason> reason(Found found, StateMachine.Verdict verdict) {
    if (verdict.state() == ConnectionState.ACTIVE && verdict.reason().isEmpty()) {
      // Most links, always: nothing is remembered of them.
      observed.remove(found.endpoint().id());
      return Optional.empty();
    }
    Optional<ReasonCode> code = verdict.reason().map(StateMachine.Reason::code);
    Instant since = observedSince(found.endpoint().id(), verdict.state(), code);
    String raw = Texts.safe(found.endpoint().rawStatus());
    if (isStalled(found, verdict, since)) {
      return Optional.of(
          new StateReason(
              ReasonCode.STALLED,
              raw,
              verdict.state()
                  + " for more than "
                  + STALLED_AFTER.toMinutes()
                  + " minutes. Delete the connection again, or ask the cloud's support about "
                  + Texts.safe(found.endpoint().id())
                  + ".",
              io.privatelink4j.model.Actor.CLOUD,
              Optional.of(since)));
    }
    return verdict
        .reason()
        .map(r -> new StateReason(r.code(), raw, r.message(), r.actor(), Optional.of(since)));
  }

  private boolean isStalled(Found found, StateMachine.Verdict verdict, Instant since) {
    Instant start =
        switch (verdict.state()) {
          case CREATING -> since;
          case DELETING -> found.ledger().deletingSince().orElse(since);
          default -> time.now();
        };
    return Duration.between(start, time.now()).compareTo(STALLED_AFTER) > 0;
  }

  private Instant observedSince(
      String endpointId, ConnectionState state, Optional<ReasonCode> code) {
    Optional<Observed> before = observed.get(endpointId);
    Instant since =
        before
            .filter(o -> o.state() == state && o.code().equals(code))
            .map(Observed::since)
            .orElse(time.now());
    observed.put(endpointId, new Observed(state, code, since));
    return since;
  }

  static ConnectionType type(Found found) {
    String name = found.endpoint().serviceName();
    return found.access().cloud() == CloudProvider.AWS
        ? new AwsEndpointService(
            name, found.endpoint().serviceRegion().or(() -> Optional.of(found.network().region())))
        : new AlicloudEndpointService(name);
  }

  static List<String> zoneIds(Endpoint endpoint, NetworkView view) {
    TreeSet<String> ids = new TreeSet<>();
    for (EndpointZone zone : endpoint.zones()) {
      zone.zoneId().or(() -> zone.subnetId().flatMap(view::zoneIdOfSubnet)).ifPresent(ids::add);
    }
    return List.copyOf(ids);
  }

  /**
   * {@return the zonal names by zone id; clouds that list them by zone name are translated by way
   * of the subnets}
   */
  static Map<String, String> zonalNames(Endpoint endpoint, NetworkView view) {
    Map<String, String> names = new TreeMap<>();
    endpoint
        .zonalDnsNames()
        .forEach((zone, name) -> view.zoneIdOfName(zone).ifPresent(id -> names.put(id, name)));
    for (EndpointZone zone : endpoint.zones()) {
      Optional<String> id = zone.zoneId().or(() -> zone.subnetId().flatMap(view::zoneIdOfSubnet));
      if (id.isPresent() && zone.dnsName().isPresent()) {
        names.put(id.get(), zone.dnsName().get());
      }
    }
    return names;
  }

  private static DomainState state(DomainEntry entry) {
    return switch (entry.state()) {
      case ATTACHING -> DomainState.ATTACHING;
      case ATTACHED -> DomainState.ATTACHED;
      case DETACHING -> DomainState.DETACHING;
    };
  }

  DomainAttachment attachment(
      Found found, NetworkView view, DomainEntry entry, List<Finding> findings) {
    Optional<String> known =
        planner.knownApex(entry.type(), found.access().cloud(), entry.uniqueName());
    DomainState state = known.isPresent() ? state(entry) : DomainState.FAILED;
    Optional<String> message =
        known.isPresent()
            ? Optional.empty()
            : Optional.of("the label " + entry.key() + " was edited by somebody else: restore it");
    String apex = known.orElse(entry.uniqueName());
    List<Domain> domains = new ArrayList<>();
    domains.add(new Domain("*." + apex, state, message));
    zoneIds(found.endpoint(), view)
        .forEach(zone -> domains.add(new Domain("*." + zone + "." + apex, state, message)));
    return new DomainAttachment(
        entry.id(),
        found.clusterId(),
        found.connectionId(),
        entry.type(),
        entry.uniqueName(),
        apex,
        state,
        domains,
        entry.time(),
        findings);
  }
}
