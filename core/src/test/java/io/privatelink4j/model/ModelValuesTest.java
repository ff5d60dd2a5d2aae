package io.privatelink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelValuesTest {
  private static Finding finding(Severity severity) {
    return new Finding(FindingCode.OTHER_REGION, severity, Actor.CALLER, "Use another region.");
  }

  private static ServiceCheck check(Finding... findings) {
    return new ServiceCheck(
        AwsEndpointService.of("svc"),
        new Zones("1", List.of(), List.of()),
        List.of(),
        List.of(),
        Acceptance.REQUIRED,
        List.of(findings));
  }

  // --- connection types ---

  @Test
  void awsEndpointService_tellsCloudTypeAndRegion() {
    AwsEndpointService service = AwsEndpointService.of("svc", "us-west-2");

    assertThat(service.cloud()).isEqualTo(CloudProvider.AWS);
    assertThat(service.typeName()).isEqualTo("AWS_ENDPOINT_SERVICE");
    assertThat(service.serviceName()).isEqualTo("svc");
    assertThat(service.region()).contains("us-west-2");
    assertThat(AwsEndpointService.of("svc").region()).isEmpty();
  }

  @Test
  void alicloudEndpointService_tellsCloudAndType() {
    AlicloudEndpointService service = AlicloudEndpointService.of("svc");

    assertThat(service.cloud()).isEqualTo(CloudProvider.ALICLOUD);
    assertThat(service.typeName()).isEqualTo("ALICLOUD_ENDPOINT_SERVICE");
    assertThat(service.serviceName()).isEqualTo("svc");
  }

  @Test
  void connectionTypes_withANull_areRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> AwsEndpointService.of(null))
        .withMessage("serviceName");
    assertThatNullPointerException().isThrownBy(() -> AwsEndpointService.of("svc", null));
    assertThatNullPointerException()
        .isThrownBy(() -> AlicloudEndpointService.of(null))
        .withMessage("serviceName");
  }

  @Test
  void cloudProvider_hasANameForPeople() {
    assertThat(CloudProvider.AWS.displayName()).isEqualTo("AWS");
    assertThat(CloudProvider.ALICLOUD.displayName()).isEqualTo("Alibaba Cloud");
    assertThat(CloudProvider.UNKNOWN.displayName()).isEqualTo("an unknown cloud");
  }

  // --- requests ---

  @Test
  void listRequest_ofACluster_isTheFirstPageOfAll() {
    assertThat(ListRequest.of("c"))
        .isEqualTo(new ListRequest("c", 100, Optional.empty(), Optional.empty()));
  }

  @Test
  void listRequest_withers_changeOneThingEach() {
    ListRequest request =
        ListRequest.of("c")
            .withPageSize(7)
            .withPageToken("token")
            .withState(ConnectionState.FAILED);

    assertThat(request)
        .isEqualTo(
            new ListRequest("c", 7, Optional.of("token"), Optional.of(ConnectionState.FAILED)));
    assertThat(request.withPageSize(8))
        .isEqualTo(
            new ListRequest("c", 8, Optional.of("token"), Optional.of(ConnectionState.FAILED)));
    assertThat(request.withPageToken("next"))
        .isEqualTo(
            new ListRequest("c", 7, Optional.of("next"), Optional.of(ConnectionState.FAILED)));
    assertThat(request.withState(ConnectionState.ACTIVE))
        .isEqualTo(
            new ListRequest("c", 7, Optional.of("token"), Optional.of(ConnectionState.ACTIVE)));
  }

  @Test
  void listRequest_withANull_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> ListRequest.of(null))
        .withMessage("clusterId");
    assertThatNullPointerException().isThrownBy(() -> ListRequest.of("c").withPageToken(null));
    assertThatNullPointerException().isThrownBy(() -> ListRequest.of("c").withState(null));
  }

  @Test
  void domainRequest_managed_isTheFirstName() {
    assertThat(DomainRequest.managed())
        .isEqualTo(new DomainRequest(DomainType.TIDBCLOUD_MANAGED, Optional.empty(), false));
  }

  @Test
  void domainRequest_managedByName_isThatName() {
    assertThat(DomainRequest.managed("abc-2"))
        .isEqualTo(new DomainRequest(DomainType.TIDBCLOUD_MANAGED, Optional.of("abc-2"), false));
  }

  @Test
  void domainRequest_confluent_isThatName() {
    assertThat(DomainRequest.confluent("dom.us-east-1"))
        .isEqualTo(new DomainRequest(DomainType.CONFLUENT, Optional.of("dom.us-east-1"), false));
  }

  @Test
  void domainRequest_allowedBeforeActive_changesThatAlone() {
    DomainRequest request =
        new DomainRequest(DomainType.CONFLUENT, Optional.of("dom.us-east-1"), false);

    assertThat(request.allowedBeforeActive())
        .isEqualTo(new DomainRequest(DomainType.CONFLUENT, Optional.of("dom.us-east-1"), true));
  }

  @Test
  void domainRequest_withANull_isRefused() {
    assertThatNullPointerException().isThrownBy(() -> DomainRequest.managed(null));
    assertThatNullPointerException().isThrownBy(() -> DomainRequest.confluent(null));
  }

  @Test
  void createConnectionRequest_withTheLeast_hasDefaults() {
    CreateConnectionRequest request =
        CreateConnectionRequest.builder()
            .clusterId("c")
            .displayName("n")
            .type(AwsEndpointService.of("svc"))
            .build();

    assertThat(request.checkMode()).isEqualTo(CheckMode.STRICT);
    assertThat(request.requestId()).isEmpty();
    assertThat(request.createdBy()).isEmpty();
    assertThat(request.extraLabels()).isEmpty();
  }

  @Test
  void createConnectionRequest_withEverything_keepsIt() {
    CreateConnectionRequest request =
        CreateConnectionRequest.builder()
            .clusterId("c")
            .displayName("n")
            .type(AwsEndpointService.of("svc"))
            .requestId("op")
            .createdBy("alice")
            .putExtraLabels("a", "1")
            .putAllExtraLabels(Map.of("b", "2"))
            .checkMode(CheckMode.OFF)
            .build();

    assertThat(request.clusterId()).isEqualTo("c");
    assertThat(request.displayName()).isEqualTo("n");
    assertThat(request.type()).isEqualTo(AwsEndpointService.of("svc"));
    assertThat(request.requestId()).contains("op");
    assertThat(request.createdBy()).contains("alice");
    assertThat(request.extraLabels()).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(request.checkMode()).isEqualTo(CheckMode.OFF);
  }

  @Test
  void createConnectionRequest_withoutARequiredValue_saysWhichIsMissing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> CreateConnectionRequest.builder().build())
        .withMessageContaining("clusterId")
        .withMessageContaining("displayName")
        .withMessageContaining("type");
  }

  @Test
  void createConnectionRequest_withANull_isRefused() {
    CreateConnectionRequest.Builder builder = CreateConnectionRequest.builder();

    assertThatNullPointerException().isThrownBy(() -> builder.clusterId(null));
    assertThatNullPointerException().isThrownBy(() -> builder.requestId(null));
    assertThatNullPointerException().isThrownBy(() -> builder.putExtraLabels("k", null));
  }

  // --- answers ---

  @Test
  void connectionRef_keepsItsIds() {
    ConnectionRef ref = ConnectionRef.of("c", "plc-1");

    assertThat(ref.clusterId()).isEqualTo("c");
    assertThat(ref.id()).isEqualTo("plc-1");
    assertThat(ref).isEqualTo(ConnectionRef.of("c", "plc-1"));
  }

  @Test
  void connectionRef_withANull_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> ConnectionRef.of(null, "plc-1"))
        .withMessage("clusterId");
    assertThatNullPointerException()
        .isThrownBy(() -> ConnectionRef.of("c", null))
        .withMessage("id");
  }

  @Test
  void decision_allow_hasNoDenial() {
    assertThat(Decision.allow().allowed()).isTrue();
    assertThat(Decision.allow().denial()).isEmpty();
  }

  @Test
  void decision_deny_hasItsReason() {
    assertThat(Decision.deny("not yours").allowed()).isFalse();
    assertThat(Decision.deny("not yours").denial()).contains("not yours");
    assertThatNullPointerException().isThrownBy(() -> Decision.deny(null));
  }

  @Test
  void serviceCheck_withoutErrors_isOk() {
    ServiceCheck check = check(finding(Severity.WARNING), finding(Severity.INFO));

    assertThat(check.ok()).isTrue();
    assertThat(check.errors()).isEmpty();
  }

  @Test
  void serviceCheck_withAnError_isNotOkAndTellsIt() {
    Finding error = finding(Severity.ERROR);
    ServiceCheck check = check(error, finding(Severity.WARNING));

    assertThat(check.ok()).isFalse();
    assertThat(check.errors()).containsExactly(error);
  }

  @Test
  void finding_printsAsOneLine() {
    assertThat(finding(Severity.ERROR))
        .hasToString("ERROR OTHER_REGION [CALLER] Use another region.");
  }

  @Test
  void domainPlan_sortsItsCoverageByZone() {
    DomainPlan plan =
        new DomainPlan(
            DomainType.TIDBCLOUD_MANAGED,
            "u",
            "u.example",
            List.of(),
            Map.of("z-c", ZoneCoverage.NONE, "z-a", ZoneCoverage.ZONAL, "z-b", ZoneCoverage.NONE),
            List.of());

    assertThat(plan.coverage().keySet()).containsExactly("z-a", "z-b", "z-c");
  }
}
