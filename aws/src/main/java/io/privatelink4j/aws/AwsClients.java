package io.privatelink4j.aws;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
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
 * The SDK's clients, one per service and region, made when first needed; credentials go with each
 * request, so that tenants with roles of their own need no clients of their own. Thread-safe; the
 * lock is never held across a remote call.
 */
final class AwsClients implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AwsClients.class);
  private static final String LIBRARY = "privatelink4j";
  private static final Pattern REGION = Pattern.compile("[a-z]{2,6}(-[a-z]+)+-\\d{1,2}");

  private final AwsOptions options;
  private final Map<String, Ec2Client> ec2 = new HashMap<>();
  private final Map<String, Route53Client> route53 = new HashMap<>();
  private @Nullable DefaultCredentialsProvider defaultChain;
  private @Nullable SdkHttpClient ownHttpClient;
  private @Nullable ScheduledExecutorService timer;
  private boolean closed;

  AwsClients(AwsOptions options) {
    this.options = options;
  }

  /**
   * {@return what is equal for networks that surely have the same credentials} It does not ask for
   * the credentials: objects that hold the same ones need not be equal.
   */
  String credentialsName(ClusterNetwork network) {
    return options.credentialsPerNetwork()
        ? network.principal().orElse(network.vpcId())
        : "default";
  }

  /** {@return what signs a request for the network} */
  AwsRequestOverrideConfiguration signing(ClusterNetwork network) {
    return AwsRequestOverrideConfiguration.builder()
        .credentialsProvider(new GuardedCredentials(() -> credentials(network)))
        .build();
  }

  private AwsCredentialsProvider credentials(ClusterNetwork network) {
    return options
        .credentials()
        .<AwsCredentialsProvider>map(function -> function.apply(network))
        .orElseGet(this::defaultChain);
  }

  Ec2Client ec2(ClusterNetwork network) {
    return get(
        ec2,
        network.region(),
        () -> {
          Region region = region(network);
          var builder = configured(Ec2Client.builder(), region);
          options.ec2Endpoint(region.id()).ifPresent(builder::endpointOverride);
          return builder.build();
        });
  }

  /**
   * Route 53 is one service per partition. The region that signs for it is named here, because an
   * overridden endpoint does not imply it.
   */
  Route53Client route53(ClusterNetwork network) {
    Region region = signingRegion(region(network));
    return get(
        route53,
        region.id(),
        () -> {
          var builder = configured(Route53Client.builder(), region);
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

  private synchronized <T> T get(Map<String, T> clients, String region, Supplier<T> maker) {
    if (closed) {
      throw new Closed();
    }
    T client = clients.get(region);
    if (client == null) {
      client = make(maker);
      clients.put(region, client);
    }
    return client;
  }

  /** Nothing was sent, and the next try would fail too. */
  private static <T> T make(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (RemoteException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new RemoteException(
          ErrorKind.INVALID,
          "ClientNotMade",
          Redaction.clean(
              "The SDK's client could not be made with the options given ("
                  + e.getClass().getSimpleName()
                  + ": "
                  + e.getMessage()
                  + ")."));
    }
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
      B builder, Region region) {
    return builder
        .httpClient(httpClient())
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .region(region)
        .fipsEnabled(options.fips())
        .dualstackEnabled(options.dualstack())
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
              .orElseGet(
                  () ->
                      new PromptAborts(
                          UrlConnectionHttpClient.builder()
                              .socketTimeout(options.callTimeout())
                              .build()));
    }
    return ownHttpClient;
  }

  /** The core repeats calls, paces them and reports them; the SDK must not. */
  private ClientOverrideConfiguration overrides() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .apiCallTimeout(options.callTimeout())
        .scheduledExecutorService(timer())
        .addExecutionInterceptor(new EmptyDeleteBody())
        .addExecutionInterceptor(new AnswerOfAws())
        .metricPublishers(options.metricPublishers())
        .putAdvancedOption(
            SdkAdvancedClientOption.USER_AGENT_SUFFIX,
            (LIBRARY + " " + options.userAgentSuffix()).strip())
        .build();
  }

  /** Left to itself the SDK would start several threads for each client's time-outs. */
  private synchronized ScheduledExecutorService timer() {
    if (timer == null) {
      timer = Executors.newSingleThreadScheduledExecutor(task -> Daemons.of(task, "timeouts"));
    }
    return timer;
  }

  @Override
  public void close() {
    release().forEach(AwsClients::closeQuietly);
  }

  private synchronized List<AutoCloseable> release() {
    closed = true;
    List<AutoCloseable> released = new ArrayList<>();
    released.addAll(ec2.values());
    released.addAll(route53.values());
    ec2.clear();
    route53.clear();
    if (defaultChain != null) {
      released.add(defaultChain);
    }
    if (ownHttpClient != null) {
      released.add(ownHttpClient);
    }
    if (timer != null) {
      released.add(timer::shutdownNow);
    }
    return released;
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      log.warn("could not close {}", resource.getClass().getName(), e);
    }
  }

  /** The driver was closed; nothing was sent. */
  static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Closed() {
      super("the driver is closed");
    }
  }
}
