package io.privatelink4j.aws;

import static io.privatelink4j.aws.BareAws.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.HostedZoneSummary;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByVpcResponse;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;

/** What Route 53's documentation says of private hosted zones. */
class FakeAwsZonesTest {
  private static final String NAME = "x.example.com";

  private BareAws aws = new BareAws();

  @AfterEach
  void close() {
    aws.close();
  }

  private void with(Assumption assumption) {
    aws.close();
    aws = new BareAws(assumption);
  }

  // Creation

  @Test
  void creation_answersZoneVpcAndPendingChange() {
    CreateHostedZoneResponse made =
        aws.route53.createHostedZone(aws.zone("X.Example.com", "a reference").build());

    HostedZone zone = made.hostedZone();
    assertThat(zone.name()).isEqualTo("x.example.com.");
    assertThat(zone.callerReference()).isEqualTo("a reference");
    assertThat(zone.config().privateZone()).isTrue();
    assertThat(zone.config().comment()).isEqualTo("a comment");
    assertThat(zone.resourceRecordSetCount()).isEqualTo(2);
    assertThat(made.vpc().vpcId()).isEqualTo(aws.network.vpcId());
    assertThat(made.vpc().vpcRegionAsString()).isEqualTo(FakeAws.REGION);
    assertThat(made.changeInfo().statusAsString()).isEqualTo("PENDING");
  }

  @Test
  void callerReference_canNeverBeUsedAgain_evenOnceItsZoneIsDeleted() {
    String id = aws.route53.createHostedZone(aws.zone(NAME, "r").build()).hostedZone().id();

    refused(
        () -> aws.route53.createHostedZone(aws.zone(NAME, "r").build()),
        409,
        "HostedZoneAlreadyExists");
    aws.route53.deleteHostedZone(request -> request.id(id));
    refused(
        () -> aws.route53.createHostedZone(aws.zone("y.example.com", "r").build()),
        409,
        "HostedZoneAlreadyExists");
  }

  @Test
  void callerReference_ofARefusedCreation_isNotUsedUp() {
    aws.createZone(NAME);
    refused(
        () -> aws.route53.createHostedZone(aws.zone(NAME, "r").build()), "ConflictingDomainExists");

    assertThat(aws.route53.createHostedZone(aws.zone("y.example.com", "r").build()).hostedZone())
        .isNotNull();
  }

  @Test
  void callerReference_has1To128Characters() {
    aws.route53.createHostedZone(aws.zone(NAME, "r".repeat(128)).build());

    refused(
        () -> aws.route53.createHostedZone(aws.zone("y.example.com", "r".repeat(129)).build()),
        "InvalidInput");
  }

  @Test
  void zone_ofANameThatTheVpcHas_conflicts_whoeverOwnsIt() {
    aws.createZone(NAME);
    aws.fake.addStrangersZone(aws.network.vpcId(), "strange.example.com");
    aws.fake.addServicesZone(aws.network.vpcId(), "efs.example.com", "efs.amazonaws.com");

    for (String name : List.of(NAME, "X.example.com.", "strange.example.com", "efs.example.com")) {
      refused(
          () -> aws.route53.createHostedZone(aws.zone(name, "new " + name).build()),
          "ConflictingDomainExists");
    }
  }

