package io.privatelink4j.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.privatelink4j.aws.WireAws.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.sun.management.ThreadMXBean;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What can go wrong between the library and AWS, short of AWS itself. A read may be made again; a
 * write goes out once, and unless it is known to have been refused its outcome is unknown.
 */
class HttpFaultsTest {
  private static final String SECRET = "content of the entity";
  private static final int HUGE = 20_000_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final WireAws aws = new WireAws();
  private final WireAws elsewhere = new WireAws();
  private PrivateLinkDriver driver = WireAws.open(aws.options());

  @TempDir Path files;

  @AfterEach
  void close() {
    driver.close();
    aws.close();
    elsewhere.close();
  }

  private void answer(ResponseDefinitionBuilder answer) {
    aws.server.stubFor(any(anyUrl()).willReturn(answer));
  }

  private Object make(WireCall call) {
    return call.make(driver, aws.network);
  }

  /** The failure of a call that sends one request and reaches nobody else. */
  private RemoteException failure(WireCall call) {
    RemoteException failure = failure(call, 1);
    assertThat(elsewhere.requests()).isEmpty();
    return failure;
  }

  private RemoteException failure(WireCall call, int requests) {
    Throwable failure = catchThrowable(() -> make(call));

    assertThat(failure).isExactlyInstanceOf(RemoteException.class).hasNoCause();
    assertThat(Thread.interrupted()).as("interrupted").isFalse();
    assertThat(aws.requests()).as("requests").hasSize(requests);
    assertThat(failure.getMessage())
        .isNotBlank()
        .hasSizeLessThan(1_000)
        .doesNotContain(SECRET, WireAws.KEY_ID);
    return (RemoteException) failure;
  }

  private static void assertNotUnderstood(WireCall call, RemoteException failure) {
    assertThat(failure.kind()).isEqualTo(call.notUnderstood());
    assertThat(failure.code()).isEqualTo("NoAnswer");
  }

  static Stream<Arguments> brokenConnections() {
    return Stream.of(Fault.values())
        .flatMap(
            fault ->
                Stream.of(WireCall.values())
                    .flatMap(
                        call ->
                            Stream.of(false, true)
                                .map(reused -> Arguments.of(fault, call, reused))));
  }

  @ParameterizedTest
  @MethodSource("brokenConnections")
  void connection_thatBreaks_isReported_andNoWriteIsSentTwice(
      Fault fault, WireCall call, boolean reused) {
    if (reused) {
      answer(success().withBody(call.document()));
      make(call);
      aws.server.resetAll();
    }
    answer(aResponse().withFault(fault));
    int requests = sentTwiceByTheJdk(fault, call) ? 2 : 1;

    assertNotUnderstood(call, failure(call, requests));
    assertThat(aws.connections()).as("the first one was used again").isEqualTo(requests);
  }

  /** Only a GET has no body of declared length, without which the JDK dares to repeat it. */
  private static boolean sentTwiceByTheJdk(Fault fault, WireCall call) {
    return call == WireCall.ROUTE53_READ
        && (fault == Fault.EMPTY_RESPONSE || fault == Fault.CONNECTION_RESET_BY_PEER);
  }

