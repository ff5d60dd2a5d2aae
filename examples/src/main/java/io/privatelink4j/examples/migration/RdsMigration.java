package io.privatelink4j.examples.migration;

import io.privatelink4j.examples.story.MemoryRun;
import io.privatelink4j.examples.story.Stage;
import io.privatelink4j.examples.story.Steps;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.OwnedService;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A migration job reads the customer's RDS for MySQL through a link, on AWS and on Alibaba Cloud. A
 * load balancer with an endpoint service stands in front of the database. One address is all that a
 * MySQL client needs, so no domain is attached.
 */
public final class RdsMigration {
  private static final int MYSQL_PORT = 3306;

  private final Stage stage;
  private final Steps steps;
  private final OwnedService mysql;

  private RdsMigration(Stage stage) {
    this.stage = stage;
    this.steps = stage.steps();
    this.mysql = stage.publish();
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) {
    new MemoryRun("rds-migration").onBothClouds(stage -> new RdsMigration(stage).play()).main();
  }

  /**
   * {@return where MySQL Connector/J reads from}
   *
   * @param link the link, ACTIVE
   * @param database the database's name
   */
  static String jdbcUrl(PrivateLinkConnection link, String database) {
    InetSocketAddress address = link.address(MYSQL_PORT);
    // Not VERIFY_IDENTITY: the database's certificate has its own name, not the link's.
    return "jdbc:mysql://%s:%d/%s?sslMode=VERIFY_CA"
        .formatted(address.getHostString(), address.getPort(), database);
  }

  private void play() {
    createLink();
    PrivateLinkConnection link = awaitOwner(createAgain());
    connect(link);
    stage.clear("The job is done; delete its link", () -> stage.links().delete(link));
  }

  private PrivateLinkConnection create() {
    return stage
        .links()
        .create(
            CreateConnectionRequest.builder()
                .clusterId(Stage.CLUSTER)
                .displayName("migration job-1")
                .type(mysql.type())
                .requestId("job-1")
                .build());
  }

  private void createLink() {
    steps.begin("Create the job's link");
    steps.tell(create());
    steps.done(stage.cloud().endpoints().size() == 1, "an endpoint is created in the cloud");
  }

  private PrivateLinkConnection createAgain() {
    steps.begin("The job starts again on another machine, which does not know of the link");
    PrivateLinkConnection link = create();
    steps.tell(link);
    steps.done(
        stage.cloud().endpoints().size() == 1, "the job's id as request id gives the same link");
    return link;
  }

  private PrivateLinkConnection awaitOwner(PrivateLinkConnection created) {
    steps.begin("The database's owner accepts ten minutes later");
    stage.after(Duration.ofMinutes(10), mysql::acceptAll);
    PrivateLinkConnection link = stage.links().awaitActive(created, Duration.ofHours(1));
    steps.done(
        link.domains().isEmpty() && stage.cloud().zones().isEmpty(), "the link is up, no domain");
    return link;
  }

  private void connect(PrivateLinkConnection link) {
    steps.begin("Where the job reads from");
    steps.tell("jdbc", jdbcUrl(link, "shop"));
    String host = link.address(MYSQL_PORT).getHostString();
    steps.done(
        stage.resolve(host).endpointId().filter(link.endpointId()::equals).isPresent(),
        "the cluster's network resolves it to the link");
  }
}
