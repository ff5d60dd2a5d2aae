package io.privatelink4j.alicloud;

import static java.util.Objects.requireNonNull;

import com.aliyuncs.auth.AlibabaCloudCredentialsProvider;
import io.privatelink4j.model.ClusterNetwork;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.annotation.Nullable;

/**
 * How the Alibaba Cloud provider reaches the cloud. Everything has a default: credentials of the
 * SDK's default chain, the public endpoints of the network's region, and the JDK's HTTP client.
 * Retries are not an option, because the library itself repeats calls. Immutable, as long as the
 * things in it are.
 *
 * <pre>{@code
 * AlicloudOptions options =
 *     AlicloudOptions.builder()
 *         .credentialsPerNetwork(network -> roles.of(network.principal()))
 *         .callTimeout(Duration.ofSeconds(20))
 *         .build();
 * PrivateLinkClient.builder().provider(new AlicloudPrivateLinkProvider(options));
 * }</pre>
 */
public final class AlicloudOptions {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\]");

  private final @Nullable Function<
          ? super ClusterNetwork, ? extends AlibabaCloudCredentialsProvider>
      credentials;
  private final boolean credentialsPerNetwork;
  private final Map<Product, Function<? super String, URI>> endpoints;
  private final boolean internalEndpoints;
  private final @Nullable HttpClient httpClient;
  private final Duration connectTimeout;
  private final Duration callTimeout;
  private final Signature signature;
  private final @Nullable String resourceGroupId;
  private final String userAgentSuffix;

  private AlicloudOptions(Builder builder) {
    credentials = builder.credentials;
    credentialsPerNetwork = builder.credentialsPerNetwork;
    endpoints = new EnumMap<>(builder.endpoints);
    internalEndpoints = builder.internalEndpoints;
    httpClient = builder.httpClient;
    connectTimeout = builder.connectTimeout;
    callTimeout = builder.callTimeout;
    signature = builder.signature;
    resourceGroupId = builder.resourceGroupId;
    userAgentSuffix = builder.userAgentSuffix;
  }

  /** {@return a new builder; it is not thread-safe} */
  public static Builder builder() {
    return new Builder();
  }

  Optional<Function<? super ClusterNetwork, ? extends AlibabaCloudCredentialsProvider>>
      credentials() {
    return Optional.ofNullable(credentials);
  }

  boolean credentialsPerNetwork() {
    return credentialsPerNetwork;
  }

  Optional<URI> endpoint(Product product, String region) {
    return Optional.ofNullable(endpoints.get(product))
        .map(byRegion -> checked(byRegion.apply(region)));
  }

  boolean internalEndpoints() {
    return internalEndpoints;
  }

  Optional<HttpClient> httpClient() {
    return Optional.ofNullable(httpClient);
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration callTimeout() {
    return callTimeout;
  }

  Signature signature() {
    return signature;
  }

  Optional<String> resourceGroupId() {
    return Optional.ofNullable(resourceGroupId);
  }

  String userAgentSuffix() {
    return userAgentSuffix;
  }

  /** {@return endpoints and time-outs; nothing of the credentials} */
  @Override
  public String toString() {
    return "AlicloudOptions{overriddenEndpoints="
        + endpoints.keySet()
        + ", internalEndpoints="
        + internalEndpoints
        + ", connectTimeout="
        + connectTimeout
        + ", callTimeout="
        + callTimeout
        + ", signature="
        + signature
        + ", resourceGroupId="
        + (resourceGroupId == null ? "default" : resourceGroupId)
        + "}";
  }

  private static URI checked(URI endpoint) {
    String host = endpoint.getHost();
    boolean safe =
        "https".equalsIgnoreCase(endpoint.getScheme())
            || ("http".equalsIgnoreCase(endpoint.getScheme())
                && host != null
                && LOOPBACK.matcher(host).matches());
    if (!safe
        || host == null
        || endpoint.getRawUserInfo() != null
        || endpoint.getRawQuery() != null
        || endpoint.getRawFragment() != null
        || !(endpoint.getPath().isEmpty() || endpoint.getPath().equals("/"))) {
      throw new IllegalArgumentException(
          "an endpoint must be an https URI of host and port; http is for loopback only");
    }
    return endpoint;
  }

  /** What of Alibaba Cloud is called. */
  public enum Product {
    /** PrivateLink: endpoints. */
    PRIVATELINK,
    /** Alibaba Cloud DNS PrivateZone: private DNS zones. */
    PRIVATEZONE,
    /** Virtual Private Cloud: vSwitches. */
    VPC,
    /** Security Token Service: the account of the credentials. */
    STS
  }

  /** How requests are signed. */
  public enum Signature {
    /** HMAC-SHA1 over the parameters; what the SDK uses by default. */
    V1,
    /** {@code ACS3-HMAC-SHA256} in a header, so that no key id or token is part of a URL. */
    V3
  }

  /** Builds {@link AlicloudOptions}; not thread-safe. */
  public static final class Builder {
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{0,100}");
    private static final Pattern RESOURCE_GROUP = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private @Nullable Function<? super ClusterNetwork, ? extends AlibabaCloudCredentialsProvider>
        credentials;
    private boolean credentialsPerNetwork;
    private final Map<Product, Function<? super String, URI>> endpoints =
        new EnumMap<>(Product.class);
    private boolean internalEndpoints;
    private @Nullable HttpClient httpClient;
    private Duration connectTimeout = CONNECT_TIMEOUT;
    private Duration callTimeout = CALL_TIMEOUT;
    private Signature signature = Signature.V1;
    private @Nullable String resourceGroupId;
    private String userAgentSuffix = "";

    private Builder() {}

    /**
     * Sets the credentials of all networks; default: the SDK's default chain. Asked at every call.
     * The provider is not closed with the driver.
     *
     * @param provider the credentials provider
     * @return this
     */
    public Builder credentials(AlibabaCloudCredentialsProvider provider) {
      requireNonNull(provider, "provider");
      credentials = network -> provider;
      credentialsPerNetwork = false;
      return this;
    }

    /**
     * Sets where the credentials of each network come from, for embedders whose networks lie in
     * several accounts or whose roles are scoped to one tenant. Asked before every call, so it must
     * be quick. Networks with the same {@link ClusterNetwork#principal()} are taken to have the
     * same credentials, and their endpoints are read together; of networks without one only those
     * of the same VPC are. The providers are not closed with the driver.
     *
     * @param providers gives the credentials provider of a network
     * @return this
     */
    public Builder credentialsPerNetwork(
        Function<? super ClusterNetwork, ? extends AlibabaCloudCredentialsProvider> providers) {
      credentials = requireNonNull(providers, "providers");
      credentialsPerNetwork = true;
      return this;
    }

    /**
     * Sets where all products are reached in all regions, for tests.
     *
     * @param endpoint an {@code https} URI of host and port; {@code http} on loopback only
     * @return this
     * @throws IllegalArgumentException if it is another URI
     */
    public Builder endpoint(URI endpoint) {
      for (Product product : Product.values()) {
        endpoint(product, endpoint);
      }
      return this;
    }

    /**
     * Sets where a product is reached in all regions; default: its public endpoint, of each region
     * where it has one.
     *
     * @param product the product
     * @param endpoint an {@code https} URI of host and port; {@code http} on loopback only
     * @return this
     * @throws IllegalArgumentException if it is another URI
     */
    public Builder endpoint(Product product, URI endpoint) {
      URI only = checked(endpoint);
      endpoints.put(product, region -> only);
      return this;
    }

    /**
     * Sets where a product is reached in each region; default: its public endpoint. Asked before
     * every call, so it must be quick.
     *
     * @param product the product
     * @param perRegion from a region such as {@code ap-southeast-1} to an {@code https} URI of host
     *     and port
     * @return this
     */
    public Builder endpointPerRegion(Product product, Function<? super String, URI> perRegion) {
      endpoints.put(product, requireNonNull(perRegion, "perRegion"));
      return this;
    }

    /**
     * Sets whether products whose endpoint is not overridden are reached at the endpoints that
     * answer inside VPCs; default no.
     *
     * @param internal yes or no
     * @return this
     */
    public Builder internalEndpoints(boolean internal) {
      internalEndpoints = internal;
      return this;
    }

    /**
     * Sets the HTTP client that all calls use, for proxies, TLS and pools of one's own; default:
     * one of the driver's own, with the JDK's default proxies (its system properties, not the
     * environment's) and trust. It is not closed with the driver, and must stay open as long. An
     * authenticator must answer proxies only, and needs {@link Signature#V1}, because Java 17
     * leaves out the header of the other one. The JDK sends a password through a proxy's tunnel
     * only if {@code jdk.http.auth.tunneling.disabledSchemes} is set to nothing.
     *
     * @param client a client that follows no redirects, since a request is signed for its host, and
     *     keeps no cookies
     * @return this
     * @throws IllegalArgumentException if it follows redirects or keeps cookies
     */
    public Builder httpClient(HttpClient client) {
      if (client.followRedirects() != HttpClient.Redirect.NEVER
          || client.cookieHandler().isPresent()) {
        throw new IllegalArgumentException(
            "the HTTP client must neither follow redirects nor keep cookies");
      }
      httpClient = client;
      return this;
    }

    /**
     * Sets how long a connection may take to be made; default 5 s. Of no effect on a client that is
     * given.
     *
     * @param timeout at least a millisecond, at most an hour
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = bounded(timeout);
      return this;
    }

    /**
     * Sets how long a call may take from the request to the end of the answer; default 60 s. A
     * write that takes longer ends with an unknown outcome, and so does one whose thread is
     * interrupted. Deadlines of whole operations belong to the client.
     *
     * @param timeout at least a millisecond, at most an hour
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder callTimeout(Duration timeout) {
      callTimeout = bounded(timeout);
      return this;
    }

    /**
     * Sets how requests are signed; default {@link Signature#V1}.
     *
     * @param signature the signature's version
     * @return this
     */
    public Builder signature(Signature signature) {
      this.signature = requireNonNull(signature, "signature");
      return this;
    }

    /**
     * Sets the resource group of the endpoints and private zones that are created; default: the
     * account's default one.
     *
     * @param id such as {@code rg-acfmx1234567}
     * @return this
     * @throws IllegalArgumentException if it is no such id
     */
    public Builder resourceGroupId(String id) {
      if (!RESOURCE_GROUP.matcher(id).matches()) {
        throw new IllegalArgumentException("not the id of a resource group");
      }
      resourceGroupId = id;
      return this;
    }

    /**
     * Sets what is added to the user agent, after the library's own name; default nothing. Alibaba
     * Cloud logs it.
     *
     * @param suffix at most 100 printable ASCII characters, such as {@code my-service/1.4}
     * @return this
     * @throws IllegalArgumentException if it has other characters
     */
    public Builder userAgentSuffix(String suffix) {
      if (!PRINTABLE.matcher(suffix).matches()) {
        throw new IllegalArgumentException(
            "userAgentSuffix must be at most 100 printable ASCII characters");
      }
      userAgentSuffix = suffix;
      return this;
    }

    /**
     * {@return the options}
     *
     * @throws IllegalArgumentException if the HTTP client has an authenticator and {@link
     *     Signature#V3} is asked for
     */
    public AlicloudOptions build() {
      if (signature == Signature.V3
          && httpClient != null
          && httpClient.authenticator().isPresent()) {
        throw new IllegalArgumentException(
            "Java 17 does not send the header of signature V3 if the HTTP client has an"
                + " authenticator: use V1, or a client without one");
      }
      return new AlicloudOptions(this);
    }

    private static Duration bounded(Duration timeout) {
      if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("a time-out must be 1 ms to 1 h: " + timeout);
      }
      return timeout;
    }
  }
}
