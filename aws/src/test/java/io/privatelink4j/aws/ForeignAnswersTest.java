package io.privatelink4j.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.privatelink4j.aws.WireAws.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that the SDK takes as they come, and that are none. */
class ForeignAnswersTest {
  private final WireAws aws = new WireAws();
  private PrivateLinkDriver driver = WireAws.open(aws.options());

  @AfterEach
  void close() {
    driver.close();
    aws.close();
  }

  private void answer(ResponseDefinitionBuilder answer) {
    aws.server.stubFor(any(anyUrl()).willReturn(answer));
  }

  static Stream<Arguments> foreignXml() {
    return Stream.<Function<WireCall, ResponseDefinitionBuilder>>of(
            call ->
                aResponse()
                    .withHeader("Content-Type", "application/xhtml+xml")
                    .withBody(
                        "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>Sign in</body></html>"),
            call ->
                aResponse()
                    .withHeader("Content-Type", "text/xml")
                    .withBody("<fault><reason>no route</reason></fault>"),
            call ->
                success()
                    .withBody(
                        "<Response><Errors><Error><Code>InternalError</Code><Message>m</Message>"
                            + "</Error></Errors><RequestID>1</RequestID></Response>"),
            call -> success(),
            call -> success().withStatus(204))
        .flatMap(
            answer ->
                Stream.of(WireCall.values()).map(call -> Arguments.of(call, answer.apply(call))));
  }

  /** Else an endpoint would be taken for gone, and a deletion for done. */
  @ParameterizedTest
  @MethodSource("foreignXml")
  void success_withoutTheRootThatTheCallHas_isNotBelieved(
      WireCall call, ResponseDefinitionBuilder foreign) {
    answer(foreign);

    assertThat(catchThrowable(() -> call.make(driver, aws.network)))
        .isInstanceOfSatisfying(
            RemoteException.class, e -> assertThat(e.kind()).isEqualTo(call.notUnderstood()));
  }

  @ParameterizedTest
  @EnumSource(names = {"EC2_READ", "EC2_WRITE"})
  void messageOfAnError_isCutToWhatSomebodyCanRead(WireCall call) {
    answer(
        success()
            .withStatus(500)
            .withBody(
                "<Response><Errors><Error><Code>InternalError</Code><Message>"
                    + "x".repeat(2_000_000)
                    + "</Message></Error></Errors></Response>"));

    assertThat(catchThrowableOfType(RemoteException.class, () -> call.make(driver, aws.network)))
        .message()
        .hasSizeLessThan(10_000);
  }

  /** They go to logs. */
  @ParameterizedTest
  @EnumSource(names = {"EC2_READ", "EC2_WRITE"})
  void textsOfAnError_areOneLineEach_withoutKeys(WireCall call) {
    answer(
        success()
            .withStatus(400)
            .withHeader("x-amzn-RequestId", "a\tb" + WireAws.KEY_ID)
            .withBody(
                "<Response><Errors><Error><Code>Co\nde "
                    + WireAws.KEY_ID
                    + "</Code><Message>one\ntwo\u0085three</Message></Error></Errors>"
                    + "<RequestID>a&#10;b</RequestID></Response>"));

    RemoteException failure =
        catchThrowableOfType(RemoteException.class, () -> call.make(driver, aws.network));

    assertThat(failure).hasMessage("one two three");
    assertThat(failure.code()).isEqualTo("Co de ***");
    assertThat(failure.requestId().orElseThrow())
        .doesNotContain("\n", "\t", WireAws.KEY_ID)
        .isNotBlank();
  }

  @Test
  void textsOfAnItem_areOneLineEach_andCut() {
    answer(
        success()
            .withBody(
                "<DeleteVpcEndpointsResponse><unsuccessful><item><error><code>Co\nde</code><message>"
                    + "x\n".repeat(100_000)
                    + "</message></error><resourceId>vpce-1</resourceId></item></unsuccessful>"
                    + "</DeleteVpcEndpointsResponse>"));

    RemoteException failure = driver.deleteEndpoints(aws.network, List.of("vpce-1")).get("vpce-1");

    assertThat(failure.code()).isEqualTo("Co de");
    assertThat(failure).message().hasSizeLessThan(10_000).startsWith("x x ");
  }

  @ParameterizedTest
  @EnumSource(names = {"EC2_WRITE", "ROUTE53_READ", "ROUTE53_WRITE"})
  void messageOfAnAnswerWithoutContent_tellsNothingOfTheProgram(WireCall call) {
    answer(success().withBody("<nothing/>"));

    assertThat(catchThrowableOfType(RemoteException.class, () -> call.make(driver, aws.network)))
        .hasMessageNotContainingAny("NullPointer", "software.amazon");
  }

  /**
   * Usually at once; if the JDK has begun to read the rest of the answer for another use of the
   * connection, when it gives that up, which is after five seconds.
   */
  @Test
  void answerThatDribbles_isGivenUpWhenTheTimeIsOver() {
    for (WireCall call : WireCall.values()) {
      try (WireAws server = new WireAws();
          PrivateLinkDriver hasty =
              WireAws.open(server.options().callTimeout(Duration.ofMillis(200)))) {
        server.server.stubFor(
            any(anyUrl())
                .willReturn(
                    success().withBody(call.document()).withChunkedDribbleDelay(100, 15_000)));
        long start = System.nanoTime();

        assertThat(catchThrowable(() -> call.make(hasty, server.network)))
            .isInstanceOf(RemoteException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .as("%s", call)
            .isLessThan(Duration.ofSeconds(9));
      }
    }
  }
}