  @Test
  void zones_ofParentChildAndOtherVpcs_doNotConflict() {
    ClusterNetwork other = aws.fake.addNetwork();
    aws.createZone(NAME);
    aws.createZone("example.com");
    aws.createZone("a.x.example.com");
    aws.route53.createHostedZone(
        aws.zone(NAME, "other")
            .vpc(vpc -> vpc.vpcId(other.vpcId()).vpcRegion(FakeAws.REGION))
            .build());

    assertThat(aws.fake.zoneCount()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.example.com", "a b.example.com", "a..example.com", "ü.example.com"})
  void name_thatIsNoDomain_isInvalid(String name) {
    refused(() -> aws.createZone(name), "InvalidDomainName");
  }

  @Test
  void labels_haveAtMost63Characters() {
    aws.createZone("x".repeat(63) + ".example.com");

    refused(() -> aws.createZone("x".repeat(64) + ".example.com"), "InvalidDomainName");
  }

  @Test
  void vpc_mustBeThereInItsRegion() {
    refused(
        () ->
            aws.route53.createHostedZone(
                aws.zone(NAME, "r")
                    .vpc(vpc -> vpc.vpcId("vpc-0123456789abcdef0").vpcRegion(FakeAws.REGION))
                    .build()),
        "InvalidVPCId");
    refused(
        () ->
            aws.route53.createHostedZone(
                aws.zone(NAME, "r")
                    .vpc(vpc -> vpc.vpcId(aws.network.vpcId()).vpcRegion("us-east-1"))
                    .build()),
        "InvalidVPCId");
  }

  @Test
  void privateZone_needsItsVpc_andAShortComment() {
    refused(
        () ->
            aws.route53.createHostedZone(
                request ->
                    request
                        .name(NAME)
                        .callerReference("r")
                        .hostedZoneConfig(config -> config.privateZone(true))),
        "InvalidInput");
    refused(
        () ->
            aws.route53.createHostedZone(
                aws.zone(NAME, "r")
                    .hostedZoneConfig(config -> config.comment("c".repeat(257)))
                    .build()),
        "InvalidInput");
  }

  @Test
  void configuration_isOptional() {
    CreateHostedZoneResponse made =
        aws.route53.createHostedZone(
            request ->
                request
                    .name(NAME)
                    .callerReference("r")
                    .vpc(vpc -> vpc.vpcId(aws.network.vpcId()).vpcRegion(FakeAws.REGION)));

    assertThat(made.hostedZone().config().privateZone()).isTrue();
  }

  @Test
  void account_has500Zones() {
    IntStream.range(0, 500).forEach(i -> aws.createZone("z" + i + ".example.com"));

    refused(() -> aws.createZone(NAME), "TooManyHostedZones");
  }

  // Reads

  @Test
  void zone_isReadWithItsReferenceAndVpc() {
    GetHostedZoneResponse answer =
        aws.route53.getHostedZone(request -> request.id(aws.createZone(NAME)));

    assertThat(answer.hostedZone().callerReference()).isEqualTo("reference of " + NAME);
    assertThat(answer.vpCs())
        .singleElement()
        .satisfies(vpc -> assertThat(vpc.vpcId()).isEqualTo(aws.network.vpcId()));
  }

  @Test
  void zoneThatIsNotThere_isNoSuchHostedZone() {
    refused(() -> aws.route53.getHostedZone(r -> r.id("Z1")), 404, "NoSuchHostedZone");
    refused(() -> aws.route53.deleteHostedZone(r -> r.id("Z1")), 404, "NoSuchHostedZone");
    refused(
        () -> aws.route53.listResourceRecordSets(r -> r.hostedZoneId("Z1")),
        404,
        "NoSuchHostedZone");
  }

  @Test
  void newZone_isNotFoundByIdForAWhileIfAssumed_butListed() {
    with(Assumption.FRESH_ZONE_MISSING_3S);
    String id = aws.createZone(NAME);

    refused(() -> aws.route53.getHostedZone(r -> r.id(id)), 404, "NoSuchHostedZone");
    assertThat(inVpc().hostedZoneSummaries()).hasSize(1);
    aws.pass(Duration.ofSeconds(3));
    assertThat(aws.route53.getHostedZone(r -> r.id(id)).hostedZone().name()).isEqualTo(NAME + ".");
  }

  private ListHostedZonesByVpcResponse inVpc() {
    return aws.route53.listHostedZonesByVPC(
        request -> request.vpcId(aws.network.vpcId()).vpcRegion(FakeAws.REGION));
  }

  @Test
  void listByVpc_tellsEveryOwnersZones_andNoReference() {
    String id = aws.createZone(NAME);
    aws.fake.addStrangersZone(aws.network.vpcId(), "strange.example.com");
    aws.fake.addServicesZone(aws.network.vpcId(), "efs.example.com", "efs.amazonaws.com");

    List<HostedZoneSummary> zones = inVpc().hostedZoneSummaries();

    assertThat(zones)
        .extracting(HostedZoneSummary::name)
        .containsExactlyInAnyOrder("x.example.com.", "strange.example.com.", "efs.example.com.");
    assertThat(zones)
        .extracting(zone -> String.valueOf(zone.owner().owningAccount()))
        .containsExactlyInAnyOrder(FakeWorld.ACCOUNT, FakeWorld.STRANGER, "null");
    assertThat(zones)
        .extracting(zone -> String.valueOf(zone.owner().owningService()))
        .containsExactlyInAnyOrder("null", "null", "efs.amazonaws.com");
    assertThat(zones).extracting(HostedZoneSummary::hostedZoneId).contains(id);
  }

  @Test
  void listByVpc_hasPagesOf100() {
    IntStream.range(0, 101).forEach(i -> aws.createZone("z" + i + ".example.com"));
    ListHostedZonesByVpcResponse first = inVpc();
    ListHostedZonesByVpcResponse second =
        aws.route53.listHostedZonesByVPC(
            request ->
                request
                    .vpcId(aws.network.vpcId())
                    .vpcRegion(FakeAws.REGION)
                    .maxItems("500")
                    .nextToken(first.nextToken()));

    assertThat(first.hostedZoneSummaries()).hasSize(100);
    assertThat(second.hostedZoneSummaries()).hasSize(1);
    assertThat(second.nextToken()).isNull();
    refused(
        () ->
            aws.route53.listHostedZonesByVPC(
                request ->
                    request
                        .vpcId(aws.network.vpcId())
                        .vpcRegion(FakeAws.REGION)
                        .nextToken("forged")),
        "InvalidPaginationToken");
  }

  @Test
  void listByVpc_ofAnUnknownVpc_isInvalid() {
    refused(
        () ->
            aws.route53.listHostedZonesByVPC(
                request -> request.vpcId("vpc-0123456789abcdef0").vpcRegion(FakeAws.REGION)),
        "InvalidInput");
  }

  @Test
  void list_hasOurZonesOfAllVpcs_withReferences_inPages() {
    List<String> ids = new ArrayList<>();
    IntStream.range(0, 101).forEach(i -> ids.add(aws.createZone("z" + i + ".example.com")));
    aws.fake.addStrangersZone(aws.network.vpcId(), "strange.example.com");
    ListHostedZonesResponse first = aws.route53.listHostedZones();
    ListHostedZonesResponse second =
        aws.route53.listHostedZones(request -> request.marker(first.nextMarker()));

    assertThat(first.hostedZones()).hasSize(100);
    assertThat(first.isTruncated()).isTrue();
    assertThat(second.isTruncated()).isFalse();
    List<String> seen = new ArrayList<>(first.hostedZones().stream().map(HostedZone::id).toList());
    seen.addAll(second.hostedZones().stream().map(HostedZone::id).toList());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(first.hostedZones().get(0).callerReference()).startsWith("reference of z");
  }

  // Changes

  @Test
  void change_isPendingThenInSync_andKeepsItsTime() {
    var change = aws.route53.createHostedZone(aws.zone(NAME, "r").build()).changeInfo();
    Instant submitted = change.submittedAt();
    assertThat(change.id()).doesNotContain("/");
    assertThat(aws.route53.getChange(r -> r.id(change.id())).changeInfo().statusAsString())
        .isEqualTo("PENDING");
    aws.pass(FakeWorld.DNS_SYNC);

    var later = aws.route53.getChange(r -> r.id(change.id())).changeInfo();
    assertThat(later.statusAsString()).isEqualTo("INSYNC");
    assertThat(later.submittedAt()).isEqualTo(submitted);
    refused(() -> aws.route53.getChange(r -> r.id("C1")), 404, "NoSuchChange");
  }

  // Deletion

  @Test
  void deletedZone_isGone_andItsNameFree() {
    String id = aws.createZone(NAME);
    assertThat(aws.route53.deleteHostedZone(r -> r.id(id)).changeInfo().statusAsString())
        .isEqualTo("PENDING");

    refused(() -> aws.route53.getHostedZone(r -> r.id(id)), 404, "NoSuchHostedZone");
    refused(() -> aws.route53.deleteHostedZone(r -> r.id(id)), 404, "NoSuchHostedZone");
    assertThat(aws.route53.createHostedZone(aws.zone(NAME, "new").build()).hostedZone().id())
        .isNotEqualTo(id);
  }

  @Test
  void ids_withTheirPathAreNotTakenBack() {
    String id = aws.createZone(NAME);

    refused(() -> aws.route53.getHostedZone(r -> r.id("/hostedzone/" + id)), "InvalidInput");
  }
}
