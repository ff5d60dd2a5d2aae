package io.privatelink4j.examples.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.privatelink4j.PrivateLinkListener;
import io.privatelink4j.model.Drift;
import io.privatelink4j.model.RemoteCall;
import io.privatelink4j.model.StateChange;
import java.util.Optional;

/**
 * Counts what the client does, in any Micrometer registry. Tags have few values each: no cluster,
 * no connection, and of failures their kind only. Thread-safe.
 */
public final class MicrometerListener implements PrivateLinkListener {
  /**
   * Timer of remote calls, tagged with cloud, call and outcome ({@code OK} or the failure's kind).
   */
  public static final String CALLS = "privatelink.calls";

  /**
   * Counter of seen state changes, tagged with from, to and reason; {@code NONE} if there is none.
   */
  public static final String STATE_CHANGES = "privatelink.state.changes";

  /** Counter of zones without an endpoint, each counted with every look that sees it. */
  public static final String ORPHANS = "privatelink.orphans";

  /** Counter of what got in the way of something that is not the cluster's own. */
  public static final String CONFLICTS = "privatelink.conflicts";

  private static final String NONE = "NONE";

  private final MeterRegistry registry;
  private final Counter orphans;
  private final Counter conflicts;

  /**
   * Makes a listener.
   *
   * @param registry where to count
   */
  public MicrometerListener(MeterRegistry registry) {
    this.registry = requireNonNull(registry, "registry");
    this.orphans = registry.counter(ORPHANS);
    this.conflicts = registry.counter(CONFLICTS);
  }

  @Override
  public void onRemoteCall(RemoteCall call) {
    Timer.builder(CALLS)
        .tag("cloud", call.cloud().name())
        .tag("call", call.action())
        .tag("outcome", call.failure().map(MicrometerListener::kind).orElse("OK"))
        .register(registry)
        .record(call.duration());
  }

  /** The first word: the cloud's error code after it may be any. */
  private static String kind(String failure) {
    return failure.split(" ", 2)[0];
  }

  @Override
  public void onStateChange(StateChange change) {
    Counter.builder(STATE_CHANGES)
        .tag("from", name(change.from()))
        .tag("to", name(change.to()))
        .tag("reason", name(change.reason().map(reason -> reason.code())))
        .register(registry)
        .increment();
  }

  private static String name(Optional<? extends Enum<?>> value) {
    return value.isPresent() ? value.get().name() : NONE;
  }

  @Override
  public void onConflict(String description) {
    conflicts.increment();
  }

  @Override
  public void onOrphan(Drift orphan) {
    orphans.increment();
  }
}
