package io.privatelink4j.alicloud;

import io.privatelink4j.spi.ErrorKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What each error code of PrivateLink, PrivateZone, VPC, STS and the gateway before them means.
 * Codes are compared without regard to case. Almost all come with HTTP status 400, so that the
 * status tells nothing about a code that is known; many codes end in the name of a parameter.
 */
final class ErrorTable {
  private static final Map<String, ErrorKind> KINDS = new HashMap<>();

  static {
    put(
        ErrorKind.THROTTLED,
        "Throttling",
        "Throttling.User",
        "Throttling.Api",
        "Rejected.Throttling");
    put(ErrorKind.UNAVAILABLE, "System.Busy", "GenerateResourceIdFailed");
    // The first copy of a request that was seen before may have been carried out, and a service
    // that does not answer its gateway may have gone on.
    put(
        ErrorKind.OUTCOME_UNKNOWN,
        "ServiceUnavailable",
        "VpcNatServiceException",
        "InternalError",
        "SystemError",
        "UnknownError",
        "SignatureNonceUsed");
    put(
        ErrorKind.BUSY,
        "EndpointLocked",
        "EndpointOperationDenied",
        "EndpointConnectionOperationDenied",
        "ConcurrentCallNotSupported",
        "IncorrectStatus.VpcEndpoint",
        "IncorrectStatus.VpcEndpointConnection",
        "IncorrectStatus.VpcEndpointZone",
        "ZoneOperationDenied",
        "IncorrectVpcStatus");
    put(
        ErrorKind.NOT_FOUND,
        "EndpointNotFound",
        "EndpointZoneNotFound",
        "EndpointConnectionNotFound",
        "InvalidResourceId.NotFound",
        "ResourceNotFound",
        "ResourceNotFound.VpcEndpoint",
        "ResourceNotFound.VpcEndpointConnection",
        "ResourceNotFound.VpcEndpointZone",
        "Zone.NotExists",
        "Zone.Invalid.Id",
        "Zone.Invalid.UserId");
    put(
        ErrorKind.ALREADY_EXISTS,
        "EndpointDuplicated",
        "EndpointExist",
        "Zone.Exists",
        "Zone.Repeated");
    put(ErrorKind.TOKEN_MISMATCH, "IdempotentParameterMismatch");
    put(ErrorKind.DOMAIN_TAKEN, "ZoneVpc.Zone.Repeated");
    put(
        ErrorKind.RECORD_CONFLICT,
        "Record.Invalid.Conflict",
        "Record.NotExists",
        "Record.Invalid.Id");
    put(ErrorKind.NOT_EMPTY, "EndpointDependenceViolation", "Zone.VpcExists", "Zone.RecordExists");
    put(
        ErrorKind.ACCESS_DENIED,
        "NoPermission",
        "Forbidden",
        "Forbidden.RAM",
        "IllegalUser",
        "EndpointProtected",
        "OperationDenied.EndpointProtected");
    put(
        ErrorKind.BAD_CREDENTIALS,
        "InvalidAccessKeyId",
        "InvalidAccessKeyId.NotFound",
        "InvalidAccessKeyId.Inactive",
        "SignatureDoesNotMatch",
        "IncompleteSignature",
        "InvalidSecurityToken",
        "InvalidSecurityToken.Expired",
        "InvalidSecurityToken.Malformed",
        "InvalidSecurityToken.MismatchWithAccessKey",
        "MissingSecurityToken",
        "InvalidTimeStamp.Expired",
        "InvalidTimeStamp.Format");
    put(
        ErrorKind.QUOTA,
        "QuotaMisMatched",
        "QuotaExceeded.totalEpPerVpc",
        "QuotaExceeded.epZonePerEndpoint",
        "QuotaExceeded.totalIdleEndpoint",
        "QuotaExceeded.IpQuotaPerEp",
        "QuotaExceed.TagsPerResource");
    put(
        ErrorKind.SERVICE_NOT_USABLE,
        "EndpointServiceNotFound",
        "EndpointServiceDeleted",
        "EndpointServiceNotAuthorized",
        "EndpointServiceResourceNotFound",
        "EndpointServiceLocked",
        "EndpointServiceOperationDenied",
        "Mismatch.EndpointType",
        "IncorrectStatus.VpcEndpointService",
        "IncorrectBusinessStatus.VpcEndpointService",
        "ResourceNotFound.VpcEndpointService",
        "OperationDenied.NoAvailableServiceResource");
    put(ErrorKind.ZONE_NOT_SERVED, "EndpointServiceNotSupportedZone");
    put(
        ErrorKind.PRODUCT_NOT_OPENED,
        "NeedOpenProduct",
        "CheckServiceLinkRoleError",
        "AccountTypeRestricted",
        "InvalidAccountStatus.NotEnoughBalance");
    put(ErrorKind.BILLING_LOCKED, "IncorrectBusinessStatus.VpcEndpoint");
    put(
        ErrorKind.BAD_NETWORK,
        "VpcNotFound",
        "VSwitchNotFound",
        "VSwitchStatusNotAllowed",
        "VpcTunnelNotFound",
        "SecurityGroupNotFound",
        "SecurityGroupTypeNotSupport",
        "SecurityGroupTypeOnlySingleTypeSupporteded",
        "EndpointMustContainSecurityGroup",
        "EniIpUnavailable",
        "ResourceNotEnough.VSwitchIp",
        "EndpointZoneDuplicated",
        "Forbidden.VpcNotFound",
        "InvalidVpcId.NotFound",
        "InvalidVpcIdNumber.NotSupported",
        "InvalidVSwitchId.NotFound",
        "InvalidVSwitchIdNumber.NotSupported",
        "InvalidRegionId.NotFound",
        "ZoneVpc.NotExists.VpcId",
        "ZoneVpc.Auth.NotExists");
    put(
        ErrorKind.INVALID,
        "DryRunOperation",
        "IllegalTagKeyParam",
        "IllegalTagValueParam",
        "MissingTagKeyParam",
        "MissingTagValueParam",
        "DuplicatedTagKey",
        "MissingResourceIdOrTagParam",
        "TagInfoNotExist",
        "InvalidTagKey",
        "InvalidTagValue",
        "DependencyViolation.PrivateDnsName",
        "OperationDenied.EndpointPolicyNotSupport",
        "OperationDenied.PrivateDomainNotSupport",
        "OperationDenied.PrivateDomainStatusNotSupport",
        "InvalidResourceGroup",
        "InvalidParameter",
        "Zone.Invalid.Name",
        "Zone.Remark",
        "UnsupportedParameter",
        "InvalidAction.NotFound",
        "InvalidApi.NotFound",
        "InvalidVersion",
        "InvalidProtocol.NeedSsl");
  }

