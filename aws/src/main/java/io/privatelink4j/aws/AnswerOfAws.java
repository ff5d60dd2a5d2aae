package io.privatelink4j.aws;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Refuses a success that is not the answer to its call, such as the page of a proxy: each answer's
 * root is named after its call. The SDK does not look at it, and would read anything as an answer
 * with nothing in it: an endpoint that is gone, a deletion that is done.
 */
final class AnswerOfAws implements ExecutionInterceptor {
  private static final int HEAD_BYTES = 1_024;

  /** Up to the end of the root's first tag. */
  private static final int USUAL_HEAD = 160;

  private static final Pattern ROOT =
      Pattern.compile(
          "\\A\\s*(?:<\\?[^>]*>\\s*)?(?:<!--.*?-->\\s*)*<(\\w+)[\\s/>]", Pattern.DOTALL);

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    if (!context.httpResponse().isSuccessful()) {
      return context.responseBody().map(BoundedAnswer::new);
    }
    String call = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    InputStream body =
        new BufferedInputStream(
            new BoundedAnswer(
                new InterruptibleStream(
                    context.responseBody().orElseGet(InputStream::nullInputStream))),
            USUAL_HEAD);
    if (!root(body).equals(call + "Response")) {
      throw new Foreign();
    }
    return Optional.of(body);
  }

  /** {@return the root's name; blank if there is none} Nothing is taken from the stream. */
  private static String root(InputStream body) {
    try {
      body.mark(HEAD_BYTES);
      StringBuilder head = new StringBuilder(USUAL_HEAD);
      Matcher matcher = ROOT.matcher(head);
      boolean found = false;
      while (!found && head.length() < HEAD_BYTES) {
        int next = body.read();
        if (next < 0) {
          break;
        }
        head.append((char) next);
        found = next == '>' && matcher.reset().find();
      }
      body.reset();
      body.mark(0); // what is read from now on need not be kept
      return found || matcher.reset().find() ? matcher.group(1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What became of the request is not known. */
  static final class Foreign extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Foreign() {
      super("the answer is not one to this call");
    }
  }
}
