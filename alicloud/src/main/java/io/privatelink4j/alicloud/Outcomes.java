package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.AlicloudCalls.orBlank;

import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import javax.net.ssl.SSLHandshakeException;

/**
 * What became of one request. Failures are built anew, without cause: the SDK's and the HTTP
 * client's quote the signed URL or the raw answer.
 */
final class Outcomes {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
  private static final Pattern PERMISSION = Pattern.compile("[A-Za-z0-9-]{1,40}:[A-Za-z0-9]{1,80}");
  private static final int CHAIN = 10;
  private static final int PROXY_WANTS_CREDENTIALS = 407;

  /** What the JDK says if a proxy does not lead to the host. */
  private static final String NO_TUNNEL = "Tunnel failed, got: ";

  private final boolean write;
  private final List<String> secrets;

  Outcomes(boolean write, List<String> secrets) {
    this.write = write;
    this.secrets = secrets;
  }

  /** {@return the answer of a success; every success of every action has a request id} */
  Answer answered(HttpResponse<String> reply) {
    // The JDK gives no body at all if a proxy refuses the way.
    Optional<Answer> answer = Answer.parse(orBlank(reply.body()), () -> incomplete(reply));
    if (reply.statusCode() / 100 == 3) {
      // No action answers so, whatever the body says.
      throw incomplete(reply);
    }
    boolean ofAlicloud = answer.filter(each -> !each.text("RequestId").isBlank()).isPresent();
    if (reply.statusCode() / 100 != 2) {
      throw refused(reply, answer);
    }
    if (!ofAlicloud || answer.get().flag("Success").filter(success -> !success).isPresent()) {
      throw incomplete(reply);
    }
    return answer.get();
  }

  /** A success that does not tell what it must, such as the page of a proxy. */
  private RemoteException incomplete(HttpResponse<String> reply) {
    return new RemoteException(
        softened(ErrorKind.OUTCOME_UNKNOWN),
        "AnswerNotUnderstood",
        "Alibaba Cloud's answer (HTTP status "
            + reply.statusCode()
            + ") is not what the action answers with.",
        header(reply, "x-acs-request-id").map(this::clean).orElse(null),
        null,
        null);
  }

  private RemoteException refused(HttpResponse<String> reply, Optional<Answer> answer) {
    int status = reply.statusCode();
    String code = answer.map(each -> each.text("Code").strip()).orElse("");
    String said = answer.map(each -> each.text("Message").strip()).orElse("");
    RemoteException remote =
        new RemoteException(
            softened(ErrorTable.kind(code, said, status)),
            code.isEmpty() ? "Http" + status : clean(code),
            message(code, said, status),
            answer
                .map(each -> each.text("RequestId"))
                .filter(id -> !id.isBlank())
                .or(() -> header(reply, "x-acs-request-id"))
                .map(this::clean)
                .orElse(null),
            retryAfter(reply).orElse(null),
            null);
    return answer
        .flatMap(each -> each.object("AccessDeniedDetail"))
        .map(detail -> detail.text("AuthAction"))
        .filter(permission -> PERMISSION.matcher(permission).matches())
        .map(remote::lacking)
        .orElse(remote);
  }

  private String message(String code, String said, int status) {
    if (mentions(code, "signaturedoesnotmatch")
        || mentions(code, "incompletesignature")
        || mentions(said, "string to sign")) {
      return "Alibaba Cloud did not accept the request's signature: the access key's secret is wrong.";
    }
    if (status == PROXY_WANTS_CREDENTIALS) {
      return "A proxy on the way to Alibaba Cloud wants credentials (HTTP status 407).";
    }
    if (said.isBlank()) {
      return "Alibaba Cloud answered with HTTP status " + status + " and no message.";
    }
    return ErrorTable.advice(code)
        .map(advice -> clean(said) + " " + advice)
        .orElseGet(() -> clean(said));
  }

  private static boolean mentions(String text, String word) {
    return text.toLowerCase(Locale.ROOT).contains(word);
  }

  private static Optional<Duration> retryAfter(HttpResponse<String> reply) {
    return header(reply, "Retry-After")
        .filter(value -> SECONDS.matcher(value).matches())
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  private static Optional<String> header(HttpResponse<?> reply, String name) {
    return reply.headers().firstValue(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** {@return the failure of a request that no answer came for} */
  RemoteException unanswered(Exception failure) {
    List<Throwable> chain =
        Stream.iterate((Throwable) failure, each -> each != null, Throwable::getCause)
            .limit(CHAIN)
            .toList();
    if (chain.stream().anyMatch(InterruptedException.class::isInstance)) {
      Thread.currentThread().interrupt();
    }
    return chain.stream().anyMatch(Outcomes::isBeforeSending)
        ? failure(ErrorKind.UNAVAILABLE, "NotConnected", "Alibaba Cloud was not reached", chain)
        : failure(
            softened(ErrorKind.OUTCOME_UNKNOWN),
            "NoAnswer",
            "Alibaba Cloud gave no answer that can be understood",
            chain);
  }

  /** Only what surely happened before the first byte of the request. */
  private static boolean isBeforeSending(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException
        || failure instanceof SSLHandshakeException
        || failure instanceof HttpConnectTimeoutException
        || failure instanceof Transport.Unsent
        || orBlank(failure.getMessage()).startsWith(NO_TUNNEL);
  }

  private RemoteException failure(ErrorKind kind, String code, String what, List<Throwable> chain) {
    Throwable telling =
        chain.stream()
            .filter(IOException.class::isInstance)
            .reduce((first, second) -> second)
            .orElse(chain.get(0));
    String said = telling instanceof IOException ? orBlank(telling.getMessage()) : "";
    return new RemoteException(
        kind,
        code,
        clean(
            what
                + " ("
                + telling.getClass().getSimpleName()
                + (said.isBlank() ? "" : ": " + said)
                + ")."),
        null,
        null,
        null);
  }

  private ErrorKind softened(ErrorKind kind) {
    return kind == ErrorKind.OUTCOME_UNKNOWN && !write ? ErrorKind.UNAVAILABLE : kind;
  }

  private String clean(@Nullable String text) {
    return Redaction.clean(orBlank(text), secrets);
  }
}
