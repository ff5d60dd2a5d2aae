package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
  @Test
  void safe_ofPlainText_isTheText() {
    assertThat(Texts.safe("com.amazonaws.vpce — наш сервис 服务 \uD83D\uDE80"))
        .isEqualTo("com.amazonaws.vpce — наш сервис 服务 \uD83D\uDE80");
  }

  @Test
  void safe_ofNothing_isNothing() {
    assertThat(Texts.safe("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0a, line feed",
    "0d, carriage return",
    "00, nul",
    "1b, escape",
    "7f, delete",
    "85, next line",
    "9b, control sequence introducer",
    "200b, zero width space",
    "202e, right-to-left override",
    "2028, line separator",
    "2029, paragraph separator",
    "feff, byte order mark",
    "d800, lone high surrogate",
    "dfff, lone low surrogate"
  })
  void safe_ofWhatCouldForgeALogLine_escapesIt(String hex, String what) {
    String text = "a" + (char) Integer.parseInt(hex, 16) + "b";

    assertThat(Texts.safe(text)).as(what).isEqualTo("a\\u%4sb".formatted(hex).replace(' ', '0'));
  }

  @Test
  void safe_ofAnInvisibleSupplementaryCharacter_escapesIt() {
    assertThat(Texts.safe("a\uDB40\uDC41b")).isEqualTo("a\\ue0041b");
  }

  @Test
  void safe_of512Characters_isTheText() {
    assertThat(Texts.safe("x".repeat(512))).isEqualTo("x".repeat(512));
  }

  @Test
  void safe_of513Characters_isCutAndSaysSo() {
    assertThat(Texts.safe("x".repeat(513))).isEqualTo("x".repeat(512) + "…");
  }

  @Test
  void safe_ofLongText_countsCodePointsAndSplitsNone() {
    String rocket = "\uD83D\uDE80";

    assertThat(Texts.safe(rocket.repeat(600))).isEqualTo(rocket.repeat(512) + "…");
  }

  @Property
  void safe_ofAnyText_isOneLineWithoutControls(@ForAll String text) {
    assertThat(Texts.safe(text).codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> c == 0x2028 || c == 0x2029)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  @Property
  void safe_ofSafeText_changesNothing(@ForAll String text) {
    String once = Texts.safe(text);
    if (once.codePointCount(0, once.length()) <= 512) {
      assertThat(Texts.safe(once)).isEqualTo(once);
    }
  }
}
