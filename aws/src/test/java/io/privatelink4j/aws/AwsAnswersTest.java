package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.ResourceState;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.ZoneRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.ServiceDetail;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Answers in the library's words. */
class AwsAnswersTest {
  private static final String ID = "vpce-0aaaaaaaaaaaaaaaa";
  private static final String OWN = ID + "-1b2c3d4e";
  private static final String SERVICE = "com.amazonaws.vpce.us-east-1.vpce-svc-0bbbbbbbbbbbbbbbb";
  private static final String REST = ".vpce-svc-0bbbbbbbbbbbbbbbb.us-east-1.vpce.amazonaws.com";

  @ParameterizedTest
  @CsvSource({
    "pendingAcceptance, CREATING, AWAITING_OWNER",
    "PendingAcceptance, CREATING, AWAITING_OWNER",
    "PENDINGACCEPTANCE, CREATING, AWAITING_OWNER",
    "pending, CREATING, CONNECTING",
    "Pending, CREATING, CONNECTING",
    "available, READY, CONNECTED",
    "Available, READY, CONNECTED",
    "partial, PARTIAL, CONNECTED",
    "rejected, READY, REJECTED",
    "expired, READY, EXPIRED",
    "failed, FAILED, UNKNOWN",
    "deleting, DELETING, UNKNOWN",
    "Deleted, DELETED, UNKNOWN",
    "somethingNew, UNKNOWN, UNKNOWN"
  })
  void states_areReadWhateverTheirCase_andKeptAsTheyCame(
      String raw, ResourceState resource, LinkState link) {
    Endpoint endpoint =
        Ec2Answers.endpoint(VpcEndpoint.builder().vpcEndpointId(ID).state(raw).build(), "r");

    assertThat(endpoint.resource()).isEqualTo(resource);
    assertThat(endpoint.link()).isEqualTo(link);
    assertThat(endpoint.rawStatus()).isEqualTo(raw);
  }

  @Test
  void endpoint_ofWhichAwsTellsNothing_isUnknownAndNoError() {
    Endpoint endpoint = Ec2Answers.endpoint(VpcEndpoint.builder().build(), "us-east-1");

    assertThat(endpoint.resource()).isEqualTo(ResourceState.UNKNOWN);
    assertThat(endpoint.rawStatus()).isNotBlank();
    assertThat(endpoint.createTime()).isEqualTo(Instant.EPOCH);
    assertThat(endpoint.dnsName()).isEmpty();
    assertThat(endpoint.zones()).isEmpty();
  }

  @Test
  void failure_tellsCodeMessageAndReason() {
    Endpoint endpoint =
        Ec2Answers.endpoint(
            VpcEndpoint.builder()
                .state("failed")
                .lastError(error -> error.code("SomeCode").message("some message"))
                .failureReason("some reason")
                .build(),
            "r");

    assertThat(endpoint.failure()).hasValue("SomeCode: some message: some reason");
  }

  @Test
  void serviceRegion_isToldWhereItIsAnother() {
    VpcEndpoint endpoint = VpcEndpoint.builder().serviceRegion("eu-west-1").build();

    assertThat(Ec2Answers.endpoint(endpoint, "eu-west-1").serviceRegion()).isEmpty();
    assertThat(Ec2Answers.endpoint(endpoint, "us-east-1").serviceRegion()).hasValue("eu-west-1");
  }

  @Test
  void names_areToldApartByStructure_whateverTheirOrder() {
    EndpointNames names =
        EndpointNames.of(
            ID,
            SERVICE,
            List.of(
                OWN + "-us-east-1b" + REST,
                "private.example.com",
                "*.private.example.com",
                (OWN + REST).toUpperCase(java.util.Locale.ROOT) + ".",
                OWN + "-us-east-1-atl-1a" + REST));

    assertThat(names.regional()).hasValue(OWN + REST);
    assertThat(names.zonal())
        .isEqualTo(
            Map.of(
                "us-east-1b", OWN + "-us-east-1b" + REST,
                "us-east-1-atl-1a", OWN + "-us-east-1-atl-1a" + REST));
  }

  @Test
  void names_withoutTheRegionalOne_haveNone() {
    EndpointNames names = EndpointNames.of(ID, SERVICE, List.of(OWN + "-us-east-1b" + REST));

    assertThat(names.regional()).isEmpty();
    assertThat(names.zonal()).containsOnlyKeys("us-east-1b");
  }

