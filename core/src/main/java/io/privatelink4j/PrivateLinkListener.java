package io.privatelink4j;

import io.privatelink4j.model.Drift;
import io.privatelink4j.model.RemoteCall;
import io.privatelink4j.model.StateChange;

/**
 * Told what happens, for metrics and for the operator. Called on the thread where it happens: be
 * quick, be thread-safe. What a listener throws is logged and goes no further.
 */
public interface PrivateLinkListener {

  /**
   * A remote call ended, well or not.
   *
   * @param call the call
   */
  default void onRemoteCall(RemoteCall call) {}

  /**
   * A watched connection was seen in another state or for another reason.
   *
   * @param change the change
   */
  default void onStateChange(StateChange change) {}

  /**
   * Something of this library's got in the way of something that is not the cluster's own. For the
   * operator's eyes only: it may name other tenants.
   *
   * @param description what got in the way of what
   */
  default void onConflict(String description) {}

  /**
   * A DNS zone was seen whose connection has no endpoint. Told with each reconcile and repair that
   * sees it.
   *
   * @param orphan the zone, and what repair does about it
   */
  default void onOrphan(Drift orphan) {}
}