  /** Families of codes, of which new ones appear; the first that matches wins. */
  private static final List<Family> FAMILIES =
      List.of(
          new Family("throttling|flowcontrol", ErrorKind.THROTTLED),
          new Family("lasttokenprocessing|conflict$|busy$|^incorrectstatus", ErrorKind.BUSY),
          new Family("internal|timeout|^system\\.?error", ErrorKind.OUTCOME_UNKNOWN),
          new Family("^accessdenied", ErrorKind.ACCESS_DENIED),
          new Family("^quota|quota(exceed|limit)|limitexceed", ErrorKind.QUOTA),
          new Family("^(invalid)?securitytoken|^invalidaccesskey", ErrorKind.BAD_CREDENTIALS),
          new Family("^illegalparam(format)?\\.service(name|id)$", ErrorKind.SERVICE_NOT_USABLE),
          new Family(
              "^illegalparam(format)?\\..*(vpcid|vswitchid|securitygroupid|zoneid|regionid)$",
              ErrorKind.BAD_NETWORK),
          new Family(
              "^invalid(vpc|vswitch|securitygroup|region)[a-z]*\\.(notfound|malformed)$",
              ErrorKind.BAD_NETWORK),
          new Family("^(nopermission|forbidden)\\b", ErrorKind.ACCESS_DENIED),
          new Family("^zonevpc\\..*notexist", ErrorKind.BAD_NETWORK),
          new Family("^record\\..*(notexist|notfound|conflict|exist)", ErrorKind.RECORD_CONFLICT),
          new Family("^zone\\.(notexist|notfound)", ErrorKind.NOT_FOUND),
          new Family("^(missing|illegal|invalid|unsupported)|\\.notsupported$", ErrorKind.INVALID));

  /** {@code EndpointLocked} means two things, of which only the text can tell which. */
  private static final Pattern OVERDUE =
      Pattern.compile("financial|overdue|arrear|balance", Pattern.CASE_INSENSITIVE);

  private static final Map<String, String> ADVICE =
      Map.of(
          "needopenproduct",
          "Open PrivateLink for the account: in its console, or once with the action OpenPrivateLinkService.",
          "checkservicelinkroleerror",
          "The service-linked role AliyunServiceRoleForPrivatelink is missing: create it, or allow"
              + " ram:CreateServiceLinkedRole for privatelink.aliyuncs.com.",
          "endpointservicenotauthorized",
          "The service's owner has to put the account on the service's whitelist.",
          "endpointprotected",
          "Another RAM user or role created the endpoint under protection: only that one may change it.",
          "operationdenied.endpointprotected",
          "Another RAM user or role created the endpoint under protection: only that one may change it.",
          "invalidtimestamp.expired",
          "The clock of this machine is more than 15 minutes off.");

  private ErrorTable() {}

  private static void put(ErrorKind kind, String... codes) {
    Arrays.stream(codes).forEach(code -> KINDS.put(normal(code), kind));
  }

  /**
   * {@return what an answer means} A server error that only looks like one of a family is a server
   * error.
   *
   * @param code the error code; blank if the answer has none
   * @param text the message that came with it
   * @param status the HTTP status
   */
  static ErrorKind kind(String code, String text, int status) {
    String asked = normal(code);
    if (asked.equals("endpointlocked") && OVERDUE.matcher(text).find()) {
      return ErrorKind.BILLING_LOCKED;
    }
    return Optional.ofNullable(KINDS.get(asked))
        .or(() -> family(asked).filter(kind -> status < 500 || kind == ErrorKind.THROTTLED))
        .orElseGet(() -> ErrorKind.ofHttpStatus(status));
  }

  private static Optional<ErrorKind> family(String code) {
    return FAMILIES.stream()
        .filter(family -> family.code.matcher(code).find())
        .map(family -> family.kind)
        .findFirst();
  }

  /** {@return what to do about a code, where the cloud's own message does not say it} */
  static Optional<String> advice(String code) {
    return Optional.ofNullable(ADVICE.get(normal(code)));
  }

  private static String normal(String code) {
    return code.strip().toLowerCase(Locale.ROOT);
  }

  /** {@return all codes of the table, in lower case} */
  static Set<String> codes() {
    return new TreeSet<>(KINDS.keySet());
  }

  private static final class Family {
    private final Pattern code;
    private final ErrorKind kind;

    Family(String code, ErrorKind kind) {
      this.code = Pattern.compile(code);
      this.kind = kind;
    }
  }
}
