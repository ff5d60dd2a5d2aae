package io.privatelink4j.aws;

import io.privatelink4j.spi.ErrorKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What each error code of EC2 and Route 53 means. Codes are compared without regard to case,
 * because AWS documents some in two spellings, and without a trailing {@code Exception}.
 *
 * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-error-codes.html">EC2</a>
 * @see <a href="https://docs.aws.amazon.com/Route53/latest/APIReference/CommonErrors.html">Route
 *     53</a>
 */
final class ErrorTable {
  private static final String EXCEPTION = "exception";

  /** Where the text decides: the first row that matches wins over the code's own meaning. */
  private static final List<TextRow> TEXTS =
      List.of(
          new TextRow(
              "InvalidParameter",
              "does not support the availability zone|availability zones are supported for remote",
              ErrorKind.ZONE_NOT_SERVED),
          new TextRow(
              "InvalidParameter", "security group|different networks", ErrorKind.BAD_NETWORK),
          new TextRow(
              "UnauthorizedOperation", "does not support shared VPCs", ErrorKind.BAD_NETWORK),
          new TextRow(
              "InvalidChangeBatch",
              "already exists|not found|do not match|conflicts with other",
              ErrorKind.RECORD_CONFLICT),
          new TextRow(
              "InvalidChangeBatch",
              "limit of|exceed|not permitted (at apex )?in zone|protect|\\binvalid\\b|more than one",
              ErrorKind.INVALID));

  private static final Map<String, ErrorKind> KINDS = new HashMap<>();

  static {
    put(
        ErrorKind.THROTTLED,
        "RequestLimitExceeded",
        "Throttling",
        "ThrottledException",
        "RequestThrottled",
        "TooManyRequests",
        "EC2Throttled",
        "SlowDown",
        "BandwidthLimitExceeded",
        "ProvisionedThroughputExceeded");
    // EC2 says so of a service that is new, and of an overload: before it does anything.
    put(ErrorKind.UNAVAILABLE, "Unavailable");
    // What any server on the way may say, at any time.
    put(
        ErrorKind.OUTCOME_UNKNOWN,
        "ServiceUnavailable",
        "InternalError",
        "InternalFailure",
        "ServerInternal",
        "RequestTimeout");
    put(
        ErrorKind.BUSY,
        "ConcurrentTagAccess",
        "IncorrectState",
        "ConcurrentModification",
        "PriorRequestNotComplete");
    put(
        ErrorKind.NOT_FOUND,
        "InvalidVpcEndpointId.NotFound",
        "InvalidVpcEndpoint.NotFound",
        "InvalidID",
        "InvalidID.NotFound",
        "NoSuchHostedZone",
        "NoSuchChange");
    put(ErrorKind.ALREADY_EXISTS, "HostedZoneAlreadyExists");
    put(ErrorKind.TOKEN_MISMATCH, "IdempotentParameterMismatch");
    put(ErrorKind.DOMAIN_TAKEN, "ConflictingDomainExists");
    put(ErrorKind.RECORD_CONFLICT, "InvalidChangeBatch");
    put(ErrorKind.NOT_EMPTY, "HostedZoneNotEmpty", "DependencyViolation");
    put(ErrorKind.ACCESS_DENIED, "UnauthorizedOperation", "AccessDenied", "NotAuthorized");
    put(
        ErrorKind.BAD_CREDENTIALS,
        "AuthFailure",
        "InvalidClientTokenId",
        "UnrecognizedClient",
        "InvalidAccessKeyId",
        "MissingAuthenticationToken",
        "ExpiredToken",
        "InvalidToken",
        "IncompleteSignature",
        "SignatureDoesNotMatch",
        "InvalidSignature",
        "RequestExpired",
        "RequestTimeTooSkewed");
    put(ErrorKind.PRODUCT_NOT_OPENED, "OptInRequired", "Blocked", "PendingVerification");
    put(
        ErrorKind.QUOTA,
        "VpcEndpointLimitExceeded",
        "NetworkInterfaceLimitExceeded",
        "TagLimitExceeded",
        "TooManyHostedZones",
        "LimitsExceeded",
        "DelegationSetNotAvailable");
    put(ErrorKind.SERVICE_NOT_USABLE, "InvalidServiceName");
    put(
        ErrorKind.BAD_NETWORK,
        "DuplicateSubnetsInSameZone",
        "InvalidSubnetID.NotFound",
        "InvalidSubnet",
        "InvalidSubnet.Conflict",
        "InvalidSubnetID.Malformed",
        "InsufficientFreeAddressesInSubnet",
        "InvalidVpcID.NotFound",
        "InvalidVpcID.Malformed",
        "InvalidVPCId",
        "InvalidGroup.NotFound",
        "InvalidGroupId.Malformed",
        "InvalidSecurityGroupID.NotFound",
        "InvalidSecurityGroupId.Malformed");
    put(
        ErrorKind.INVALID,
        "InvalidParameter",
        "InvalidParameterValue",
        "InvalidParameterCombination",
        "MissingParameter",
        "UnknownParameter",
        "ValidationError",
        "InvalidVpcEndpointId.Malformed",
        "InvalidTagKey.Malformed",
        "TagPolicyViolation",
        "FilterLimitExceeded",
        "InvalidFilter",
        "InvalidPaginationToken",
        "InvalidNextToken",
        "DryRunOperation",
        "UnsupportedOperation",
        "InvalidInput",
        "InvalidArgument",
        "InvalidDomainName",
        "LastVPCAssociation");
  }

