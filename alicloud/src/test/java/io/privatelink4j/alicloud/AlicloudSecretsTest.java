package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.alicloud.CannedCloud.Reply;
import io.privatelink4j.alicloud.CannedCloud.Seen;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a failure tells holds a key, a token, a signature or a signed URL. */
class AlicloudSecretsTest {
  private static final String UNSEEN = "S3CR3T";

  /** Answers that quote the request, as gateways and proxies do. */
  static List<Function<Seen, Reply>> quoting() {
    return List.of(
        request ->
            CannedCloud.error(
                400, "SignatureDoesNotMatch", "server string to sign is:" + flat(request)),
        request -> CannedCloud.error(400, "IncompleteSignature", flat(request)),
        request -> CannedCloud.error(400, "InvalidParameter", "string to sign is:" + flat(request)),
        request -> CannedCloud.error(400, "InvalidParameter", flat(request)),
        request -> CannedCloud.error(400, flat(request), "code that quotes"),
        request -> CannedCloud.error(500, "InternalError", "at https://host/?" + encoded(request)),
        request -> CannedCloud.error(400, "Forbidden.RAM", Keys.TOKEN + " " + Keys.KEY_ID),
        request -> CannedCloud.page(502, "text/html", flat(request)),
        request -> CannedCloud.page(200, "text/html", flat(request)),
        request -> CannedCloud.ok("\"a\":\"" + flat(request) + "\"").dropped(),
        request -> CannedCloud.ok("\"a\":\"" + flat(request) + "\"").truncated());
  }

  private static String flat(Seen request) {
    return request.parameters().toString().replace("\"", "");
  }

  private static String encoded(Seen request) {
    StringBuilder query = new StringBuilder();
    request
        .parameters()
        .forEach(
            (name, value) ->
                query
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                    .append('&'));
    return query.toString();
  }

  @ParameterizedTest
  @MethodSource("quoting")
  void failure_tellsNoSecret(Function<Seen, Reply> quoting) {
    try (CannedCloud cloud = new CannedCloud(quoting);
        PrivateLinkDriver driver =
            DriverTestBase.open(cloud.options().credentials(Keys.session()).build())) {
      for (Runnable call :
          List.<Runnable>of(
              () -> driver.endpoint(DriverTestBase.network("vpc-1"), "ep-1"),
              () -> driver.deleteZone(DriverTestBase.network("vpc-1"), "z1"),
              () ->
                  driver.putLabels(
                      DriverTestBase.network("vpc-1"), List.of("ep-1"), Map.of("k", "v")))) {
        RemoteException failure = DriverTestBase.failureOf(call);
        if (failure != null) {
          assertThat(told(failure))
              .doesNotContain(
                  Keys.KEY_ID,
                  Keys.SECRET,
                  Keys.TOKEN,
                  URLEncoder.encode(Keys.TOKEN, StandardCharsets.UTF_8),
                  cloud.last().parameter("Signature"),
                  URLEncoder.encode(cloud.last().parameter("Signature"), StandardCharsets.UTF_8));
        }
      }
    }
  }

  /** Everything that there is to see of a failure. */
  private static String told(RemoteException failure) {
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    return failure + failure.code() + failure.requestId() + stack;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:80/?AccessKeyId=S3CR3T&Signature=S3CR3T failed",
        "https://host.example.com/a?S3CR3T",
        "{\"SecurityToken\":\"S3CR3T\"}",
        "Signature%3DS3CR3T",
        "Authorization: Bearer S3CR3T",
        "Authorization: ACS3-HMAC-SHA256 Credential=S3CR3T",
        "could not connect to http://user:S3CR3T@proxy:8080",
        "password = 'S3CR3T'",
        "AccessKeySecret=S3CR3T",
        "the key LTAIS3CR3T99999999 is unknown",
        "the key STS.S3CR3T99999999 is unknown"
      })
  void secrets_areNotQuoted(String text) {
    assertThat(Redaction.clean(text, List.of())).doesNotContain(UNSEEN).contains("***");
  }

  @Test
  void secrets_thatAreKnown_areNotQuotedWhateverTheyLookLike() {
    assertThat(Redaction.clean("a+b/c= and a%2Bb%2Fc%3D", List.of("a+b/c=", "")))
        .isEqualTo("*** and ***");
  }

  @Test
  void otherTexts_stay() {
    String text = "The specified Endpoint is locked: ep-1 in vpc-1.";

    assertThat(Redaction.clean(text, List.of("x"))).isEqualTo(text);
  }
}
