package io.privatelink4j.examples.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void safe_keepsNames_andTakesCommandsAway() {
    assertThat(Text.safe("Aufträge – 注文 😀")).isEqualTo("Aufträge – 注文 😀");
    assertThat(Text.safe("a\u001b[2J\u009b2J\r\n\u202eb\ud800"))
        .isEqualTo("a\\u001b[2J\\u009b2J\\u000d\\u000a\\u202eb\\ud800");
  }

  @Test
  void json_isAscii() {
    assertThat(ApiJson.pretty("\u009b2J 注\u202e")).isEqualTo("\"\\u009B2J \\u6CE8\\u202E\"");
  }
}
