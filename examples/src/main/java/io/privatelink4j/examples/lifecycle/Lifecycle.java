package io.privatelink4j.examples.lifecycle;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.AwsEndpointService;
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

/** Every operation, once, in the order in which a service uses them. */
public final class Lifecycle {
  private Lifecycle() {}

  /**
   * Runs the example in a cloud in memory.
   *
   * @param args none
   */
  public static void main(String[] args) {
    // region client
    InMemoryCloud cloud = InMemoryCloud.aws();
    OwnedService kafka = cloud.publish().acceptAutomatically(); // a customer's endpoint service
    PrivateLinkClient.Builder builder =
        PrivateLinkClient.builder()
            .clusters(clusterId -> List.of(cloud.network())) // where each cluster runs
            .provider(cloud) // without one: the providers on the class path
            .time(cloud.time()); // without one: the system's clock
    // endregion
    run(builder, kafka);
    System.out.println("left behind: " + cloud.leftovers());
  }

  static void run(PrivateLinkClient.Builder builder, OwnedService kafka) {
    // region lifecycle
    try (PrivateLinkClient links = builder.build()) {
      Zones zones = links.zones("10581234"); // account, principals, zone ids for the service owner
      kafka.allow(zones.principals().get(0)); // which the owner does in their console
      ServiceCheck check = links.check("10581234", AwsEndpointService.of(kafka.name()));
      check.findings().forEach(System.out::println); // what is in the way, and who has to act
      PrivateLinkConnection link =
          links.create(
              CreateConnectionRequest.builder()
                  .clusterId("10581234")
                  .displayName("orders-kafka")
                  .type(check.type())
                  .requestId("op-7731") // repeated after a failure, it gives the same connection
                  .build());
      link = links.awaitActive(link, Duration.ofMinutes(30)); // the owner accepts meanwhile
      DomainPlan plan = links.planDomain(link, DomainRequest.managed()); // a dry run
      DomainAttachment domain = links.attachDomain(link, DomainRequest.managed());
      System.out.println("brokers are named below " + plan.apex());
      System.out.println("a changefeed connects to " + link.address(9092));
      links.detachDomain(link, domain.id());
      links.delete(link);
    }
    // endregion
  }
}
