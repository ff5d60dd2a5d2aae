package io.privatelink4j.alicloud;

import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.ResourceState;
import java.util.Locale;

/**
 * The status words of an endpoint, its connection and its zones. {@code Disconnected} is said of a
 * connection that waits for its owner as well as of one that was rejected or cut; its zones tell
 * them apart.
 */
final class EndpointState {
  private static final String NONE = "(none)";
  private static final String NORMAL = "normal";
  private static final String LOCKED = "financiallocked";

  private EndpointState() {}

  static ResourceState resource(String endpointStatus) {
    return switch (normal(endpointStatus)) {
      case "creating" -> ResourceState.CREATING;
      case "active" -> ResourceState.READY;
      case "pending" -> ResourceState.MODIFYING;
      case "deleting" -> ResourceState.DELETING;
      case "deleted" -> ResourceState.DELETED;
      default -> ResourceState.UNKNOWN;
    };
  }

  static LinkState link(String connectionStatus) {
    return switch (normal(connectionStatus)) {
      case "connecting" -> LinkState.CONNECTING;
      case "connected" -> LinkState.CONNECTED;
      case "disconnecting", "deleting" -> LinkState.DISCONNECTING;
      case "disconnected" -> LinkState.DISCONNECTED;
      case "servicedeleted" -> LinkState.SERVICE_DELETED;
      default -> LinkState.UNKNOWN;
    };
  }

  static LinkState zone(String zoneStatus) {
    return switch (normal(zoneStatus)) {
      case "wait" -> LinkState.AWAITING_OWNER;
      case "connecting", "migrating" -> LinkState.CONNECTING;
      case "connected", "migrated" -> LinkState.CONNECTED;
      case "disconnecting", "deleting" -> LinkState.DISCONNECTING;
      case "disconnected" -> LinkState.DISCONNECTED;
      default -> LinkState.UNKNOWN;
    };
  }

  static boolean billingLocked(String businessStatus) {
    return normal(businessStatus).equals(LOCKED);
  }

  /** {@return the words as they came; the business status where it is not the usual one} */
  static String raw(String endpointStatus, String connectionStatus, String businessStatus) {
    String raw = orNone(endpointStatus) + "/" + orNone(connectionStatus);
    return businessStatus.isBlank() || normal(businessStatus).equals(NORMAL)
        ? raw
        : raw + "/" + businessStatus;
  }

  private static String orNone(String status) {
    return status.isBlank() ? NONE : status;
  }

  private static String normal(String status) {
    return status.strip().toLowerCase(Locale.ROOT);
  }
}
