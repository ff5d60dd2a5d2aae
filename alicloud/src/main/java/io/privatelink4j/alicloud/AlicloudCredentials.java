package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.AlicloudCalls.orBlank;

import com.aliyuncs.auth.AlibabaCloudCredentials;
import com.aliyuncs.auth.AlibabaCloudCredentialsProvider;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.auth.BearerTokenCredentials;
import com.aliyuncs.auth.DefaultCredentialsProvider;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.exceptions.ServerException;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.Nullable;

/**
 * The credentials of a network, asked for at every call. Whatever a provider, or what finds it,
 * throws is told without its text, which may tell secrets. Thread-safe; no lock is held while a
 * provider is asked.
 */
final class AlicloudCredentials {
  private static final int CHAIN = 10;

  private final AlicloudOptions options;
  private @Nullable AlibabaCloudCredentialsProvider defaultChain;

  AlicloudCredentials(AlicloudOptions options) {
    this.options = options;
  }

  /**
   * {@return what is equal for networks that surely have the same credentials} It does not ask for
   * the credentials: objects that hold the same ones need not be equal.
   */
  String name(ClusterNetwork network) {
    return options.credentialsPerNetwork()
        ? network.principal().orElse(network.vpcId())
        : "default";
  }

  /** {@return what signs a request for the network} */
  Signing of(ClusterNetwork network) {
    Optional<Signing> signing;
    try {
      signing = usable(provider(network).getCredentials());
    } catch (ClientException | RuntimeException e) {
      if (chain(e).anyMatch(InterruptedException.class::isInstance)) {
        Thread.currentThread().interrupt();
      }
      throw new RemoteException(
          mayPass(e) ? ErrorKind.UNAVAILABLE : ErrorKind.BAD_CREDENTIALS,
          "NoCredentials",
          "The credentials provider failed (" + e.getClass().getSimpleName() + ").");
    }
    return signing.orElseThrow(
        () ->
            new RemoteException(
                ErrorKind.BAD_CREDENTIALS,
                "NoCredentials",
                "The credentials provider gave no usable credentials."));
  }

  private AlibabaCloudCredentialsProvider provider(ClusterNetwork network) throws ClientException {
    return options.credentials().isPresent()
        ? Objects.requireNonNull(options.credentials().get().apply(network), "provider")
        : defaultChain();
  }

  private synchronized AlibabaCloudCredentialsProvider defaultChain() throws ClientException {
    if (defaultChain == null) {
      defaultChain = new DefaultCredentialsProvider();
    }
    return defaultChain;
  }

  private static Optional<Signing> usable(@Nullable AlibabaCloudCredentials credentials) {
    if (credentials == null) {
      return Optional.empty();
    }
    Stream<String> needed =
        credentials instanceof BearerTokenCredentials bearer
            ? Stream.of(orBlank(bearer.getBearerToken()))
            : Stream.of(
                orBlank(credentials.getAccessKeyId()), orBlank(credentials.getAccessKeySecret()));
    return needed.anyMatch(String::isBlank)
        ? Optional.empty()
        : Optional.of(new Signing(credentials, secrets(credentials)));
  }

  private static List<String> secrets(AlibabaCloudCredentials credentials) {
    return Stream.of(
            credentials.getAccessKeyId(),
            credentials.getAccessKeySecret(),
            credentials instanceof BasicSessionCredentials session
                ? session.getSessionToken()
                : null,
            credentials instanceof BearerTokenCredentials bearer ? bearer.getBearerToken() : null)
        .filter(text -> !orBlank(text).isBlank())
        .toList();
  }

  private static boolean mayPass(Throwable failure) {
    return chain(failure)
        .anyMatch(
            each ->
                each instanceof IOException
                    || each instanceof ServerException
                    || (each instanceof ClientException client && isPassing(client.getErrCode())));
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(CHAIN);
  }

  private static boolean isPassing(@Nullable String code) {
    return code != null
        && (code.equals("SDK.ServerUnreachable")
            || code.equals("SDK.ReadTimeout")
            || ErrorTable.kind(code, "", 400) == ErrorKind.THROTTLED);
  }

  /**
   * Credentials, and what of them must never be seen.
   *
   * @param credentials what signs
   * @param secrets the texts in them
   */
  record Signing(AlibabaCloudCredentials credentials, List<String> secrets) {
    @Override
    public String toString() {
      return "Signing";
    }
  }
}
