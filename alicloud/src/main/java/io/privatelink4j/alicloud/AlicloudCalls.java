package io.privatelink4j.alicloud;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.auth.AlibabaCloudCredentials;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.auth.Signer;
import com.aliyuncs.auth.signers.SignatureAlgorithm;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.http.UserAgentConfig;
import com.aliyuncs.regions.ProductDomain;
import io.privatelink4j.alicloud.AlicloudOptions.Product;
import io.privatelink4j.alicloud.AlicloudOptions.Signature;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.io.UnsupportedEncodingException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import javax.annotation.Nullable;

/**
 * The one place that sends requests: with the SDK's requests and signers, but not through its
 * {@code DefaultAcsClient}, which asks a resolver for hosts, puts the signed URL into the messages
 * of its exceptions, hands tokens to a tracer, and has one provider of credentials. Each request is
 * sent once and used once: signing writes into it. Thread-safe; no lock is held across a remote
 * call.
 */
final class AlicloudCalls implements AutoCloseable {
  private static final String LIBRARY = "privatelink4j";

  private final AlicloudOptions options;
  private final AlicloudCredentials credentials;
  private final Hosts hosts;
  private final Transport transport;

  AlicloudCalls(AlicloudOptions options) {
    this.options = options;
    credentials = new AlicloudCredentials(options);
    hosts = new Hosts(options);
    transport = new Transport(options);
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
    Hosts.Host host = hosts.of(product, network.region());
    AlicloudCredentials.Signing signing = credentials.of(network);
    Outcomes outcomes = new Outcomes(write, signing.secrets());
    HttpRequest signed = signed(prepared(request, host), host, signing.credentials());
    HttpResponse<String> reply;
    try {
      reply = transport.send(signed);
    } catch (Exception e) {
      throw outcomes.unanswered(e);
    }
    return outcomes.answered(reply);
  }

  private AcsRequest<?> prepared(AcsRequest<?> request, Hosts.Host host) {
    request.setSysProtocol(host.secure() ? ProtocolType.HTTPS : ProtocolType.HTTP);
    request.setSysMethod(MethodType.POST);
    request.setSysAcceptFormat(FormatType.JSON);
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
  private HttpRequest signed(
      AcsRequest<?> request, Hosts.Host host, AlibabaCloudCredentials signing) {
    try {
      Signer signer =
          Signer.getSigner(
              signing, request.getSysSignatureVersion(), request.getSysSignatureAlgorithm());
      ProductDomain domain = new ProductDomain(request.getSysProduct(), host.authority());
      return transport.request(request.signRequest(signer, signing, FormatType.JSON, domain));
    } catch (GeneralSecurityException | UnsupportedEncodingException | RuntimeException e) {
      throw new RemoteException(
          ErrorKind.BAD_CREDENTIALS,
          "NotSigned",
          "The request could not be signed with the credentials given, or not be written as HTTP ("
              + e.getClass().getSimpleName()
              + ").");
    }
  }

  /** Ends later calls. */
  @Override
  public void close() {
    transport.close();
  }

  /** {@return the time-outs and hosts; nothing of the credentials} */
  @Override
  public String toString() {
    return "AlicloudCalls{" + options + "}";
  }

  static String orBlank(@Nullable String text) {
    return text == null ? "" : text;
  }
}
