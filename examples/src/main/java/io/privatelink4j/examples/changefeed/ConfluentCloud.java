package io.privatelink4j.examples.changefeed;

import io.privatelink4j.examples.changefeed.ChangefeedService.Sink;
import io.privatelink4j.examples.story.MemoryRun;
import io.privatelink4j.examples.story.Stage;
import io.privatelink4j.examples.story.Steps;
import io.privatelink4j.exception.RefusedException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import io.privatelink4j.testing.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A changefeed to a dedicated cluster of Confluent Cloud on AWS. Confluent accepts by itself, and
 * names its brokers itself, below a domain that is the customer's: the changefeed goes on using
 * those names, which the certificates have, and the link answers for them.
 */
public final class ConfluentCloud {
  /** What the customer sees in Confluent's console. */
  private static final String SUBDOMAIN = "*.domnprzqrog.us-east-1.aws.confluent.cloud";

  private static final String BOOTSTRAP =
      "lkc-2v531.domnprzqrog.us-east-1.aws.confluent.cloud:9092";

  private final Stage stage;
  private final Steps steps;
  private final ConfluentOwners owners;
  private final ChangefeedService service;
  private final OwnedService confluent;

  private ConfluentCloud(Stage stage, ConfluentOwners owners) {
    this.stage = stage;
    this.steps = stage.steps();
    this.owners = owners;
    this.service = new ChangefeedService(stage.links());
    this.confluent = stage.publish().acceptAutomatically();
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) {
    ConfluentOwners owners = new ConfluentOwners();
    new MemoryRun("confluent-cloud")
        .on(
            InMemoryCloud.builder(CloudProvider.AWS).region("us-east-1").build(),
            builder -> builder.domainPolicy(owners),
            stage -> new ConfluentCloud(stage, owners).play())
        .main();
  }

  private void play() {
    ConfluentNetwork network = cutOutName();
    Sink sink = createLink();
    refuseOthers(sink, network);
    attachDomain(sink, network);
    connect();
    stage.clear("The changefeed ends; drop its link", () -> service.dropLink(sink));
  }

  private ConfluentNetwork cutOutName() {
    steps.begin("Cut the unique name out of what the customer sees");
    List<String> shown =
        List.of(SUBDOMAIN, BOOTSTRAP, "lkc-2v531-domnprzqrog.us-east-1.aws.glb.confluent.cloud");
    List<String> names =
        shown.stream().map(name -> ConfluentNetwork.of(name).uniqueName()).toList();
    for (int i = 0; i < shown.size(); i++) {
      steps.tell(names.get(i), shown.get(i));
    }
    steps.done(Set.copyOf(names).size() == 1, "subdomain and bootstrap servers give one name");
    return ConfluentNetwork.of(SUBDOMAIN);
  }

  private Sink createLink() {
    steps.begin("Create the link; Confluent accepts by itself");
    Sink sink = service.createLink(Stage.CLUSTER, "feed-1", confluent.type(), 9092);
    PrivateLinkConnection link = stage.links().awaitActive(sink.link(), Duration.ofMinutes(30));
    steps.tell(link);
    steps.done(link.ownerInstructions().isEmpty(), "it is up, the customer has nothing to do");
    return sink;
  }

  private void refuseOthers(Sink sink, ConfluentNetwork network) {
    steps.begin("Attach the domain of a network that the customer has not shown to be theirs");
    int writes = stage.cloud().calls().writes().size();
    String refusal = "";
    try {
      stage.links().attachDomain(sink.link(), DomainRequest.confluent(network.uniqueName()));
    } catch (RefusedException e) {
      refusal = e.getMessage();
    }
    steps.tell("refused", refusal);
    steps.done(
        !refusal.isEmpty() && stage.cloud().calls().writes().size() == writes,
        "the policy says no before anything is written");
  }

  private void attachDomain(Sink sink, ConfluentNetwork network) {
    steps.begin("The customer shows it; attach the domain");
    owners.prove(Stage.CLUSTER, network);
    DomainAttachment domain =
        stage.links().attachDomain(sink.link(), DomainRequest.confluent(network.uniqueName()));
    steps.tell("state", domain.state().toString());
    steps.done(
        SUBDOMAIN.equals("*." + domain.apex()), "the link answers for Confluent's own domain");
  }

  private void connect() {
    steps.begin("Connect as a Kafka client does, by Confluent's names");
    String host = BOOTSTRAP.substring(0, BOOTSTRAP.indexOf(':'));
    Resolution bootstrap = stage.resolve(host);
    steps.tell("bootstrap", new TreeSet<>(bootstrap.zoneIds()) + " <- " + host);
    boolean right = bootstrap.leadsToEndpoint();
    for (String zoneId : new TreeSet<>(bootstrap.zoneIds())) {
      String broker = SUBDOMAIN.replace("*", "e-0001." + zoneId);
      Resolution resolution = stage.resolve(broker);
      steps.tell("broker", resolution.zoneIds() + " <- " + broker);
      right &= resolution.zoneIds().equals(Set.of(zoneId));
    }
    steps.done(right, "all names lead to the link, each broker's into its own zone");
  }
}
