package io.privatelink4j.aws;

import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import java.time.Duration;
import java.util.List;

/**
 * Calls of operations, counted at the fake's socket.
 *
 * @param create of a create by a new client, its check included
 * @param attach of an attach with all polls
 * @param detach of a detach
 * @param delete of a delete
 */
public record AwsCounts(int create, int attach, int detach, int delete) {

  /** {@return what a new client's calls were} */
  public static AwsCounts measured() {
    try (AwsCloud cloud = new AwsCloud(List.of())) {
      PrivateLinkConnection[] link = new PrivateLinkConnection[1];
      DomainAttachment[] domain = new DomainAttachment[1];
      int create =
          count(
              cloud,
              () ->
                  link[0] =
                      cloud.links.create(
                          AwsCloud.request(AwsCloud.CLUSTER, cloud.service()).build()));
      cloud.settle();
      cloud.aws.accept(link[0].endpointId());
      link[0] = cloud.links.awaitActive(link[0], Duration.ofMinutes(10));
      int attach =
          count(
              cloud, () -> domain[0] = cloud.links.attachDomain(link[0], DomainRequest.managed()));
      int detach = count(cloud, () -> cloud.links.detachDomain(link[0], domain[0].id()));
      int delete = count(cloud, () -> cloud.links.delete(link[0]));
      return new AwsCounts(create, attach, detach, delete);
    }
  }

  private static int count(AwsCloud cloud, Runnable operation) {
    return cloud.actions(operation).size();
  }
}
