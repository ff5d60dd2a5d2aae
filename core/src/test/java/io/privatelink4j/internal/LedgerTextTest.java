package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTextTest {
  private static Map<String, String> written(String text) {
    Map<String, String> labels = new HashMap<>();
    LedgerText.write("plc.name", text, labels);
    return labels;
  }

  @Provide
  Arbitrary<String> names() {
    return Fixtures.unicodeNames();
  }

  @Property(tries = 500)
  void anyText_comesBackExactly(@ForAll("names") String text) {
    assertThat(LedgerText.read("plc.name", written(text))).contains(text);
  }

  @Property(tries = 500)
  void anyText_fitsIntoTheLabelsOfEveryCloud(@ForAll("names") String text) {
    assertThat(written(text))
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(3)
        .allSatisfy(
            (key, value) -> {
              assertThat(key).matches("[a-z][A-Za-z0-9._-]{0,63}");
              assertThat(value).matches("[A-Za-z][A-Za-z0-9._-]{0,127}");
              assertThat(value.toLowerCase(java.util.Locale.ROOT))
                  .doesNotStartWith("aws")
                  .doesNotStartWith("aliyun")
                  .doesNotStartWith("acs");
            });
  }

  @Property(tries = 500)
  void anyText_isWrittenTheSameWayEachTime(@ForAll("names") String text) {
    assertThat(written(text)).isEqualTo(written(text));
  }

  @Property
  void read_ofAnyValues_neverThrows(@ForAll String plain, @ForAll String piece) {
    assertThat(LedgerText.read("k", Map.of("k", plain))).contains(plain);
    assertThat(LedgerText.read("k", Map.of("k64.1", piece))).isNotNull();
    assertThat(LedgerText.read("k", Map.of("k64.1", "b" + piece, "k64.2", "b" + piece)))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders-kafka", "A", "a.b_c-9", "Awful", "al.iyun"})
  void write_ofTextThatALabelCanHold_staysReadable(String text) {
    assertThat(written(text)).isEqualTo(Map.of("plc.name", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9lives", "a b", "é", "aws-prod", "AWS", "Aliyun1", "acs", "-x", "a\n"})
  void write_ofOtherText_encodesIt(String text) {
    assertThat(written(text)).containsOnlyKeys("plc.name64.1");
    assertThat(LedgerText.read("plc.name", written(text))).contains(text);
  }

  @Test
  void write_ofTheLongestPlainText_staysReadable() {
    assertThat(written("a".repeat(128))).containsOnlyKeys("plc.name");
  }

  @Test
  void write_ofPlainTextThatIsTooLong_encodesIt() {
    assertThat(written("a".repeat(129))).containsOnlyKeys("plc.name64.1", "plc.name64.2");
  }

  @Test
  void write_ofTheLongestName_takesThreeLabels() {
    String name = "\uD83D\uDE80".repeat(64);

    assertThat(written(name)).containsOnlyKeys("plc.name64.1", "plc.name64.2", "plc.name64.3");
  }

  @Test
  void write_ofAKnownText_givesTheKnownLabel() {
    // Base64url of the UTF-8 bytes C3 A9 21: what older versions wrote must stay readable.
    assertThat(written("é!")).isEqualTo(Map.of("plc.name64.1", "bw6kh"));
  }

  @Test
  void read_ofNoLabel_isEmpty() {
    assertThat(LedgerText.read("plc.name", Map.of("plc.id", "x"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b", "xw6kh", "b*", "bw", "bwyE", "bw6kh="})
  void read_ofADamagedPiece_isEmptyOrUnharmed(String value) {
    assertThat(LedgerText.read("k", Map.of("k64.1", value)))
        .satisfiesAnyOf(
            text -> assertThat(text).isEmpty(), text -> assertThat(text).contains("é!"));
  }

  @Test
  void read_withoutTheFirstPiece_isEmpty() {
    Map<String, String> labels = written("я".repeat(64));
    labels.remove("plc.name64.1");

    assertThat(LedgerText.read("plc.name", labels)).isEmpty();
  }

  @Test
  void read_withoutTheLastPiece_isEmpty() {
    // 1 + 63 * 2 bytes: the first piece alone ends between two characters.
    Map<String, String> labels = written("a" + "я".repeat(63));
    labels.remove("plc.name64.2");

    assertThat(LedgerText.read("plc.name", labels)).isEmpty();
  }

  @Property
  void read_withoutAnyOnePiece_neverGivesAnotherText(@ForAll("names") String text) {
    Map<String, String> labels = written(text);
    for (String key : labels.keySet()) {
      Map<String, String> fewer =
          labels.entrySet().stream()
              .filter(label -> !label.getKey().equals(key))
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      assertThat(LedgerText.read("plc.name", fewer)).isEmpty();
    }
  }
}
