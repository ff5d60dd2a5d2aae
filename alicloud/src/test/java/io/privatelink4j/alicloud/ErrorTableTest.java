package io.privatelink4j.alicloud;

import static io.privatelink4j.spi.ErrorKind.ACCESS_DENIED;
import static io.privatelink4j.spi.ErrorKind.ALREADY_EXISTS;
import static io.privatelink4j.spi.ErrorKind.BAD_CREDENTIALS;
import static io.privatelink4j.spi.ErrorKind.BAD_NETWORK;
import static io.privatelink4j.spi.ErrorKind.BILLING_LOCKED;
import static io.privatelink4j.spi.ErrorKind.BUSY;
import static io.privatelink4j.spi.ErrorKind.DOMAIN_TAKEN;
import static io.privatelink4j.spi.ErrorKind.INVALID;
import static io.privatelink4j.spi.ErrorKind.NOT_EMPTY;
import static io.privatelink4j.spi.ErrorKind.NOT_FOUND;
import static io.privatelink4j.spi.ErrorKind.OUTCOME_UNKNOWN;
import static io.privatelink4j.spi.ErrorKind.PRODUCT_NOT_OPENED;
import static io.privatelink4j.spi.ErrorKind.QUOTA;
import static io.privatelink4j.spi.ErrorKind.RECORD_CONFLICT;
import static io.privatelink4j.spi.ErrorKind.SERVICE_NOT_USABLE;
import static io.privatelink4j.spi.ErrorKind.THROTTLED;
import static io.privatelink4j.spi.ErrorKind.TOKEN_MISMATCH;
import static io.privatelink4j.spi.ErrorKind.UNAVAILABLE;
import static io.privatelink4j.spi.ErrorKind.ZONE_NOT_SERVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the table as an answer over HTTP. */
class ErrorTableTest extends DriverTestBase {
  private static final String TEXT = "Something is wrong.";

