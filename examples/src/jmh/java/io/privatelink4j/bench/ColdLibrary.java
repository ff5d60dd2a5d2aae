package io.privatelink4j.bench;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.aws.LoopbackAws;
import io.privatelink4j.model.ClusterNetwork;
import java.util.List;

/** A process that asks the library for a cluster's zones, and ends. */
public final class ColdLibrary {
  private ColdLibrary() {}

  /**
   * Runs it.
   *
   * @param args address of the fake, VPC, subnets
   */
  public static void main(String[] args) {
    ClusterNetwork network = LoopbackAws.network(args[1], args[2], "sg-0123456789abcdef0");
    try (PrivateLinkClient links =
        PrivateLinkClient.builder()
            .provider(LoopbackAws.provider(args[0]))
            .clusters(id -> List.of(network))
            .build()) {
      System.out.println(links.zones("10581234").zoneIds());
    }
  }
}
