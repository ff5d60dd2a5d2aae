package io.privatelink4j.examples.cloud;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainUse;
import io.privatelink4j.spi.PrivateLinkProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What an example is told on its command line.
 *
 * @param provider how the cloud is reached
 * @param clusterId the cluster that gets a link
 * @param network where the cluster runs
 * @param service the customer's endpoint service
 * @param domain the domain to attach
 * @param patience how long the owner may take to accept
 */
public record CloudArguments(
    PrivateLinkProvider provider,
    String clusterId,
    ClusterNetwork network,
    ConnectionType service,
    DomainRequest domain,
    Duration patience) {

  static final String HELP =
      """
      Without arguments: plays in memory, and needs no account.
      On a real account, with the credentials of the cloud's default chain:
        --cloud aws                 or alicloud
        --region us-west-2          the region of the network
        --vpc vpc-...               the network in which the endpoint is created
        --subnets subnet-a,subnet-b one subnet (vSwitch) per zone
        --service com.amazonaws.vpce.us-west-2.vpce-svc-...
                                    the customer's endpoint service
      and if wanted:
        --security-groups sg-...    of the endpoint; default on AWS: the VPC's own
        --endpoint-url https://...  another server than the cloud's; http on loopback only
        --cluster 10581234          the id under which the connection is kept
        --domain managed            or confluent:<network-id>.<region>
        --wait 30m                  how long the owner may take to accept: 90s, 30m, 2h
        --help                      shows this
      What is created is deleted again, also after a failure and after Ctrl-C.""";

  private static final Set<String> NAMES =
      Set.of(
          "cloud",
          "region",
          "vpc",
          "subnets",
          "security-groups",
          "service",
          "endpoint-url",
          "cluster",
          "domain",
          "wait");
  private static final String CONFLUENT = "confluent:";

  /**
   * {@return what the arguments say} Nothing is sent.
   *
   * @param args the command line
   * @throws UsageException if they cannot be understood
   */
  public static CloudArguments parse(String... args) {
    Flags flags = new Flags(args, NAMES);
    CloudProvider cloud = Clouds.named(flags.required("cloud"));
    try {
      return new CloudArguments(
          Clouds.provider(cloud, flags.optional("endpoint-url").map(URI::create)),
          flags.optional("cluster").orElse("10581234"),
          network(cloud, flags),
          Clouds.service(cloud, flags.required("service")),
          domain(flags.optional("domain").orElse("managed")),
          DurationText.parse("--wait", flags.optional("wait").orElse("30m")));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static ClusterNetwork network(CloudProvider cloud, Flags flags) {
    return ClusterNetwork.builder()
        .cloud(cloud)
        .region(flags.required("region"))
        .vpcId(flags.required("vpc"))
        .subnetIds(flags.requiredList("subnets"))
        .addSecurityGroupIds(flags.list("security-groups").toArray(String[]::new))
        .build();
  }

  private static DomainRequest domain(String text) {
    if (text.equals("managed")) {
      return DomainRequest.managed();
    }
    if (text.startsWith(CONFLUENT)) {
      return DomainRequest.confluent(text.substring(CONFLUENT.length()));
    }
    throw new UsageException("--domain is managed or confluent:<unique name>, not " + text);
  }

  /** {@return a builder of clients that know this cluster alone} */
  PrivateLinkClient.Builder client() {
    return PrivateLinkClient.builder()
        .provider(provider)
        .clusters(id -> id.equals(clusterId) ? List.of(network) : List.of())
        .domainPolicy(this::decide);
  }

  /** Who runs an example says by its arguments whose domain it is. */
  private Decision decide(DomainUse use) {
    boolean same =
        use.type() == domain.type()
            && domain.uniqueName().map(use.uniqueName()::equals).orElse(true);
    return same ? Decision.allow() : Decision.deny("another domain was asked for");
  }

  /** {@return where it plays, for people} */
  public String place() {
    return "%s, %s, %s".formatted(network.cloud().displayName(), network.region(), network.vpcId());
  }
}
