package io.privatelink4j.aws;

import static io.privatelink4j.spi.ErrorKind.OUTCOME_UNKNOWN;
import static io.privatelink4j.spi.ErrorKind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import io.privatelink4j.testing.ManualTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Each row of the table as an answer over HTTP, and the answers that have no code. */
class ErrorTableTest {
  private static final String ENDPOINT = "vpce-0123456789abcdef0";
  private static final String TEXT = "Something is wrong.";
  private static final String ZONE =
      "The VPC endpoint service X does not support the availability zone of the subnet: subnet-1.";
  private static final String REMOTE =
      "Only the following availability zones are supported for remote access: use1-az1";
  private static final String SHARED = "This operation does not support shared VPCs.";

  private FakeAws aws;
  private ClusterNetwork network;
  private PrivateLinkDriver driver;

  @BeforeEach
  void open() {
    aws = new FakeAws();
    network = aws.addNetwork();
    driver = open(aws.options().build());
  }

  private static PrivateLinkDriver open(AwsOptions options) {
    return new AwsPrivateLinkProvider(options).open(new DriverContext(new ManualTime()));
  }

  @AfterEach
  void close() {
    driver.close();
    aws.close();
  }

  static Stream<Row> ec2() {
    return Stream.of(
        row(503, "RequestLimitExceeded", ErrorKind.THROTTLED),
        row(400, "Throttling", ErrorKind.THROTTLED),
        row(400, "ThrottlingException", ErrorKind.THROTTLED),
        row(400, "ThrottledException", ErrorKind.THROTTLED),
        row(400, "RequestThrottled", ErrorKind.THROTTLED),
        row(400, "RequestThrottledException", ErrorKind.THROTTLED),
        row(400, "TooManyRequestsException", ErrorKind.THROTTLED),
        row(400, "EC2ThrottledException", ErrorKind.THROTTLED),
        row(503, "SlowDown", ErrorKind.THROTTLED),
        row(503, "BandwidthLimitExceeded", ErrorKind.THROTTLED),
        row(400, "ProvisionedThroughputExceededException", ErrorKind.THROTTLED),
        row(500, "InternalError", ErrorKind.OUTCOME_UNKNOWN),
        row(500, "InternalFailure", ErrorKind.OUTCOME_UNKNOWN),
        row(400, "ServerInternal", ErrorKind.OUTCOME_UNKNOWN),
        row(400, "RequestTimeout", ErrorKind.OUTCOME_UNKNOWN),
        row(400, "RequestTimeoutException", ErrorKind.OUTCOME_UNKNOWN),
        row(503, "ServiceUnavailable", ErrorKind.OUTCOME_UNKNOWN),
        row(503, "Unavailable", ErrorKind.UNAVAILABLE),
        row(400, "ConcurrentTagAccess", ErrorKind.BUSY),
        row(400, "IncorrectState", ErrorKind.BUSY),
        row(400, "RequestExpired", ErrorKind.BAD_CREDENTIALS),
        row(400, "RequestTimeTooSkewed", ErrorKind.BAD_CREDENTIALS),
        row(401, "AuthFailure", ErrorKind.BAD_CREDENTIALS),
        row(403, "AuthFailure", ErrorKind.BAD_CREDENTIALS),
        row(403, "InvalidClientTokenId", ErrorKind.BAD_CREDENTIALS),
        row(403, "UnrecognizedClientException", ErrorKind.BAD_CREDENTIALS),
        row(403, "InvalidAccessKeyId", ErrorKind.BAD_CREDENTIALS),
        row(403, "MissingAuthenticationToken", ErrorKind.BAD_CREDENTIALS),
        row(403, "ExpiredTokenException", ErrorKind.BAD_CREDENTIALS),
        row(403, "ExpiredToken", ErrorKind.BAD_CREDENTIALS),
        row(403, "InvalidToken", ErrorKind.BAD_CREDENTIALS),
        row(403, "IncompleteSignature", ErrorKind.BAD_CREDENTIALS),
        row(403, "SignatureDoesNotMatch", ErrorKind.BAD_CREDENTIALS),
        row(403, "InvalidSignatureException", ErrorKind.BAD_CREDENTIALS),
        row(401, "OptInRequired", ErrorKind.BAD_CREDENTIALS),
        row(403, "OptInRequired", ErrorKind.PRODUCT_NOT_OPENED),
        row(403, "Blocked", ErrorKind.PRODUCT_NOT_OPENED),
        row(400, "PendingVerification", ErrorKind.PRODUCT_NOT_OPENED),
        row(403, "UnauthorizedOperation", ErrorKind.ACCESS_DENIED),
        row(403, "UnauthorizedOperation", SHARED, ErrorKind.BAD_NETWORK),
        row(412, "DryRunOperation", ErrorKind.INVALID),
        row(400, "InvalidServiceName", ErrorKind.SERVICE_NOT_USABLE),
        row(400, "InvalidParameter", ErrorKind.INVALID),
        row(400, "InvalidParameter", ZONE, ErrorKind.ZONE_NOT_SERVED),
        row(400, "InvalidParameter", REMOTE, ErrorKind.ZONE_NOT_SERVED),
        row(400, "InvalidParameter", "The security group is of another VPC", ErrorKind.BAD_NETWORK),
        row(400, "InvalidParameterValue", ErrorKind.INVALID),
        row(400, "InvalidParameterCombination", ErrorKind.INVALID),
        row(400, "MissingParameter", ErrorKind.INVALID),
        row(400, "UnknownParameter", ErrorKind.INVALID),
        row(400, "ValidationError", ErrorKind.INVALID),
        row(400, "UnsupportedOperation", ErrorKind.INVALID),
        row(400, "DuplicateSubnetsInSameZone", ErrorKind.BAD_NETWORK),
        row(400, "InvalidSubnetID.NotFound", ErrorKind.BAD_NETWORK),
        row(400, "InvalidSubnetId.NotFound", ErrorKind.BAD_NETWORK),
        row(400, "InvalidSubnet", ErrorKind.BAD_NETWORK),
        row(400, "InvalidSubnet.Conflict", ErrorKind.BAD_NETWORK),
        row(400, "InvalidSubnetID.Malformed", ErrorKind.BAD_NETWORK),
        row(400, "InsufficientFreeAddressesInSubnet", ErrorKind.BAD_NETWORK),
        row(400, "InvalidVpcID.NotFound", ErrorKind.BAD_NETWORK),
        row(400, "InvalidVpcID.Malformed", ErrorKind.BAD_NETWORK),
        row(400, "InvalidGroup.NotFound", ErrorKind.BAD_NETWORK),
        row(400, "InvalidGroupId.Malformed", ErrorKind.BAD_NETWORK),
        row(400, "InvalidSecurityGroupID.NotFound", ErrorKind.BAD_NETWORK),
        row(400, "InvalidSecurityGroupId.Malformed", ErrorKind.BAD_NETWORK),
        row(400, "VpcEndpointLimitExceeded", ErrorKind.QUOTA),
        row(400, "NetworkInterfaceLimitExceeded", ErrorKind.QUOTA),
        row(400, "TagLimitExceeded", ErrorKind.QUOTA),
        row(400, "InvalidTagKey.Malformed", ErrorKind.INVALID),
        row(400, "TagPolicyViolation", ErrorKind.INVALID),
        row(400, "IdempotentParameterMismatch", ErrorKind.TOKEN_MISMATCH),
        row(400, "InvalidVpcEndpointId.NotFound", ErrorKind.NOT_FOUND),
        row(400, "InvalidVpcEndpoint.NotFound", ErrorKind.NOT_FOUND),
        row(400, "InvalidID", ErrorKind.NOT_FOUND),
        row(400, "InvalidID.NotFound", ErrorKind.NOT_FOUND),
        row(400, "SecurityGroupsPerInterfaceLimitExceeded", ErrorKind.QUOTA),
        row(400, "InvalidVpcEndpointId.Malformed", ErrorKind.INVALID),
        row(400, "DependencyViolation", ErrorKind.NOT_EMPTY),
        row(400, "FilterLimitExceeded", ErrorKind.INVALID),
        row(400, "InvalidFilter", ErrorKind.INVALID),
        row(400, "InvalidPaginationToken", ErrorKind.INVALID),
        row(400, "InvalidNextToken", ErrorKind.INVALID),
        row(400, "InvalidInternetThing.NotFound", ErrorKind.BAD_NETWORK),
        row(400, "NobodyKnowsThis", ErrorKind.INVALID),
        row(500, "NobodyKnowsThis", ErrorKind.OUTCOME_UNKNOWN));
  }

