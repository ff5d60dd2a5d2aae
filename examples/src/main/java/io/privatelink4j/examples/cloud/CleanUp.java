package io.privatelink4j.examples.cloud;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.PrivateLinkListener;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.RemoteCall;
import io.privatelink4j.spi.SystemTime;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes down what a run made and did not delete. All it needs is in the cloud: another client finds
 * the connections by who created them, also one whose creation was cut off before it was answered.
 */
final class CleanUp implements PrivateLinkListener {
  /** For longer than this no cloud is known to hide a new endpoint from its lists. */
  private static final Duration LAG = Duration.ofSeconds(15);

  private static final Duration DELETION = Duration.ofMinutes(10);

  private final CloudArguments where;
  private final String runId;
  private final Consumer<String> out;
  private final Time time = new SystemTime(); // sleeps only, so there is nothing to close
  private volatile boolean created;
  private volatile long createdAt;

  CleanUp(CloudArguments where, String runId, Consumer<String> out) {
    this.where = where;
    this.runId = runId;
    this.out = out;
  }

  /** Both clouds give the call this name. Whether it failed does not matter: look what is there. */
  @Override
  public void onRemoteCall(RemoteCall call) {
    if (call.action().equals("CreateVpcEndpoint")) {
      createdAt = time.nanoTime();
      created = true;
    }
  }

  /** {@return how many connections of this run are left} */
  int run() {
    if (!created) {
      return 0;
    }
    try (PrivateLinkClient links = where.client().build()) {
      List<PrivateLinkConnection> left = find(links);
      for (PrivateLinkConnection link : left) {
        try {
          delete(links, link);
        } catch (PrivateLinkException e) {
          out.accept("Not deleted: " + e.getMessage());
        }
      }
      return left.isEmpty() ? 0 : made(links).size();
    }
  }

  private List<PrivateLinkConnection> find(PrivateLinkClient links) {
    List<PrivateLinkConnection> found = made(links);
    while (found.isEmpty() && time.nanoTime() - createdAt < LAG.toNanos()) {
      pause();
      found = made(links);
    }
    return found;
  }

  private List<PrivateLinkConnection> made(PrivateLinkClient links) {
    return links
        .listAll(where.clusterId())
        .filter(link -> link.createdBy().filter(runId::equals).isPresent())
        .toList();
  }

  private void delete(PrivateLinkClient links, PrivateLinkConnection link) {
    out.accept("Deleting " + link.id() + ", endpoint " + link.endpointId() + ", and its domains.");
    try {
      links.delete(link);
      links.awaitDeleted(link, DELETION);
    } catch (NotFoundException e) {
      // Deleted already, and gone since it was listed.
    }
    out.accept("Deleted.");
  }

  private void pause() {
    try {
      time.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while cleaning up", e);
    }
  }
}
