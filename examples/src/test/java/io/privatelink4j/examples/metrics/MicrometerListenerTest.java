package io.privatelink4j.examples.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.RemoteCall;
import io.privatelink4j.model.StateChange;
import io.privatelink4j.model.StateReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerListenerTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerListener listener = new MicrometerListener(registry);

  @Test
  void calls_areTimedByCloudCallAndKindOfFailure() {
    call(30, Optional.empty());
    call(50, Optional.empty());
    call(7, Optional.of("THROTTLED RequestLimitExceeded"));
    call(9, Optional.of("THROTTLED SlowDown"));

    assertThat(registry.get(MicrometerListener.CALLS).timers()).hasSize(2);
    assertThat(timer("OK").count()).isEqualTo(2);
    assertThat(timer("OK").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(80);
    assertThat(timer("THROTTLED").count()).isEqualTo(2);
  }

  private void call(int millis, Optional<String> failure) {
    listener.onRemoteCall(
        new RemoteCall(CloudProvider.AWS, "CreateTags", 1, Duration.ofMillis(millis), failure));
  }

  private Timer timer(String outcome) {
    return registry
        .get(MicrometerListener.CALLS)
        .tags("cloud", "AWS", "call", "CreateTags", "outcome", outcome)
        .timer();
  }

  @Test
  void stateChanges_areCountedWithoutIds() {
    StateReason rejected =
        new StateReason(
            ReasonCode.REJECTED, "rejected", "ask", Actor.SERVICE_OWNER, Optional.empty());
    Optional<ConnectionState> pending = Optional.of(ConnectionState.PENDING_ACCEPTANCE);
    Optional<ConnectionState> failed = Optional.of(ConnectionState.FAILED);
    for (String id : new String[] {"plc-1", "plc-2"}) {
      listener.onStateChange(
          new StateChange("c1", id, pending, failed, Optional.of(rejected), Instant.EPOCH));
    }
    listener.onStateChange(
        new StateChange("c1", "plc-1", failed, Optional.empty(), Optional.empty(), Instant.EPOCH));

    assertThat(changes("PENDING_ACCEPTANCE", "FAILED", "REJECTED")).isEqualTo(2);
    assertThat(changes("FAILED", "NONE", "NONE")).isEqualTo(1);
  }

  private double changes(String from, String to, String reason) {
    return registry
        .get(MicrometerListener.STATE_CHANGES)
        .tags("from", from, "to", to, "reason", reason)
        .counter()
        .count();
  }

  @Test
  void conflicts_areCountedFromZero() {
    assertThat(registry.get(MicrometerListener.CONFLICTS).counter().count()).isZero();
    assertThat(registry.get(MicrometerListener.ORPHANS).counter().count()).isZero();

    listener.onConflict("zone Z1 of cluster c2 is in the way");

    assertThat(registry.get(MicrometerListener.CONFLICTS).counter().count()).isEqualTo(1);
  }
}
