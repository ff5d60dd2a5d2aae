package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.Drift;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.Remedy;
import io.privatelink4j.model.RemoteCall;
import io.privatelink4j.model.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoticesTest {
  private static final RemoteCall CALL =
      new RemoteCall(CloudProvider.AWS, "DoIt", 1, Duration.ZERO, Optional.empty());
  private static final StateChange CHANGE =
      new StateChange(
          "c", "plc-1", Optional.empty(), Optional.empty(), Optional.empty(), Instant.EPOCH);
  private static final Drift ORPHAN =
      new Drift(
          DriftCode.ORPHAN_ZONE,
          Optional.of("plc-1"),
          Optional.empty(),
          List.of("Z1"),
          "a zone",
          Remedy.REMOVE,
          "delete it",
          Optional.empty(),
          Optional.of(Instant.EPOCH));

  @Test
  void notices_goToTheirListeners() {
    List<Object> calls = new ArrayList<>();
    List<Object> changes = new ArrayList<>();
    List<Object> conflicts = new ArrayList<>();
    List<Object> orphans = new ArrayList<>();
    Notices notices = new Notices(calls::add, changes::add, conflicts::add, orphans::add);

    notices.call(CALL);
    notices.change(CHANGE);
    notices.conflict("two zones");
    notices.orphan(ORPHAN);

    assertThat(calls).containsExactly(CALL);
    assertThat(changes).containsExactly(CHANGE);
    assertThat(conflicts).containsExactly("two zones");
    assertThat(orphans).containsExactly(ORPHAN);
  }

  @Test
  void notices_whenTheListenerThrows_goOn() {
    Notices notices =
        new Notices(NoticesTest::fail, NoticesTest::fail, NoticesTest::fail, NoticesTest::fail);

    assertThatNoException().isThrownBy(() -> notices.call(CALL));
    assertThatNoException().isThrownBy(() -> notices.change(CHANGE));
    assertThatNoException().isThrownBy(() -> notices.conflict("two zones"));
    assertThatNoException().isThrownBy(() -> notices.orphan(ORPHAN));
  }

  private static void fail(Object notice) {
    throw new IllegalStateException("listener");
  }
}
