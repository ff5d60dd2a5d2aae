package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.model.CreateConnectionRequest;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateRulesTest {
  private static final String ROCKET = "\uD83D\uDE80";

  private static void passes(CreateConnectionRequest.Builder request) {
    assertThatNoException().isThrownBy(() -> CreateRules.check(request.build()));
  }

  private static void refuses(
      CreateConnectionRequest.Builder request, String resource, String... says) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> CreateRules.check(request.build()))
        .satisfies(e -> assertThat(e.getMessage()).contains(says))
        .satisfies(e -> assertThat(e.details().resource()).contains(resource))
        .satisfies(e -> assertThat(e.details().attempts()).isZero());
  }

  @Test
  void check_ofAGoodRequest_passes() {
    passes(Fixtures.requestBuilder().createdBy("alice").putExtraLabels("team", "cdc"));
  }

  @Test
  void check_ofABadCluster_isRefused() {
    refuses(Fixtures.requestBuilder().clusterId("a/b"), "a/b", "cluster id \"a/b\" must be");
  }

  // --- display name ---

  @Test
  void check_ofDisplayNamesAtTheBounds_passes() {
    passes(Fixtures.requestBuilder().displayName("x"));
    passes(Fixtures.requestBuilder().displayName("x".repeat(64)));
    passes(Fixtures.requestBuilder().displayName(ROCKET.repeat(64)));
    passes(Fixtures.requestBuilder().displayName(" x "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\uD83D", "x\uDE80", "\uDE80\uD83D"})
  void check_ofABadDisplayName_isRefused(String name) {
    refuses(
        Fixtures.requestBuilder().displayName(name),
        "displayName",
        "displayName \"" + Texts.safe(name) + "\" must be 1 to 64 Unicode code points");
  }

  @Test
  void check_ofADisplayNameOf65CodePoints_isRefused() {
    refuses(
        Fixtures.requestBuilder().displayName("x".repeat(65)), "displayName", "1 to 64 Unicode");
    refuses(
        Fixtures.requestBuilder().displayName(ROCKET.repeat(65)), "displayName", "1 to 64 Unicode");
  }

  @Provide
  Arbitrary<String> names() {
    return Fixtures.unicodeNames().filter(name -> !name.isBlank());
  }

  @Property
  void check_ofAnyUnicodeName_passes(@ForAll("names") String name) {
    passes(Fixtures.requestBuilder().displayName(name));
  }

  // --- request id and user ---

  @Test
  void check_ofRequestIdsAtTheBounds_passes() {
    passes(Fixtures.requestBuilder().requestId("!"));
    passes(Fixtures.requestBuilder().requestId("~".repeat(128)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "é", "\u007f"})
  void check_ofABadRequestId_isRefused(String id) {
    refuses(
        Fixtures.requestBuilder().requestId(id),
        "requestId",
        "requestId \"" + Texts.safe(id) + "\" must be 1 to 128 printable ASCII characters");
  }

  @Test
  void check_ofARequestIdOf129Characters_isRefused() {
    refuses(Fixtures.requestBuilder().requestId("x".repeat(129)), "requestId", "1 to 128");
  }

  @Test
  void check_withoutRequestId_passes() {
    passes(CreateConnectionRequest.builder().clusterId("c").displayName("n").type(Fixtures.TYPE));
  }

  @Test
  void check_ofUsersAtTheBounds_passes() {
    passes(Fixtures.requestBuilder().createdBy("a"));
    passes(Fixtures.requestBuilder().createdBy("Alice B. <a@b.c> ~".repeat(3)));
    passes(Fixtures.requestBuilder().createdBy("x".repeat(64)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "é", "a\n", "\u001b[31m"})
  void check_ofABadUser_isRefused(String user) {
    refuses(
        Fixtures.requestBuilder().createdBy(user),
        "createdBy",
        "createdBy \"" + Texts.safe(user) + "\" must be 1 to 64 printable ASCII characters");
  }

  @Test
  void check_ofAUserOf65Characters_isRefused() {
    refuses(Fixtures.requestBuilder().createdBy("x".repeat(65)), "createdBy", "1 to 64");
  }

  // --- extra labels ---

  @Test
  void check_ofExtraLabelsAtTheBounds_passes() {
    passes(Fixtures.requestBuilder().putExtraLabels("k".repeat(64), "v".repeat(128)));
    passes(Fixtures.requestBuilder().putExtraLabels("k", ""));
    passes(Fixtures.requestBuilder().putExtraLabels("K.a_b-9", "9.a_b-C"));
    passes(Fixtures.requestBuilder().putExtraLabels("plc", "x").putExtraLabels("plcx", "y"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9a",
        ".a",
        "a b",
        "a/b",
        "a:b",
        "é",
        "plc.x",
        "PLC.x",
        "aws",
        "aws:x",
        "AwsX",
        "aliyun",
        "Aliyun.x",
        "acs",
        "acs.x"
      })
  void check_ofABadExtraKey_isRefused(String key) {
    refuses(
        Fixtures.requestBuilder().putExtraLabels(key, "v"),
        "the key of an extra label",
        "the key of an extra label \"" + key + "\" must be 1 to 64 of A-Z a-z 0-9 . _ -");
  }

  @Test
  void check_ofAnExtraKeyOf65Characters_isRefused() {
    refuses(
        Fixtures.requestBuilder().putExtraLabels("k".repeat(65), "v"),
        "the key of an extra label",
        "1 to 64 of A-Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a b", "é", "a/b", "a\n", "aws-x", "ALIYUN", "acs1"})
  void check_ofABadExtraValue_isRefused(String value) {
    refuses(
        Fixtures.requestBuilder().putExtraLabels("team", value),
        "the value of extra label team",
        "the value of extra label team \"" + Texts.safe(value) + "\" must be at most 128 of");
  }

  @Test
  void check_ofAnExtraValueOf129Characters_isRefused() {
    refuses(
        Fixtures.requestBuilder().putExtraLabels("team", "v".repeat(129)),
        "the value of extra label team",
        "at most 128");
  }

  // --- how many labels ---

  @ParameterizedTest
  @CsvSource({"5, 8, 16", "9, 8, 20", "4, 0, 7"})
  void checkLabelCount_ofJustEnough_passes(int labels, int maxDomains, int allowed) {
    assertThatNoException()
        .isThrownBy(
            () ->
                CreateRules.checkLabelCount(
                    labels(labels), maxDomains, Fixtures.traits(Map.of(), allowed)));
  }

  @ParameterizedTest
  @CsvSource({"6, 8, 16, 17", "10, 8, 20, 21", "5, 0, 7, 8"})
  void checkLabelCount_ofOneTooMany_saysWhatToLower(
      int labels, int maxDomains, int allowed, int needed) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(
            () ->
                CreateRules.checkLabelCount(
                    labels(labels), maxDomains, Fixtures.traits(Map.of(), allowed)))
        .withMessage(
            "the connection needs up to %d labels, the cloud allows %d: give fewer extraLabels, or lower"
                + " maxDomainsPerConnection",
            needed, allowed)
        .satisfies(e -> assertThat(e.details().resource()).contains("extraLabels"));
  }

  private static Map<String, String> labels(int count) {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      labels.put("k" + i, "v");
    }
    return labels;
  }
}