  static Stream<Row> rows() {
    return Stream.of(
            rows(400, THROTTLED, "Throttling", "Throttling.User", "Throttling.Api"),
            rows(400, THROTTLED, "Rejected.Throttling", "Throttling.SomethingNew"),
            rows(503, OUTCOME_UNKNOWN, "ServiceUnavailable"),
            rows(400, UNAVAILABLE, "System.Busy", "GenerateResourceIdFailed"),
            rows(400, OUTCOME_UNKNOWN, "VpcNatServiceException"),
            rows(500, OUTCOME_UNKNOWN, "InternalError", "UnknownError", "NobodyKnowsThis"),
            rows(400, OUTCOME_UNKNOWN, "SystemError", "SignatureNonceUsed"),
            rows(400, BUSY, "EndpointLocked", "EndpointOperationDenied"),
            rows(400, BUSY, "EndpointConnectionOperationDenied", "ConcurrentCallNotSupported"),
            rows(400, BUSY, "IncorrectStatus.VpcEndpoint", "IncorrectStatus.VpcEndpointZone"),
            rows(400, BUSY, "IncorrectStatus.VpcEndpointConnection", "ZoneOperationDenied"),
            rows(400, BUSY, "IncorrectVpcStatus"),
            rows(400, NOT_FOUND, "EndpointNotFound", "EndpointZoneNotFound"),
            rows(400, NOT_FOUND, "EndpointConnectionNotFound", "InvalidResourceId.NotFound"),
            rows(400, NOT_FOUND, "ResourceNotFound"),
            rows(404, NOT_FOUND, "ResourceNotFound.VpcEndpoint"),
            rows(404, NOT_FOUND, "ResourceNotFound.VpcEndpointConnection"),
            rows(404, NOT_FOUND, "ResourceNotFound.VpcEndpointZone"),
            rows(400, NOT_FOUND, "Zone.NotExists", "Zone.Invalid.Id", "Zone.Invalid.UserId"),
            rows(400, ALREADY_EXISTS, "EndpointDuplicated", "EndpointExist"),
            rows(400, ALREADY_EXISTS, "Zone.Exists", "Zone.Repeated"),
            rows(400, TOKEN_MISMATCH, "IdempotentParameterMismatch"),
            rows(400, DOMAIN_TAKEN, "ZoneVpc.Zone.Repeated"),
            rows(400, RECORD_CONFLICT, "Record.Invalid.Conflict", "Record.NotExists"),
            rows(400, RECORD_CONFLICT, "Record.Invalid.Id", "Record.Something.NotFound"),
            rows(400, NOT_EMPTY, "EndpointDependenceViolation", "Zone.VpcExists"),
            rows(400, NOT_EMPTY, "Zone.RecordExists"),
            rows(403, ACCESS_DENIED, "NoPermission", "Forbidden", "Forbidden.RAM"),
            rows(403, ACCESS_DENIED, "NoPermission.SomethingNew", "Forbidden.SomethingNew"),
            rows(400, ACCESS_DENIED, "IllegalUser", "EndpointProtected"),
            rows(400, ACCESS_DENIED, "OperationDenied.EndpointProtected"),
            rows(404, BAD_CREDENTIALS, "InvalidAccessKeyId", "InvalidAccessKeyId.NotFound"),
            rows(400, BAD_CREDENTIALS, "InvalidAccessKeyId.Inactive", "SignatureDoesNotMatch"),
            rows(400, BAD_CREDENTIALS, "IncompleteSignature", "MissingSecurityToken"),
            rows(400, BAD_CREDENTIALS, "InvalidSecurityToken", "InvalidSecurityToken.Expired"),
            rows(400, BAD_CREDENTIALS, "InvalidSecurityToken.Malformed"),
            rows(400, BAD_CREDENTIALS, "InvalidSecurityToken.MismatchWithAccessKey"),
            rows(400, BAD_CREDENTIALS, "InvalidSecurityToken.SomethingNew"),
            rows(400, BAD_CREDENTIALS, "InvalidTimeStamp.Expired", "InvalidTimeStamp.Format"),
            rows(400, QUOTA, "QuotaMisMatched", "QuotaExceeded.totalEpPerVpc"),
            rows(400, QUOTA, "QuotaExceeded.epZonePerEndpoint", "QuotaExceeded.totalIdleEndpoint"),
            rows(400, QUOTA, "QuotaExceeded.IpQuotaPerEp", "QuotaExceed.TagsPerResource"),
            rows(400, QUOTA, "QuotaExceeded.SomethingNew", "QuotaExceeded", "ZoneLimitExceeded"),
            rows(400, SERVICE_NOT_USABLE, "EndpointServiceNotFound", "EndpointServiceDeleted"),
            rows(400, SERVICE_NOT_USABLE, "EndpointServiceNotAuthorized", "EndpointServiceLocked"),
            rows(400, SERVICE_NOT_USABLE, "EndpointServiceResourceNotFound"),
            rows(400, SERVICE_NOT_USABLE, "EndpointServiceOperationDenied"),
            rows(400, SERVICE_NOT_USABLE, "Mismatch.EndpointType"),
            rows(400, SERVICE_NOT_USABLE, "IncorrectStatus.VpcEndpointService"),
            rows(400, SERVICE_NOT_USABLE, "IncorrectBusinessStatus.VpcEndpointService"),
            rows(404, SERVICE_NOT_USABLE, "ResourceNotFound.VpcEndpointService"),
            rows(400, SERVICE_NOT_USABLE, "OperationDenied.NoAvailableServiceResource"),
            rows(400, SERVICE_NOT_USABLE, "IllegalParamFormat.ServiceName"),
            rows(400, ZONE_NOT_SERVED, "EndpointServiceNotSupportedZone"),
            rows(400, PRODUCT_NOT_OPENED, "NeedOpenProduct", "CheckServiceLinkRoleError"),
            rows(400, PRODUCT_NOT_OPENED, "AccountTypeRestricted"),
            rows(400, PRODUCT_NOT_OPENED, "InvalidAccountStatus.NotEnoughBalance"),
            rows(400, BILLING_LOCKED, "IncorrectBusinessStatus.VpcEndpoint"),
            rows(400, BAD_NETWORK, "VpcNotFound", "VSwitchNotFound", "VSwitchStatusNotAllowed"),
            rows(400, BAD_NETWORK, "VpcTunnelNotFound", "SecurityGroupNotFound"),
            rows(400, BAD_NETWORK, "SecurityGroupTypeNotSupport"),
            rows(400, BAD_NETWORK, "SecurityGroupTypeOnlySingleTypeSupporteded"),
            rows(400, BAD_NETWORK, "EndpointMustContainSecurityGroup", "EniIpUnavailable"),
            rows(400, BAD_NETWORK, "ResourceNotEnough.VSwitchIp", "EndpointZoneDuplicated"),
            rows(400, BAD_NETWORK, "Forbidden.VpcNotFound", "InvalidVpcId.NotFound"),
            rows(404, BAD_NETWORK, "InvalidVSwitchId.NotFound", "InvalidRegionId.NotFound"),
            rows(404, BAD_NETWORK, "InvalidVSwitchIdNumber.NotSupported"),
            rows(400, BAD_NETWORK, "InvalidVpcIdNumber.NotSupported"),
            rows(400, BAD_NETWORK, "ZoneVpc.NotExists.VpcId", "ZoneVpc.Auth.NotExists"),
            rows(400, BAD_NETWORK, "IllegalParamFormat.VpcId", "IllegalParam.Zone.1.VSwitchId"),
            rows(404, BAD_NETWORK, "InvalidSecurityGroupId.NotFound"),
            rows(400, INVALID, "DryRunOperation", "IllegalTagKeyParam", "IllegalTagValueParam"),
            rows(400, INVALID, "MissingTagKeyParam", "MissingTagValueParam", "DuplicatedTagKey"),
            rows(400, INVALID, "MissingResourceIdOrTagParam", "TagInfoNotExist"),
            rows(400, INVALID, "InvalidTagKey", "InvalidTagValue", "InvalidParameter"),
            rows(400, INVALID, "DependencyViolation.PrivateDnsName", "InvalidResourceGroup"),
            rows(400, INVALID, "OperationDenied.EndpointPolicyNotSupport"),
            rows(400, INVALID, "OperationDenied.PrivateDomainNotSupport"),
            rows(400, INVALID, "OperationDenied.PrivateDomainStatusNotSupport"),
            rows(400, INVALID, "Zone.Invalid.Name", "Zone.Remark", "UnsupportedParameter"),
            rows(404, INVALID, "InvalidAction.NotFound", "InvalidApi.NotFound"),
            rows(404, INVALID, "InvalidProtocol.NeedSsl"),
            rows(400, INVALID, "InvalidVersion", "MissingParam.VpcId", "MissingRegionId"),
            rows(400, INVALID, "IllegalParamFormat.ClientToken", "NobodyKnowsThis"),
            rows(400, BUSY, "LastTokenProcessing", "OperationConflict", "SystemBusy"),
            rows(400, BUSY, "IncorrectStatus.VSwitch"),
            rows(400, OUTCOME_UNKNOWN, "InternalFailure", "ServiceTimeout", "System.Error"),
            rows(500, OUTCOME_UNKNOWN, "InvalidSomething", "ForbiddenSomething"),
            rows(400, ACCESS_DENIED, "AccessDenied"))
        .flatMap(List::stream);
  }

