package io.privatelink4j.examples.lifecycle;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.cloud.CloudArguments;
import io.privatelink4j.examples.cloud.CloudRun;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.model.Zones;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Every operation, once, in the order in which a service uses them.
 *
 * @param clusterId the cluster that gets a link
 * @param service the customer's endpoint service
 * @param owner is told what the service's owner has to know
 * @param domain the domain to attach
 * @param patience how long the owner may take
 * @param user who asks for the link
 * @param operationId of this creation
 */
public record Lifecycle(
    String clusterId,
    ConnectionType service,
    Consumer<Zones> owner,
    DomainRequest domain,
    Duration patience,
    String user,
    String operationId) {

  /**
   * Runs the example in a cloud in memory, or on the cloud that the arguments name.
   *
   * @param args none, or where to play
   */
  public static void main(String[] args) {
    if (args.length == 0) {
      inMemory();
      return;
    }
    int code = new CloudRun("lifecycle", System.out::println).run(args, Lifecycle::onCloud);
    if (code != CloudRun.OK) {
      System.exit(code);
    }
  }

  private static void inMemory() {
    // region client
    InMemoryCloud cloud = InMemoryCloud.aws();
    OwnedService kafka = cloud.publish().acceptAutomatically(); // a customer's endpoint service
    PrivateLinkClient.Builder builder =
        PrivateLinkClient.builder()
            .clusters(clusterId -> List.of(cloud.network())) // where each cluster runs
            .provider(cloud) // without one: the providers on the class path
            .time(cloud.time()); // without one: the system's clock
    // endregion
    of(kafka).run(builder);
    System.out.println("left behind: " + cloud.leftovers());
  }

  static Lifecycle of(OwnedService kafka) {
    Consumer<Zones> owner = zones -> kafka.allow(zones.principals().get(0));
    return new Lifecycle(
        "10581234",
        kafka.type(),
        owner,
        DomainRequest.managed(),
        Duration.ofMinutes(30),
        "jane",
        "op-7731");
  }

  private static String onCloud(
      CloudArguments where, PrivateLinkClient.Builder builder, String runId) {
    Consumer<Zones> owner = zones -> System.out.println("to be allowed by the owner: " + zones);
    new Lifecycle(
            where.clusterId(),
            where.service(),
            owner,
            where.domain(),
            where.patience(),
            runId,
            runId)
        .run(builder);
    return where.place();
  }

  void run(PrivateLinkClient.Builder builder) {
    // region lifecycle
    try (PrivateLinkClient links = builder.build()) {
      Zones zones = links.zones(clusterId); // account, principals, zone ids
      owner.accept(zones); // who allows the account in their console
      ServiceCheck check = links.check(clusterId, service);
      check.findings().forEach(System.out::println); // what is in the way, and who has to act
      PrivateLinkConnection link =
          links.create(
              CreateConnectionRequest.builder()
                  .clusterId(clusterId)
                  .displayName("orders-kafka")
                  .type(check.type())
                  .createdBy(user)
                  .requestId(operationId) // repeated, it gives the same connection
                  .build());
      link = links.awaitActive(link, patience); // the owner accepts meanwhile
      DomainPlan plan = links.planDomain(link, domain); // a dry run
      DomainAttachment attached = links.attachDomain(link, domain);
      System.out.println("brokers are named below " + plan.apex());
      System.out.println("a changefeed connects to " + link.address(9092));
      links.detachDomain(link, attached.id());
      links.delete(link);
    }
    // endregion
  }
}