  private ErrorTable() {}

  private static void put(ErrorKind kind, String... codes) {
    Arrays.stream(codes).forEach(code -> KINDS.put(normal(code), kind));
  }

  /**
   * {@return what an answer means}
   *
   * @param code the error code; blank if the answer has none
   * @param text whatever text came with it
   * @param status the HTTP status
   */
  static ErrorKind kind(String code, String text, int status) {
    String asked = normal(code);
    return textRow(asked, text)
        .or(() -> Optional.ofNullable(KINDS.get(asked)))
        .or(() -> textWithoutCode(asked, text, status))
        .orElseGet(() -> byStatus(asked, status));
  }

  private static Optional<ErrorKind> textRow(String code, String text) {
    return TEXTS.stream()
        .filter(row -> normal(row.code).equals(code) && row.text.matcher(text).find())
        .map(row -> row.kind)
        .findFirst();
  }

  /** Some answers of Route 53 reach us without the code that they have on the wire. */
  private static Optional<ErrorKind> textWithoutCode(String code, String text, int status) {
    boolean batch = status == 400 && code.isEmpty() && text.contains("InvalidChangeBatch");
    return batch
        ? textRow(normal("InvalidChangeBatch"), text)
            .or(() -> Optional.of(ErrorKind.RECORD_CONFLICT))
        : Optional.empty();
  }

  /** A code that nobody listed, and that ends like none that is, is as bad as its status. */
  private static ErrorKind byStatus(String code, int status) {
    if (code.endsWith(".notfound")) {
      return ErrorKind.BAD_NETWORK;
    }
    if (code.endsWith("limitexceeded")) {
      return ErrorKind.QUOTA;
    }
    return ErrorKind.ofHttpStatus(status);
  }

  private static String normal(String code) {
    String lower = code.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(EXCEPTION)
        ? lower.substring(0, lower.length() - EXCEPTION.length())
        : lower;
  }

  /** {@return all codes of the table, in lower case and without a trailing exception} */
  static List<String> codes() {
    return new ArrayList<>(KINDS.keySet());
  }

  private static final class TextRow {
    private final String code;
    private final Pattern text;
    private final ErrorKind kind;

    TextRow(String code, String text, ErrorKind kind) {
      this.code = code;
      this.text = Pattern.compile(text, Pattern.CASE_INSENSITIVE);
      this.kind = kind;
    }
  }
}
