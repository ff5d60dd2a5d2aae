package io.privatelink4j.internal;

import static io.privatelink4j.model.ConnectionState.ACTIVE;
import static io.privatelink4j.model.ConnectionState.CREATING;
import static io.privatelink4j.model.ConnectionState.FAILED;
import static io.privatelink4j.model.ConnectionState.PENDING_ACCEPTANCE;

import io.privatelink4j.model.Actor;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.ResourceState;
import java.util.List;
import java.util.Optional;

/**
 * From what was read last to the public state and its reason. A pure function: nothing is
 * remembered and nothing sticks, so a link that the owner accepts after all is ACTIVE again.
 */
final class StateMachine {
  private StateMachine() {}

  /**
   * The public state.
   *
   * @param state one of the five
   * @param reason why; empty only if all is well
   */
  record Verdict(ConnectionState state, Optional<Reason> reason) {}

  /**
   * Why.
   *
   * @param code the reason
   * @param actor who must act
   * @param message what happened and what to do
   */
  record Reason(ReasonCode code, Actor actor, String message) {}

  /** Judges a connection by its endpoint and its ledger. */
  static Verdict judge(Found found) {
    return judge(
        found.endpoint(),
        found.ledger().deleting(),
        found.ledger().upSince().isPresent(),
        found.former());
  }

  /**
   * Judges an endpoint.
   *
   * @param deleting whether its ledger says that deletion was asked for
   * @param wasUp whether its ledger says that it was up once
   * @param former whether it lives in a network that the cluster has left
   */
  static Verdict judge(Endpoint endpoint, boolean deleting, boolean wasUp, boolean former) {
    if (deleting) {
      return new Verdict(ConnectionState.DELETING, Optional.empty());
    }
    if (endpoint.resource() == ResourceState.DELETING
        || endpoint.resource() == ResourceState.DELETED) {
      return verdict(
          ConnectionState.DELETING,
          ReasonCode.ENDPOINT_GONE,
          Actor.CALLER,
          "The endpoint is being deleted, and not by this library. Delete the connection and create a new one.");
    }
    if (endpoint.billingLocked()) {
      return verdict(
          FAILED,
          ReasonCode.BILLING_LOCKED,
          Actor.OPERATOR,
          "The cloud locked the endpoint because a bill is overdue. Pay it; the link comes back by itself.");
    }
    if (endpoint.resource() == ResourceState.FAILED) {
      return verdict(
          FAILED,
          ReasonCode.CLOUD_ERROR,
          Actor.CALLER,
          "The cloud could not make the endpoint work"
              + endpoint.failure().map(text -> " (" + Texts.safe(text) + ")").orElse("")
              + ". Delete the connection and create a new one with another request id.");
    }
    Verdict verdict = judgeLink(endpoint, wasUp);
    if (former && verdict.state() == ACTIVE && verdict.reason().isEmpty()) {
      return verdict(
          ACTIVE,
          ReasonCode.NETWORK_CHANGED,
          Actor.CALLER,
          "The endpoint lives in a network that the cluster has left. Create a new connection, then delete this one.");
    }
    return verdict;
  }

  private static Verdict judgeLink(Endpoint endpoint, boolean wasUp) {
    return switch (endpoint.link()) {
      case AWAITING_OWNER -> awaitingOwner();
      case REJECTED -> rejected(wasUp);
      case EXPIRED ->
          verdict(
              FAILED,
              ReasonCode.EXPIRED,
              Actor.CALLER,
              "The service owner did not accept in time and the request expired. Delete the connection, create a new one"
                  + " with another request id, and have the owner accept it.");
      case SERVICE_DELETED ->
          verdict(
              FAILED,
              ReasonCode.SERVICE_DELETED,
              Actor.SERVICE_OWNER,
              "The endpoint service was deleted. Ask its owner for the new one, then delete this connection.");
      case DISCONNECTING -> disconnected();
      case DISCONNECTED -> judgeDisconnected(endpoint, wasUp);
      case CONNECTING, CONNECTED, UNKNOWN -> judgeResource(endpoint, wasUp);
    };
  }

