package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.internal.DomainEntry.State;
import io.privatelink4j.model.DomainType;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainEntryTest {
  private static final String KEY = "plc.d." + Fixtures.ATTACHMENT;
  private static final DomainEntry ENTRY =
      new DomainEntry(
          Fixtures.ATTACHMENT,
          State.ATTACHING,
          DomainType.TIDBCLOUD_MANAGED,
          1,
          Instant.ofEpochSecond(1_767_225_600),
          "mxbvjx5hpb5oy3gg23ypgn4eup",
          Optional.empty());

  @Provide
  static Arbitrary<DomainEntry> entries() {
    Arbitrary<String> ids =
        Arbitraries.strings().withChars("abcdefghijklmnopqrstuvwxyz234567").ofLength(16);
    Arbitrary<String> uniqueNames =
        Arbitraries.strings()
            .withChars("abcdefghijklmnopqrstuvwxyz0123456789-.")
            .ofMinLength(1)
            .ofMaxLength(35);
    Arbitrary<Optional<String>> zoneIds =
        Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(32).optional();
    return Combinators.combine(
            ids,
            Arbitraries.of(State.values()),
            Arbitraries.of(DomainType.TIDBCLOUD_MANAGED, DomainType.CONFLUENT),
            Arbitraries.integers().between(1, 9999),
            Arbitraries.longs().between(0, 99_999_999_999L).map(Instant::ofEpochSecond),
            uniqueNames,
            zoneIds)
        .as(
            (id, state, type, gen, time, name, zone) ->
                new DomainEntry("ad-" + id, state, type, gen, time, name, zone));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void anyEntry_comesBackExactly(@ForAll("entries") DomainEntry entry) {
    assertThat(DomainEntry.parse(entry.key(), entry.value())).contains(entry);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void anyEntry_fitsIntoALabelOfEveryCloud(@ForAll("entries") DomainEntry entry) {
    assertThat(entry.key()).matches("[a-z][A-Za-z0-9._-]{0,63}");
    assertThat(entry.value()).matches("[a-z][A-Za-z0-9._-]{0,127}");
  }

  @Property
  void parse_ofAnything_neverThrows(@ForAll String key, @ForAll String value) {
    assertThat(DomainEntry.parse("plc.d." + key, value)).isEmpty();
    assertThat(DomainEntry.parse(KEY, value)).isNotNull();
  }

  @Test
  void value_withoutZone_isAsDocumented() {
    assertThat(ENTRY.key()).isEqualTo("plc.d.ad-abcdefgh234567ab");
    assertThat(ENTRY.value())
        .isEqualTo("attaching_managed_1_1767225600_mxbvjx5hpb5oy3gg23ypgn4eup");
  }

  @Test
  void value_ofConfluentWithZone_isAsDocumented() {
    DomainEntry entry =
        new DomainEntry(
            Fixtures.ATTACHMENT,
            State.DETACHING,
            DomainType.CONFLUENT,
            12,
            Instant.ofEpochSecond(7),
            "domnprzqrog.us-east-1",
            Optional.of("Z0123"));

    assertThat(entry.value()).isEqualTo("detaching_confluent_12_7_domnprzqrog.us-east-1_Z0123");
  }

  @Test
  void with_changesTheStateAlone() {
    assertThat(ENTRY.withZone("Z1").with(State.ATTACHED))
        .isEqualTo(
            new DomainEntry(
                ENTRY.id(),
                State.ATTACHED,
                ENTRY.type(),
                1,
                ENTRY.time(),
                ENTRY.uniqueName(),
                Optional.of("Z1")));
  }

  @Test
  void nextGeneration_countsOnAndForgetsTheZone() {
    assertThat(ENTRY.withZone("Z1").nextGeneration())
        .isEqualTo(
            new DomainEntry(
                ENTRY.id(),
                State.ATTACHING,
                ENTRY.type(),
                2,
                ENTRY.time(),
                ENTRY.uniqueName(),
                Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "attaching",
        "attaching_managed_1_1767225600",
        "attaching_managed_0_1767225600_x",
        "attaching_managed_10000_1767225600_x",
        "attaching_managed_-1_1767225600_x",
        "attaching_managed_1_176722560000_x",
        "attaching_managed_1_t_x",
        "attaching_managed_1_1767225600_X",
        "attaching_managed_1_1767225600_x_",
        "attaching_managed_1_1767225600_x_Z_Z",
        "attached_unknown_1_1767225600_x",
        "waiting_managed_1_1767225600_x",
        "Attached_managed_1_1767225600_x",
        " attached_managed_1_1767225600_x",
        "attached_managed_1_1767225600_x\n"
      })
  void parse_ofADamagedValue_isEmpty(String value) {
    assertThat(DomainEntry.parse(KEY, value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plc.d.",
        "plc.d.ad-",
        "plc.d.ad-abcdefgh234567a",
        "plc.d.ad-abcdefgh234567abc",
        "plc.d.ad-ABCDEFGH234567AB",
        "plc.d.ad-abcdefgh234567a1",
        "plc.e.ad-abcdefgh234567ab",
        "ad-abcdefgh234567ab"
      })
  void parse_ofAnotherKey_isEmpty(String key) {
    assertThat(DomainEntry.parse(key, ENTRY.value())).isEmpty();
  }
}
