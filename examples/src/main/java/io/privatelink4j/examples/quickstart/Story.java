package io.privatelink4j.examples.quickstart;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.story.Steps;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.kafka.BrokerListener;
import io.privatelink4j.kafka.KafkaListeners;
import io.privatelink4j.kafka.ListenerPlan;
import io.privatelink4j.kafka.PortMapping;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DnsRecord;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.model.Zones;
import io.privatelink4j.spi.Time;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import io.privatelink4j.testing.Resolution;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A customer wants to send changes from a cluster to Kafka behind an endpoint service. We are
 * {@code links}; the customer, who owns the service, is {@code kafka}.
 */
final class Story {
  /** When the owner finds the time to look at the console. */
  private static final Duration OWNER_ACCEPTS_AFTER = Duration.ofSeconds(270);

  private final PrivateLinkClient links;
  private final InMemoryCloud cloud;
  private final ClusterNetwork network;
  private final String clusterId;
  private final Scene scene;
  private final Steps steps;

  Story(PrivateLinkClient links, Scene scene, Steps steps) {
    this.links = links;
    this.cloud = scene.cloud();
    this.network = cloud.network();
    this.clusterId = scene.clusterId();
    this.scene = scene;
    this.steps = steps;
  }

  /** Plays the story; ends early, with an exception, if a step does not do what it says. */
  void play() {
    OwnedService kafka = cloud.publish();

    Zones zones = askForZones();
    findMistakes(zones, kafka.type());
    ConnectionType type = ownerAllows(kafka, zones);

    PrivateLinkConnection created = create(type);
    PrivateLinkConnection pending = seeItPending(created);
    PrivateLinkConnection active = ownerAccepts(kafka, pending);

    DomainPlan plan = planDomain(active);
    ListenerPlan listeners = planListeners(plan);
    DomainAttachment domain = attachDomain(active, plan);
    resolveBrokers(listeners);
    showAddress(active);

    detachDomain(active, domain, listeners);
    delete(active);
    lookForLeftovers();
  }

  private Zones askForZones() {
    steps.begin("Zones: what the service owner has to know");
    Zones zones = links.zones(clusterId);
    steps.tell("account", zones.accountId());
    steps.tell("allow", String.join(" or ", zones.principals()));
    steps.tell("zones", String.join(", ", zones.zoneIds()));
    steps.done(
        zones.accountId().equals(cloud.accountId()) && zones.zoneIds().size() == 3,
        "our account and three zones");
    return zones;
  }

  private void findMistakes(Zones zones, ConnectionType notAllowed) {
    check(
        "Check a name that is a load balancer's",
        scene.loadBalancer(),
        FindingCode.LOAD_BALANCER_NAME);

    OwnedService elsewhere = cloud.publishIn(scene.otherRegion());
    check("Check a service in another region", elsewhere.type(), FindingCode.OTHER_REGION);

    check(
        "Check a service that has not allowed us",
        notAllowed,
        FindingCode.NOT_FOUND_OR_NOT_ALLOWED);

    OwnedService apart = cloud.publish(scene.otherZone()).allow(zones.accountId());
    check("Check a service without a common zone", apart.type(), FindingCode.NO_COMMON_ZONE);
  }

  private void check(String title, ConnectionType type, FindingCode expected) {
    steps.begin(title);
    steps.tell("service", type.serviceName());
    ServiceCheck check = links.check(clusterId, type);
    check.errors().forEach(steps::tell);
    steps.done(
        check.errors().stream().map(Finding::code).toList().equals(List.of(expected)),
        expected + " is found, and nothing else is wrong");
  }

  private ConnectionType ownerAllows(OwnedService kafka, Zones zones) {
    steps.begin("The owner allows us; check again");
    kafka.allow(zones.principals().get(0));
    steps.tell("service", kafka.name());
    ServiceCheck check = links.check(clusterId, kafka.type());
    check.findings().forEach(steps::tell);
    steps.done(
        check.ok() && check.commonZoneIds().equals(zones.zoneIds()),
        "no error; common zones " + String.join(", ", check.commonZoneIds()));
    return check.type();
  }

  private PrivateLinkConnection create(ConnectionType type) {
    steps.begin("Create the connection, twice with one request id");
    CreateConnectionRequest request =
        CreateConnectionRequest.builder()
            .clusterId(clusterId)
            .displayName("orders-kafka")
            .type(type)
            .requestId("op-7731")
            .build();
    PrivateLinkConnection link = links.create(request);
    PrivateLinkConnection again = links.create(request);
    steps.tell(link);
    steps.done(
        again.id().equals(link.id()) && cloud.endpoints().size() == 1,
        "one connection, one endpoint in the cloud");
    return link;
  }

  private PrivateLinkConnection seeItPending(PrivateLinkConnection link) {
    steps.begin("Wait, but not for the owner: what do they have to do?");
    try {
      links.awaitActive(link, Duration.ofMinutes(30), Duration.ZERO);
    } catch (WaitTimeoutException e) {
      PrivateLinkConnection pending = e.lastSeen().orElse(link);
      String instructions = pending.ownerInstructions().orElse("");
      steps.tell(pending);
      steps.tell("owner", instructions);
      steps.done(
          pending.state() == ConnectionState.PENDING_ACCEPTANCE
              && instructions.contains(pending.endpointId())
              && instructions.contains(cloud.accountId()),
          "the instructions name the endpoint and our account");
      return pending;
    }
    throw new Steps.StepFailedException("the connection did not wait for its owner");
  }

