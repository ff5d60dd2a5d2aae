package io.privatelink4j.examples.changefeed;

import io.privatelink4j.examples.changefeed.ChangefeedService.Sink;
import io.privatelink4j.examples.changefeed.LinkOpener.Progress;
import io.privatelink4j.examples.story.MemoryRun;
import io.privatelink4j.examples.story.Stage;
import io.privatelink4j.examples.story.Steps;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.StateReason;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * The owner of the service rejects the link, then lets the next one expire (on AWS, where requests
 * do), and accepts the last one.
 */
public final class RejectedLink {
  private static final Duration OWNER_ACTS_AFTER = Duration.ofMinutes(20);

  private final Stage stage;
  private final Steps steps;
  private final OwnedService kafka;
  private final Iterator<ReasonCode> failures;
  private ReasonCode expected = ReasonCode.AWAITING_OWNER;
  private Progress progress = Progress.begin(); // a row in the service's database

  private RejectedLink(Stage stage, List<ReasonCode> failures) {
    this.stage = stage;
    this.steps = stage.steps();
    this.kafka = stage.publish();
    this.failures = failures.iterator();
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) {
    List<ReasonCode> onAws = List.of(ReasonCode.REJECTED, ReasonCode.EXPIRED);
    List<ReasonCode> onAlicloud = List.of(ReasonCode.REJECTED);
    new MemoryRun("rejected-link")
        .on(InMemoryCloud.aws(), stage -> new RejectedLink(stage, onAws).play())
        .on(InMemoryCloud.alicloud(), stage -> new RejectedLink(stage, onAlicloud).play())
        .main();
  }

  private void play() {
    ownerActs();
    LinkOpener opener =
        new LinkOpener(
            stage.links(),
            reason -> {
              seeFailure(reason);
              ownerActs();
            });
    Sink sink =
        opener.open(
            Stage.CLUSTER, "feed-1", kafka.type(), 9092, progress, changed -> progress = changed);
    steps.tell("stored", sink.toString());
    List<String> connected = List.copyOf(kafka.connections().keySet());
    steps.done(
        connected.equals(List.of(stage.links().get(sink.link()).endpointId())),
        "attempt " + progress.attempt() + " is up, the links before it are deleted");
    stage.clear(
        "The changefeed ends; drop its link",
        () -> new ChangefeedService(stage.links()).dropLink(sink));
  }

  /** Begins a step, in which the owner does what is next, to the endpoint that then waits. */
  private void ownerActs() {
    if (!failures.hasNext()) {
      steps.begin("The owner accepts");
      stage.after(OWNER_ACTS_AFTER, kafka::acceptAll);
      return;
    }
    expected = failures.next();
    if (expected == ReasonCode.REJECTED) {
      steps.begin("The owner rejects the link");
      stage.after(OWNER_ACTS_AFTER, () -> kafka.reject(kafka.waiting().get(0)));
    } else {
      steps.begin("The owner lets the link expire");
      stage.after(OWNER_ACTS_AFTER, () -> kafka.expire(kafka.waiting().get(0)));
    }
  }

  private void seeFailure(StateReason reason) {
    steps.tell("who acts", reason.actor().toString());
    steps.tell("customer", reason.message());
    steps.done(reason.code() == expected, "the wait ends with " + reason.code());
  }
}
