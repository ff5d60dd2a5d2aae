package io.privatelink4j.examples.changefeed;

import io.privatelink4j.examples.changefeed.ChangefeedService.Sink;
import io.privatelink4j.examples.story.MemoryRun;
import io.privatelink4j.examples.story.Stage;
import io.privatelink4j.examples.story.Steps;
import io.privatelink4j.kafka.BrokerListener;
import io.privatelink4j.kafka.KafkaListeners;
import io.privatelink4j.kafka.ListenerPlan;
import io.privatelink4j.kafka.ListenerProblem;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.testing.OwnedService;
import io.privatelink4j.testing.Resolution;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A changefeed to Kafka that the customer runs, on AWS and on Alibaba Cloud. The customer gets the
 * brokers' names while the link still waits for them, so that brokers are restarted once.
 */
public final class SelfHostedKafka {
  private static final String LISTENER = "EXTERNAL";

  private final Stage stage;
  private final Steps steps;
  private final ChangefeedService service;
  private final OwnedService kafka;

  private SelfHostedKafka(Stage stage) {
    this.stage = stage;
    this.steps = stage.steps();
    this.service = new ChangefeedService(stage.links());
    this.kafka = stage.publish();
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) {
    new MemoryRun("self-hosted-kafka")
        .onBothClouds(stage -> new SelfHostedKafka(stage).play())
        .main();
  }

  private void play() {
    Sink sink = createLink();
    DomainPlan domain = planDomain(sink);
    ListenerPlan brokers = planBrokers(domain);
    checkBrokers(brokers);
    InetSocketAddress bootstrap = awaitOwner(sink);
    attachDomain(sink, domain);
    connect(bootstrap, brokers);
    stage.clear("The changefeed ends; drop its link", () -> service.dropLink(sink));
  }

  private Sink createLink() {
    steps.begin("Create the changefeed's link");
    Sink sink =
        service.createLink(
            Stage.CLUSTER, "feed-1", kafka.type(), KafkaListeners.DEFAULT_BOOTSTRAP_PORT);
    steps.tell("stored", sink.toString());
    stage.cloud().manualTime().advance(Duration.ofMinutes(2));
    Optional<String> instructions = service.customerInstructions(sink);
    instructions.ifPresent(text -> steps.tell("customer", text));
    steps.done(instructions.isPresent(), "the customer is told what to accept");
    return sink;
  }

  private DomainPlan planDomain(Sink sink) {
    steps.begin("Dry run of the domain, before anybody accepted");
    int writes = stage.cloud().calls().writes().size();
    DomainPlan plan = stage.links().planDomain(sink.link(), DomainRequest.managed());
    steps.tell("domain", plan.apex());
    plan.findings().forEach(steps::tell);
    steps.done(
        stage.cloud().calls().writes().size() == writes, "the name is known, nothing was written");
    return plan;
  }

  private ListenerPlan planBrokers(DomainPlan domain) {
    steps.begin("What the customer's brokers have to advertise, two of them in each zone");
    KafkaListeners.Builder brokers = KafkaListeners.builder(domain);
    List<String> zoneIds = List.copyOf(domain.coverage().keySet());
    int count = 2 * zoneIds.size();
    for (int i = 0; i < count; i++) {
      brokers.addBroker("b" + (i + 1), zoneIds.get(i % zoneIds.size()));
    }
    ListenerPlan plan = brokers.build();
    plan.describe().lines().forEach(line -> steps.tell("customer", line));
    steps.done(
        plan.ok() && plan.listeners().size() == count, count + " listeners, no problem found");
    return plan;
  }

  private void checkBrokers(ListenerPlan plan) {
    steps.begin("The customer copied one broker's line to another; check what they advertise");
    List<String> advertised =
        new ArrayList<>(plan.listeners().stream().map(each -> each.advertised(LISTENER)).toList());
    String right = advertised.set(1, advertised.get(0));
    List<ListenerProblem> problems = plan.check(advertised);
    problems.forEach(problem -> steps.tell("problem", problem.toString()));
    advertised.set(1, right);
    steps.done(
        problems.stream().anyMatch(each -> each.code() == ListenerProblem.Code.DUPLICATE_ADDRESS)
            && plan.check(advertised).isEmpty(),
        "the copy is found; with it mended nothing is");
  }

  private InetSocketAddress awaitOwner(Sink sink) {
    steps.begin("The customer accepts an hour later; no thread waits");
    CompletableFuture<InetSocketAddress> address = service.whenReachable(sink, Duration.ofDays(2));
    stage.after(Duration.ofHours(1), kafka::acceptAll);
    stage.cloud().manualTime().advance(Duration.ofMinutes(59));
    boolean waited = !address.isDone();
    stage.cloud().manualTime().advance(Duration.ofMinutes(3));
    steps.done(waited && address.isDone(), "reachable after the customer accepted, not before");
    return address.join();
  }

  private void attachDomain(Sink sink, DomainPlan plan) {
    steps.begin("Attach the domain");
    DomainAttachment domain = stage.links().attachDomain(sink.link(), DomainRequest.managed());
    steps.tell("state", domain.state().toString());
    steps.done(domain.apex().equals(plan.apex()), "it is the name of the dry run");
  }

  private void connect(InetSocketAddress bootstrap, ListenerPlan plan) {
    steps.begin("Connect as a Kafka client does: to the bootstrap, then to each broker it names");
    Resolution first = stage.resolve(bootstrap.getHostString());
    steps.tell("bootstrap", bootstrap.getHostString() + ":" + bootstrap.getPort());
    boolean right = first.leadsToEndpoint();
    for (BrokerListener broker : plan.listeners()) {
      Resolution resolution = stage.resolve(broker.host());
      steps.tell(broker.broker().name(), resolution.zoneIds() + " <- " + broker.address());
      right &=
          resolution.endpointId().equals(first.endpointId())
              && resolution.zoneIds().equals(Set.of(broker.broker().zoneId()));
    }
    steps.done(right, "all names lead to the link, each broker's into its own zone");
  }
}
