package io.privatelink4j.examples.quickstart;

import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.Time;
import io.privatelink4j.testing.InMemoryCloud;

/**
 * Where a story plays: what differs between the clouds.
 *
 * @param cloud the cloud, in memory
 * @param clusterId the cluster that wants a link
 * @param loadBalancer what customers often send instead of their endpoint service's name
 * @param otherRegion a region that the cluster is not in
 * @param otherZone a zone that the cluster is not in
 */
record Scene(
    InMemoryCloud cloud,
    String clusterId,
    ConnectionType loadBalancer,
    String otherRegion,
    String otherZone) {

  static Scene aws(Time time) {
    return new Scene(
        InMemoryCloud.builder(CloudProvider.AWS).time(time).build(),
        "10581234",
        AwsEndpointService.of("kafka-0a1b2c3d4e5f6789.elb.us-west-2.amazonaws.com"),
        "eu-central-1",
        "usw2-az4");
  }

  static Scene alicloud(Time time) {
    return new Scene(
        InMemoryCloud.builder(CloudProvider.ALICLOUD).time(time).build(),
        "10585678",
        AlicloudEndpointService.of("nlb-2zeabcdefghijk.ap-southeast-1.nlb.aliyuncs.com"),
        "eu-central-1",
        "ap-southeast-1d");
  }
}