  private PrivateLinkConnection ownerAccepts(OwnedService kafka, PrivateLinkConnection pending) {
    steps.begin("The owner accepts in " + Steps.minutes(OWNER_ACCEPTS_AFTER) + "; wait for it");
    Time time = cloud.time();
    time.schedule(OWNER_ACCEPTS_AFTER, () -> kafka.accept(pending.endpointId()));
    long start = time.nanoTime();
    PrivateLinkConnection active = links.awaitActive(pending, Duration.ofMinutes(30));
    Duration took = Duration.ofNanos(time.nanoTime() - start);
    steps.tell(active);
    steps.done(
        active.state() == ConnectionState.ACTIVE && took.compareTo(OWNER_ACCEPTS_AFTER) >= 0,
        "active after " + Steps.minutes(took));
    return active;
  }

  private DomainPlan planDomain(PrivateLinkConnection link) {
    steps.begin("Dry run of a managed domain");
    int writes = cloud.calls().writes().size();
    DomainPlan plan = links.planDomain(link, DomainRequest.managed());
    steps.tell("domain", plan.apex());
    for (DnsRecord record : plan.records()) {
      steps.tell("record", record.host());
      steps.tell("leads to", record.target().orElse("a name to come"));
    }
    plan.findings().forEach(steps::tell);
    steps.done(
        plan.records().stream().allMatch(record -> record.target().isPresent())
            && cloud.calls().writes().size() == writes,
        plan.records().size() + " records planned, nothing written");
    return plan;
  }

  private ListenerPlan planListeners(DomainPlan plan) {
    steps.begin("What three brokers advertise");
    KafkaListeners.Builder brokers = KafkaListeners.builder(plan);
    int number = 1;
    for (String zoneId : plan.coverage().keySet()) {
      brokers.addBroker("b" + number++, zoneId);
    }
    ListenerPlan listeners = brokers.build();
    for (BrokerListener listener : listeners.listeners()) {
      steps.tell(listener.broker().name(), listener.advertised("EXTERNAL"));
    }
    for (PortMapping mapping : listeners.mappings()) {
      steps.tell("balancer", mapping.describe());
    }
    steps.done(
        listeners.listeners().size() == 3 && listeners.problems().isEmpty(),
        "three listeners, no problem found");
    return listeners;
  }

  private DomainAttachment attachDomain(PrivateLinkConnection link, DomainPlan plan) {
    steps.begin("Attach the domain");
    DomainAttachment domain = links.attachDomain(link, DomainRequest.managed());
    steps.tell("attached", domain.id());
    steps.tell("state", domain.state().toString());
    steps.done(
        domain.state() == DomainState.ATTACHED && domain.apex().equals(plan.apex()),
        "attached under the name that the dry run gave");
    return domain;
  }

  private void resolveBrokers(ListenerPlan plan) {
    steps.begin("Resolve each broker's name inside the cluster network");
    boolean right = true;
    for (BrokerListener listener : plan.listeners()) {
      Resolution resolution = cloud.resolve(network, listener.host());
      steps.tell(
          listener.broker().name(),
          String.join(", ", resolution.zoneIds()) + " <- " + listener.host());
      right &= resolution.zoneIds().equals(Set.of(listener.broker().zoneId()));
    }
    steps.done(right, "each name leads into its broker's zone");
  }

  private void showAddress(PrivateLinkConnection link) {
    steps.begin("The address that a changefeed connects to");
    InetSocketAddress bootstrap = link.address(KafkaListeners.DEFAULT_BOOTSTRAP_PORT);
    steps.tell("bootstrap", bootstrap.getHostString() + ":" + bootstrap.getPort());
    Resolution resolution = cloud.resolve(network, bootstrap.getHostString());
    steps.done(
        resolution.endpointId().equals(Optional.of(link.endpointId())),
        "it leads to endpoint " + link.endpointId());
  }

  private void detachDomain(
      PrivateLinkConnection link, DomainAttachment domain, ListenerPlan listeners) {
    steps.begin("Detach the domain");
    links.detachDomain(link, domain.id());
    boolean silent =
        listeners.listeners().stream()
            .noneMatch(listener -> cloud.resolve(network, listener.host()).leadsToEndpoint());
    steps.done(
        silent && links.get(link).domains().isEmpty(),
        "no broker's name is answered, the connection has no domain");
  }

  private void delete(PrivateLinkConnection link) {
    steps.begin("Delete the connection");
    PrivateLinkConnection deleting = links.delete(link);
    steps.tell(deleting);
    links.awaitDeleted(link, Duration.ofMinutes(10));
    boolean known = true;
    try {
      links.get(link);
    } catch (NotFoundException e) {
      known = false;
    }
    steps.done(
        deleting.state() == ConnectionState.DELETING && !known, "gone; the cloud knows it no more");
  }

  private void lookForLeftovers() {
    steps.begin("Look for leftovers in the cloud");
    List<String> left = cloud.leftovers();
    left.forEach(each -> steps.tell("left", each));
    steps.done(left.isEmpty(), left.size() + " endpoints and zones are left");
  }
}
