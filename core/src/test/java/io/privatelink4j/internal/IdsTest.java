package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.model.ConnectionRef;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  /** The same by another way: the first 5-bit digits of one big number. */
  private static String expectedHash(int length, List<String> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String part : parts) {
      byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
      bytes.writeBytes(utf8);
    }
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
      BigInteger number = new BigInteger(1, sum);
      StringBuilder text = new StringBuilder();
      for (int digit = 1; digit <= length; digit++) {
        text.append(BASE32.charAt(number.shiftRight(256 - 5 * digit).intValue() & 31));
      }
      return text.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Ids, and texts that differ from one by little. */
  @Provide
  static Arbitrary<String> almostIds() {
    Arbitrary<String> prefixes = Arbitraries.of("", "plc-", "ad-", "c", "-");
    Arbitrary<String> bodies =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("az27AZ09").ofMaxLength(66),
            Arbitraries.strings().withChars("az27").ofLength(16),
            Arbitraries.strings().withChars("az27").ofLength(26));
    Arbitrary<String> odd =
        Arbitraries.of("", "", "1", "8", "`", "{", "@", "[", "/", ":", ".", "_", "é", "\n");
    return Combinators.combine(prefixes, bodies, odd)
        .as(
            (prefix, body, middle) ->
                prefix
                    + body.substring(0, body.length() / 2)
                    + middle
                    + body.substring(body.length() / 2));
  }

  @Property(tries = 5_000)
  void ids_areToldAsByTheirPatterns(@ForAll("almostIds") String id) {
    assertThat(Ids.isCluster(id)).isEqualTo(id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"));
    assertThat(Ids.isConnection(id)).isEqualTo(id.matches("plc-[a-z2-7]{26}"));
    assertThat(Ids.isAttachment(id)).isEqualTo(id.matches("ad-[a-z2-7]{16}"));
    Statistics.label("connection")
        .collect(Ids.isConnection(id))
        .coverage(coverage -> coverage.check(true).count(found -> found > 10));
    Statistics.label("attachment")
        .collect(Ids.isAttachment(id))
        .coverage(coverage -> coverage.check(true).count(found -> found > 10));
  }

  @Property
  void hash_ofAnyParts_isBase32OfSha256(
      @ForAll @Size(max = 5) List<String> parts, @ForAll @IntRange(min = 1, max = 51) int length) {
    assertThat(Ids.hash(length, parts.toArray(new String[0])))
        .isEqualTo(expectedHash(length, parts));
  }

  @Property
  void hash_ofTextCutAtAnotherPlace_isAnother(@ForAll String first, @ForAll String second) {
    assertThat(Ids.hash(26, first + second)).isNotEqualTo(Ids.hash(26, first, second));
    assertThat(Ids.hash(26, first, second, "")).isNotEqualTo(Ids.hash(26, first, second));
    if (!first.isEmpty()) {
      String cut = first.substring(0, first.length() - 1);
      String rest = first.substring(first.length() - 1) + second;
      assertThat(Ids.hash(26, cut, rest)).isNotEqualTo(Ids.hash(26, first, second));
    }
  }

  @Test
  void hash_ofPartsThatImitateTheSeparator_differs() {
    assertThat(Ids.hash(26, "a", "b")).isNotEqualTo(Ids.hash(26, "a1:b"));
  }

  @Test
  void connection_ofKnownInput_neverChangesBetweenVersions() {
    assertThat(Ids.connection("10581234", "op-7731"))
        .isEqualTo("plc-mxbvjx5hpb5oy3gg23ypgn4eup")
        .isEqualTo("plc-" + expectedHash(26, List.of("10581234", "op-7731")));
  }

  @Test
  void hash_ofNothing_neverChangesBetweenVersions() {
    assertThat(Ids.hash(26)).isEqualTo("4oymiquy7qobjgx36tejs35zeq");
  }

  @Test
  void hash_ofNonAscii_countsBytes() {
    assertThat(Ids.hash(13, "é")).isEqualTo("f4r4ogcwlb6cu");
  }

  @Test
  void connection_ofAnotherCluster_isAnother() {
    assertThat(Ids.connection("1", "op")).isNotEqualTo(Ids.connection("2", "op"));
  }

  @Test
  void newAttachment_isAnAttachmentIdAndEachTimeAnother() {
    Random random = new Random(7);

    String first = Ids.newAttachment(random);
    String second = Ids.newAttachment(random);

    assertThat(Ids.isAttachment(first)).isTrue();
    assertThat(Ids.isAttachment(second)).isTrue();
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void newRequestId_makesAConnectionId() {
    String requestId = Ids.newRequestId(new Random(7));

    assertThat(requestId).matches("[a-z2-7]{26}");
    assertThat(Ids.isConnection(Ids.connection("c", requestId))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "10581234", "a", "A.b_c-d", "9.", "prod--x"})
  void checkCluster_ofAGoodId_passes(String id) {
    assertThatNoException().isThrownBy(() -> Ids.checkCluster(id));
  }

  @Test
  void checkCluster_of64Characters_passes() {
    assertThatNoException().isThrownBy(() -> Ids.checkCluster("a".repeat(64)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".a", "-a", "_a", "a b", "a/b", "é", "a\n", "a*", "a\u0000"})
  void checkCluster_ofABadId_saysWhatIsAllowed(String id) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> Ids.checkCluster(id))
        .withMessage(
            "cluster id \"%s\" must be 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter or digit",
            Texts.safe(id))
        .satisfies(e -> assertThat(e.details()).isEqualTo(ErrorDetails.of(Texts.safe(id))));
  }

  @Test
  void checkCluster_of65Characters_isRefused() {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> Ids.checkCluster("a".repeat(65)));
  }

  @Test
  void checkRef_ofGoodIds_passes() {
    assertThatNoException()
        .isThrownBy(() -> Ids.checkRef(ConnectionRef.of("c", Fixtures.CONNECTION)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plc-",
        "mxbvjx5hpb5oy3gg23ypgn4eup",
        "plc-mxbvjx5hpb5oy3gg23ypgn4eu",
        "plc-mxbvjx5hpb5oy3gg23ypgn4eupp",
        "PLC-mxbvjx5hpb5oy3gg23ypgn4eup",
        "plc-mxbvjx5hpb5oy3gg23ypgn4eu1",
        "plc-mxbvjx5hpb5oy3gg23ypgn4eu*",
        "plc-mxbvjx5hpb5oy3gg23ypgn4eup\n"
      })
  void checkRef_ofABadConnectionId_saysWhereToTakeItFrom(String id) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> Ids.checkRef(ConnectionRef.of("c", id)))
        .withMessage(
            "connection id \"%s\" must be plc- and 26 of a-z 2-7: take it from create or list",
            Texts.safe(id))
        .satisfies(e -> assertThat(e.details().resource()).contains(Texts.safe(id)));
  }

  @Test
  void checkRef_ofABadCluster_isRefusedForTheCluster() {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> Ids.checkRef(ConnectionRef.of("", Fixtures.CONNECTION)))
        .withMessageStartingWith("cluster id \"\" must be");
  }

  @Test
  void checkAttachment_ofAGoodId_passes() {
    assertThatNoException().isThrownBy(() -> Ids.checkAttachment(Fixtures.ATTACHMENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ad-", "ad-abcdefgh234567a", "plc-abcdefgh234567ab", "ad-abcdefgh234567a1"})
  void checkAttachment_ofABadId_saysWhereToTakeItFrom(String id) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> Ids.checkAttachment(id))
        .withMessage(
            "attachment id \"%s\" must be ad- and 16 of a-z 2-7: take it from attachDomain or get",
            id)
        .satisfies(e -> assertThat(e.details().resource()).contains(id));
  }

  @Test
  void invalid_keepsALongResourceShort() {
    InvalidRequestException e = Ids.invalid("no", "x".repeat(5000));

    assertThat(e.details().resource().orElseThrow()).hasSizeLessThan(520);
  }
}