  private static List<Row> rows(int status, ErrorKind kind, String... codes) {
    return Stream.of(codes).map(code -> new Row(status, code, kind)).toList();
  }

  private record Row(int status, String code, ErrorKind kind) {}

  @ParameterizedTest
  @MethodSource("rows")
  void code_onAWrite_meansItsKind(Row row) {
    cloud.next(CannedCloud.error(row.status, row.code, TEXT));

    RemoteException failure = failureOf(writes().get("CreateVpcEndpoint"));

    assertThat(failure.kind()).isEqualTo(row.kind);
    assertThat(failure.code()).isEqualTo(row.code);
    assertThat(failure.requestId()).hasValue(CannedCloud.REQUEST_ID);
    assertThat(failure).hasNoCause();
    assertThat(cloud.seen()).hasSize(1);
  }

  @Test
  void everyCodeOfTheTable_isTested() {
    TreeSet<String> tested = new TreeSet<>();
    rows().map(row -> row.code.toLowerCase(Locale.ROOT)).forEach(tested::add);

    assertThat(tested).containsAll(ErrorTable.codes());
  }

  @Test
  void serverError_onARead_canBeRepeated() {
    reads()
        .forEach(
            (name, read) -> {
              cloud.next(CannedCloud.error(500, "InternalError", TEXT));
              assertThat(failureOf(read).kind()).as(name).isEqualTo(UNAVAILABLE);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "The specified Endpoint is locked., BUSY",
    "The specified Endpoint is locked: FinancialLocked., BILLING_LOCKED",
    "The endpoint is locked because of an overdue payment., BILLING_LOCKED"
  })
  void lockedEndpoint_isTheBillsFaultIfTheTextSaysSo(String text, ErrorKind kind) {
    cloud.next(CannedCloud.error(400, "EndpointLocked", text));

    assertThat(failureOf(writes().get("RemoveZoneFromVpcEndpoint")).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "NeedOpenProduct, OpenPrivateLinkService",
    "CheckServiceLinkRoleError, AliyunServiceRoleForPrivatelink",
    "EndpointServiceNotAuthorized, whitelist",
    "OperationDenied.EndpointProtected, Another RAM user",
    "InvalidTimeStamp.Expired, clock"
  })
  void message_saysWhatToDo_whereTheCloudsDoesNot(String code, String advice) {
    cloud.next(CannedCloud.error(400, code, TEXT));

    assertThat(failureOf(writes().get("CreateVpcEndpoint")))
        .hasMessageStartingWith(TEXT)
        .hasMessageContaining(advice);
  }

  @Test
  void retryAfter_isTold() {
    cloud.next(CannedCloud.error(503, "ServiceUnavailable", TEXT).header("Retry-After", "7"));

    assertThat(failureOf(writes().get("AddZone")).retryAfter()).hasValue(Duration.ofSeconds(7));
  }

  @Test
  void refusal_namesThePermissionThatTheCloudNames() {
    cloud.next(
        CannedCloud.json(
            403,
            "{\"RequestId\":\"r\",\"Code\":\"Forbidden.RAM\",\"Message\":\"not authorized\","
                + "\"AccessDeniedDetail\":{\"AuthAction\":\"ram:CreateServiceLinkedRole\",\"PolicyType\":\"x\"}}"));

    RemoteException failure = failureOf(writes().get("CreateVpcEndpoint"));

    assertThat(failure.kind()).isEqualTo(ACCESS_DENIED);
    assertThat(failure.permission()).hasValue("ram:CreateServiceLinkedRole");
  }

  @Test
  void everyCall_isDeniedAndThrottledLikeEveryOther() {
    Map<String, Runnable> calls = calls();

    calls.forEach(
        (name, call) -> {
          cloud.next(CannedCloud.error(403, "Forbidden.RAM", TEXT));
          assertThat(failureOf(call).kind()).as(name).isEqualTo(ACCESS_DENIED);
          cloud.next(CannedCloud.error(400, "Throttling.User", TEXT));
          assertThat(failureOf(call).kind()).as(name).isEqualTo(THROTTLED);
        });
  }
}
