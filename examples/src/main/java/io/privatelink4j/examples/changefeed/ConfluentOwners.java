package io.privatelink4j.examples.changefeed;

import io.privatelink4j.DomainPolicy;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.model.DomainUse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a cluster answer for a Confluent Cloud network only if its customer has shown that the
 * network is theirs; else one tenant could take another's names in a network that they share.
 * Thread-safe.
 */
public final class ConfluentOwners implements DomainPolicy {
  private final Set<Proof> proofs = ConcurrentHashMap.newKeySet();

  private record Proof(String clusterId, String uniqueName) {}

  /**
   * Notes whose a network is. A service does so, and stores it, when the customer's own API key has
   * read the network from Confluent.
   *
   * @param clusterId the customer's cluster
   * @param network the network
   */
  public void prove(String clusterId, ConfluentNetwork network) {
    proofs.add(new Proof(clusterId, network.uniqueName()));
  }

  @Override
  public Decision decide(DomainUse use) {
    // A managed name is the connection's own.
    boolean own =
        use.type() == DomainType.TIDBCLOUD_MANAGED
            || proofs.contains(new Proof(use.clusterId(), use.uniqueName()));
    return own
        ? Decision.allow()
        : Decision.deny(
            "cluster " + use.clusterId() + " has not shown that " + use.apex() + " is its own");
  }
}