  @Test
  void names_inChina_areTheSameButForTheEnd() {
    String rest = ".vpce-svc-0bbbbbbbbbbbbbbbb.cn-north-1.vpce.amazonaws.com.cn";
    EndpointNames names =
        EndpointNames.of(
            ID,
            "cn.com.amazonaws.vpce.cn-north-1.vpce-svc-0bbbbbbbbbbbbbbbb",
            List.of(OWN + rest, OWN + "-cn-north-1a" + rest));

    assertThat(names.regional()).hasValue(OWN + rest);
    assertThat(names.zonal()).containsOnlyKeys("cn-north-1a");
  }

  @Test
  void service_thatDoesNotTellItsZonesOrAcceptance_isUnknown() {
    ServiceDescription service =
        Ec2Answers.service(ServiceDetail.builder().serviceName(SERVICE).build());

    assertThat(service.zoneIds()).isEmpty();
    assertThat(service.zoneNames()).isEmpty();
    assertThat(service.acceptance()).isEqualTo(io.privatelink4j.model.Acceptance.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "'\\052.use1-az1.X.Example.com.', *.use1-az1.x.example.com",
    "x.example.com., x.example.com",
    "x.example.com, x.example.com",
    "'a\\\\b', 'a\\\\b'"
  })
  void names_ofRoute53_areNormalised(String name, String expected) {
    assertThat(DnsText.normal(name)).isEqualTo(expected);
  }

  @Test
  void hosts_areCutFromNamesAndPutBack() {
    assertThat(DnsText.host("\\052.use1-az1.x.example.com.", "x.example.com"))
        .isEqualTo("*.use1-az1");
    assertThat(DnsText.host("x.example.com.", "x.example.com")).isEqualTo("@");
    assertThat(DnsText.name("*", "x.example.com")).isEqualTo("*.x.example.com.");
  }

  @Test
  void ids_loseTheirPath() {
    assertThat(DnsText.id("/hostedzone/Z1")).isEqualTo("Z1");
    assertThat(DnsText.id("/change/C1")).isEqualTo("C1");
    assertThat(DnsText.id("Z1")).isEqualTo("Z1");
  }

  @Test
  void records_areReadWithoutEscapesAndDots() {
    ResourceRecordSet record =
        ResourceRecordSet.builder()
            .name("\\052.x.example.com.")
            .type(RRType.CNAME)
            .ttl(60L)
            .resourceRecords(ResourceRecord.builder().value("Target.Example.com.").build())
            .build();

    assertThat(Route53Answers.record(record, "x.example.com"))
        .as("the case stays, for the record to be deleted as it is")
        .isEqualTo(new ZoneRecord("", "*", "Target.Example.com", 60));
  }

  @Test
  void records_withARoutingPolicyOrOfAnotherType_areNotOurs() {
    ResourceRecordSet.Builder record =
        ResourceRecordSet.builder()
            .name("a.x.example.com.")
            .resourceRecords(ResourceRecord.builder().value("v").build());

    ZoneRecord address = Route53Answers.record(record.type(RRType.A).build(), "x.example.com");
    assertThat(address).isEqualTo(new ZoneRecord("", "a", "A", "", 0));
    assertThat(address.isCname()).isFalse();
    assertThat(
            Route53Answers.record(
                    record.type(RRType.CNAME).setIdentifier("one").build(), "x.example.com")
                .isCname())
        .isFalse();
  }

  @Test
  void recordsOfTheZoneItself_areSoaAndNsAtItsApex() {
    assertThat(ofTheZone("x.example.com.", RRType.SOA)).isTrue();
    assertThat(ofTheZone("X.example.com.", RRType.NS)).isTrue();
    assertThat(ofTheZone("x.example.com.", RRType.TXT)).isFalse();
    assertThat(ofTheZone("sub.x.example.com.", RRType.NS)).isFalse();
  }

  private static boolean ofTheZone(String name, RRType type) {
    return Route53Answers.isOfTheZoneItself(
        ResourceRecordSet.builder().name(name).type(type).build(), "x.example.com");
  }

  @Test
  void recordTokens_keepSlashesOfTheIdentifier() {
    RecordToken token = new RecordToken("CNAME", "\\052.x.example.com.", "a/b");

    assertThat(RecordToken.parse(token.text())).isEqualTo(token);
  }
}