  static Stream<Row> route53() {
    return Stream.of(
        row(404, "NoSuchHostedZone", ErrorKind.NOT_FOUND),
        row(404, "NoSuchChange", ErrorKind.NOT_FOUND),
        row(409, "HostedZoneAlreadyExists", ErrorKind.ALREADY_EXISTS),
        row(400, "ConflictingDomainExists", ErrorKind.DOMAIN_TAKEN),
        row(400, "PriorRequestNotComplete", ErrorKind.BUSY),
        row(400, "ConcurrentModification", ErrorKind.BUSY),
        row(409, "ConcurrentModification", ErrorKind.BUSY),
        row(400, "Throttling", "Rate exceeded", ErrorKind.THROTTLED),
        row(400, "ThrottlingException", "Rate exceeded", ErrorKind.THROTTLED),
        row(400, "InvalidChangeBatch", ErrorKind.RECORD_CONFLICT),
        row(400, "InvalidChangeBatch", "record but it already exists", ErrorKind.RECORD_CONFLICT),
        row(400, "InvalidChangeBatch", "record but it was not found", ErrorKind.RECORD_CONFLICT),
        row(400, "InvalidChangeBatch", "is not permitted in zone x.", ErrorKind.INVALID),
        row(400, "InvalidChangeBatch", "is not permitted at apex in zone x.", ErrorKind.INVALID),
        row(400, "InvalidChangeBatch", "Number of records limit of 1000", ErrorKind.INVALID),
        row(400, "InvalidChangeBatch", "the record is protected", ErrorKind.INVALID),
        row(400, "HostedZoneNotEmpty", ErrorKind.NOT_EMPTY),
        row(400, "TooManyHostedZones", ErrorKind.QUOTA),
        row(400, "LimitsExceeded", ErrorKind.QUOTA),
        row(400, "DelegationSetNotAvailable", ErrorKind.QUOTA),
        row(400, "InvalidVPCId", ErrorKind.BAD_NETWORK),
        row(400, "InvalidDomainName", ErrorKind.INVALID),
        row(400, "InvalidInput", ErrorKind.INVALID),
        row(400, "InvalidArgument", ErrorKind.INVALID),
        row(400, "LastVPCAssociation", ErrorKind.INVALID),
        row(403, "AccessDenied", ErrorKind.ACCESS_DENIED),
        row(403, "AccessDeniedException", ErrorKind.ACCESS_DENIED),
        row(403, "NotAuthorizedException", ErrorKind.ACCESS_DENIED),
        row(401, "NotAuthorizedException", ErrorKind.BAD_CREDENTIALS),
        row(403, "InvalidClientTokenId", ErrorKind.BAD_CREDENTIALS),
        row(503, "ServiceUnavailable", ErrorKind.OUTCOME_UNKNOWN),
        row(500, "InternalFailure", ErrorKind.OUTCOME_UNKNOWN));
  }

