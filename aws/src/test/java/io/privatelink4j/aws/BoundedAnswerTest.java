package io.privatelink4j.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How large an answer may be, and what comes of one that is larger. */
class BoundedAnswerTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final WireAws aws = new WireAws();
  private final PrivateLinkDriver driver = WireAws.open(aws.options());

  @AfterEach
  void close() {
    driver.close();
    aws.close();
  }

  private static long read(String answer) throws IOException {
    return new BoundedAnswer(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)))
        .transferTo(OutputStream.nullOutputStream());
  }

  @Test
  void elements_asManyAsAllowed_areRead_andOneMoreIsNot() throws IOException {
    String most = "<a/>".repeat(BoundedAnswer.MOST_ELEMENTS);

    assertThat(read(most)).isEqualTo(most.length());
    assertThatThrownBy(() -> read(most + "<a>"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than " + BoundedAnswer.MOST_ELEMENTS + " elements");
  }

  @Test
  void levels_asManyAsAllowed_areRead_andOneMoreIsNot() throws IOException {
    String deepest =
        "<?xml version=\"1.0\"?><!-- c -->"
            + "<a>".repeat(BoundedAnswer.DEEPEST - 1)
            + "<b></b><b/>"
            + "</a>".repeat(BoundedAnswer.DEEPEST - 1);

    assertThat(read(deepest + deepest)).isEqualTo(2L * deepest.length());
    assertThatThrownBy(() -> read("<a>".repeat(BoundedAnswer.DEEPEST + 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("deeper than " + BoundedAnswer.DEEPEST + " levels");
  }

  /** The SDK's parser would end with a StackOverflowError. */
  @ParameterizedTest
  @CsvSource({"EC2_READ, 200", "EC2_WRITE, 200", "ROUTE53_WRITE, 200", "EC2_READ, 500"})
  void answer_thatIsNestedTooDeep_isNotUnderstood(WireCall call, int status) {
    String deep = "<a>".repeat(20_000) + "</a>".repeat(20_000);
    aws.server.stubFor(
        any(anyUrl())
            .willReturn(
                WireAws.success().withStatus(status).withBody(inside(call.document(), deep))));

    assertThat(failure(call).kind()).isEqualTo(call.notUnderstood());
  }

  private RemoteException failure(WireCall call) {
    return catchThrowableOfType(RemoteException.class, () -> call.make(driver, aws.network));
  }

  /** The document with something more right behind the start of its root. */
  private static String inside(String document, String more) {
    int root = document.indexOf('>', document.indexOf("Response")) + 1;
    return document.substring(0, root) + more + document.substring(root);
  }

  /** It costs the text itself, in a parser that copies it a few times as it grows. */
  @Test
  @ResourceLock("memory")
  void answer_asLongAsAllowed_isRead_andOneByteMoreIsNot() {
    WireCall call = WireCall.EC2_READ;
    // What follows the root need not be read.
    String document = call.document().strip();
    int rest =
        BoundedAnswer.MOST_BYTES
            - inside(document, "<more></more>").getBytes(StandardCharsets.UTF_8).length;
    aws.server.stubFor(any(anyUrl()).willReturn(WireAws.success().withBody(document)));
    Object expected = call.make(driver, aws.network);
    answerLong(document, rest);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    Object longest = call.make(driver, aws.network);

    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
        .isLessThan(10L * BoundedAnswer.MOST_BYTES);
    assertThat(longest).isEqualTo(expected);
    answerLong(document, rest + 1);
    assertThat(failure(call).kind()).isEqualTo(call.notUnderstood());
  }

  private void answerLong(String document, int more) {
    String text = "<more>" + "x".repeat(more) + "</more>";
    aws.server.stubFor(
        any(anyUrl()).willReturn(WireAws.success().withBody(inside(document, text))));
  }
}
