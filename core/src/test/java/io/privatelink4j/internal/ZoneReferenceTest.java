package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneReferenceTest {
  private static final String TEXT =
      "plc1/10581234/plc-mxbvjx5hpb5oy3gg23ypgn4eup/ad-abcdefgh234567ab/3";
  private static final ZoneReference REFERENCE =
      new ZoneReference(Fixtures.CLUSTER, Fixtures.CONNECTION, Fixtures.ATTACHMENT, 3);

  @Provide
  Arbitrary<String> clusters() {
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .withChars("._-")
        .ofMinLength(1)
        .ofMaxLength(64)
        .filter(Ids::isCluster);
  }

  @Property
  void anyReference_comesBackExactly(
      @ForAll("clusters") String cluster, @ForAll @IntRange(min = 1, max = 9999) int generation) {
    ZoneReference reference =
        new ZoneReference(cluster, Fixtures.CONNECTION, Fixtures.ATTACHMENT, generation);

    assertThat(ZoneReference.parse(reference.text())).contains(reference);
    assertThat(reference.text()).hasSizeBetween(1, 128);
  }

  @Property
  void parse_ofAnything_neverThrows(@ForAll String text) {
    assertThat(ZoneReference.parse(text)).isEmpty();
    assertThat(ZoneReference.parse("plc1/" + text)).isEmpty();
  }

  @Test
  void text_isAsDocumented() {
    assertThat(REFERENCE.text()).isEqualTo(TEXT);
  }

  @Test
  void text_ofTheLongestIds_fitsIntoACallerReference() {
    ZoneReference longest =
        new ZoneReference("c".repeat(64), Fixtures.CONNECTION, Fixtures.ATTACHMENT, 9999);

    assertThat(longest.text()).hasSizeLessThanOrEqualTo(128);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plc1",
        "plc2/10581234/plc-mxbvjx5hpb5oy3gg23ypgn4eup/ad-abcdefgh234567ab/3",
        "plc1/10581234/plc-mxbvjx5hpb5oy3gg23ypgn4eup/ad-abcdefgh234567ab",
        "plc1/10581234/plc-mxbvjx5hpb5oy3gg23ypgn4eup/ad-abcdefgh234567ab/0",
        "plc1/10581234/plc-mxbvjx5hpb5oy3gg23ypgn4eup/ad-abcdefgh234567ab/10000",
        "plc1/10581234/plc-mxbvjx5hpb5oy3gg23ypgn4eup/ad-abcdefgh234567ab/3/4",
        "plc1//plc-mxbvjx5hpb5oy3gg23ypgn4eup/ad-abcdefgh234567ab/3",
        "plc1/a/b/plc-mxbvjx5hpb5oy3gg23ypgn4eup/ad-abcdefgh234567ab/3",
        "plc1/10581234/plc-mxbvjx5hpb5oy3gg23ypgn4eu/ad-abcdefgh234567ab/3",
        "x plc1/10581234/plc-mxbvjx5hpb5oy3gg23ypgn4eup/ad-abcdefgh234567ab/3"
      })
  void parse_ofAStrangersReference_isEmpty(String text) {
    assertThat(ZoneReference.parse(text)).isEmpty();
  }

  @Test
  void isOf_theSameConnection_isTrueForAnyAttachmentAndGeneration() {
    Found found = found(Fixtures.CLUSTER);

    assertThat(REFERENCE.isOf(found)).isTrue();
    assertThat(new ZoneReference(Fixtures.CLUSTER, Fixtures.CONNECTION, "ad-2", 9).isOf(found))
        .isTrue();
  }

  @Test
  void isOf_anotherClusterOrConnection_isFalse() {
    assertThat(REFERENCE.isOf(found("2"))).isFalse();
    assertThat(
            new ZoneReference(Fixtures.CLUSTER, "plc-other", Fixtures.ATTACHMENT, 3)
                .isOf(found(Fixtures.CLUSTER)))
        .isFalse();
  }

  @Test
  void of_takesIdsAndGenerationFromLedgerAndEntry() {
    DomainEntry entry =
        DomainEntry.parse("plc.d." + Fixtures.ATTACHMENT, "attaching_managed_3_7_x").orElseThrow();

    assertThat(ZoneReference.of(found(Fixtures.CLUSTER), entry)).isEqualTo(REFERENCE);
    assertThat(ZoneReference.parse(TEXT)).isEqualTo(Optional.of(REFERENCE));
  }

  private static Found found(String clusterId) {
    Ledger ledger =
        Ledger.read(
            java.util.Map.of(
                Ledger.ID, Fixtures.CONNECTION, Ledger.CLUSTER, Ledger.clusterValue(clusterId)));
    return new Found(
        null,
        Fixtures.awsNetwork("subnet-1"),
        true,
        false,
        Fixtures.endpointBuilder("vpce-1").build(),
        ledger,
        java.util.List.of());
  }
}
