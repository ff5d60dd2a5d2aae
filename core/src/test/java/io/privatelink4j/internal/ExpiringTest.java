package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpiringTest {
  private final ManualTime time = new ManualTime();
  private final Expiring<String, Integer> map = new Expiring<>(time, Duration.ofSeconds(10), 3);

  @Test
  void get_beforeItExpires_findsTheValue() {
    map.put("a", 1);
    time.advance(Duration.ofSeconds(10).minusNanos(1));

    assertThat(map.get("a")).contains(1);
  }

  @Test
  void get_afterTheTime_findsNothing() {
    map.put("a", 1);
    time.advance(Duration.ofSeconds(10));

    assertThat(map.get("a")).isEmpty();
  }

  @Test
  void get_ofWhatWasNeverPut_findsNothing() {
    assertThat(map.get("a")).isEmpty();
  }

  @Test
  void get_doesNotMakeAnEntryYounger() {
    map.put("a", 1);
    time.advance(Duration.ofSeconds(9));
    assertThat(map.get("a")).contains(1);
    time.advance(Duration.ofSeconds(1));

    assertThat(map.get("a")).isEmpty();
  }

  @Test
  void put_ofAKnownKey_replacesAndMakesItYounger() {
    map.put("a", 1);
    time.advance(Duration.ofSeconds(9));
    map.put("a", 2);
    time.advance(Duration.ofSeconds(9));

    assertThat(map.get("a")).contains(2);
  }

  @Test
  void put_beyondTheBound_forgetsTheOldest() {
    map.put("a", 1);
    map.put("b", 2);
    map.put("c", 3);
    map.put("a", 4);
    map.put("d", 5);

    assertThat(map.get("b")).isEmpty();
    assertThat(map.get("a")).contains(4);
    assertThat(map.get("c")).contains(3);
    assertThat(map.get("d")).contains(5);
  }

  @Test
  void put_ofManyKeys_keepsOnlyTheBound() {
    for (int i = 0; i < 1000; i++) {
      map.put("k" + i, i);
    }

    for (int i = 0; i < 997; i++) {
      assertThat(map.get("k" + i)).isEmpty();
    }
    assertThat(map.get("k997")).contains(997);
    assertThat(map.get("k999")).contains(999);
  }

  @Test
  void replace_changesTheValueButNotTheAge() {
    map.put("a", 1);
    time.advance(Duration.ofSeconds(9));
    map.replace("a", 2);
    assertThat(map.get("a")).contains(2);
    time.advance(Duration.ofSeconds(1));

    assertThat(map.get("a")).isEmpty();
  }

  @Test
  void replace_ofAnUnknownKey_addsNothing() {
    map.replace("a", 2);

    assertThat(map.get("a")).isEmpty();
  }

  @Test
  void remove_forgets() {
    map.put("a", 1);
    map.remove("a");

    assertThat(map.get("a")).isEmpty();
  }
}
