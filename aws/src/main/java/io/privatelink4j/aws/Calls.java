package io.privatelink4j.aws;

import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;

/** Makes one call of the SDK and turns whatever it throws into a {@link RemoteException}. */
final class Calls {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,12}");
  private static final Pattern MESSAGE =
      Pattern.compile("<Message>(.*?)</Message>", Pattern.DOTALL);
  private static final Pattern DENIED =
      Pattern.compile("not authorized to perform:? ([A-Za-z0-9-]{1,40}:[A-Za-z0-9]{1,80})");
  private static final String ENCODED = "Encoded authorization failure message";
  private static final String NO_CREDENTIALS = "NoCredentials";
  private static final int CHAIN = 10;
  private static final int RAW_BYTES = 4_096;

  private Calls() {}

  /** A read: whatever happened to it, nothing was done, so it can be repeated. */
  static <T> T read(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw translate(e, false);
    }
  }

  /** A write: unless its failure proves the contrary it may have been carried out. */
  static <T> T write(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw translate(e, true);
    }
  }

  private static RemoteException translate(RuntimeException failure, boolean write) {
    if (failure instanceof RemoteException remote) {
      return remote;
    }
    if (failure instanceof AwsServiceException service) {
      return answered(service, write);
    }
    return unanswered(failure, write);
  }

  /** {@return the failure of one item of an answer that is a success as a whole} */
  static RemoteException item(String code, String message, @Nullable String requestId) {
    return new RemoteException(
        ErrorTable.kind(code, message, 400),
        Redaction.clean(code),
        Redaction.clean(message.isBlank() ? code : message),
        cleanOrNull(requestId),
        null,
        null);
  }

  private static @Nullable String cleanOrNull(@Nullable String text) {
    return text == null ? null : Redaction.clean(text);
  }

  /** The cause is left out: the SDK's exceptions quote the raw answer. */
  private static RemoteException answered(AwsServiceException failure, boolean write) {
    AwsErrorDetails details = failure.awsErrorDetails();
    String code = details == null ? "" : orBlank(details.errorCode());
    String text = text(failure, details);
    int status = failure.statusCode();
    ErrorKind kind = ErrorTable.kind(code, text, status);
    if (kind == ErrorKind.INVALID && isCutOff(details)) {
      return unanswered(failure, write);
    }
    RemoteException remote =
        new RemoteException(
            softened(kind, write),
            code.isBlank() ? "Http" + status : Redaction.clean(code),
            message(failure, details, code, status),
            cleanOrNull(failure.requestId()),
            retryAfter(details).orElse(null),
            null);
    Matcher denied = DENIED.matcher(text);
    return denied.find() ? remote.lacking(denied.group(1)) : remote;
  }

  /** {@return whether more was announced than came, so that nobody knows what was to be said} */
  private static boolean isCutOff(@Nullable AwsErrorDetails details) {
    if (details == null || details.sdkHttpResponse() == null) {
      return false;
    }
    int came = details.rawResponse() == null ? 0 : details.rawResponse().asByteArrayUnsafe().length;
    return details
        .sdkHttpResponse()
        .firstMatchingHeader("Content-Length")
        .filter(value -> LENGTH.matcher(value).matches())
        .filter(value -> came < Long.parseLong(value))
        .isPresent();
  }

  private static ErrorKind softened(ErrorKind kind, boolean write) {
    return kind == ErrorKind.OUTCOME_UNKNOWN && !write ? ErrorKind.UNAVAILABLE : kind;
  }

  /** Everything there is to read, the raw answer included: codes and messages get lost. */
  private static String text(AwsServiceException failure, @Nullable AwsErrorDetails details) {
    StringBuilder text = new StringBuilder(cut(failure.getMessage()));
    if (failure instanceof InvalidChangeBatchException batch && batch.hasMessages()) {
      text.append('\n').append(messages(batch));
    }
    if (details != null) {
      text.append('\n').append(cut(details.errorMessage())).append('\n').append(raw(details));
    }
    return text.toString();
  }

  private static String messages(InvalidChangeBatchException batch) {
    return cut(String.join("; ", batch.messages()));
  }

  private static String raw(AwsErrorDetails details) {
    if (details.rawResponse() == null) {
      return "";
    }
    byte[] bytes = details.rawResponse().asByteArrayUnsafe();
    return new String(bytes, 0, Math.min(bytes.length, RAW_BYTES), StandardCharsets.UTF_8);
  }

  private static String cut(@Nullable String text) {
    return Redaction.cut(orBlank(text));
  }

  private static String message(
      AwsServiceException failure, @Nullable AwsErrorDetails details, String code, int status) {
    if (code.toLowerCase(Locale.ROOT).contains("signature")) {
      return "AWS did not accept the request's signature.";
    }
    String said = details == null ? "" : cut(details.errorMessage());
    if (said.isBlank() && failure instanceof InvalidChangeBatchException batch) {
      said = messages(batch);
    }
    if (said.isBlank() && details != null) {
      Matcher matcher = MESSAGE.matcher(raw(details));
      said = matcher.find() ? matcher.group(1) : "";
    }
    return said.isBlank()
        ? "AWS answered with HTTP status " + status + " and no message."
        : Redaction.clean(readable(said));
  }

  /** Only the account's administrators can decode it, and it leaves no room for anything else. */
  private static String readable(String said) {
    int encoded = said.indexOf(ENCODED);
    return encoded > 0 ? said.substring(0, encoded).strip() : said;
  }

  private static Optional<Duration> retryAfter(@Nullable AwsErrorDetails details) {
    SdkHttpResponse response = details == null ? null : details.sdkHttpResponse();
    return response == null
        ? Optional.empty()
        : response
            .firstMatchingHeader("Retry-After")
            .filter(value -> SECONDS.matcher(value).matches())
            .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  private static RemoteException unanswered(RuntimeException failure, boolean write) {
    List<Throwable> chain =
        Stream.iterate((Throwable) failure, Throwable::getCause)
            .takeWhile(each -> each != null)
            .limit(CHAIN)
            .toList();
    if (chain.stream().anyMatch(AbortedException.class::isInstance)) {
      Thread.currentThread().interrupt();
    }
    if (chain.stream().anyMatch(GuardedCredentials.Failed.class::isInstance)) {
      ErrorKind kind =
          chain.stream().anyMatch(Calls::mayPass)
              ? ErrorKind.UNAVAILABLE
              : ErrorKind.BAD_CREDENTIALS;
      return failure(kind, NO_CREDENTIALS, "The credentials provider failed", chain);
    }
    if (chain.stream().anyMatch(Calls::isBeforeSending)) {
      return failure(ErrorKind.UNAVAILABLE, "NotConnected", "AWS was not reached", chain);
    }
    return failure(
        softened(ErrorKind.OUTCOME_UNKNOWN, write),
        "NoAnswer",
        "AWS gave no answer that can be understood",
        chain);
  }

  /** Only what surely happened before the first byte of the request; a timer is needed first. */
  private static boolean isBeforeSending(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException
        || failure instanceof SSLHandshakeException
        || failure instanceof AwsClients.Closed
        || failure instanceof RejectedExecutionException
        || (failure instanceof SocketTimeoutException
            && orBlank(failure.getMessage()).toLowerCase(Locale.ROOT).startsWith("connect timed"));
  }

  /** Of the failures of a credentials provider; nothing has been sent to AWS by then. */
  private static boolean mayPass(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof AbortedException
        || failure instanceof ApiCallTimeoutException
        || (failure instanceof AwsServiceException service
            && (service.statusCode() >= 500 || service.isThrottlingException()));
  }

  private static RemoteException failure(
      ErrorKind kind, String code, String what, List<Throwable> chain) {
    Throwable telling =
        chain.stream()
            .filter(IOException.class::isInstance)
            .reduce((first, second) -> second)
            .orElse(chain.get(chain.size() - 1));
    String name = telling.getClass().getSimpleName();
    String why;
    if (telling instanceof NullPointerException || telling instanceof AnswerOfAws.Foreign) {
      why = "it lacks what such an answer has";
    } else if (code.equals(NO_CREDENTIALS)) {
      why = name;
    } else {
      why = name + ": " + cut(telling.getMessage());
    }
    return new RemoteException(
        kind, code, Redaction.clean(what + " (" + why + ")."), null, null, null);
  }

  static String orBlank(@Nullable String text) {
    return text == null ? "" : text;
  }
}
