package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.testing.ManualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentLabelsTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final ManualTime time = new ManualTime();
  private final RecentLabels recent = new RecentLabels(time, WINDOW);

  private static Endpoint endpoint(Map<String, String> labels) {
    return Fixtures.endpointBuilder("vpce-1").labels(labels).build();
  }

  private Map<String, String> seen(Map<String, String> read) {
    return recent.overlay(endpoint(read)).labels();
  }

  @Test
  void overlay_withoutRecentWrites_isWhatWasRead() {
    Endpoint read = endpoint(Map.of("a", "1"));

    assertThat(recent.overlay(read)).isSameAs(read);
  }

  @Test
  void overlay_afterAWrite_showsIt() {
    recent.put("vpce-1", Map.of("b", "2"));

    assertThat(seen(Map.of("a", "1"))).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void overlay_afterAnOverwrite_showsTheNewValue() {
    recent.put("vpce-1", Map.of("a", "2"));

    assertThat(seen(Map.of("a", "1"))).isEqualTo(Map.of("a", "2"));
  }

  @Test
  void overlay_afterARemoval_hidesTheLabel() {
    recent.remove("vpce-1", Set.of("a", "never-there"));

    assertThat(seen(Map.of("a", "1", "b", "2"))).isEqualTo(Map.of("b", "2"));
  }

  @Test
  void overlay_afterRemovalAndNewWrite_showsTheLast() {
    recent.put("vpce-1", Map.of("a", "1", "c", "3"));
    recent.remove("vpce-1", Set.of("a"));
    assertThat(seen(Map.of("a", "1"))).isEqualTo(Map.of("c", "3"));

    recent.put("vpce-1", Map.of("a", "2"));
    assertThat(seen(Map.of())).isEqualTo(Map.of("a", "2", "c", "3"));
  }

  @Test
  void overlay_ofAnotherEndpoint_isWhatWasRead() {
    recent.put("vpce-2", Map.of("b", "2"));

    assertThat(seen(Map.of("a", "1"))).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void overlay_afterTheWindow_isWhatWasRead() {
    recent.put("vpce-1", Map.of("b", "2"));
    time.advance(WINDOW.minusNanos(1));
    assertThat(seen(Map.of())).isEqualTo(Map.of("b", "2"));
    time.advance(Duration.ofNanos(1));

    assertThat(seen(Map.of())).isEmpty();
  }

  @Test
  void overlay_ofAnOldWrite_isNotKeptAliveByANewerOne() {
    recent.remove("vpce-1", Set.of("a"));
    time.advance(Duration.ofSeconds(9));
    recent.put("vpce-1", Map.of("b", "2"));
    time.advance(Duration.ofSeconds(2));

    // Eleven seconds after the removal: who has "a" now has written it since.
    assertThat(seen(Map.of("a", "1"))).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void overlay_leavesEverythingElseAsItWas() {
    recent.put("vpce-1", Map.of("b", "2"));
    Endpoint read = endpoint(Map.of("a", "1"));

    assertThat(Endpoint.builder().from(recent.overlay(read)).labels(read.labels()).build())
        .isEqualTo(read);
  }
}