  private static Row row(int status, String code, ErrorKind kind) {
    return new Row(status, code, TEXT, kind);
  }

  private static Row row(int status, String code, String text, ErrorKind kind) {
    return new Row(status, code, text, kind);
  }

  private record Row(int status, String code, String text, ErrorKind kind) {}

  @ParameterizedTest
  @MethodSource("ec2")
  void ec2Code_onAWrite_meansItsKind(Row row) {
    aws.answerNext(each -> true, FakeReply.ec2Error(row.status, row.code, row.text));

    RemoteException failure = failureOf(this::create);

    assertThat(failure.kind()).isEqualTo(row.kind);
    // The JDK's client loses the body of a 401.
    assertThat(failure.code()).isEqualTo(row.status == 401 ? "Http401" : row.code);
    assertThat(failure).hasNoCause();
    assertThat(aws.requestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("route53")
  void route53Code_onAWrite_meansItsKind(Row row) {
    aws.answerNext(each -> true, FakeReply.route53Error(row.status, row.code, row.text));

    RemoteException failure = failureOf(this::createZone);

    assertThat(failure.kind()).isEqualTo(row.kind);
    assertThat(failure.code()).isEqualTo(row.status == 401 ? "Http401" : row.code);
    assertThat(aws.requestCount()).isEqualTo(1);
  }

  @Test
  void everyCodeOfTheTable_isTested() {
    Set<String> tested = new TreeSet<>();
    Stream.concat(ec2(), route53())
        .map(row -> row.code.toLowerCase(Locale.ROOT).replaceFirst("exception$", ""))
        .forEach(tested::add);

    assertThat(tested).containsAll(ErrorTable.codes());
  }

  @ParameterizedTest
  @CsvSource({
    "record but it already exists, RECORD_CONFLICT",
    "record but it was not found, RECORD_CONFLICT",
    "the values provided do not match the current values, RECORD_CONFLICT",
    "something new, RECORD_CONFLICT",
    "is not permitted in zone x., INVALID"
  })
  void invalidChangeBatch_inItsOwnForm_isToldByItsText(String text, ErrorKind kind) {
    aws.answerNext(each -> true, FakeReply.invalidChangeBatch(text));

    RemoteException failure = failureOf(this::putRecord);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(text);
  }

  @ParameterizedTest
  @CsvSource({
    "401, BAD_CREDENTIALS", "403, ACCESS_DENIED", "404, INVALID", "408, OUTCOME_UNKNOWN",
    "429, THROTTLED", "500, OUTCOME_UNKNOWN", "502, OUTCOME_UNKNOWN", "503, OUTCOME_UNKNOWN",
    "504, OUTCOME_UNKNOWN"
  })
  void htmlPage_onAWrite_meansItsStatus(int status, ErrorKind kind) {
    aws.answerNext(each -> true, FakeReply.html(status));
    RemoteException ec2 = failureOf(this::create);
    aws.answerNext(each -> true, FakeReply.html(status));
    RemoteException route53 = failureOf(this::createZone);

    assertThat(ec2.kind()).isEqualTo(kind);
    assertThat(route53.kind()).isEqualTo(kind);
    assertThat(ec2.code()).isEqualTo("Http" + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void htmlPage_onARead_canBeRepeated(int status) {
    aws.answerNext(each -> true, FakeReply.html(status));

    assertThat(failureOf(this::read).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({"500, InternalError", "503, ServiceUnavailable", "503, Unavailable"})
  void serverError_onARead_canBeRepeated(int status, String code) {
    aws.answerNext(each -> true, FakeReply.ec2Error(status, code, TEXT));

    assertThat(failureOf(this::read).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
  }

  @Test
  void retryAfter_isTold() {
    aws.answerNext(
        each -> true,
        FakeReply.ec2Error(503, "RequestLimitExceeded", TEXT).header("Retry-After", "7"));

    RemoteException failure = failureOf(this::create);

    assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(7));
    assertThat(failure.requestId()).hasValue(FakeReply.REQUEST_ID);
  }

  @Test
  void truncatedAnswer_onAWrite_isOutcomeUnknown() {
    aws.truncateNextReply(each -> true);

    assertThat(failureOf(this::createZone).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
  }

  @Test
  void wellFormedAnswerOfSomethingElse_onAWrite_isOutcomeUnknown() {
    aws.answerNext(each -> true, FakeReply.ok("<html/>"));

    assertThat(failureOf(this::createZone).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
  }

  /** The SDK reads anything else as an answer with nothing in it, and nothing as a success. */
  @ParameterizedTest
  @CsvSource({
    "text/html, ''",
    "text/html, <html/>",
    "text/html;charset=utf-8, <html><body>Sign in to continue",
    "application/xhtml+xml, <html/>"
  })
  void pageOfSomethingElse_onAnyCall_isNoAnswer(String type, String page) {
    DnsZone zone = createZone();
    List<Runnable> writes =
        List.of(
            this::create,
            this::createZone,
            this::putRecord,
            () -> driver.putLabels(network, List.of(ENDPOINT), Map.of("plc.up", "1")),
            () -> driver.removeLabels(network, ENDPOINT, Map.of("plc.up", "1")),
            () -> driver.deleteEndpoints(network, List.of(ENDPOINT)),
            () -> driver.deleteZone(network, zone.id()));
    List<Runnable> reads =
        List.of(
            this::read,
            () -> driver.subnets(network, Optional.empty()),
            () -> driver.endpointsById(network, List.of(ENDPOINT)),
            () ->
                driver.endpoints(network, EndpointFilter.ids(List.of(ENDPOINT)), Optional.empty()),
            () -> driver.dnsSwitch(network, DnsSwitch.RESOLVER),
            () -> driver.zone(network, zone.id()),
            () -> driver.records(network, zone, Optional.empty()),
            () ->
                driver.zones(
                    network,
                    new ZoneQuery(ZoneQuery.Scope.IN_NETWORK, "a.example.com"),
                    Optional.empty()),
            () -> driver.changeDone(network, "C1"));

    FakeReply reply = FakeReply.foreign(type, page);
    writes.forEach(call -> assertThat(onReply(reply, call)).isEqualTo(OUTCOME_UNKNOWN));
    reads.forEach(call -> assertThat(onReply(reply, call)).isEqualTo(UNAVAILABLE));
  }

  private ErrorKind onReply(FakeReply reply, Runnable call) {
    aws.answerNext(each -> true, reply);
    return failureOf(call).kind();
  }

  @Test
  void answerWithoutTheEndpoint_onACreate_isOutcomeUnknown() {
    aws.answerNext(
        each -> true,
        FakeReply.ok("<CreateVpcEndpointResponse><vpcEndpoint/></CreateVpcEndpointResponse>"));

    assertThat(failureOf(this::create).kind()).isEqualTo(OUTCOME_UNKNOWN);
  }

  @Test
  void changeThatIsNotKnownYet_isNotDoneYet() {
    aws.answerNext(each -> true, FakeReply.route53Error(404, "NoSuchChange", TEXT));

    assertThat(driver.changeDone(network, "C1")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "vpce:AllowMultiRegion, UnauthorizedOperation",
    "ec2:DescribeVpcs, AccessDenied",
    "ec2:CreateTags, UnauthorizedOperation"
  })
  void refusal_namesThePermissionThatAwsNames_andNotTheEncodedMessage(String action, String code) {
    aws.answerNext(
        each -> true,
        FakeReply.ec2Error(
            403,
            code,
            "You are not authorized to perform this operation. User: arn:aws:iam::111122223333:role/r"
                + " is not authorized to perform: "
                + action
                + " on resource: * because no identity-based policy allows the action."
                + " Encoded authorization failure message: AbCdEf0123456789"));

    RemoteException failure = failureOf(this::create);

    assertThat(failure.kind()).isEqualTo(ErrorKind.ACCESS_DENIED);
    assertThat(failure.permission()).hasValue(action);
    assertThat(failure).hasMessageEndingWith("allows the action.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sessionToken\":\"S3CR3T\"}",
        "x-amz-signature%3DS3CR3T",
        "Authorization: Bearer S3CR3T",
        "Authorization: AWS4-HMAC-SHA256 Credential=S3CR3T",
        "could not connect to http://user:S3CR3T@proxy:8080",
        "password = 'S3CR3T'",
        "aws_secret_access_key=S3CR3T"
      })
  void secrets_areNotQuoted(String text) {
    assertThat(Redaction.clean(text)).doesNotContain("S3CR3T").contains("***");
  }

  @Test
  void droppedConnection_onADeletion_isOutcomeUnknownAndNotRepeated() {
    DnsZone zone = createZone();
    aws.loseNextReply(request -> request.action().equals("DeleteHostedZone"));

    RemoteException failure = failureOf(() -> driver.deleteZone(network, zone.id()));

    assertThat(failure.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    assertThat(aws.requestCount()).isEqualTo(2);
    assertThat(driver.zone(network, zone.id())).isEmpty();
  }

  @Test
  void refusedConnection_isUnavailable() {
    aws.close();

    assertThat(failureOf(this::create).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(failureOf(this::read).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
  }

  /** The only test here that waits in real time: a time-out cannot be had otherwise. */
  @Test
  void answerThatDoesNotCome_endsTheCall_withAnUnknownOutcome() {
    CountDownLatch end = new CountDownLatch(1);
    aws.stallNext(each -> true, end);
    try (PrivateLinkDriver other =
        open(aws.options().callTimeout(Duration.ofMillis(100)).build())) {
      RemoteException failure =
          failureOf(() -> other.createZone(network, "a.example.com", "reference"));

      assertThat(failure.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
      assertThat(Thread.interrupted()).isFalse();
    } finally {
      end.countDown();
    }
  }

  @Test
  void unknownHost_isUnavailable() {
    AwsOptions options = aws.options().ec2Endpoint(URI.create("https://nowhere.invalid")).build();
    try (PrivateLinkDriver other = open(options)) {
      RemoteException failure = failureOf(() -> other.endpoint(network, "vpce-0123456789abcdef0"));

      assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }
  }

  @Test
  void closedDriver_sendsNothing() {
    driver.close();

    assertThat(failureOf(this::create).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(aws.requestCount()).isZero();
  }

  @Test
  void credentialsThatCannotBeHad_areBadCredentials_andTheirReasonIsNotQuoted() {
    AwsCredentialsProvider broken =
        () -> {
          throw new IllegalStateException("token s3cr3t is no good");
        };
    try (PrivateLinkDriver other = open(aws.options().credentials(broken).build())) {
      RemoteException failure = failureOf(() -> other.endpoint(network, "vpce-0123456789abcdef0"));

      assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_CREDENTIALS);
      assertThat(failure).hasMessageNotContaining("s3cr3t").hasNoCause();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SignatureDoesNotMatch, x-amz-security-token:SECRETTOKEN",
    "IncompleteSignature, Credential=AKIAFAKEFAKEFAKEFAKE/20260101 Signature=0123abcd",
    "AuthFailure, the key AKIAFAKEFAKEFAKEFAKE with Signature=0123abcd is not valid"
  })
  void signatures_areNotQuoted(String code, String text) {
    aws.answerNext(each -> true, FakeReply.ec2Error(403, code, text));

    assertThat(failureOf(this::create))
        .hasMessageNotContaining("SECRETTOKEN")
        .hasMessageNotContaining("AKIAFAKE")
        .hasMessageNotContaining("0123abcd");
  }

  @Test
  void region_thatIsNone_isBadNetwork_andNothingIsSent() {
    ClusterNetwork wrong =
        ClusterNetwork.builder()
            .cloud(network.cloud())
            .region("evil.example.com#")
            .vpcId(network.vpcId())
            .subnetIds(network.subnetIds())
            .build();

    RemoteException failure = failureOf(() -> driver.subnets(wrong, Optional.empty()));

    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_NETWORK);
    assertThat(aws.requestCount()).isZero();
  }

  private Object create() {
    return driver.createEndpoint(
        network,
        new EndpointSpec(
            "plc-1",
            AwsEndpointService.of("com.amazonaws.vpce.us-west-2.vpce-svc-0123456789abcdef0"),
            List.of(
                new io.privatelink4j.spi.Subnet(
                    network.subnetIds().get(0),
                    network.vpcId(),
                    "usw2-az1",
                    "us-west-2b",
                    FakeWorld.ACCOUNT,
                    OptionalInt.empty())),
            new TreeMap<>(),
            "token"));
  }

  private DnsZone createZone() {
    return driver.createZone(network, "a.example.com", "reference");
  }

  private Object putRecord() {
    DnsZone zone = new DnsZone("Z1", "a.example.com", Optional.empty(), Set.of());
    return driver.putRecords(
        network, zone, List.of(new ZoneRecord("", "*", "target.example.com", 60)));
  }

  private Object read() {
    return driver.endpoint(network, "vpce-0123456789abcdef0");
  }

  private static RemoteException failureOf(Runnable call) {
    RemoteException failure = catchThrowableOfType(RemoteException.class, call::run);
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).isNotBlank();
    return failure;
  }
}