  /** Where the cloud has one word for "not yet" and "not any more", its zones tell which. */
  private static Verdict judgeDisconnected(Endpoint endpoint, boolean wasUp) {
    List<EndpointZone> zones = endpoint.zones();
    if (any(zones, LinkState.AWAITING_OWNER)) {
      return awaitingOwner();
    }
    if (endpoint.resource() == ResourceState.CREATING || any(zones, LinkState.CONNECTING)) {
      return new Verdict(CREATING, Optional.empty());
    }
    if (!zones.isEmpty()
        && zones.stream().allMatch(zone -> zone.link() == LinkState.DISCONNECTED)) {
      return wasUp ? disconnected() : rejected(false);
    }
    return verdict(
        wasUp ? FAILED : PENDING_ACCEPTANCE,
        ReasonCode.NOT_CONNECTED,
        Actor.SERVICE_OWNER,
        "Not connected: either the service owner has not accepted the connection yet, or has rejected or cut it. Get the"
            + " connection to know which.");
  }

  private static Verdict judgeResource(Endpoint endpoint, boolean wasUp) {
    boolean up =
        wasUp
            || (endpoint.link() == LinkState.CONNECTED
                && endpoint.resource() == ResourceState.MODIFYING);
    return switch (endpoint.resource()) {
      case READY ->
          switch (endpoint.link()) {
            case CONNECTED -> connected(endpoint.zones());
            case CONNECTING -> building(up);
            default -> unknown();
          };
      case CREATING, MODIFYING -> building(up);
      case PARTIAL -> partial(up);
      default -> unknown();
    };
  }

  private static Verdict building(boolean up) {
    return up
        ? verdict(
            ACTIVE,
            ReasonCode.MODIFYING,
            Actor.NOBODY,
            "The cloud applies a change to the endpoint.")
        : new Verdict(CREATING, Optional.empty());
  }

  private static Verdict connected(List<EndpointZone> zones) {
    return any(zones, LinkState.CONNECTED) && any(zones, LinkState.DISCONNECTED)
        ? partial(true)
        : new Verdict(ACTIVE, Optional.empty());
  }

  private static Verdict partial(boolean up) {
    return verdict(
        up ? ACTIVE : CREATING,
        ReasonCode.PARTIAL,
        up ? Actor.CLOUD : Actor.NOBODY,
        "The endpoint works in some of its zones only.");
  }

  private static Verdict unknown() {
    return verdict(
        CREATING,
        ReasonCode.UNKNOWN,
        Actor.NOBODY,
        "The cloud reports a status that this version does not know; see the raw status.");
  }

  private static Verdict awaitingOwner() {
    return verdict(
        PENDING_ACCEPTANCE,
        ReasonCode.AWAITING_OWNER,
        Actor.SERVICE_OWNER,
        "The service owner has to accept the endpoint connection request.");
  }

  private static Verdict rejected(boolean wasUp) {
    return verdict(
        FAILED,
        ReasonCode.REJECTED,
        Actor.SERVICE_OWNER,
        wasUp
            ? "The service owner rejected the connection after it had been up, or deleted the service. Ask the owner."
            : "The service owner rejected the connection. Ask the owner, then delete this connection and create a new one"
                + " with another request id.");
  }

  private static Verdict disconnected() {
    return verdict(
        FAILED,
        ReasonCode.DISCONNECTED,
        Actor.SERVICE_OWNER,
        "The service owner cut the connection. Ask the owner to accept it again.");
  }

  private static boolean any(List<EndpointZone> zones, LinkState link) {
    return zones.stream().anyMatch(zone -> zone.link() == link);
  }

  private static Verdict verdict(
      ConnectionState state, ReasonCode code, Actor actor, String message) {
    return new Verdict(state, Optional.of(new Reason(code, actor, message)));
  }
}
