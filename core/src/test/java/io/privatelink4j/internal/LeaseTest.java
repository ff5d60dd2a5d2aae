package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.DomainType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.5Z");
  private static final String NAME = "a".repeat(63);

  private static Lease lease(DomainType type) {
    DomainEntry entry =
        new DomainEntry(
            "ad-aaaaaaaaaaaaaaaa",
            DomainEntry.State.ATTACHING,
            type,
            1,
            NOW,
            NAME,
            Optional.empty());
    return Lease.of(entry, NOW, new Random(1));
  }

  @Test
  void value_isReadBack_andFitsALabel() {
    for (DomainType type : new DomainType[] {DomainType.TIDBCLOUD_MANAGED, DomainType.CONFLUENT}) {
      Lease lease = lease(type);

      assertThat(Lease.parse(lease.value())).contains(lease);
      assertThat(lease.value()).matches("[a-z][A-Za-z0-9._-]{0,127}");
      assertThat(lease.isAbout(type, NAME)).isTrue();
      assertThat(lease.isAbout(type, "b")).isFalse();
    }
    assertThat(lease(DomainType.CONFLUENT).isAbout(DomainType.TIDBCLOUD_MANAGED, NAME)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "managed",
        "managed_aaaaaaaa_1_",
        "managed_aaaaaaa_1_a",
        "other_aaaaaaaa_1_a",
        "managed_aaaaaaaa_999999999999_a",
        "managed_aaaaaaaa_1_a b"
      })
  void anythingElse_isNone(String value) {
    assertThat(Lease.parse(value)).isEmpty();
  }

  /**
   * Begun at whole seconds; a clock that is ahead does not prolong it, far ahead it does not count.
   */
  @ParameterizedTest
  @CsvSource({
    "PT0S, PT2M59.5S",
    "PT1M, PT1M59.5S",
    "PT3M, PT0S",
    "PT1H, PT0S",
    "PT-1M, PT3M",
    "PT-1H, PT0S"
  })
  void leaseIsOver_threeMinutesAfterItBegan(Duration later, Duration left) {
    assertThat(lease(DomainType.TIDBCLOUD_MANAGED).left(NOW.plus(later))).isEqualTo(left);
  }
}
