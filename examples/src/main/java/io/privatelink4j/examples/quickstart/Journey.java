package io.privatelink4j.examples.quickstart;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.cloud.CloudArguments;
import io.privatelink4j.examples.story.Steps;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.kafka.KafkaListeners;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DnsRecord;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.model.Zones;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * The life of a connection on a real cloud. Its owner is somebody else, who may take their time.
 */
final class Journey {
  private final PrivateLinkClient links;
  private final CloudArguments where;
  private final String runId;
  private final Steps steps;

  Journey(PrivateLinkClient links, CloudArguments where, String runId, Steps steps) {
    this.links = links;
    this.where = where;
    this.runId = runId;
    this.steps = steps;
  }

  /** Goes from the zones to the deletion; ends early if a step does not do what it says. */
  void play() {
    askForZones();
    ConnectionType type = check();
    PrivateLinkConnection created = create(type);
    DomainPlan plan = planDomain(created);
    PrivateLinkConnection active = awaitActive(created);
    DomainAttachment domain = attachDomain(active, plan);
    showNames(active);
    readBack(active, domain);
    detachDomain(active, domain);
    delete(active);
    lookForLeftovers();
  }

  private void askForZones() {
    steps.begin("Zones: what the service owner has to know");
    Zones zones = links.zones(where.clusterId());
    steps.tell("account", zones.accountId());
    steps.tell("allow", String.join(" or ", zones.principals()));
    steps.tell("zones", String.join(", ", zones.zoneIds()));
    steps.done(!zones.zoneIds().isEmpty(), zones.zoneIds().size() + " zones");
  }

  private ConnectionType check() {
    steps.begin("Check the service");
    ServiceCheck check = links.check(where.clusterId(), where.service());
    steps.tell("service", check.type().serviceName());
    check.findings().forEach(steps::tell);
    steps.tell("zones", String.join(", ", check.commonZoneIds()));
    if (!check.ok()) {
      throw new Steps.StepFailedException(
          "the service cannot be used; send the errors above to who has to act, and try again");
    }
    steps.done(!check.commonZoneIds().isEmpty(), "nothing is in the way of a connection");
    return check.type();
  }

  private PrivateLinkConnection create(ConnectionType type) {
    steps.begin("Create the connection");
    PrivateLinkConnection link =
        links.create(
            CreateConnectionRequest.builder()
                .clusterId(where.clusterId())
                .displayName("quickstart")
                .type(type)
                .requestId(runId)
                .createdBy(runId)
                .build());
    steps.tell(link);
    steps.done(!link.endpointId().isEmpty(), "created");
    return link;
  }

  private DomainPlan planDomain(PrivateLinkConnection link) {
    steps.begin("Dry run of the domain");
    DomainPlan plan = links.planDomain(link, where.domain());
    steps.tell("domain", plan.apex());
    plan.records().forEach(record -> steps.tell("record", record.name()));
    plan.findings().forEach(steps::tell);
    steps.done(
        !plan.records().isEmpty(), "what brokers advertise is known before they are reached");
    return plan;
  }

  private PrivateLinkConnection awaitActive(PrivateLinkConnection link) {
    steps.begin("Wait until it is active");
    PrivateLinkConnection active =
        link.ownerInstructions().isPresent() ? awaitOwner(link) : awaitCloud(link);
    steps.done(active.state() == ConnectionState.ACTIVE, "active");
    return active;
  }

  private PrivateLinkConnection awaitOwner(PrivateLinkConnection pending) {
    pending.ownerInstructions().ifPresent(text -> steps.tell("owner", text));
    return links.awaitActive(pending, where.patience());
  }

  /** A new connection may not tell yet that its owner has to accept it. */
  private PrivateLinkConnection awaitCloud(PrivateLinkConnection link) {
    try {
      return links.awaitActive(link, where.patience(), Duration.ZERO);
    } catch (WaitTimeoutException e) {
      return awaitOwner(
          e.lastSeen()
              .filter(seen -> seen.state() == ConnectionState.PENDING_ACCEPTANCE)
              .orElseThrow(() -> e));
    }
  }

  private DomainAttachment attachDomain(PrivateLinkConnection link, DomainPlan plan) {
    steps.begin("Attach the domain");
    DomainAttachment domain = links.attachDomain(link, where.domain());
    steps.tell("attached", domain.id());
    domain.findings().forEach(steps::tell);
    steps.done(
        domain.state() == DomainState.ATTACHED && domain.apex().equals(plan.apex()),
        "attached under the name that the dry run gave");
    return domain;
  }

  private void showNames(PrivateLinkConnection link) {
    steps.begin("Names in the cluster network, and where they lead");
    List<DnsRecord> records = links.planDomain(link, where.domain()).records();
    for (DnsRecord record : records) {
      steps.tell("name", record.name());
      steps.tell("leads to", record.target().orElse("nowhere"));
    }
    InetSocketAddress bootstrap = link.address(KafkaListeners.DEFAULT_BOOTSTRAP_PORT);
    steps.tell("bootstrap", bootstrap.getHostString() + ":" + bootstrap.getPort());
    steps.done(
        records.stream().allMatch(record -> record.target().isPresent()), "each has a target");
  }

  private void readBack(PrivateLinkConnection link, DomainAttachment domain) {
    steps.begin("Get the connection, and find it in the cluster's list");
    PrivateLinkConnection read = links.get(link);
    steps.tell(read);
    steps.done(
        read.domains().stream().map(DomainAttachment::id).toList().equals(List.of(domain.id()))
            && mine().stream().map(PrivateLinkConnection::id).toList().equals(List.of(link.id())),
        "one connection with one domain");
  }

  private void detachDomain(PrivateLinkConnection link, DomainAttachment domain) {
    steps.begin("Detach the domain");
    links.detachDomain(link, domain.id());
    steps.done(links.get(link).domains().isEmpty(), "the connection has no domain");
  }

  private void delete(PrivateLinkConnection link) {
    steps.begin("Delete the connection, and wait until it is gone");
    PrivateLinkConnection deleting = links.delete(link);
    links.awaitDeleted(link, Duration.ofMinutes(10));
    steps.done(deleting.state() == ConnectionState.DELETING, "gone");
  }

  private void lookForLeftovers() {
    steps.begin("Look for leftovers in the cluster's list");
    List<PrivateLinkConnection> left = mine().stream().filter(this::isThere).toList();
    left.forEach(steps::tell);
    steps.done(left.isEmpty(), left.size() + " connections of this run are left");
  }

  /** A list may show for a moment what is gone. */
  private boolean isThere(PrivateLinkConnection listed) {
    try {
      links.get(listed);
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /** A real cluster may have other connections. */
  private List<PrivateLinkConnection> mine() {
    return links
        .listAll(where.clusterId())
        .filter(link -> link.createdBy().filter(runId::equals).isPresent())
        .toList();
  }
}
