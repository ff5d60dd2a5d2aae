package io.privatelink4j;

import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainUse;

/**
 * Decides, before anything is written, whether a cluster may answer for a domain in its network. A
 * private zone answers to everybody in the VPC, so attaching a customer's own domain in a shared
 * network needs a policy that knows whose the domain is. Must be thread-safe.
 */
@FunctionalInterface
public interface DomainPolicy {

  /**
   * {@return the decision}
   *
   * @param use who wants to answer for what
   */
  Decision decide(DomainUse use);
}
