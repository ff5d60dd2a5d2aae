package io.privatelink4j.aws;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.ClusterNetwork;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * How the AWS provider reaches the cloud. Everything has a default: credentials of the SDK's
 * default chain, the public endpoints of the network's region, and the JDK's URL connection. What
 * is given here goes to the SDK as it is; only retries are not an option, because the library
 * itself repeats calls. Immutable, as long as the things in it are.
 *
 * <pre>{@code
 * AwsOptions options =
 *     AwsOptions.builder()
 *         .credentialsPerNetwork(network -> roles.of(network.principal()))
 *         .userAgentSuffix("my-service/1.4")
 *         .build();
 * PrivateLinkClient.builder().provider(new AwsPrivateLinkProvider(options));
 * }</pre>
 */
public final class AwsOptions {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\]");

  private final @Nullable Function<? super ClusterNetwork, ? extends AwsCredentialsProvider>
      credentials;
  private final boolean credentialsPerNetwork;
  private final @Nullable Function<? super String, URI> ec2Endpoints;
  private final @Nullable URI route53Endpoint;
  private final boolean fips;
  private final boolean dualstack;
  private final @Nullable SdkHttpClient httpClient;
  private final @Nullable SdkHttpClient.Builder<?> httpClientBuilder;
  private final Duration callTimeout;
  private final String userAgentSuffix;
  private final List<MetricPublisher> metricPublishers;

  private AwsOptions(Builder builder) {
    credentials = builder.credentials;
    credentialsPerNetwork = builder.credentialsPerNetwork;
    ec2Endpoints = builder.ec2Endpoints;
    route53Endpoint = builder.route53Endpoint;
    fips = builder.fips;
    dualstack = builder.dualstack;
    httpClient = builder.httpClient;
    httpClientBuilder = builder.httpClientBuilder;
    callTimeout = builder.callTimeout;
    userAgentSuffix = builder.userAgentSuffix;
    metricPublishers = List.copyOf(builder.metricPublishers);
  }

  /** {@return a new builder; it is not thread-safe} */
  public static Builder builder() {
    return new Builder();
  }

  Optional<Function<? super ClusterNetwork, ? extends AwsCredentialsProvider>> credentials() {
    return Optional.ofNullable(credentials);
  }

  boolean credentialsPerNetwork() {
    return credentialsPerNetwork;
  }

  Optional<URI> ec2Endpoint(String region) {
    return Optional.ofNullable(ec2Endpoints).map(byRegion -> checkedEc2(byRegion.apply(region)));
  }

  boolean fips() {
    return fips;
  }

  boolean dualstack() {
    return dualstack;
  }

  Optional<URI> route53Endpoint() {
    return Optional.ofNullable(route53Endpoint);
  }

  Optional<SdkHttpClient> httpClient() {
    return Optional.ofNullable(httpClient);
  }

  Optional<SdkHttpClient.Builder<?>> httpClientBuilder() {
    return Optional.ofNullable(httpClientBuilder);
  }

  Duration callTimeout() {
    return callTimeout;
  }

  String userAgentSuffix() {
    return userAgentSuffix;
  }

  List<MetricPublisher> metricPublishers() {
    return metricPublishers;
  }

  /** {@return endpoints and time-outs; nothing of the credentials} */
  @Override
  public String toString() {
    return "AwsOptions{ec2Endpoint="
        + (ec2Endpoints == null ? "default" : "overridden")
        + ", route53Endpoint="
        + (route53Endpoint == null ? "default" : route53Endpoint)
        + ", fips="
        + fips
        + ", dualstack="
        + dualstack
        + ", callTimeout="
        + callTimeout
        + "}";
  }

  private static URI checkedEc2(URI endpoint) {
    checked(endpoint);
    if (!endpoint.getPath().isEmpty() && !endpoint.getPath().equals("/")) {
      throw new IllegalArgumentException("the SDK drops the path of EC2's endpoint: " + endpoint);
    }
    return endpoint;
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
        || endpoint.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "an endpoint must be an https URI of host, port and path; http is for loopback only");
    }
    return endpoint;
  }

  /** Builds {@link AwsOptions}; not thread-safe. */
  public static final class Builder {
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{0,100}");

    private @Nullable Function<? super ClusterNetwork, ? extends AwsCredentialsProvider>
        credentials;
    private boolean credentialsPerNetwork;
    private @Nullable Function<? super String, URI> ec2Endpoints;
    private @Nullable URI route53Endpoint;
    private boolean fips;
    private boolean dualstack;
    private @Nullable SdkHttpClient httpClient;
    private @Nullable SdkHttpClient.Builder<?> httpClientBuilder;
    private Duration callTimeout = CALL_TIMEOUT;
    private String userAgentSuffix = "";
    private final List<MetricPublisher> metricPublishers = new ArrayList<>();

    private Builder() {}

    /**
     * Sets the credentials of all networks; default: the SDK's default chain. The provider is not
     * closed with the driver.
     *
     * @param provider the credentials provider
     * @return this
     */
    public Builder credentials(AwsCredentialsProvider provider) {
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
        Function<? super ClusterNetwork, ? extends AwsCredentialsProvider> providers) {
      credentials = requireNonNull(providers, "providers");
      credentialsPerNetwork = true;
      return this;
    }

    /**
     * Sets where EC2 is reached in all regions, for tests and for embedders of one region; default:
     * each region's public endpoint. Replaces {@link #ec2EndpointPerRegion}.
     *
     * @param endpoint an {@code https} URI without path; {@code http} on loopback only
     * @return this
     * @throws IllegalArgumentException if it is another URI
     */
    public Builder ec2Endpoint(URI endpoint) {
      URI only = checkedEc2(endpoint);
      ec2Endpoints = region -> only;
      return this;
    }

    /**
     * Sets where EC2 is reached in each region, for VPC endpoints; default: each region's public
     * endpoint. Asked once per region. Replaces {@link #ec2Endpoint}.
     *
     * @param endpoints from a region such as {@code us-west-2} to an {@code https} URI without path
     * @return this
     */
    public Builder ec2EndpointPerRegion(Function<? super String, URI> endpoints) {
      ec2Endpoints = requireNonNull(endpoints, "endpoints");
      return this;
    }

    /**
     * Sets where Route 53 is reached; default: the partition's public endpoint.
     *
     * @param endpoint an {@code https} URI; {@code http} on loopback only
     * @return this
     * @throws IllegalArgumentException if it is another URI
     */
    public Builder route53Endpoint(URI endpoint) {
      route53Endpoint = checked(endpoint);
      return this;
    }

    /**
     * Sets whether the FIPS endpoints of EC2 and Route 53 are used; default no.
     *
     * @param fips yes or no
     * @return this
     */
    public Builder fips(boolean fips) {
      this.fips = fips;
      return this;
    }

    /**
     * Sets whether the dual-stack endpoints of EC2 and Route 53 are used; default no.
     *
     * @param dualstack yes or no
     * @return this
     */
    public Builder dualstack(boolean dualstack) {
      this.dualstack = dualstack;
      return this;
    }

    /**
     * Sets the HTTP client that all calls use; default: one on the JDK's URL connection. It is not
     * closed with the driver, and must not repeat requests by itself. Replaces {@link
     * #httpClientBuilder}.
     *
     * @param client the client
     * @return this
     */
    public Builder httpClient(SdkHttpClient client) {
      httpClient = requireNonNull(client, "client");
      httpClientBuilder = null;
      return this;
    }

    /**
     * Sets how the HTTP client is made; each driver makes one and closes it. For proxies, TLS and
     * connection time-outs. Replaces {@link #httpClient}.
     *
     * @param builder the builder; it must not repeat requests by itself
     * @return this
     */
    public Builder httpClientBuilder(SdkHttpClient.Builder<?> builder) {
      httpClientBuilder = requireNonNull(builder, "builder");
      httpClient = null;
      return this;
    }

    /**
     * Sets how long a call may take from signing to parsing; default 60 s. A write that takes
     * longer ends with an unknown outcome. Interrupting the caller does not end a call that waits
     * for the network before that. Deadlines of whole operations belong to the client.
     *
     * @param timeout more than zero
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder callTimeout(Duration timeout) {
      callTimeout = positive(timeout);
      return this;
    }

    /**
     * Sets what is added to the user agent, after the library's own name; default nothing. AWS logs
     * it.
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
     * Adds a receiver of the SDK's own metrics; default none. It is not closed with the driver.
     *
     * @param publisher the receiver
     * @return this
     */
    public Builder addMetricPublisher(MetricPublisher publisher) {
      metricPublishers.add(requireNonNull(publisher, "publisher"));
      return this;
    }

    /** {@return the options} */
    public AwsOptions build() {
      return new AwsOptions(this);
    }

    private static Duration positive(Duration timeout) {
      if (timeout.isZero() || timeout.isNegative()) {
        throw new IllegalArgumentException("a time-out must be positive: " + timeout);
      }
      return timeout;
    }
  }
}
