package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.QuotaExceededException;
import io.privatelink4j.exception.RefusedException;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.model.DomainUse;
import java.util.Optional;
import java.util.function.Function;

/** Whether a connection may have a domain, as it is, and as the embedder's policy has it. */
final class AttachRules {
  private final Optional<Function<DomainUse, Decision>> policy;
  private final Settings settings;

  AttachRules(Optional<Function<DomainUse, Decision>> policy, Settings settings) {
    this.policy = policy;
    this.settings = settings;
  }

  /**
   * Asks the policy last.
   *
   * @param existing the domain's label, if it has one
   * @throws ConflictException if the connection cannot have domains now
   * @throws QuotaExceededException if it has as many as it may
   * @throws RefusedException if the policy does
   */
  void check(DomainTarget target, DomainRequest request, Optional<DomainEntry> existing) {
    Found found = target.found();
    String id = found.connectionId();
    boolean named =
        target.plan().records().stream().allMatch(record -> record.target().isPresent());
    ConnectionState state =
        StateMachine.judge(
                found.endpoint(), false, found.ledger().upSince().isPresent(), found.former())
            .state();
    if (!found.networkKnown()) {
      throw new ConflictException(
          "connection "
              + id
              + " lives in "
              + found.network().vpcId()
              + ", which the cluster directory does not name any more: create a new connection",
          ErrorDetails.of(id));
    }
    if (!named) {
      throw new ConflictException(
          "the cloud has not named the endpoint of connection "
              + id
              + " yet: wait until it is ACTIVE, then attach",
          ErrorDetails.of(id));
    }
    if (state != ConnectionState.ACTIVE && !request.beforeActive()) {
      throw new ConflictException(
          "connection "
              + id
              + " is "
              + state
              + ": names would lead nowhere. Wait until it is ACTIVE, then attach",
          ErrorDetails.of(id));
    }
    if (existing.isEmpty()
        && found.ledger().attachments().size() >= settings.maxDomainsPerConnection()) {
      throw new QuotaExceededException(
          "connection "
              + id
              + " has "
              + found.ledger().attachments().size()
              + " of at most "
              + settings.maxDomainsPerConnection()
              + " domains: detach one",
          ErrorDetails.of(id));
    }
    askPolicy(found, target.plan());
  }

  private void askPolicy(Found found, DomainPlan plan) {
    if (policy.isEmpty()) {
      if (plan.type() == DomainType.CONFLUENT && found.network().shared()) {
        throw new RefusedException(
            "network "
                + found.network().vpcId()
                + " is shared and no domain policy is set: a private zone "
                + plan.apex()
                + " would answer to every tenant in it. Give the builder a DomainPolicy that knows whose"
                + " domain it is, or mark the network as not shared.",
            ErrorDetails.of(plan.apex()));
      }
      return;
    }
    Decision decision =
        policy
            .get()
            .apply(
                new DomainUse(
                    found.clusterId(),
                    found.connectionId(),
                    plan.type(),
                    plan.uniqueName(),
                    plan.apex()));
    if (!decision.allowed()) {
      throw new RefusedException(
          "the domain policy refused "
              + plan.apex()
              + " to cluster "
              + found.clusterId()
              + ": "
              + decision.denial().orElse(""),
          ErrorDetails.of(plan.apex()));
    }
  }
}
