package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.exception.UnsupportedDomainException;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.DnsRecord;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.Severity;
import io.privatelink4j.model.ZoneCoverage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainPlannerTest {
  private static final String UNIQUE = "k7pqm2x4abcdefghijklmnopqr";
  private static final String ID = "plc-" + UNIQUE;
  private static final ConnectionType AWS =
      AwsEndpointService.of("com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718");
  private static final ConnectionType ALICLOUD =
      AlicloudEndpointService.of("com.aliyuncs.privatelink.ap-southeast-1.epsrv-hp3vpx8yqxblby3i");
  private static final String REGIONAL =
      "vpce-0f-x1.vpce-svc-0a1b2c3d4e5f60718.us-east-1.vpce.amazonaws.com";

  private final DomainPlanner planner = new DomainPlanner(Map.of());

  private static DomainPlanner.Input aws(DomainRequest request, String... endpointZones) {
    return new DomainPlanner.Input(
        ID,
        AWS,
        "us-east-1",
        request,
        List.of("use1-az1", "use1-az2"),
        Set.of(endpointZones),
        Optional.of(REGIONAL),
        Map.of("use1-az1", "vpce-0f-x1-us-east-1b.x", "use1-az2", "vpce-0f-x1-us-east-1a.x"));
  }

  private static DomainPlanner.Input alicloud(DomainRequest request) {
    return new DomainPlanner.Input(
        ID,
        ALICLOUD,
        "ap-southeast-1",
        request,
        List.of("ap-southeast-1a"),
        Set.of("ap-southeast-1a"),
        Optional.empty(),
        Map.of());
  }

  private String refusal(String confluentName) {
    return catchThrowableOfType(
            InvalidRequestException.class,
            () -> planner.plan(aws(DomainRequest.confluent(confluentName), "use1-az1")))
        .getMessage();
  }

  private String managedRefusal(String name) {
    return catchThrowableOfType(
            InvalidRequestException.class,
            () -> planner.plan(aws(DomainRequest.managed(name), "use1-az1")))
        .getMessage();
  }

  // --- apex ---

  @Test
  void plan_ofManagedDomainOnAws_takesTheConnectionIdAsUniqueName() {
    DomainPlan plan = planner.plan(aws(DomainRequest.managed(), "use1-az1"));

    assertThat(plan.type()).isEqualTo(DomainType.TIDBCLOUD_MANAGED);
    assertThat(plan.uniqueName()).isEqualTo(UNIQUE);
    assertThat(plan.apex()).isEqualTo(UNIQUE + ".aws.tidbcloud.com");
  }

  @Test
  void plan_ofManagedDomainOnAlibabaCloud_hasThatCloudsSuffix() {
    assertThat(planner.plan(alicloud(DomainRequest.managed())).apex())
        .isEqualTo(UNIQUE + ".alicloud.tidbcloud.com");
  }

  @Test
  void plan_ofConfluentDomain_takesNetworkIdAndRegion() {
    DomainPlan plan =
        planner.plan(aws(DomainRequest.confluent("domnprzqrog.us-east-1"), "use1-az1"));

    assertThat(plan.uniqueName()).isEqualTo("domnprzqrog.us-east-1");
    assertThat(plan.apex()).isEqualTo("domnprzqrog.us-east-1.aws.confluent.cloud");
  }

  @Test
  void plan_withConfiguredSuffix_usesItAndKeepsTheOtherCloudsDefault() {
    DomainPlanner configured =
        new DomainPlanner(Map.of(CloudProvider.AWS, "aws.plc.tidbcloud.com"));

    assertThat(configured.plan(aws(DomainRequest.managed(), "use1-az1")).apex())
        .isEqualTo(UNIQUE + ".aws.plc.tidbcloud.com");
    assertThat(configured.plan(alicloud(DomainRequest.managed())).apex())
        .isEqualTo(UNIQUE + ".alicloud.tidbcloud.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "com", ".tidbcloud.com", "TiDB.com", "a b.com", "tidbcloud.com.", "*.x.com"})
  void constructor_withBadSuffix_saysWhatASuffixLooksLike(String suffix) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DomainPlanner(Map.of(CloudProvider.AWS, suffix)))
        .withMessage(
            "the managed suffix of AWS must be a lower-case DNS name such as aws.tidbcloud.com,"
                + " not \"%s\"",
            suffix);
  }

  @Test
  void constructor_withSuffixOfUnknownCloud_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DomainPlanner(Map.of(CloudProvider.UNKNOWN, "x.tidbcloud.com")))
        .withMessageContaining("an unknown cloud");
  }

  // --- what is supported ---

  @Test
  void plan_ofConfluentDomainOnAlibabaCloud_saysWhatIsSupported() {
    assertThatExceptionOfType(UnsupportedDomainException.class)
        .isThrownBy(() -> planner.plan(alicloud(DomainRequest.confluent("domnprzqrog.us-east-1"))))
        .withMessage(
            "CONFLUENT domains cannot be attached to a link on Alibaba Cloud. Supported:"
                + " TIDBCLOUD_MANAGED and CONFLUENT on AWS, TIDBCLOUD_MANAGED on Alibaba Cloud.");
  }

  @Test
  void plan_ofUnknownDomainType_isUnsupported() {
    DomainRequest unknown = new DomainRequest(DomainType.UNKNOWN, Optional.empty(), false);

    assertThatExceptionOfType(UnsupportedDomainException.class)
        .isThrownBy(() -> planner.plan(aws(unknown, "use1-az1")))
        .withMessageStartingWith("UNKNOWN domains cannot be attached");
  }

  // --- managed names ---

  @ParameterizedTest
  @ValueSource(strings = {UNIQUE, UNIQUE + "-2", UNIQUE + "-10", UNIQUE + "-99"})
  void plan_withThisConnectionsManagedName_takesIt(String name) {
    assertThat(planner.plan(aws(DomainRequest.managed(name), "use1-az1")).uniqueName())
        .isEqualTo(name);
  }

  @Test
  void plan_withAnotherConnectionsName_isRefusedAndTellsThisOnesNames() {
    assertThat(managedRefusal("aaaaaaaaaaaaaaaaaaaaaaaaaa"))
        .isEqualTo(
            "The managed unique name \"aaaaaaaaaaaaaaaaaaaaaaaaaa\" cannot be used: it is another"
                + " connection's name. This connection's names are \"%1$s\", then \"%1$s-2\" to"
                + " \"%1$s-99\"; leave the name out to get the first.",
            UNIQUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0", "-1", "-02", "-100", "-", "-x", "-2-2"})
  void plan_withBadOrdinal_saysTheRange(String ordinal) {
    assertThat(managedRefusal(UNIQUE + ordinal))
        .contains("goes from 2 to 99, without leading zeros");
  }

  @ParameterizedTest
  @CsvSource({
    "'', it is blank",
    "k7pqm2x4abcdefghijklmnopqr.aws.tidbcloud.com, it is a whole domain",
    "plc-k7pqm2x4abcdefghijklmnopqr, leave out \"plc-\"",
    "K7PQM2X4ABCDEFGHIJKLMNOPQR, lower case",
    "k7pqm2x4abcdefghijklmnopqr., dots around it",
    "a.b, it is not made from this connection's id",
  })
  void plan_withOtherTextAsManagedName_saysWhatIsWrong(String name, String reason) {
    assertThat(managedRefusal(name)).contains(reason);
  }

  @Test
  void plan_withControlCharactersInTheName_escapesAndCutsThem() {
    InvalidRequestException refused =
        catchThrowableOfType(
            InvalidRequestException.class,
            () ->
                planner.plan(
                    aws(DomainRequest.managed("x\r\nforged" + "y".repeat(5000)), "use1-az1")));

    assertThat(refused.getMessage())
        .contains("x\\u000d\\u000aforged")
        .doesNotContain("\n")
        .hasSizeLessThan(1000);
    assertThat(refused.details().resource().orElseThrow()).startsWith("x\\u000d\\u000aforged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plc-", "k7pqm2x4abcdefghijklmnopqr", "plc-a.b", "plc-A", "plc-a-2"})
  void plan_withMalformedConnectionId_isRefused(String id) {
    DomainPlanner.Input in =
        new DomainPlanner.Input(
            id,
            AWS,
            "us-east-1",
            DomainRequest.managed(),
            List.of(),
            Set.of(),
            Optional.empty(),
            Map.of());

    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> planner.plan(in))
        .withMessage(
            "\"%s\" is not a connection id: ids are plc- and 26 lower-case letters and digits", id);
  }

  // --- Confluent's names ---

  @ParameterizedTest
  @CsvSource({
    "use1-az1.domnprzqrog.us-east-1, cut \"use1-az1.\" off its front",
    "DOMNPRZQROG.us-east-1, write it in lower case",
    "domnprzqrog.us-east-1., leave out the trailing dot",
    "domnprzqrog.us-east-1.aws.confluent.cloud, leave out \".aws.confluent.cloud\"",
    "' domnprzqrog.us-east-1', leave out the blanks around it",
    "SASL_SSL://domnprzqrog.us-east-1.aws.confluent.cloud:9092, leave out scheme and port",
    "lkc-7d1-x.use1-az4.domnprzqrog.us-east-1.aws.confluent.cloud:9092, cut"
        + " \"lkc-7d1-x.use1-az4.\"",
  })
  void plan_withConfluentNamePastedWithMore_saysWhatToCutAndWhatToWrite(String name, String step) {
    assertThat(refusal(name)).contains(step).endsWith("Write \"domnprzqrog.us-east-1\".");
  }

  @Test
  void plan_withWholeSubdomainPasted_listsAllSteps() {
    assertThat(refusal("use1-az1.domnprzqrog.us-east-1.aws.confluent.cloud."))
        .isEqualTo(
            "The Confluent unique name \"use1-az1.domnprzqrog.us-east-1.aws.confluent.cloud.\""
                + " cannot be used: leave out the trailing dot, leave out"
                + " \".aws.confluent.cloud\", cut \"use1-az1.\" off its front. Write"
                + " \"domnprzqrog.us-east-1\".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-east-1", "us-west-2", "us-east-1.aws.confluent.cloud"})
  void plan_withRegionAsConfluentName_saysThatItWouldHideTheRegion(String name) {
    assertThat(refusal(name))
        .contains("it is only a region")
        .contains("would hide all other Confluent names of it from everybody in the VPC")
        .contains("Put the network's id before it");
  }

  @Test
  void plan_withClusterAsConfluentName_saysWhereTheNetworksNameIs() {
    assertThat(refusal("pkc-abc.us-east-1"))
        .contains("it names a cluster, not a network")
        .contains("such as domnprzqrog.us-east-1.aws.confluent.cloud")
        .contains("that is \"domnprzqrog.us-east-1\"");
  }

  @Test
  void plan_withNetworkIdAlone_addsTheServicesRegion() {
    assertThat(refusal("domnprzqrog"))
        .endsWith("its region is missing. Write \"domnprzqrog.us-east-1\".");
  }

  @Test
  void plan_withConfluentNameOfOtherRegion_namesBothRegions() {
    assertThat(refusal("domnprzqrog.us-west-2"))
        .contains(
            "it names the region us-west-2, but this connection's service lives in us-east-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", ".", "aws.confluent.cloud", ".aws.confluent.cloud"})
  void plan_withoutNetworkInConfluentName_saysThatItNamesNone(String name) {
    assertThat(refusal(name)).contains("it names no network");
  }

  @Test
  void plan_withConfluentRequestWithoutName_saysThatItNamesNone() {
    DomainRequest request = new DomainRequest(DomainType.CONFLUENT, Optional.empty(), false);

    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> planner.plan(aws(request, "use1-az1")))
        .withMessageContaining("it names no network");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab1.us-east-1.aws.private.confluent.cloud",
        "x.us-east-1.aws.glb.confluent.cloud"
      })
  void plan_withDomainOfOtherConfluentNetworks_saysWhichAreSupported(String name) {
    assertThat(refusal(name))
        .contains("only domains that end with \".aws.confluent.cloud\" are supported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abcd.us-east-1",
        "abcdefghijklmnopqrstu.us-east-1",
        "dom-nprz.us-east-1",
        "domnprzqrog..us-east-1",
        "domnprzqrog.use1-az1",
        "*.us-east-1",
        "domnprzqrog.us-east-1\n",
        "domnprzqrog\u0000.us-east-1",
      })
  void plan_withMalformedConfluentName_isRefused(String name) {
    assertThat(refusal(name)).contains("cannot be used").doesNotContain("\n").doesNotContain("\0");
  }

  @Test
  void plan_withEndlessConfluentName_isRefusedShortly() {
    assertThat(refusal("1:".repeat(100_000))).hasSizeLessThan(1200);
  }

  // --- records and coverage ---

  @Test
  void plan_withAllZones_hasOneRegionalAndOneRecordPerZone() {
    DomainPlan plan = planner.plan(aws(DomainRequest.managed(), "use1-az2", "use1-az1"));

    assertThat(plan.records())
        .containsExactly(
            new DnsRecord("*", "*." + plan.apex(), Optional.of(REGIONAL)),
            new DnsRecord(
                "*.use1-az1", "*.use1-az1." + plan.apex(), Optional.of("vpce-0f-x1-us-east-1b.x")),
            new DnsRecord(
                "*.use1-az2", "*.use1-az2." + plan.apex(), Optional.of("vpce-0f-x1-us-east-1a.x")));
    assertThat(plan.coverage())
        .containsExactly(
            entry("use1-az1", ZoneCoverage.ZONAL), entry("use1-az2", ZoneCoverage.ZONAL));
    assertThat(plan.findings()).isEmpty();
  }

  @Test
  void plan_withOneZone_hasRegionalAndZonalRecordAndWarnsOfTheOther() {
    DomainPlan plan = planner.plan(aws(DomainRequest.managed(), "use1-az1"));

    assertThat(plan.records()).extracting(DnsRecord::host).containsExactly("*", "*.use1-az1");
    assertThat(plan.coverage())
        .containsExactly(
            entry("use1-az1", ZoneCoverage.ZONAL),
            entry("use1-az2", ZoneCoverage.REGIONAL_FALLBACK));
    assertThat(plan.findings())
        .containsExactly(
            new Finding(
                FindingCode.CROSS_ZONE_NEEDED,
                Severity.WARNING,
                Actor.SERVICE_OWNER,
                "The endpoint has no address in use1-az2: names of brokers there enter through"
                    + " another zone (use1-az1), which works only if the service owner switches on"
                    + " cross-zone load balancing, or serves these zones too."));
  }

  @Test
  void plan_beforeTheCloudHasNamedTheEndpoint_hasTheSameNamesWithoutTargets() {
    DomainPlan plan = planner.plan(alicloud(DomainRequest.managed()));

    assertThat(plan.records())
        .containsExactly(
            new DnsRecord("*", "*." + plan.apex(), Optional.empty()),
            new DnsRecord(
                "*.ap-southeast-1a", "*.ap-southeast-1a." + plan.apex(), Optional.empty()));
    assertThat(plan.findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.code()).isEqualTo(FindingCode.TARGETS_UNKNOWN);
              assertThat(f.severity()).isEqualTo(Severity.INFO);
            });
  }

  @Test
  void plan_withNamedEndpointWithoutAnyZone_saysThatNothingLeadsAnywhere() {
    DomainPlan plan = planner.plan(aws(DomainRequest.managed()));

    assertThat(plan.records()).extracting(DnsRecord::host).containsExactly("*");
    assertThat(plan.coverage().values()).containsOnly(ZoneCoverage.NONE);
    assertThat(plan.findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.code()).isEqualTo(FindingCode.ZONE_NOT_COVERED);
              assertThat(f.severity()).isEqualTo(Severity.ERROR);
              assertThat(f.actor()).isEqualTo(Actor.OPERATOR);
              assertThat(f.message()).contains("lead nowhere in use1-az1, use1-az2");
            });
  }

  @Test
  void plan_ofYoungEndpointWithoutAnyZone_onlyAsksToWait() {
    DomainPlan plan =
        planner.plan(
            new DomainPlanner.Input(
                ID,
                AWS,
                "us-east-1",
                DomainRequest.managed(),
                List.of("use1-az1"),
                Set.of(),
                Optional.empty(),
                Map.of()));

    assertThat(plan.findings())
        .extracting(Finding::code, Finding::severity, Finding::actor)
        .containsExactly(
            tuple(FindingCode.ZONE_NOT_COVERED, Severity.WARNING, Actor.NOBODY),
            tuple(FindingCode.TARGETS_UNKNOWN, Severity.INFO, Actor.NOBODY));
  }

  @Test
  void plan_withEndpointZoneOutsideTheNetwork_hasItsRecordButNoCoverage() {
    DomainPlan plan = planner.plan(aws(DomainRequest.managed(), "use1-az1", "use1-az6"));

    assertThat(plan.records())
        .extracting(DnsRecord::host)
        .containsExactly("*", "*.use1-az1", "*.use1-az6");
    assertThat(plan.coverage()).containsOnlyKeys("use1-az1", "use1-az2");
  }

  @Test
  void plan_withTargetsAsTheCloudWritesThem_normalisesThem() {
    DomainPlan plan =
        planner.plan(
            new DomainPlanner.Input(
                ID,
                AWS,
                "us-east-1",
                DomainRequest.managed(),
                List.of(),
                Set.of(),
                Optional.of("VPCE-0F.vpce.amazonaws.com."),
                Map.of()));

    assertThat(plan.records())
        .extracting(DnsRecord::target)
        .containsExactly(Optional.of("vpce-0f.vpce.amazonaws.com"));
  }

  @Test
  void plan_withZoneThatIsNoLabel_makesNoRecordOfIt() {
    DomainPlan plan = planner.plan(aws(DomainRequest.managed(), "use1-az1", "a.b", "*", ""));

    assertThat(plan.records()).extracting(DnsRecord::host).containsExactly("*", "*.use1-az1");
  }

  // --- names from the ledger and of zones ---

  @Test
  void apex_ofWellFormedNames_isTheDomain() {
    assertThat(planner.apex(DomainType.TIDBCLOUD_MANAGED, CloudProvider.ALICLOUD, "abc-2"))
        .isEqualTo("abc-2.alicloud.tidbcloud.com");
    assertThat(planner.apex(DomainType.CONFLUENT, CloudProvider.AWS, "domnprzqrog.us-east-1"))
        .isEqualTo("domnprzqrog.us-east-1.aws.confluent.cloud");
  }

  @ParameterizedTest
  @CsvSource({
    "CONFLUENT, us-east-1",
    "CONFLUENT, a.domnprzqrog.us-east-1",
    "CONFLUENT, ''",
    "TIDBCLOUD_MANAGED, ''",
    "TIDBCLOUD_MANAGED, a.b",
    "TIDBCLOUD_MANAGED, abc-1",
  })
  void apex_ofNameEditedByHand_isRefused(DomainType type, String name) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> planner.apex(type, CloudProvider.AWS, name))
        .withMessage("\"%s\" is not a unique name of %s domains", name, type);
  }

  @ParameterizedTest
  @CsvSource({
    "TIDBCLOUD_MANAGED, AWS, abc-2.aws.tidbcloud.com, abc-2",
    "TIDBCLOUD_MANAGED, ALICLOUD, abc.alicloud.tidbcloud.com, abc",
    "TIDBCLOUD_MANAGED, AWS, abc.alicloud.tidbcloud.com,",
    "TIDBCLOUD_MANAGED, AWS, aws.tidbcloud.com,",
    "TIDBCLOUD_MANAGED, AWS, com,",
    "CONFLUENT, AWS, domnprzqrog.us-east-1.aws.confluent.cloud, domnprzqrog.us-east-1",
    "CONFLUENT, AWS, us-east-1.aws.confluent.cloud,",
    "CONFLUENT, ALICLOUD, domnprzqrog.us-east-1.aws.confluent.cloud,",
  })
  void uniqueName_isWhatStandsBeforeTheSuffix(
      DomainType type, CloudProvider cloud, String zone, String uniqueName) {
    assertThat(planner.uniqueName(type, cloud, zone)).isEqualTo(Optional.ofNullable(uniqueName));
  }

  @Test
  void managedOwner_ofManagedZone_isTheConnection() {
    assertThat(planner.managedOwner(CloudProvider.ALICLOUD, UNIQUE + ".alicloud.tidbcloud.com"))
        .contains(ID);
    assertThat(planner.managedOwner(CloudProvider.AWS, UNIQUE + "-12.aws.tidbcloud.com"))
        .contains(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws.tidbcloud.com",
        ".aws.tidbcloud.com",
        "a.b.aws.tidbcloud.com",
        "abc.alicloud.tidbcloud.com",
        "domnprzqrog.us-east-1.aws.confluent.cloud",
      })
  void managedOwner_ofOtherZones_isEmpty(String zone) {
    assertThat(planner.managedOwner(CloudProvider.AWS, zone)).isEmpty();
    assertThat(planner.managedOwner(CloudProvider.UNKNOWN, zone)).isEmpty();
  }
}
