package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.AlicloudCalls.orBlank;

import com.aliyuncs.http.HttpResponse;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What became of one request. Failures are built anew, without cause: the SDK's and the HTTP
 * client's quote the signed URL or the raw answer.
 */
final class Outcomes {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
  private static final Pattern PERMISSION = Pattern.compile("[A-Za-z0-9-]{1,40}:[A-Za-z0-9]{1,80}");
  private static final int CHAIN = 10;

  /** Of Apache's HTTP client: thrown before the first byte of a request is written. */
  private static final List<String> UNSENT =
      List.of(
          "org.apache.http.conn.ConnectTimeoutException",
          "org.apache.http.conn.ConnectionPoolTimeoutException",
          "org.apache.http.impl.execchain.RequestAbortedException");

  private final boolean write;
  private final List<String> secrets;

  Outcomes(boolean write, List<String> secrets) {
    this.write = write;
    this.secrets = secrets;
  }

  /** {@return the answer of a success; every success of every action has a request id} */
  Answer answered(HttpResponse response) {
    Optional<Answer> answer = Answer.parse(response.getHttpContent(), () -> incomplete(response));
    boolean ofAlicloud = answer.filter(each -> !each.text("RequestId").isBlank()).isPresent();
    if (!response.isSuccess()) {
      throw refused(response, answer);
    }
    if (!ofAlicloud || answer.get().flag("Success").filter(success -> !success).isPresent()) {
      throw incomplete(response);
    }
    return answer.get();
  }

  /** A success that does not tell what it must, such as the page of a proxy. */
  private RemoteException incomplete(HttpResponse response) {
    return new RemoteException(
        softened(ErrorKind.OUTCOME_UNKNOWN),
        "AnswerNotUnderstood",
        "Alibaba Cloud's answer (HTTP status "
            + response.getStatus()
            + ") is not what the action answers with.",
        header(response, "x-acs-request-id").orElse(null),
        null,
        null);
  }

  private RemoteException refused(HttpResponse response, Optional<Answer> answer) {
    int status = response.getStatus();
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
                .or(() -> header(response, "x-acs-request-id"))
                .map(this::clean)
                .orElse(null),
            retryAfter(response).orElse(null),
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

  private static Optional<Duration> retryAfter(HttpResponse response) {
    return header(response, "Retry-After")
        .filter(value -> SECONDS.matcher(value).matches())
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  private static Optional<String> header(HttpResponse response, String name) {
    return response.getSysHeaders().entrySet().stream()
        .filter(header -> name.equalsIgnoreCase(header.getKey()) && header.getValue() != null)
        .map(Map.Entry::getValue)
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .findFirst();
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
        || failure instanceof SSLPeerUnverifiedException
        || UNSENT.contains(failure.getClass().getName())
        || (failure instanceof IllegalStateException
            && orBlank(failure.getMessage()).startsWith("Connection pool shut down"));
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
