package io.privatelink4j.examples.cloud;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several clients at one connection, each on a thread of its own. */
final class Rivalry implements AutoCloseable {
  static final String PREPARED = "prepared ";
  static final String ENDED = "ended ";

  /** The id of a connection that is still to be created. */
  static final String NONE = "-";

  static final String OK = "ok ";
  static final String STOPPED = "stopped";

  private static final String REQUEST = "op-1";
  private static final Duration CALM = Duration.ofSeconds(30);
  private static final int LATEST_MILLIS = 20_000;

  private final Worker worker;
  private final List<PrivateLinkClient> clients = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  enum Deed {
    CREATE,
    ATTACH,
    DETACH,
    DELETE;

    static List<Deed> parse(String text) {
      return Arrays.stream(text.split(",", -1)).map(Deed::valueOf).toList();
    }
  }

  Rivalry(Worker worker) {
    this.worker = worker;
  }

  /** Creates the connection that the others meet at. */
  void prepare(String clusterId, boolean attached) throws InterruptedException {
    try (PrivateLinkClient links = worker.client()) {
      ConnectionRef link = links.create(worker.request(clusterId, REQUEST));
      links.awaitActive(link, Worker.PATIENCE);
      if (attached) {
        links.attachDomain(link, DomainRequest.managed());
      }
      worker.time.sleep(CALM);
      System.out.println(PREPARED + link.id());
    }
  }

  /**
   * Lets clients do their deeds, in turn the given ones, and says what came of each.
   *
   * @param link which connection; a creation of one that is not there yet tells its id
   */
  void run(ConnectionRef link, int count, List<Deed> deeds, Random random) throws Exception {
    while (clients.size() < count) {
      clients.add(worker.client());
    }
    List<Future<?>> begun = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PrivateLinkClient links = clients.get(i);
      Deed deed = deeds.get(i % deeds.size());
      Duration delay = Duration.ofMillis(random.nextInt(LATEST_MILLIS));
      begun.add(
          threads.submit(
              () -> {
                worker.time.sleep(delay);
                System.out.println(ENDED + deed + " " + perform(links, link, deed));
                return deed;
              }));
    }
    for (Future<?> each : begun) {
      each.get();
    }
    worker.time.sleep(CALM);
    System.out.println(STOPPED);
  }

  private String perform(PrivateLinkClient links, ConnectionRef link, Deed deed) {
    try {
      switch (deed) {
        case CREATE -> {
          return OK + links.create(worker.request(link.clusterId(), REQUEST)).id();
        }
        case ATTACH -> links.attachDomain(link, DomainRequest.managed());
        case DETACH -> {
          for (DomainAttachment domain : links.get(link).domains()) {
            links.detachDomain(link, domain.id());
          }
        }
        case DELETE -> links.delete(link);
      }
      return OK + link.id();
    } catch (PrivateLinkException e) {
      return e.getClass().getSimpleName();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    clients.forEach(PrivateLinkClient::close);
  }
}