  /** A real time-out, because the SDK's clock and the socket's cannot be set. */
  @ParameterizedTest
  @EnumSource
  void answer_thatComesAfterTheTimeout_isNotWaitedFor(WireCall call) {
    driver.close();
    driver = WireAws.open(aws.options().callTimeout(Duration.ofMillis(200)));
    answer(success().withBody(call.document()).withFixedDelay(1_500));

    long start = System.nanoTime();
    assertNotUnderstood(call, failure(call));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_400));
  }

  static Stream<Arguments> dribblingAnswers() {
    return each(
        List.of(
            call -> success().withBody(call.document()).withChunkedDribbleDelay(20, 600),
            call -> aResponse().withStatus(503).withBody("busy").withChunkedDribbleDelay(4, 600)));
  }

  /** It may have come whole in the end, but too late. */
  @ParameterizedTest
  @MethodSource("dribblingAnswers")
  void answer_thatDribblesBeyondTheTimeout_isNotUsed(
      WireCall call, ResponseDefinitionBuilder dribble) {
    driver.close();
    driver = WireAws.open(aws.options().callTimeout(Duration.ofMillis(200)));
    answer(dribble);

    assertThat(failure(call).kind()).isEqualTo(call.notUnderstood());
  }

  private static Stream<Arguments> each(
      List<Function<WireCall, ResponseDefinitionBuilder>> answers) {
    return answers.stream()
        .flatMap(
            answer ->
                Stream.of(WireCall.values()).map(call -> Arguments.of(call, answer.apply(call))));
  }

  static Stream<Arguments> redirects() {
    return IntStream.of(301, 302, 303, 307, 308)
        .boxed()
        .flatMap(status -> Stream.of(WireCall.values()).map(call -> Arguments.of(status, call)));
  }

  @ParameterizedTest
  @MethodSource("redirects")
  void redirect_isNotFollowed(int status, WireCall call) {
    answer(
        success().withStatus(status).withHeader("Location", elsewhere.uri() + "/2013-04-01/else"));

    RemoteException failure = failure(call);

    assertThat(failure.kind()).isEqualTo(call.notUnderstood());
    assertThat(failure.code()).isEqualTo("Http" + status);
  }

  static Stream<Arguments> foreignAnswers() {
    return each(
        List.of(
            call -> aResponse().withStatus(204),
            call -> aResponse().withStatus(200),
            call -> typed("text/html").withBody("<html><body>Sign in<br></body></html>"),
            call -> typed("application/json").withBody("{\"ok\": true}"),
            call -> success().withBody("{\"ok\": true}"),
            call -> success().withBody("<html><body>Sign in<br></body></html>"),
            call -> success().withBody(" \n"),
            call -> success().withHeader("Content-Length", "9999").withBody(cut(call.document())),
            call -> success().withBody(cut(call.document()))));
  }

  private static String cut(String document) {
    return document.substring(0, document.length() - 9);
  }

  private static ResponseDefinitionBuilder typed(String type) {
    return aResponse().withStatus(200).withHeader("Content-Type", type);
  }

  @ParameterizedTest
  @MethodSource("foreignAnswers")
  void success_thatIsNoAnswerOfAws_isNotBelieved(WireCall call, ResponseDefinitionBuilder foreign) {
    answer(foreign);

    assertNotUnderstood(call, failure(call));
  }

  /** It may have said that what is to be deleted is gone already. */
  @ParameterizedTest
  @EnumSource
  void error_thatIsCutOff_isNotUnderstood(WireCall call) {
    answer(
        success()
            .withStatus(404)
            .withHeader("Content-Length", "9999")
            .withBody("<?xml version=\"1.0\"?><ErrorResponse><Error><Co"));

    assertNotUnderstood(call, failure(call));
  }

  @ParameterizedTest
  @EnumSource
  void answer_thatIsCompressedUnasked_isNotUnderstood(WireCall call) throws IOException {
    answer(success().withHeader("Content-Encoding", "gzip").withBody(zipped(call)));

    assertNotUnderstood(call, failure(call));
  }

  private static byte[] zipped(WireCall call) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(call.document().getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void answer_isReadWhateverItsType(WireCall call) {
    assertReadLike(call, typed("text/plain").withBody(call.document()));
  }

  private void assertReadLike(WireCall call, ResponseDefinitionBuilder other) {
    answer(success().withBody(call.document()));
    Object expected = make(call);
    aws.server.resetAll();
    answer(other);

    assertThat(make(call)).isEqualTo(expected);
    assertThat(aws.requests()).hasSize(1);
    assertThat(elsewhere.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @ResourceLock("memory")
  void answer_thatIsHuge_costsAFewTimesItsSize(WireCall call) {
    answer(success().withBody(call.document()));
    Object expected = make(call);
    answer(success().withBody(inside(call.document(), "<more>" + "x".repeat(HUGE) + "</more>")));

    long before = THREADS.getCurrentThreadAllocatedBytes();
    Object read = make(call);

    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isBetween(1L * HUGE, 10L * HUGE);
    assertThat(read).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  @ResourceLock("memory")
  void errorPage_thatIsHuge_isNotQuoted(WireCall call) {
    answer(
        aResponse()
            .withStatus(502)
            .withHeader("Content-Type", "text/html")
            .withBody("<html>" + "x".repeat(HUGE) + "</html>"));

    RemoteException failure = failure(call);

    assertThat(failure.kind()).isEqualTo(call.notUnderstood());
    assertThat(failure.code()).isEqualTo("Http502");
  }

  /** The document with something more right behind the start of its root. */
  private static String inside(String document, String more) {
    int root = document.indexOf('>', document.indexOf("Response")) + 1;
    return document.substring(0, root) + more + document.substring(root);
  }

  /** The document with a type, after its first line. */
  private static String typed(String document, String doctype) {
    int line = document.indexOf("?>") + 2;
    return document.substring(0, line) + doctype + document.substring(line);
  }

  private enum Entity {
    INTERNAL,
    LAUGHS,
    FILE,
    URL;

    /** A document type that declares the entity "e". */
    String doctype(Path file, WireAws elsewhere) {
      return switch (this) {
        case INTERNAL -> "<!DOCTYPE r [<!ENTITY e \"" + SECRET + "\">]>";
        case LAUGHS -> "<!DOCTYPE r [" + laughs() + "<!ENTITY e \"&l9;\">]>";
        case FILE -> "<!DOCTYPE r [<!ENTITY e SYSTEM \"" + file.toUri() + "\">]>";
        case URL -> "<!DOCTYPE r [<!ENTITY e SYSTEM \"" + elsewhere.uri() + "/e\">]>";
      };
    }

    /** Ten times ten times ten, nine times over. */
    private static String laughs() {
      IntFunction<String> entity =
          k -> "<!ENTITY l" + k + " \"" + ("&l" + (k - 1) + ";").repeat(10) + "\">";
      return "<!ENTITY l0 \""
          + SECRET
          + "\">"
          + IntStream.rangeClosed(1, 9).mapToObj(entity).reduce("", String::concat);
    }
  }

  static Stream<Arguments> entities() {
    return Stream.of(Entity.values())
        .flatMap(entity -> Stream.of(WireCall.values()).map(call -> Arguments.of(entity, call)));
  }

  private String doctype(Entity entity) throws IOException {
    elsewhere.server.stubFor(any(anyUrl()).willReturn(aResponse().withBody(SECRET)));
    Path file = Files.writeString(files.resolve("secret.txt"), SECRET);
    return entity.doctype(file, elsewhere);
  }

  @ParameterizedTest
  @MethodSource("entities")
  void entity_inASuccess_isNotExpanded(Entity entity, WireCall call) throws IOException {
    answer(success().withBody(typed(inside(call.document(), "<more>&e;</more>"), doctype(entity))));

    assertNotUnderstood(call, failure(call));
  }

  @ParameterizedTest
  @MethodSource("entities")
  void entity_inAnError_isNotExpanded(Entity entity, WireCall call) throws IOException {
    String error =
        "<?xml version=\"1.0\"?><Response><Errors><Error><Code>InvalidParameter</Code>"
            + "<Message>&e;</Message></Error></Errors></Response>";
    answer(success().withStatus(400).withBody(typed(error, doctype(entity))));

    assertThat(failure(call).kind()).isEqualTo(ErrorKind.INVALID);
  }

  @ParameterizedTest
  @EnumSource
  void documentType_ofAnotherServer_isNotFetched_andTheAnswerNotBelieved(WireCall call) {
    answer(
        success()
            .withBody(
                typed(call.document(), "<!DOCTYPE r SYSTEM \"" + elsewhere.uri() + "/r.dtd\">")));

    assertNotUnderstood(call, failure(call));
  }

  @ParameterizedTest
  @EnumSource
  void parameterEntity_ofAnotherServer_isNotFetched_andTheAnswerNotBelieved(WireCall call) {
    answer(
        success()
            .withBody(
                typed(
                    call.document(),
                    "<!DOCTYPE r [<!ENTITY % p SYSTEM \"" + elsewhere.uri() + "/p.dtd\"> %p;]>")));

    assertNotUnderstood(call, failure(call));
  }
}
