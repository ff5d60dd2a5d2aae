package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.PrivateLinkConnection;
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

class PageTokenTest {
  private static final Optional<ConnectionState> ALL = Optional.empty();
  private static final String REFUSAL =
      "the page token is not one of this cluster's list with this filter: pass the token of the page"
          + " before, with the same cluster and state, or begin with the first page";
  private static final String TOKEN =
      PageToken.after(Fixtures.connection(Fixtures.CREATED, Fixtures.CONNECTION, "vpce-0a1b"))
          .text(Fixtures.CLUSTER, ALL);

  private static void assertRefused(String text, String cluster, Optional<ConnectionState> state) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .as(text)
        .isThrownBy(() -> PageToken.parse(text, cluster, state))
        .withMessage(REFUSAL)
        .satisfies(e -> assertThat(e.details().resource()).contains("pageToken"));
  }

  @Provide
  Arbitrary<PrivateLinkConnection> connections() {
    Arbitrary<Instant> times =
        Combinators.combine(
                Arbitraries.longs().between(1_767_225_600L, 1_767_225_602L),
                Arbitraries.of(0L, 1L, 1_000_000L))
            .as(Instant::ofEpochSecond);
    // Short ids from few characters, so that equal times and ids and common beginnings do occur.
    Arbitrary<String> ids =
        Arbitraries.strings().withChars("ab-.9").ofMaxLength(3).map(s -> "plc-" + s);
    Arbitrary<String> endpoints =
        Arbitraries.strings().withChars("ab09").ofMaxLength(2).map(s -> "vpce-" + s);
    return Combinators.combine(times, ids, endpoints).as(Fixtures::connection);
  }

  @Property
  void anyToken_comesBackExactly(@ForAll("connections") PrivateLinkConnection last) {
    PageToken token = PageToken.after(last);

    assertThat(PageToken.parse(token.text("c", ALL), "c", ALL)).isEqualTo(token);
    assertThat(token.text("c", ALL)).matches("[A-Za-z0-9_-]+");
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void isBefore_agreesWithTheOrderOfTheList(
      @ForAll("connections") PrivateLinkConnection last,
      @ForAll("connections") PrivateLinkConnection next) {
    assertThat(PageToken.after(last).isBefore(next))
        .isEqualTo(PageToken.ORDER.compare(last, next) < 0);
  }

  @Test
  void isBefore_ofIdsWithACommonBeginning_agreesWithTheOrderOfTheList() {
    PrivateLinkConnection first = Fixtures.connection(Fixtures.CREATED, "plc-a", "vpce-1");
    PrivateLinkConnection second = Fixtures.connection(Fixtures.CREATED, "plc-a-b", "vpce-2");

    assertThat(PageToken.ORDER.compare(first, second)).isNegative();
    assertThat(PageToken.after(first).isBefore(second)).isTrue();
  }

  @Test
  void order_isByTimeThenIdThenEndpoint() {
    PrivateLinkConnection old = Fixtures.connection(Fixtures.CREATED, "plc-z", "vpce-9");
    PrivateLinkConnection one =
        Fixtures.connection(Fixtures.CREATED.plusSeconds(1), "plc-a", "vpce-2");
    PrivateLinkConnection same =
        Fixtures.connection(Fixtures.CREATED.plusSeconds(1), "plc-a", "vpce-3");
    PrivateLinkConnection later =
        Fixtures.connection(Fixtures.CREATED.plusSeconds(1), "plc-b", "vpce-1");

    assertThat(java.util.List.of(later, same, old, one).stream().sorted(PageToken.ORDER))
        .containsExactly(old, one, same, later);
  }

  @Test
  void isBefore_itsOwnConnection_isFalse() {
    PrivateLinkConnection last = Fixtures.connection(Fixtures.CREATED, "plc-a", "vpce-1");

    assertThat(PageToken.after(last).isBefore(last)).isFalse();
  }

  @Test
  void parse_withAnyOneCharacterChanged_isRefused() {
    for (int i = 0; i < TOKEN.length(); i++) {
      for (char c : "ABab01-_|= \u00e9".toCharArray()) {
        if (TOKEN.charAt(i) != c) {
          String forged = TOKEN.substring(0, i) + c + TOKEN.substring(i + 1);
          assertRefused(forged, Fixtures.CLUSTER, ALL);
        }
      }
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void parse_ofATokenInAnotherSpelling_isRefused(
      @ForAll("connections") PrivateLinkConnection last, @ForAll("base64") char c) {
    String token = PageToken.after(last).text(Fixtures.CLUSTER, ALL);
    String forged = token.substring(0, token.length() - 1) + c;
    if (!forged.equals(token)) {
      assertRefused(forged, Fixtures.CLUSTER, ALL);
    }
  }

  @Provide
  Arbitrary<Character> base64() {
    return Arbitraries.chars().alpha().numeric().with('-', '_');
  }

  @Test
  void parse_withAnyOneCharacterLeftOut_isRefused() {
    for (int i = 0; i < TOKEN.length(); i++) {
      assertRefused(TOKEN.substring(0, i) + TOKEN.substring(i + 1), Fixtures.CLUSTER, ALL);
    }
  }

  @Test
  void parse_ofAnotherClustersToken_isRefused() {
    assertRefused(TOKEN, "10581235", ALL);
  }

  @Test
  void parse_withAnotherFilter_isRefused() {
    assertRefused(TOKEN, Fixtures.CLUSTER, Optional.of(ConnectionState.ACTIVE));
  }

  @Test
  void parse_ofAFilteredTokenWithoutTheFilter_isRefused() {
    String token =
        PageToken.after(Fixtures.connection(Fixtures.CREATED, "plc-a", "vpce-1"))
            .text(Fixtures.CLUSTER, Optional.of(ConnectionState.ACTIVE));

    assertRefused(token, Fixtures.CLUSTER, ALL);
    assertRefused(token, Fixtures.CLUSTER, Optional.of(ConnectionState.FAILED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "|||", "AAAA", "fHx8", "MjAyNi0wMS0wMVQwMDowMDowMFp8YXxi"})
  void parse_ofWhatIsNoToken_isRefused(String text) {
    assertRefused(text, Fixtures.CLUSTER, ALL);
  }

  @Property
  void parse_ofAnything_isRefused(@ForAll String text) {
    assertRefused(text, Fixtures.CLUSTER, ALL);
  }
}
