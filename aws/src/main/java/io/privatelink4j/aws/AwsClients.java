package io.privatelink4j.aws;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.route53.Route53Client;

/**
 * The SDK's clients, one per service, credentials and region, made when first needed. Thread-safe;
 * the lock is never held across a remote call.
 */
final class AwsClients implements AutoCloseable {
  private static final String LIBRARY = "privatelink4j";
  private static final Pattern REGION = Pattern.compile("[a-z]{2,6}(-[a-z]+)+-\\d{1,2}");

  private final AwsOptions options;
  private final Map<Key, Ec2Client> ec2 = new HashMap<>();
  private final Map<Key, Route53Client> route53 = new HashMap<>();
  private final IdentityHashMap<AwsCredentialsProvider, String> names = new IdentityHashMap<>();
  private final Set<String> namesTaken = new HashSet<>();
  private @Nullable DefaultCredentialsProvider defaultChain;
  private @Nullable SdkHttpClient ownHttpClient;
  private boolean closed;

  AwsClients(AwsOptions options) {
    this.options = options;
  }

  /** {@return a name of the credentials: equal for equal objects, and telling nothing of them} */
  String credentialsName(ClusterNetwork network) {
    if (options.credentials().isEmpty()) {
      return "default";
    }
    return name(providerOf(network));
  }

  private synchronized String name(AwsCredentialsProvider provider) {
    return names.computeIfAbsent(
        provider,
        fresh -> {
          String name = Integer.toHexString(System.identityHashCode(fresh));
          while (!namesTaken.add(name)) {
            name += "x";
          }
          return name;
        });
  }

  Ec2Client ec2(ClusterNetwork network) {
    Region region = region(network);
    AwsCredentialsProvider credentials = credentials(network);
    return get(
        ec2,
        new Key(credentialsName(network), region),
        () -> {
          var builder = configured(Ec2Client.builder(), credentials, region);
          options.ec2Endpoint().ifPresent(builder::endpointOverride);
          return builder.build();
        });
  }

  /**
   * Route 53 is one service per partition. The region that signs for it is named here, because an
   * overridden endpoint does not imply it.
   */
  Route53Client route53(ClusterNetwork network) {
    Region region = signingRegion(region(network));
    AwsCredentialsProvider credentials = credentials(network);
    return get(
        route53,
        new Key(credentialsName(network), region),
        () -> {
          var builder = configured(Route53Client.builder(), credentials, region);
          options.route53Endpoint().ifPresent(builder::endpointOverride);
          return builder.build();
        });
  }

  private static Region signingRegion(Region region) {
    return switch (PartitionMetadata.of(region).id()) {
      case "aws" -> Region.US_EAST_1;
      case "aws-cn" -> Region.CN_NORTHWEST_1;
      case "aws-us-gov" -> Region.US_GOV_WEST_1;
      default -> region;
    };
  }

  /** The SDK takes any text for a region and builds a host name from it. */
  private static Region region(ClusterNetwork network) {
    if (!REGION.matcher(network.region()).matches()) {
      throw new RemoteException(
          ErrorKind.BAD_NETWORK, "InvalidRegion", "The network's region is no region of AWS.");
    }
    return Region.of(network.region());
  }

  private synchronized <T> T get(Map<Key, T> clients, Key key, Supplier<T> maker) {
    if (closed) {
      throw new Closed();
    }
    T client = clients.get(key);
    if (client == null) {
      client = maker.get();
      clients.put(key, client);
    }
    return client;
  }

  private AwsCredentialsProvider credentials(ClusterNetwork network) {
    return options.credentials().isEmpty() ? defaultChain() : providerOf(network);
  }

  private AwsCredentialsProvider providerOf(ClusterNetwork network) {
    AwsCredentialsProvider provider = options.credentials().orElseThrow().apply(network);
    if (provider == null) {
      throw new RemoteException(
          ErrorKind.BAD_CREDENTIALS,
          "NoCredentials",
          "AwsOptions.credentialsPerNetwork gave no provider for " + network.vpcId() + ".");
    }
    return provider;
  }

  private synchronized AwsCredentialsProvider defaultChain() {
    if (closed) {
      throw new Closed();
    }
    if (defaultChain == null) {
      defaultChain = DefaultCredentialsProvider.builder().build();
    }
    return defaultChain;
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configured(
      B builder, AwsCredentialsProvider credentials, Region region) {
    return builder
        .httpClient(httpClient())
        .credentialsProvider(new GuardedCredentials(credentials))
        .region(region)
        .overrideConfiguration(overrides());
  }

  private synchronized SdkHttpClient httpClient() {
    if (options.httpClient().isPresent()) {
      return options.httpClient().get();
    }
    if (ownHttpClient == null) {
      ownHttpClient =
          options
              .httpClientBuilder()
              .<SdkHttpClient>map(SdkHttpClient.Builder::build)
              .orElseGet(() -> UrlConnectionHttpClient.builder().build());
    }
    return ownHttpClient;
  }

  /** The core repeats calls, paces them and reports them; the SDK must not. */
  private ClientOverrideConfiguration overrides() {
    ClientOverrideConfiguration.Builder overrides =
        ClientOverrideConfiguration.builder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .apiCallTimeout(options.callTimeout())
            .addExecutionInterceptor(new EmptyDeleteBody())
            .metricPublishers(options.metricPublishers())
            .putAdvancedOption(
                SdkAdvancedClientOption.USER_AGENT_SUFFIX,
                (LIBRARY + " " + options.userAgentSuffix()).strip());
    options.attemptTimeout().ifPresent(overrides::apiCallAttemptTimeout);
    return overrides.build();
  }

  @Override
  public synchronized void close() {
    closed = true;
    ec2.values().forEach(Ec2Client::close);
    route53.values().forEach(Route53Client::close);
    ec2.clear();
    route53.clear();
    if (defaultChain != null) {
      defaultChain.close();
    }
    if (ownHttpClient != null) {
      ownHttpClient.close();
    }
  }

  private record Key(String credentials, Region region) {}

  /** The driver was closed; nothing was sent. */
  static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Closed() {
      super("the driver is closed");
    }
  }
}
