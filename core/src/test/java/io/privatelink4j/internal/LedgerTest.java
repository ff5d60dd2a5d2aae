package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CheckMode;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.Integrity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
  private static final String DOMAIN_KEY = "plc.d." + Fixtures.ATTACHMENT;
  private static final String DOMAIN_VALUE = "attached_managed_1_1767225600_x_Z1";
  private static final Optional<String> REGION = Optional.of(Fixtures.REGION);

  private static SortedMap<String, String> labelsOf(CreateConnectionRequest request) {
    String id = Ids.connection(request.clusterId(), request.requestId().orElseThrow());
    return Ledger.write(id, request, Ledger.requestHash(request, REGION));
  }

  private static Map<String, String> labels() {
    return labelsOf(Fixtures.request());
  }

  private static Map<String, String> labelsWith(String key, String value) {
    Map<String, String> labels = labels();
    labels.put(key, value);
    return labels;
  }

  private static Map<String, String> labelsWithout(String key) {
    Map<String, String> labels = labels();
    assertThat(labels.remove(key)).isNotNull();
    return labels;
  }

  @Provide
  static Arbitrary<CreateConnectionRequest> requests() {
    Arbitrary<String> clusters =
        Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(64);
    Arbitrary<String> requestIds =
        Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(128);
    Arbitrary<Optional<String>> users =
        Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(64).optional();
    Arbitrary<Map<String, String>> extras =
        Arbitraries.maps(
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(64),
                Arbitraries.strings().alpha().numeric().withChars("._-").ofMaxLength(128))
            .ofMaxSize(4);
    return Combinators.combine(clusters, requestIds, Fixtures.unicodeNames(), users, extras)
        .as(
            (cluster, requestId, name, user, extra) -> {
              CreateConnectionRequest.Builder builder =
                  CreateConnectionRequest.builder()
                      .clusterId(cluster)
                      .requestId(requestId)
                      .displayName(name)
                      .type(Fixtures.TYPE)
                      .putAllExtraLabels(extra);
              user.ifPresent(builder::createdBy);
              return builder.build();
            });
  }

  // --- what is written is read ---

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void anyRequest_comesBackFromItsLabels(@ForAll("requests") CreateConnectionRequest request) {
    String hash = Ledger.requestHash(request, REGION);
    String id = Ids.connection(request.clusterId(), request.requestId().orElseThrow());

    Ledger ledger = Ledger.read(Ledger.write(id, request, hash));

    assertThat(ledger.integrity()).isEqualTo(Integrity.OK);
    assertThat(ledger.connectionId()).isEqualTo(id);
    assertThat(ledger.clusterId()).isEqualTo(request.clusterId());
    assertThat(ledger.requestHash()).isEqualTo(hash);
    assertThat(ledger.displayName()).isEqualTo(request.displayName());
    assertThat(ledger.createdBy()).isEqualTo(request.createdBy());
    assertThat(ledger.extraLabels()).isEqualTo(request.extraLabels());
    assertThat(ledger.domains()).isEmpty();
    assertThat(ledger.deleting()).isFalse();
    assertThat(ledger.upSince()).isEmpty();
    assertThat(ledger.updateTime()).isEmpty();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void anyRequest_givesLabelsThatEveryCloudTakes(
      @ForAll("requests") CreateConnectionRequest request) {
    Map<String, String> own = labelsOf(request);
    own.keySet().removeAll(request.extraLabels().keySet());

    assertThat(own)
        .hasSizeLessThanOrEqualTo(8)
        .allSatisfy(
            (key, value) -> {
              assertThat(key).matches("[a-z][A-Za-z0-9._-]{0,63}").startsWith("plc.");
              assertThat(value).matches("[A-Za-z][A-Za-z0-9._-]{0,127}");
            });
  }

  @Test
  void write_ofAKnownRequest_givesTheKnownLabels() {
    assertThat(labels())
        .isEqualTo(
            Map.of(
                "plc.v", "v1.0",
                "plc.id", "plc-mxbvjx5hpb5oy3gg23ypgn4eup",
                "plc.cluster", "c.10581234",
                "plc.name", "orders-kafka",
                "plc.req", "rehm7kgohzyzabp7j6fmk2hdwk3-vzlgmo3ugze4l"));
  }

  @Test
  void write_withExtraLabels_writesThemToo() {
    assertThat(labelsOf(Fixtures.requestBuilder().putExtraLabels("team", "cdc").build()))
        .containsEntry("team", "cdc")
        .hasSize(6);
  }

  @Test
  void write_neverLetsAnExtraLabelReplaceOneOfOurs() {
    assertThat(labelsOf(Fixtures.requestBuilder().putExtraLabels("plc.v", "v9.9").build()))
        .containsEntry("plc.v", "v1.0");
  }

  @Test
  void timeValue_isSecondsAfterALetter() {
    assertThat(Ledger.timeValue(Instant.parse("2026-01-01T00:00:00.999Z")))
        .isEqualTo("t1767225600");
  }

  @Property
  void anyTimeMark_comesBackToTheSecond(@ForAll("seconds") long second) {
    Instant time = Instant.ofEpochSecond(second);

    Ledger ledger =
        Ledger.read(
            Map.of(
                Ledger.DELETING, Ledger.timeValue(time),
                Ledger.UP, Ledger.timeValue(time.plusMillis(999))));

    assertThat(ledger.deletingSince()).contains(time);
    assertThat(ledger.upSince()).contains(time);
  }

  @Provide
  Arbitrary<Long> seconds() {
    return Arbitraries.longs().between(0, 99_999_999_998L);
  }

  // --- the request's hash ---

  static Stream<CreateConnectionRequest> otherRequests() {
    return Stream.of(
        Fixtures.requestBuilder().clusterId("10581235").build(),
        Fixtures.requestBuilder().displayName("orders-kafka2").build(),
        Fixtures.requestBuilder().type(AwsEndpointService.of(Fixtures.SERVICE + "9")).build(),
        Fixtures.requestBuilder().type(AlicloudEndpointService.of(Fixtures.SERVICE)).build(),
        Fixtures.requestBuilder().createdBy("alice").build(),
        Fixtures.requestBuilder().putExtraLabels("a", "b").build(),
        Fixtures.requestBuilder().putExtraLabels("ab", "").build(),
        Fixtures.requestBuilder().putExtraLabels("a", "").putExtraLabels("b", "").build());
  }

  @ParameterizedTest
  @MethodSource("otherRequests")
  void requestHash_ofAnyOtherParameter_isAnother(CreateConnectionRequest other) {
    assertThat(Ledger.requestHash(other, REGION))
        .isNotEqualTo(Ledger.requestHash(Fixtures.request(), REGION));
  }

  @Test
  void requestHash_ofAllTheseRequests_isDifferentForEach() {
    List<String> hashes = new ArrayList<>();
    otherRequests().forEach(other -> hashes.add(Ledger.requestHash(other, REGION)));

    assertThat(hashes).doesNotHaveDuplicates();
  }

  @Test
  void requestHash_ofAnotherServiceRegion_isAnother() {
    CreateConnectionRequest request = Fixtures.request();

    assertThat(
            List.of(
                Ledger.requestHash(request, Optional.empty()),
                Ledger.requestHash(request, Optional.of("us-west-2")),
                Ledger.requestHash(request, Optional.of("us-east-1"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void requestHash_ofAKnownRequest_neverChangesBetweenVersions() {
    assertThat(Ledger.requestHash(Fixtures.request(), REGION))
        .isEqualTo("ehm7kgohzyzabp7j6fmk2hdwk3");
  }

  @Test
  void requestHash_leavesOutHowTheRequestIsSent() {
    assertThat(
            Ledger.requestHash(
                Fixtures.requestBuilder().requestId("another").checkMode(CheckMode.OFF).build(),
                REGION))
        .isEqualTo(Ledger.requestHash(Fixtures.request(), REGION));
  }

  @Test
  void requestHash_doesNotDependOnTheOrderOfExtraLabels() {
    Map<String, String> oneWay = new LinkedHashMap<>();
    oneWay.put("a", "1");
    oneWay.put("b", "2");
    Map<String, String> otherWay = new LinkedHashMap<>();
    otherWay.put("b", "2");
    otherWay.put("a", "1");

    assertThat(
            Ledger.requestHash(Fixtures.requestBuilder().putAllExtraLabels(oneWay).build(), REGION))
        .isEqualTo(
            Ledger.requestHash(
                Fixtures.requestBuilder().putAllExtraLabels(otherWay).build(), REGION));
  }

  // --- whose it is ---

  @Test
  void belongsTo_theClusterAlone_isTrue() {
    Ledger ledger = Ledger.read(labels());

    assertThat(ledger.belongsTo(Fixtures.CLUSTER)).isTrue();
    assertThat(ledger.belongsTo("1058123")).isFalse();
    assertThat(ledger.belongsTo("10581234 ")).isFalse();
    assertThat(ledger.belongsTo("*")).isFalse();
    assertThat(ledger.belongsTo("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plc.v", "plc.id", "plc.cluster"})
  void isPresent_withOneOfOurLabels_isTrue(String key) {
    assertThat(Ledger.isPresent(Map.of(key, "x"))).isTrue();
  }

  @Test
  void isPresent_withoutOurLabels_isFalse() {
    assertThat(Ledger.isPresent(Map.of())).isFalse();
    assertThat(Ledger.isPresent(Map.of("Name", "x", "team", "cdc", "plc.other", "y"))).isFalse();
  }

  // --- versions ---

  @ParameterizedTest
  @ValueSource(strings = {"v2.0", "v2.7", "v10.0", "v9999.9999"})
  void read_ofANewerMajor_isReadableAndMarked(String version) {
    Ledger ledger = Ledger.read(labelsWith(Ledger.VERSION, version));

    assertThat(ledger.integrity()).isEqualTo(Integrity.NEWER_VERSION);
    assertThat(ledger.connectionId()).isEqualTo(Fixtures.CONNECTION);
    assertThat(ledger.clusterId()).isEqualTo(Fixtures.CLUSTER);
    assertThat(ledger.displayName()).isEqualTo("orders-kafka");
  }

  @Test
  void read_ofANewerMajorThatChangedEverything_isMarkedAllTheSame() {
    Ledger ledger =
        Ledger.read(Map.of("plc.v", "v2.0", "plc.id", "new-form", DOMAIN_KEY, "new form"));

    assertThat(ledger.integrity()).isEqualTo(Integrity.NEWER_VERSION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.0", "v1.1", "v1.42"})
  void read_ofThisMajor_isOk(String version) {
    assertThat(Ledger.read(labelsWith(Ledger.VERSION, version)).integrity())
        .isEqualTo(Integrity.OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.0", "v1", "v1.", "v.1", "V1.0", "v1.0 ", "v1.0.0", "v99999.0"})
  void read_ofAVersionThatIsNone_isTampered(String version) {
    assertThat(Ledger.read(labelsWith(Ledger.VERSION, version)).integrity())
        .isEqualTo(Integrity.TAMPERED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t",
        "1767225600",
        "T1767225600",
        "t-1",
        "t+1",
        "t1 ",
        "t1.0",
        "t١",
        "t123456789012"
      })
  void read_ofATimeThatIsNone_hasNone(String time) {
    assertThat(Ledger.read(labelsWith(Ledger.UP, time)).upSince()).isEmpty();
  }

  @Test
  void read_withAnUnknownKeyOfOurs_isOk() {
    Ledger ledger = Ledger.read(labelsWith("plc.future", "x"));

    assertThat(ledger.integrity()).isEqualTo(Integrity.OK);
    assertThat(ledger.extraLabels()).isEmpty();
  }

  @Test
  void read_withLabelsOfOthers_isOkAndTellsThem() {
    Ledger ledger = Ledger.read(labelsWith("Name", "орders"));

    assertThat(ledger.integrity()).isEqualTo(Integrity.OK);
    assertThat(ledger.extraLabels()).isEqualTo(Map.of("Name", "орders"));
  }

  // --- tampering ---

  @ParameterizedTest
  @ValueSource(strings = {"plc.v", "plc.id", "plc.cluster", "plc.req", "plc.name"})
  void read_withoutAnyOneIdentityLabel_isTampered(String key) {
    assertThat(Ledger.read(labelsWithout(key)).integrity()).isEqualTo(Integrity.TAMPERED);
  }

  @ParameterizedTest
  @CsvSource({
    "plc.id, plc-aaaaaaaaaaaaaaaaaaaaaaaaaa",
    "plc.id, plc-mxbvjx5hpb5oy3gg23ypgn4eu",
    "plc.id, ''",
    "plc.cluster, c.10581235",
    "plc.cluster, 10581234",
    "plc.cluster, c.",
    "plc.cluster, c.a/b",
    "plc.cluster, ''",
    "plc.req, ''",
    "plc.req, r",
    "plc.req, rehm7kgohzyzabp7j6fmk2hdwk3",
    "plc.req, rehm7kgohzyzabp7j6fmk2hdwk4-vzlgmo3ugze4l",
    "plc.req, rehm7kgohzyzabp7j6fmk2hdwk3-vzlgmo3ugze4m",
    "plc.req, Rehm7kgohzyzabp7j6fmk2hdwk3-vzlgmo3ugze4l",
    "plc.req, rehm7kgohzyzabp7j6fmk2hdwk3_vzlgmo3ugze4l"
  })
  void read_withAnEditedIdentityLabel_isTampered(String key, String value) {
    assertThat(Ledger.read(labelsWith(key, value)).integrity()).isEqualTo(Integrity.TAMPERED);
  }

  @Property
  void read_withAnyEditOfAnIdentityLabel_isTampered(
      @ForAll("identityKeys") String key, @ForAll String value) {
    Map<String, String> labels = labels();
    if (!value.equals(labels.put(key, value))) {
      assertThat(Ledger.read(labels).integrity()).isEqualTo(Integrity.TAMPERED);
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void read_withAnyOneCharacterOfAnIdentityLabelChanged_isTampered(
      @ForAll("identityKeys") String key, @ForAll int position, @ForAll("labelCharacters") char c) {
    Map<String, String> labels = labels();
    StringBuilder value = new StringBuilder(labels.get(key));
    value.setCharAt(Math.floorMod(position, value.length()), c);
    if (!value.toString().equals(labels.put(key, value.toString()))) {
      assertThat(Ledger.read(labels).integrity()).isEqualTo(Integrity.TAMPERED);
    }
  }

  @Provide
  Arbitrary<String> identityKeys() {
    return Arbitraries.of("plc.id", "plc.cluster", "plc.req");
  }

  @Provide
  Arbitrary<Character> labelCharacters() {
    return Arbitraries.chars().alpha().numeric().with('.', '_', '-');
  }

  @Test
  void read_withTheLabelsOfTwoConnectionsMixed_isTampered() {
    Map<String, String> other = labelsOf(Fixtures.requestBuilder().requestId("another").build());

    assertThat(Ledger.read(labelsWith("plc.id", other.get("plc.id"))).integrity())
        .isEqualTo(Integrity.TAMPERED);
    assertThat(Ledger.read(labelsWith("plc.req", other.get("plc.req"))).integrity())
        .isEqualTo(Integrity.TAMPERED);
  }

  @Test
  void read_withAPieceOfTheNameMissing_isTampered() {
    Map<String, String> labels =
        labelsOf(Fixtures.requestBuilder().displayName("a" + "я".repeat(63)).build());
    assertThat(labels.remove("plc.name64.2")).isNotNull();

    assertThat(Ledger.read(labels).integrity()).isEqualTo(Integrity.TAMPERED);
  }

  @Test
  void read_withADamagedNamePiece_isTampered() {
    Map<String, String> labels = labelsOf(Fixtures.requestBuilder().displayName("é!").build());
    labels.put("plc.name64.1", "b*");

    assertThat(Ledger.read(labels).integrity()).isEqualTo(Integrity.TAMPERED);
    assertThat(Ledger.read(labels).displayName()).isEmpty();
  }

  @Test
  void read_withAMarkOfDeletionWithoutATime_isBeingDeletedAllTheSame() {
    Ledger ledger = Ledger.read(labelsWith("plc.del", "yesterday"));

    assertThat(ledger.deleting()).isTrue();
    assertThat(ledger.deletingSince()).isEmpty();
    assertThat(ledger.integrity()).isEqualTo(Integrity.OK);
  }

  @Test
  void read_withAMarkOfHavingBeenUpWithoutATime_wasNotUp() {
    Ledger ledger = Ledger.read(labelsWith("plc.up", "yesterday"));

    assertThat(ledger.upSince()).isEmpty();
    assertThat(ledger.integrity()).isEqualTo(Integrity.OK);
  }

  @Test
  void read_withADamagedDeletionMark_stillCountsAsDeleting() {
    Ledger ledger = Ledger.read(labelsWith(Ledger.DELETING, "yesterday"));

    assertThat(ledger.deleting()).isTrue();
    assertThat(ledger.deletingSince()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "plc.d.ad-abcdefgh234567ab, attached",
    "plc.d.ad-abcdefgh234567ab, ''",
    "plc.d.ad-abcdefgh234567ab, attached_other_1_1767225600_x",
    "plc.d.ad-nope, attached_managed_1_1767225600_x",
    "plc.d., attached_managed_1_1767225600_x"
  })
  void read_withADamagedDomain_isTampered(String key, String value) {
    assertThat(Ledger.read(labelsWith(key, value)).integrity()).isEqualTo(Integrity.TAMPERED);
  }

  @Test
  void read_withADamagedDomain_keepsTheOthers() {
    Map<String, String> labels = labelsWith(DOMAIN_KEY, DOMAIN_VALUE);
    labels.put("plc.d.ad-bbbbbbbbbbbbbbbb", "???");

    assertThat(Ledger.read(labels).domains())
        .extracting(DomainEntry::id)
        .containsExactly(Fixtures.ATTACHMENT);
  }

  // --- domains and times ---

  @Test
  void domains_areOldestFirstThenById() {
    Map<String, String> labels = labels();
    labels.put("plc.d.ad-cccccccccccccccc", "attached_managed_1_100_x");
    labels.put("plc.d.ad-bbbbbbbbbbbbbbbb", "attached_managed_1_200_x");
    labels.put("plc.d.ad-aaaaaaaaaaaaaaaa", "attached_managed_1_200_x");

    assertThat(Ledger.read(labels).domains())
        .extracting(DomainEntry::id)
        .containsExactly("ad-cccccccccccccccc", "ad-aaaaaaaaaaaaaaaa", "ad-bbbbbbbbbbbbbbbb");
  }

  @Test
  void domain_isFoundByItsId() {
    Ledger ledger = Ledger.read(labelsWith(DOMAIN_KEY, DOMAIN_VALUE));

    assertThat(ledger.integrity()).isEqualTo(Integrity.OK);
    assertThat(ledger.domain(Fixtures.ATTACHMENT)).map(DomainEntry::value).contains(DOMAIN_VALUE);
    assertThat(ledger.domain("ad-bbbbbbbbbbbbbbbb")).isEmpty();
  }

  @Test
  void updateTime_isTheLatestOfDomainsAndMarks() {
    Map<String, String> labels = labels();
    labels.put(DOMAIN_KEY, "attached_managed_1_300_x");
    labels.put(Ledger.UP, "t200");
    assertThat(Ledger.read(labels).updateTime()).contains(Instant.ofEpochSecond(300));

    labels.put(Ledger.DELETING, "t400");
    assertThat(Ledger.read(labels).updateTime()).contains(Instant.ofEpochSecond(400));
  }

  // --- anything at all ---

  @Provide
  static Arbitrary<Map<String, String>> anyLabels() {
    Arbitrary<String> keys =
        Arbitraries.oneOf(
            Arbitraries.of(
                "plc.v",
                "plc.id",
                "plc.cluster",
                "plc.req",
                "plc.name",
                "plc.by",
                "plc.del",
                "plc.up",
                "plc.name64.1",
                "plc.name64.2",
                "plc.by64.1",
                DOMAIN_KEY,
                "plc.d.",
                "plc."),
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.strings().ofMaxLength(10).map(s -> "plc.d." + s));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of(
                "v1.0",
                "v2.0",
                "v0.0",
                "v9999.9999",
                Fixtures.CONNECTION,
                "c.1",
                "c.",
                "t0",
                "t99999999999",
                "b",
                "bw6kh",
                DOMAIN_VALUE,
                "attached_managed_9999_99999999999_x",
                ""),
            Arbitraries.strings().ofMaxLength(60));
    return Arbitraries.maps(keys, values).ofMaxSize(12);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void read_ofAnyLabels_neverThrows(@ForAll("anyLabels") Map<String, String> labels) {
    Ledger ledger = Ledger.read(labels);

    assertThat(ledger.integrity()).isNotNull();
    assertThat(ledger.connectionId()).isNotNull();
    assertThat(ledger.clusterId()).isNotNull();
    assertThat(ledger.requestHash()).isNotNull();
    assertThat(ledger.displayName()).isNotNull();
    assertThat(ledger.createdBy()).isNotNull();
    assertThat(ledger.deletingSince()).isNotNull();
    assertThat(ledger.upSince()).isNotNull();
    assertThat(ledger.updateTime()).isNotNull();
    assertThat(ledger.domains()).isNotNull();
    assertThat(ledger.extraLabels().keySet()).noneMatch(key -> key.startsWith("plc."));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void read_ofAnyLabels_isOkOnlyWithAllThatIdentifies(
      @ForAll("anyLabels") Map<String, String> labels) {
    if (Ledger.read(labels).integrity() == Integrity.OK) {
      assertThat(labels).containsKeys("plc.v", "plc.id", "plc.cluster", "plc.req");
    }
  }

  @Test
  void read_copiesTheLabels() {
    Map<String, String> labels = new HashMap<>(labels());
    Ledger ledger = Ledger.read(labels);
    labels.clear();

    assertThat(ledger.connectionId()).isEqualTo(Fixtures.CONNECTION);
    assertThat(ledger.integrity()).isEqualTo(Integrity.OK);
  }
}
