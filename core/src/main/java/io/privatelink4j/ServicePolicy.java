package io.privatelink4j;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.ServiceUse;

/**
 * Decides, before anything is written, whether a cluster may connect to an endpoint service.
 *
 * <p>It guards against the confused deputy: owners often allow our whole account, and some accept
 * every connection by themselves, so a tenant who learns the name of another's service could reach
 * it through us. Must be thread-safe.
 */
@FunctionalInterface
public interface ServicePolicy {

  /**
   * {@return the decision}
   *
   * @param use who wants to connect to what
   */
  Decision decide(ServiceUse use);

  /**
   * {@return the default policy} It allows services whose owner accepts each connection. A service
   * that accepts by itself, or of which the cloud does not tell, is allowed to the first cluster
   * only: while that one has a link to it, others are denied.
   */
  static ServicePolicy firstClusterUnlessAccepted() {
    return use ->
        use.acceptance() == Acceptance.REQUIRED || !use.linkedByOtherCluster().getAsBoolean()
            ? Decision.allow()
            : Decision.deny(
                "the service needs no acceptance by its owner and another cluster has a link to it. If both clusters"
                    + " belong to one customer, set a ServicePolicy that knows so");
  }
}
