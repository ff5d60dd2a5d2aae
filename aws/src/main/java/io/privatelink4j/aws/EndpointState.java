package io.privatelink4j.aws;

import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.ResourceState;
import java.util.Locale;
import javax.annotation.Nullable;

/**
 * EC2's one state on the library's two axes. The SDK's own enumeration does not know the texts that
 * the service sends, whose case varies too.
 *
 * @param raw the text as it came
 * @param resource the endpoint's state
 * @param link the connection's state
 */
record EndpointState(String raw, ResourceState resource, LinkState link) {

  static EndpointState of(@Nullable String state) {
    String raw = state == null || state.isBlank() ? "(none)" : state;
    return switch (raw.strip().toLowerCase(Locale.ROOT)) {
      case "pendingacceptance" ->
          new EndpointState(raw, ResourceState.CREATING, LinkState.AWAITING_OWNER);
      case "pending" -> new EndpointState(raw, ResourceState.CREATING, LinkState.CONNECTING);
      case "available" -> new EndpointState(raw, ResourceState.READY, LinkState.CONNECTED);
      case "partial" -> new EndpointState(raw, ResourceState.PARTIAL, LinkState.CONNECTED);
      case "rejected" -> new EndpointState(raw, ResourceState.READY, LinkState.REJECTED);
      case "expired" -> new EndpointState(raw, ResourceState.READY, LinkState.EXPIRED);
      case "failed" -> new EndpointState(raw, ResourceState.FAILED, LinkState.UNKNOWN);
      case "deleting" -> new EndpointState(raw, ResourceState.DELETING, LinkState.UNKNOWN);
      case "deleted" -> new EndpointState(raw, ResourceState.DELETED, LinkState.UNKNOWN);
      default -> new EndpointState(raw, ResourceState.UNKNOWN, LinkState.UNKNOWN);
    };
  }
}
