package io.privatelink4j.kafka;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.Actor;
import io.privatelink4j.model.Severity;
import java.util.Optional;

/**
 * One mistake in planned or advertised listeners.
 *
 * @param code what was found
 * @param severity how bad it is
 * @param actor who must act: the caller where the plan's input is wrong, the service owner where
 *     brokers or load balancer are
 * @param about the broker or the advertised listener; empty if it is about the whole. Escaped and
 *     cut like the message
 * @param message what is the matter and what to do, for people
 */
public record ListenerProblem(
    Code code, Severity severity, Actor actor, Optional<String> about, String message) {

  /**
   * Checks that nothing is null.
   *
   * @param code what was found
   * @param severity how bad it is
   * @param actor who must act
   * @param about the broker or listener, if it is about one
   * @param message what to do
   * @throws NullPointerException if an argument is null
   */
  public ListenerProblem {
    requireNonNull(code, "code");
    requireNonNull(severity, "severity");
    requireNonNull(actor, "actor");
    requireNonNull(about, "about");
    requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return severity + " " + code + " [" + actor + "] " + message;
  }

  /** What can be wrong with listeners. Further values may come. */
  public enum Code {
    /** There is no broker, or no listener. */
    NO_BROKERS,
    /** Two brokers have one name. */
    DUPLICATE_BROKER,
    /** A broker's name cannot be part of a host name, or means something else there. */
    BAD_BROKER_NAME,
    /** A zone is no availability-zone id. */
    BAD_ZONE_ID,
    /** An AWS AZ name ({@code us-west-2a}) stands where an AZ id ({@code usw2-az1}) belongs. */
    AZ_NAME,
    /** The endpoint has no address in any zone, so no name leads anywhere. */
    ZONE_NOT_COVERED,
    /**
     * Traffic enters through another zone; works only with the owner's cross-zone load balancing.
     */
    CROSS_ZONE_NEEDED,
    /** A port is not between 1 and 65535. */
    PORT_OUT_OF_RANGE,
    /** A broker's port is the bootstrap port, which leads to any broker. */
    PORT_CLASH,
    /** There are more brokers than ports from the first broker port up. */
    TOO_MANY_BROKERS,
    /** The domain's names are given by Confluent Cloud; they can be checked, not planned. */
    FOREIGN_NAMES,
    /** An advertised listener cannot be read. */
    UNREADABLE_LISTENER,
    /** A file cannot be read as a broker's {@code server.properties}. */
    UNREADABLE_FILE,
    /** A list names brokers by patterns alone: there is no address to begin with. */
    BOOTSTRAP_MISSING,
    /** A broker advertises a listener that it does not bind, so nothing answers behind the port. */
    NOT_LISTENING,
    /** Two listeners of one broker are bound to one port. */
    PORT_USED_TWICE,
    /** No security protocol is mapped to a broker's listener for the link. */
    NO_PROTOCOL,
    /** Brokers would find each other by the listener that is meant for the link. */
    INTER_BROKER_LISTENER,
    /** An advertised listener has no port. */
    MISSING_PORT,
    /** An advertised host lies outside the domain, so it does not lead through the link. */
    OTHER_DOMAIN,
    /** No record of the domain answers for an advertised host. */
    NAME_NOT_ANSWERED,
    /** Another record answers than the name, or the broker's zone, suggests. */
    WRONG_ZONE,
    /** Another port is advertised than the load balancer leads to the broker with. */
    WRONG_PORT,
    /** Two listeners advertise one host and port. */
    DUPLICATE_ADDRESS,
    /** Two hosts share a port, but one listener of the load balancer has one set of targets. */
    SHARED_PORT,
    /** A planned broker is not advertised. */
    MISSING_LISTENER,
    /** A broker is advertised that the plan does not have. */
    UNKNOWN_BROKER
  }
}
