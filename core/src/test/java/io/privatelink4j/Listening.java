package io.privatelink4j;

import io.privatelink4j.model.RemoteCall;
import java.util.function.Consumer;

/** Listeners that tests use to do something at a certain call. */
final class Listening {
  private Listening() {}

  static PrivateLinkListener toCalls(Consumer<RemoteCall> hook) {
    return new PrivateLinkListener() {
      @Override
      public void onRemoteCall(RemoteCall call) {
        hook.accept(call);
      }
    };
  }
}
