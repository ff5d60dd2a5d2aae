package io.privatelink4j.examples.changefeed;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs changefeeds into customers' Kafka clusters by way of private links. It stores nothing of a
 * link but its id: the rest is read from the cloud.
 *
 * <p>Thread-safe.
 */
public final class ChangefeedService {
  private final PrivateLinkClient links;

  /**
   * Makes a service.
   *
   * @param links the client; the service does not close it
   */
  public ChangefeedService(PrivateLinkClient links) {
    this.links = requireNonNull(links, "links");
  }

  /**
   * What a changefeed keeps of where it writes to.
   *
   * @param clusterId the cluster whose changes it sends
   * @param linkId the connection's id
   * @param port the port of the customer's Kafka
   */
  public record Sink(String clusterId, String linkId, int port) {

    ConnectionRef link() {
      return ConnectionRef.of(clusterId, linkId);
    }
  }

  /**
   * Creates the link of a changefeed. The changefeed's id is the request id: if this process dies
   * before it has stored the sink, calling again gives the same link.
   *
   * @param clusterId the cluster
   * @param changefeedId the changefeed
   * @param kafka the customer's endpoint service
   * @param port the port of the customer's Kafka
   * @return what to store
   */
  public Sink createLink(String clusterId, String changefeedId, ConnectionType kafka, int port) {
    PrivateLinkConnection link =
        links.create(
            CreateConnectionRequest.builder()
                .clusterId(clusterId)
                .displayName("changefeed " + changefeedId)
                .type(kafka)
                .requestId(changefeedId)
                .build());
    return new Sink(clusterId, link.id(), port);
  }

  /**
   * {@return what the customer has to do now, ready to be shown to them; empty if nothing}
   *
   * @param sink where the changefeed writes to
   */
  public Optional<String> customerInstructions(Sink sink) {
    return links.get(sink.link()).ownerInstructions();
  }

  /**
   * Waits, without a thread, until the customer has accepted and the link is up.
   *
   * @param sink where the changefeed writes to
   * @param timeout how long at most
   * @return the address that the changefeed connects to
   */
  public CompletableFuture<InetSocketAddress> whenReachable(Sink sink, Duration timeout) {
    return links.whenActive(sink.link(), timeout).thenApply(link -> link.address(sink.port()));
  }

  /**
   * Drops the link of a changefeed that has ended; one that is gone already is fine.
   *
   * @param sink where the changefeed wrote to
   */
  public void dropLink(Sink sink) {
    try {
      links.delete(sink.link());
    } catch (NotFoundException e) {
      // Somebody dropped it before: that is what the caller wants.
    }
  }
}
