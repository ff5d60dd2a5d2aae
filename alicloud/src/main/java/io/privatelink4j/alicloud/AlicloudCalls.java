package io.privatelink4j.alicloud;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.auth.AlibabaCloudCredentials;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.auth.Signer;
import com.aliyuncs.auth.signers.SignatureAlgorithm;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.HttpClientFactory;
import com.aliyuncs.http.HttpRequest;
import com.aliyuncs.http.HttpResponse;
import com.aliyuncs.http.IHttpClient;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.http.UserAgentConfig;
import com.aliyuncs.profile.DefaultProfile;
import com.aliyuncs.regions.ProductDomain;
import io.privatelink4j.alicloud.AlicloudOptions.Product;
import io.privatelink4j.alicloud.AlicloudOptions.Signature;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.io.UnsupportedEncodingException;
import java.security.GeneralSecurityException;
import javax.annotation.Nullable;

/**
 * The one place that sends requests: with the SDK's requests, signers and HTTP client, but not
 * through its {@code DefaultAcsClient}, which asks a resolver for hosts, puts the signed URL into
 * the messages of its exceptions, hands tokens to a tracer, and has one provider of credentials.
 * Each request is sent once and used once: signing writes into it. Thread-safe; no lock is held
 * across a remote call.
 */
final class AlicloudCalls implements AutoCloseable {
  private static final String LIBRARY = "privatelink4j";

  private final AlicloudOptions options;
  private final AlicloudCredentials credentials;
  private final Hosts hosts;
  private @Nullable IHttpClient http;
  private volatile boolean closed;

  AlicloudCalls(AlicloudOptions options) {
    this.options = options;
    credentials = new AlicloudCredentials(options);
    hosts = new Hosts(options);
  }

  /** {@return what is equal for networks that surely have the same credentials} */
  String credentialsName(ClusterNetwork network) {
    return credentials.name(network);
  }

  /** A read: whatever happened to it, nothing was done, so it can be repeated. */
  Answer read(ClusterNetwork network, Product product, AcsRequest<?> request) {
    return call(network, product, request, false);
  }

  /** A write: unless its failure proves the contrary it may have been carried out. */
  Answer write(ClusterNetwork network, Product product, AcsRequest<?> request) {
    return call(network, product, request, true);
  }

  private Answer call(
      ClusterNetwork network, Product product, AcsRequest<?> request, boolean write) {
    IHttpClient client = client();
    Hosts.Host host = hosts.of(product, network.region());
    AlibabaCloudCredentials signing = credentials.of(network);
    Outcomes outcomes = new Outcomes(write, AlicloudCredentials.secrets(signing));
    HttpRequest signed = sign(prepared(request, host), host, signing);
    HttpResponse response;
    try {
      response = client.syncInvoke(signed);
    } catch (Exception e) {
      throw outcomes.unanswered(e);
    }
    return outcomes.answered(response);
  }

  private AcsRequest<?> prepared(AcsRequest<?> request, Hosts.Host host) {
    request.setSysProtocol(host.secure() ? ProtocolType.HTTPS : ProtocolType.HTTP);
    request.setSysMethod(MethodType.POST);
    request.setSysAcceptFormat(FormatType.JSON);
    request.setSysConnectTimeout(Math.toIntExact(options.connectTimeout().toMillis()));
    request.setSysReadTimeout(Math.toIntExact(options.readTimeout().toMillis()));
    request.setSysSignatureVersion(
        options.signature() == Signature.V3 ? SignatureVersion.V3 : SignatureVersion.V1);
    request.setSysSignatureAlgorithm(SignatureAlgorithm.ACS3_HMAC_SHA256);
    request.putHeaderParameter(
        "User-Agent",
        (UserAgentConfig.getDefaultMessage() + " " + LIBRARY + " " + options.userAgentSuffix())
            .strip());
    // What the third version of the signature is about.
    request.putHeaderParameter("x-acs-action", request.getSysActionName());
    request.putHeaderParameter("x-acs-version", request.getSysVersion());
    return request;
  }

  /** Nothing has been sent when this fails; the causes may tell what is signed. */
  private static HttpRequest sign(
      AcsRequest<?> request, Hosts.Host host, AlibabaCloudCredentials signing) {
    try {
      Signer signer =
          Signer.getSigner(
              signing, request.getSysSignatureVersion(), request.getSysSignatureAlgorithm());
      ProductDomain domain = new ProductDomain(request.getSysProduct(), host.authority());
      return request.signRequest(signer, signing, FormatType.JSON, domain);
    } catch (GeneralSecurityException | UnsupportedEncodingException | RuntimeException e) {
      throw new RemoteException(
          ErrorKind.BAD_CREDENTIALS,
          "NotSigned",
          "The request could not be signed with the credentials given ("
              + e.getClass().getSimpleName()
              + ").");
    }
  }

  /**
   * The SDK has one HTTP client for the whole process, with the settings of whoever asked first;
   * nothing of this library's is set on it.
   */
  private synchronized IHttpClient client() {
    if (closed) {
      throw new RemoteException(
          ErrorKind.UNAVAILABLE, "DriverClosed", "The driver is closed; nothing was sent.");
    }
    if (http == null) {
      try {
        http = HttpClientFactory.buildClient(DefaultProfile.getProfile(LIBRARY));
      } catch (RuntimeException e) {
        throw new RemoteException(
            ErrorKind.INVALID,
            "ClientNotMade",
            "The SDK's HTTP client could not be made (" + e.getClass().getSimpleName() + ").");
      }
    }
    return http;
  }

  /** Ends later calls. The SDK's HTTP client is everybody's in the process and is left alone. */
  @Override
  public void close() {
    closed = true;
  }

  /** {@return the time-outs and hosts; nothing of the credentials} */
  @Override
  public String toString() {
    return "AlicloudCalls{" + options + ", closed=" + closed + "}";
  }

  static String orBlank(@Nullable String text) {
    return text == null ? "" : text;
  }
}
