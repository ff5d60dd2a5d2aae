package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceChecksTest {
  /** The cloud names the zones. */
  @Test
  void zonesInAFinding_areEscapedAndCut() {
    assertThat(
            ServiceChecks.noCommonZone(List.of("a\nb", "x".repeat(100_000)), List.of("\u001bc"))
                .message())
        .contains("[a\\u000ab, xxx", "\\u001bc")
        .doesNotContain("\n", "\u001b")
        .hasSizeLessThan(2_000);
  }
}
