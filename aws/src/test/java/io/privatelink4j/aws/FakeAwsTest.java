package io.privatelink4j.aws;

import static io.privatelink4j.aws.BareAws.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.route53.Route53Client;

/** What the fake demands of every request: signature, form, permission, token bucket. */
class FakeAwsTest {
  private final BareAws aws = new BareAws();

  @AfterEach
  void close() {
    aws.close();
  }

  private void subnets(Ec2Client ec2) {
    ec2.describeSubnets(request -> request.subnetIds(aws.subnet()));
  }

  private void zones(Route53Client route53) {
    route53.listHostedZones();
  }

  private HttpResponse<String> raw(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder form(String text) {
    return HttpRequest.newBuilder(aws.fake.uri().resolve("/"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(text));
  }

  @Test
  void request_withoutSignature_isRefused() throws Exception {
    HttpResponse<String> ec2 = raw(form("Action=DescribeVpcEndpoints&Version=2016-11-15"));
    URI zones = aws.fake.uri().resolve("/2013-04-01/hostedzone");
    HttpResponse<String> route53 = raw(HttpRequest.newBuilder(zones));

    assertThat(ec2.statusCode()).isEqualTo(403);
    assertThat(ec2.body()).contains("<Code>MissingAuthenticationToken</Code>");
    assertThat(route53.statusCode()).isEqualTo(403);
    assertThat(route53.body()).contains("<Code>MissingAuthenticationToken</Code>");
    assertThat(aws.fake.requests()).isEmpty();
  }

  @Test
  void signature_thatIsNotWhole_isRefused() throws Exception {
    HttpResponse<String> answer =
        raw(form("Action=X").header("Authorization", "AWS4-HMAC-SHA256 Credential=A/B"));

    assertThat(answer.body()).contains("<Code>IncompleteSignature</Code>");
  }

  @Test
  void signature_withAnotherSecret_doesNotMatch() {
    try (SdkHttpClient http = UrlConnectionHttpClient.create();
        Ec2Client ec2 =
            aws.client(Ec2Client.builder(), FakeAws.REGION, FakeAws.KEY_ID, "other", http);
        Route53Client route53 =
            aws.client(Route53Client.builder(), "us-east-1", FakeAws.KEY_ID, "other", http)) {
      refused(() -> subnets(ec2), 403, "SignatureDoesNotMatch");
      refused(() -> zones(route53), 403, "SignatureDoesNotMatch");
    }
  }

  @Test
  void signature_coversTheBody() {
    byte[] other =
        "Action=DescribeVpcEndpoints&Version=2016-11-15".getBytes(StandardCharsets.UTF_8);

    refusedIfChanged(
        request ->
            HttpExecuteRequest.builder()
                .request(
                    request.httpRequest().toBuilder()
                        .putHeader("Content-Length", String.valueOf(other.length))
                        .build())
                .contentStreamProvider(() -> new ByteArrayInputStream(other))
                .build(),
        403,
        "SignatureDoesNotMatch");
  }

  @Test
  void headersOfAws_mustBeSigned() {
    refusedIfChanged(
        request -> withHeader(request, "X-Amz-Other", "1"), 403, "SignatureDoesNotMatch");
  }

  @Test
  void request_thatIsTooOld_isExpired() {
    refusedIfChanged(
        request -> withHeader(request, "X-Amz-Date", "20200101T000000Z"), 400, "RequestExpired");
  }

  private static HttpExecuteRequest withHeader(
      HttpExecuteRequest request, String name, String value) {
    return HttpExecuteRequest.builder()
        .request(request.httpRequest().toBuilder().putHeader(name, value).build())
        .contentStreamProvider(request.contentStreamProvider().orElseThrow())
        .build();
  }

  private void refusedIfChanged(UnaryOperator<HttpExecuteRequest> change, int status, String code) {
    try (SdkHttpClient http = new Tampering(change);
        Ec2Client ec2 =
            aws.client(Ec2Client.builder(), FakeAws.REGION, FakeAws.KEY_ID, FakeAws.SECRET, http)) {
      refused(() -> subnets(ec2), status, code);
    }
  }

  @Test
  void signature_isForTheServiceThatIsCalled() throws Exception {
    String signature =
        "AWS4-HMAC-SHA256 Credential="
            + FakeAws.KEY_ID
            + "/20260101/us-east-1/route53/aws4_request, SignedHeaders=host;x-amz-date, Signature="
            + "0".repeat(64);

    HttpResponse<String> answer = raw(form("Action=X").header("Authorization", signature));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("correct service: 'ec2'");
  }

  /** EC2 answers 401, and with that status the JDK's client loses the body and the code in it. */
  @Test
  void unknownKey_isRefusedAsEachServiceDoes() {
    try (SdkHttpClient http = UrlConnectionHttpClient.create();
        Ec2Client ec2 =
            aws.client(Ec2Client.builder(), FakeAws.REGION, "AKIAOTHER", FakeAws.SECRET, http);
        Route53Client route53 =
            aws.client(Route53Client.builder(), "us-east-1", "AKIAOTHER", FakeAws.SECRET, http)) {
      assertThatThrownBy(() -> subnets(ec2))
          .isInstanceOfSatisfying(
              AwsServiceException.class, e -> assertThat(e.statusCode()).isEqualTo(401));
      refused(() -> zones(route53), 403, "InvalidClientTokenId");
    }
  }

  @Test
  void route53_isSignedForItsOneRegion() {
    try (Route53Client other = aws.route53("us-west-2")) {
      refused(() -> zones(other), 403, "SignatureDoesNotMatch");
    }
    assertThatCode(() -> zones(aws.route53)).doesNotThrowAnyException();
  }

  @Test
  void ec2_servesTheRegionOfTheSignature() {
    try (Ec2Client other = aws.ec2("eu-west-1")) {
      refused(() -> subnets(other), "InvalidSubnetID.NotFound");
    }
    assertThatCode(() -> subnets(aws.ec2)).doesNotThrowAnyException();
  }

  @Test
  void unknownActionOfEc2_isInvalid() {
    refused(() -> aws.ec2.describeInstances(), "InvalidAction");
  }

  @Test
  void parameterThatIsNotKnown_isRefused() {
    refused(
        () -> aws.create(aws.endpoint(aws.service(false)).policyDocument("{}")),
        "UnknownParameter");
  }

  @Test
  void dryRun_isAlwaysAnError_andDoesNothing() {
    refused(
        () -> aws.create(aws.endpoint(aws.service(false)).dryRun(true)), 412, "DryRunOperation");
    aws.fake.deny("ec2:CreateVpcEndpoint");
    refused(
        () -> aws.create(aws.endpoint(aws.service(false)).dryRun(true)),
        403,
        "UnauthorizedOperation");

    assertThat(aws.ec2.describeVpcEndpoints().vpcEndpoints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec2:CreateVpcEndpoint", "ec2:CreateTags", "vpce:AllowMultiRegion"})
  void creation_needsItsPermissions(String permission) {
    aws.fake.deny(permission);
    String service = aws.allowed(aws.fake.publish("us-east-1", false));

    refused(
        () ->
            aws.create(
                aws.endpoint(service)
                    .serviceRegion("us-east-1")
                    .tagSpecifications(BareAws.tags("vpc-endpoint", BareAws.tag("k", "v")))),
        403,
        "UnauthorizedOperation");
  }

  @ParameterizedTest
  @ValueSource(strings = {"route53:CreateHostedZone", "ec2:DescribeVpcs"})
  void privateZone_needsItsPermissions(String permission) {
    aws.fake.deny(permission);

    refused(() -> aws.createZone("x.example.com"), 403, "AccessDenied");
    assertThat(aws.fake.zoneCount()).isZero();
  }

  @Test
  void ec2Reads_haveABucketOf100For20PerSecond_eachCallItsOwn() {
    aws.fake.throttle();

    assertThat(allowance(() -> aws.ec2.describeVpcEndpoints())).isEqualTo(100);
    aws.pass(Duration.ofSeconds(1));
    assertThat(allowance(() -> aws.ec2.describeVpcEndpoints())).isEqualTo(20);
    assertThatCode(() -> subnets(aws.ec2)).doesNotThrowAnyException();
    refused(() -> aws.ec2.describeVpcEndpoints(), 503, "RequestLimitExceeded");
  }

  @Test
  void ec2Buckets_areOfOneRegion() {
    aws.fake.throttle();
    allowance(() -> aws.ec2.describeVpcEndpoints());

    try (Ec2Client other = aws.ec2("eu-west-1")) {
      assertThatCode(() -> other.describeVpcEndpoints()).doesNotThrowAnyException();
    }
  }

  @Test
  void creationAndDeletionOfEndpoints_haveABucketOf4ForOneIn3AndAThirdSeconds() {
    String service = aws.service(false);
    aws.fake.throttle();
    Callable<?> create = () -> aws.create(aws.endpoint(service));

    assertThat(allowance(create)).isEqualTo(4);
    aws.pass(Duration.ofMillis(3_300));
    assertThat(allowance(create)).isZero();
    aws.pass(Duration.ofMillis(100));
    assertThat(allowance(create)).isEqualTo(1);
    assertThat(
            allowance(
                () ->
                    aws.ec2.deleteVpcEndpoints(
                        request -> request.vpcEndpointIds("vpce-00000000000000000"))))
        .isEqualTo(4);
  }

  @Test
  void tagCalls_haveABucketOf100For10PerSecond() {
    String id = aws.tagged("k", "v");
    aws.fake.throttle();
    Callable<?> tag =
        () -> aws.ec2.createTags(request -> request.resources(id).tags(BareAws.tag("k", "w")));

    assertThat(allowance(tag)).isEqualTo(100);
    aws.pass(Duration.ofSeconds(1));
    assertThat(allowance(tag)).isEqualTo(10);
  }

  @Test
  void route53_takes5CallsPerSecond_whateverTheCall() {
    aws.fake.throttle();

    assertThat(allowance(() -> aws.route53.listHostedZones())).isEqualTo(5);
    refused(() -> aws.route53.getHostedZone(request -> request.id("Z1")), 400, "Throttling");
    aws.pass(Duration.ofSeconds(1));
    assertThat(allowance(() -> aws.route53.listHostedZones())).isEqualTo(5);
  }

  private static int allowance(Callable<?> call) {
    for (int done = 0; ; done++) {
      try {
        call.call();
      } catch (AwsServiceException e) {
        assertThat(e.isThrottlingException()).isTrue();
        return done;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void answers_canBeHtml_droppedLostOrCutOff() {
    String service = aws.service(false);
    aws.fake.answerNext(request -> true, FakeReply.html(503));
    assertThatThrownBy(() -> subnets(aws.ec2))
        .isInstanceOfSatisfying(
            AwsServiceException.class, e -> assertThat(e.statusCode()).isEqualTo(503));
    aws.fake.dropNext(request -> true);
    assertThatThrownBy(() -> aws.create(aws.endpoint(service)))
        .isInstanceOf(SdkClientException.class);
    assertThat(aws.ec2.describeVpcEndpoints().vpcEndpoints()).isEmpty();
    aws.fake.loseNextReply(request -> true);
    assertThatThrownBy(() -> aws.create(aws.endpoint(service)))
        .isInstanceOf(SdkClientException.class);
    aws.fake.truncateNextReply(request -> true);
    assertThatThrownBy(() -> aws.create(aws.endpoint(service)))
        .isInstanceOf(SdkClientException.class);

    assertThat(aws.ec2.describeVpcEndpoints().vpcEndpoints()).hasSize(2);
  }

  /** Changes requests that are signed already. */
  private static final class Tampering implements SdkHttpClient {
    private final SdkHttpClient real = UrlConnectionHttpClient.create();
    private final UnaryOperator<HttpExecuteRequest> change;

    Tampering(UnaryOperator<HttpExecuteRequest> change) {
      this.change = change;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return real.prepareRequest(change.apply(request));
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
