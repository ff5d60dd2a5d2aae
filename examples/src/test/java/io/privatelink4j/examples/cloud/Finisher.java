package io.privatelink4j.examples.cloud;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.Repair;
import java.time.Duration;
import java.util.List;

/** Finishes, with a client of its own, what others left in a cluster. */
final class Finisher {
  static final String FINISHED = "finished, and found: ";
  static final String MENDED = "mended: ";

  /** Longer than all lags, and than what is still on its way to the cloud. */
  private static final Duration CALM = Duration.ofSeconds(30);

  private final Worker worker;
  private final String clusterId;

  /** What comes before all is deleted. */
  enum Way {
    REPEAT,
    REPAIR,
    NOTHING
  }

  Finisher(Worker worker, String clusterId) {
    this.worker = worker;
    this.clusterId = clusterId;
  }

  /** Says what is still to be mended after everything was deleted. */
  void run(Way way) throws InterruptedException {
    worker.time.sleep(CALM);
    try (PrivateLinkClient links = worker.client()) {
      switch (way) {
        case REPEAT -> list(links).forEach(link -> repeat(links, link));
        case REPAIR -> repair(links);
        case NOTHING -> {
          // Deletions alone have to do.
        }
      }
      worker.time.sleep(CALM);
      list(links).forEach(link -> delete(links, link));
      worker.time.sleep(CALM);
      System.out.println(FINISHED + links.reconcile(clusterId).drifts());
    }
  }

  /** Repairs once if there is anything to repair, and says whether there was. */
  void mend() throws InterruptedException {
    try (PrivateLinkClient links = worker.client()) {
      boolean clean = links.reconcile(clusterId).isClean();
      if (!clean) {
        repair(links);
      }
      System.out.println(MENDED + !clean);
    }
  }

  private List<PrivateLinkConnection> list(PrivateLinkClient links) {
    return links.listAll(clusterId).toList();
  }

  private static void repeat(PrivateLinkClient links, PrivateLinkConnection link) {
    try {
      if (link.state() != ConnectionState.DELETING) {
        links.awaitActive(link, Worker.PATIENCE);
        links.attachDomain(link, DomainRequest.managed());
      }
    } catch (ConflictException | NotFoundException e) {
      // What is marked for deletion is only deleted.
    }
  }

  private void repair(PrivateLinkClient links) throws InterruptedException {
    for (Repair repair : links.repairAtOnce(clusterId).with(Repair.Outcome.FAILED)) {
      throw repair.failure().orElseThrow();
    }
    worker.time.sleep(CALM);
    if (!links.reconcile(clusterId).isClean()) {
      throw new IllegalStateException("not mended: " + links.reconcile(clusterId));
    }
  }

  private static void delete(PrivateLinkClient links, ConnectionRef link) {
    try {
      links.delete(link);
      links.awaitDeleted(link, Worker.PATIENCE);
    } catch (NotFoundException e) {
      // It was being deleted, and is gone since it was listed.
    }
  }
}
