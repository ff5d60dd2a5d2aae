package io.privatelink4j.examples.changefeed;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.changefeed.ChangefeedService.Sink;
import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.StateReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens a changefeed's link, and once more with another request id if its owner rejects it or lets
 * it expire: such a link never comes up, and its request id is used. Thread-safe; a changefeed's
 * link is opened by one thread at a time.
 */
public final class LinkOpener {
  /** An owner who says no three times means it. */
  static final int ATTEMPTS = 3;

  private static final Duration PATIENCE = Duration.ofDays(14);
  private static final Duration DELETION = Duration.ofMinutes(10);

  private final PrivateLinkClient links;
  private final ChangefeedService service;
  private final Consumer<StateReason> customer;

  /**
   * Makes an opener.
   *
   * @param links the client
   * @param customer is told why a link failed before another one is made
   */
  public LinkOpener(PrivateLinkClient links, Consumer<StateReason> customer) {
    this.links = requireNonNull(links, "links");
    this.service = new ChangefeedService(links);
    this.customer = requireNonNull(customer, "customer");
  }

  /**
   * How far it is: what the service stores, in one step, with the changefeed.
   *
   * @param attempt the number of the attempt, from one
   * @param failed the link of the attempt before, to be deleted
   */
  public record Progress(int attempt, Optional<Sink> failed) {

    /** {@return where every changefeed begins} */
    public static Progress begin() {
      return new Progress(1, Optional.empty());
    }
  }

  /**
   * Opens the link; after a crash, with the same progress, it goes on where it was.
   *
   * @param clusterId the cluster
   * @param changefeedId the changefeed
   * @param kafka the customer's endpoint service
   * @param port the port of the customer's Kafka
   * @param stored how far it is
   * @param store stores how far it is
   * @return what to store, its link ACTIVE
   * @throws ConnectionFailedException if the last attempt fails, or for a reason that another link
   *     would meet too; the link stays, for the operator
   * @throws WaitTimeoutException if the owner does nothing for two weeks, or the cloud does not end
   *     a deletion; opening again goes on
   */
  public Sink open(
      String clusterId,
      String changefeedId,
      ConnectionType kafka,
      int port,
      Progress stored,
      Consumer<Progress> store) {
    Progress progress = stored;
    while (true) {
      progress.failed().ifPresent(this::drop);
      String requestId = changefeedId + "-" + progress.attempt();
      Sink sink = service.createLink(clusterId, requestId, kafka, port);
      try {
        links.awaitActive(sink.link(), PATIENCE);
        return sink;
      } catch (ConnectionFailedException e) {
        if (progress.attempt() == ATTEMPTS || !isOwnersNo(e.reason().code())) {
          throw e;
        }
        customer.accept(e.reason());
        // Stored before the deletion: if we die in between, the link is deleted when we are back.
        progress = new Progress(progress.attempt() + 1, Optional.of(sink));
        store.accept(progress);
      }
    }
  }

  /** A cloud may refuse a second endpoint of a service as long as the first one is there. */
  private void drop(Sink failed) {
    service.dropLink(failed);
    links.awaitDeleted(failed.link(), DELETION);
  }

  private static boolean isOwnersNo(ReasonCode code) {
    return code == ReasonCode.REJECTED || code == ReasonCode.EXPIRED;
  }
}
