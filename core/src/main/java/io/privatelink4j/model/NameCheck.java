package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a resolver answered for one name of a domain, and whether that is right. Text from outside
 * in it is escaped and cut.
 *
 * @param name the name that was asked for; below a wildcard record a label that nobody uses
 * @param outcome whether it leads where it should
 * @param zoneId the zone whose endpoint address it should lead to; empty if any will do, or if the
 *     name is not in the domain
 * @param leadsTo ids of the zones whose endpoint addresses it leads to, sorted
 * @param addresses the addresses it leads to, sorted
 * @param message what is the matter and what to do, for people
 */
public record NameCheck(
    String name,
    Outcome outcome,
    Optional<String> zoneId,
    List<String> leadsTo,
    List<String> addresses,
    String message) {

  /**
   * Copies the lists.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public NameCheck {
    requireNonNull(name, "name");
    requireNonNull(outcome, "outcome");
    requireNonNull(zoneId, "zoneId");
    leadsTo = List.copyOf(leadsTo);
    addresses = List.copyOf(addresses);
    requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return outcome + " " + message;
  }

  /** Whether a name leads where it should. */
  public enum Outcome {
    /** It leads to the endpoint's address in its zone, or to the endpoint if it has no zone. */
    CORRECT,
    /** It leads to the endpoint, but into another zone, or into others too. */
    WRONG_ZONE,
    /** It leads to addresses that are not the endpoint's. */
    ELSEWHERE,
    /** It has no address, or does not exist. */
    NOWHERE,
    /** The resolver failed, or the operation timeout came first. */
    NOT_ANSWERED,
    /** It has addresses, but those of the endpoint are not, or not all, known. */
    NOT_COMPARED,
    /** It is not a name below the domain; it was not asked for. */
    NOT_IN_DOMAIN,
    /** An outcome that this version does not know. */
    UNKNOWN
  }
}
