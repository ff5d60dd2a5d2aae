package io.privatelink4j.examples.waiting;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.StateReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Ways to wait for a connection. */
public final class Waiting {
  private Waiting() {}

  /**
   * Waits with a deadline.
   *
   * @param links the client
   * @param link which connection
   * @return why the connection will not become ACTIVE unless somebody acts; empty if it is ACTIVE
   * @throws WaitTimeoutException if neither is known after half an hour
   */
  public static Optional<StateReason> awaitActive(PrivateLinkClient links, ConnectionRef link) {
    try {
      links.awaitActive(link, Duration.ofMinutes(30));
      return Optional.empty();
    } catch (ConnectionFailedException e) {
      return Optional.of(e.reason());
    }
  }

  /**
   * Waits two minutes for the owner, then asks them to act, and goes on waiting.
   *
   * @param links the client
   * @param link which connection
   * @param owner takes what the owner has to do
   * @return the connection, ACTIVE
   */
  public static PrivateLinkConnection awaitOwner(
      PrivateLinkClient links, ConnectionRef link, Consumer<String> owner) {
    // region owner
    try {
      return links.awaitActive(link, Duration.ofMinutes(30), Duration.ofMinutes(2));
    } catch (WaitTimeoutException e) {
      e.lastSeen().flatMap(PrivateLinkConnection::ownerInstructions).ifPresent(owner);
      return links.awaitActive(link, Duration.ofDays(2)); // goes on where the first wait ended
    }
    // endregion
  }

  /**
   * Waits without a thread.
   *
   * @param links the client
   * @param link which connection
   * @param start what to do with the connection when it is ACTIVE
   * @return ends the wait when it is cancelled
   */
  public static CompletableFuture<Void> whenActive(
      PrivateLinkClient links, ConnectionRef link, Consumer<PrivateLinkConnection> start) {
    return links.whenActive(link, Duration.ofDays(2)).thenAccept(start);
  }

  /**
   * Passes on a cloud's notification: waits for the connection look now, not with their next poll.
   *
   * @param links the client
   * @param clusterId the cluster
   * @param linkId the connection that the notification is about
   */
  public static void onNotification(PrivateLinkClient links, String clusterId, String linkId) {
    links.refresh(ConnectionRef.of(clusterId, linkId));
  }
}
