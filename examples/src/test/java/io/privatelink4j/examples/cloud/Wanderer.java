package io.privatelink4j.examples.cloud;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Does one thing after the other, drawn from a seed, to a few connections of a cluster in which
 * nobody else is at work. Goes on with what its predecessor left, of which it knows no more than
 * what it finds. Says what it begins and what came of it.
 */
final class Wanderer {
  static final String BEGUN = "begun ";
  static final String ENDED = "ended ";

  private static final int CONNECTIONS = 2;
  private static final List<Deed> DEEDS = List.of(Deed.values());

  private final Worker worker;
  private final PrivateLinkClient links;
  private final String clusterId;
  private final Random random;

  /** A request id is good for one connection for ever; after its deletion comes the next life. */
  private final int[] lives = new int[CONNECTIONS];

  private final Map<Integer, ConnectionRef> known = new TreeMap<>();

  private enum Deed {
    CREATE,
    AWAIT_ACTIVE,
    ATTACH,
    DETACH,
    DELETE
  }

  Wanderer(Worker worker, PrivateLinkClient links, String clusterId, Random random) {
    this.worker = worker;
    this.links = links;
    this.clusterId = clusterId;
    this.random = random;
  }

  void run(int steps) {
    links.listAll(clusterId).forEach(this::recognize);
    for (int step = 0; step < steps; step++) {
      int which = random.nextInt(CONNECTIONS);
      Deed deed = known.containsKey(which) ? DEEDS.get(random.nextInt(DEEDS.size())) : Deed.CREATE;
      System.out.println(BEGUN + deed);
      System.out.println(ENDED + deed + " " + perform(deed, which));
    }
  }

  private String perform(Deed deed, int which) {
    ConnectionRef link = known.get(which);
    try {
      switch (deed) {
        case CREATE -> known.put(which, links.create(worker.request(clusterId, requestId(which))));
        case AWAIT_ACTIVE -> links.awaitActive(link, Worker.PATIENCE);
        case ATTACH -> {
          links.awaitActive(link, Worker.PATIENCE);
          links.attachDomain(link, DomainRequest.managed());
        }
        case DETACH -> {
          for (DomainAttachment domain : links.get(link).domains()) {
            links.detachDomain(link, domain.id());
          }
        }
        case DELETE -> {
          links.delete(link);
          beginAnew(which);
        }
      }
      return "ok";
    } catch (ConflictException | NotFoundException | ConnectionFailedException e) {
      // The predecessor had deleted it, or had begun to.
      beginAnew(which);
      return e.getClass().getSimpleName();
    }
  }

  private String requestId(int which) {
    return "op-" + which + "-" + lives[which];
  }

  /** The display name is the request id. */
  private void recognize(PrivateLinkConnection link) {
    String[] words = link.displayName().split("-", -1);
    int which = Integer.parseInt(words[1]);
    known.put(which, link);
    lives[which] = Integer.parseInt(words[2]);
  }

  private void beginAnew(int which) {
    lives[which]++;
    known.remove(which);
  }
}
