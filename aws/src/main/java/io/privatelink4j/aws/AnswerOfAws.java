package io.privatelink4j.aws;

import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Refuses a success that something else than AWS has answered, such as the page of a proxy. The SDK
 * would read it as an answer with nothing in it: an endpoint that is gone, a deletion that is done.
 */
final class AnswerOfAws implements ExecutionInterceptor {
  private static final List<String> REQUEST_ID_HEADERS =
      List.of("x-amzn-RequestId", "x-amz-request-id");

  /** XHTML is none: it is what pages are written in. */
  private static final Pattern XML =
      Pattern.compile("(?:text|application)/xml(?:\\s*;.*)?", Pattern.CASE_INSENSITIVE);

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    SdkHttpResponse response = context.httpResponse();
    if (response.isSuccessful() && !isOfAws(response)) {
      throw new Foreign();
    }
  }

  private static boolean isOfAws(SdkHttpResponse response) {
    return REQUEST_ID_HEADERS.stream()
            .anyMatch(header -> response.firstMatchingHeader(header).isPresent())
        || response
            .firstMatchingHeader("Content-Type")
            .filter(type -> XML.matcher(type.strip()).matches())
            .isPresent();
  }

  /** The answer is not AWS's, so what became of the request is not known. */
  static final class Foreign extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Foreign() {
      super("the answer has neither a request id nor XML");
    }
  }
}
