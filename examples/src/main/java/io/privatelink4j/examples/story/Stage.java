package io.privatelink4j.examples.story;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import io.privatelink4j.testing.Resolution;
import java.time.Duration;
import java.util.List;

/**
 * Where an example plays.
 *
 * @param cloud the cloud, in memory; its default network is that of every cluster
 * @param links a client for it
 * @param steps where to tell what happens
 */
public record Stage(InMemoryCloud cloud, PrivateLinkClient links, Steps steps) {
  /** The cluster that wants a link. */
  public static final String CLUSTER = "10581234";

  /** {@return a new endpoint service of a customer who has allowed our account} */
  public OwnedService publish() {
    return cloud.publish().allow(cloud.accountId());
  }

  /**
   * Lets something happen elsewhere while the story goes on.
   *
   * @param delay when
   * @param event what
   */
  public void after(Duration delay, Runnable event) {
    cloud.time().schedule(delay, event);
  }

  /**
   * {@return what the resolver of the cluster's network answers}
   *
   * @param host the name asked for
   */
  public Resolution resolve(String host) {
    return cloud.resolve(cloud.network(), host);
  }

  /**
   * Takes a step that leaves nothing in the cloud, which has a minute to end what was begun.
   *
   * @param title of the step
   * @param drop deletes what the story made
   */
  public void clear(String title, Runnable drop) {
    steps.begin(title);
    drop.run();
    cloud.manualTime().advance(Duration.ofMinutes(1));
    List<String> left = cloud.leftovers();
    left.forEach(each -> steps.tell("left", each));
    steps.done(
        left.isEmpty() && cloud.endpoints().isEmpty(),
        "no endpoint and no zone is left in the cloud");
  }
}
