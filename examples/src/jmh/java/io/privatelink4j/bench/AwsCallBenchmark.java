package io.privatelink4j.bench;

import io.privatelink4j.aws.LoopbackAws;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** The calls on AWS, where one describe tells everything. */
public class AwsCallBenchmark extends CallBenchmark {
  private Ec2Client ec2;

  @Override
  Loopback start() {
    LoopbackAws aws = new LoopbackAws();
    ec2 = aws.bare();
    return aws;
  }

  @Override
  void stop() {
    ec2.close();
  }

  @Override
  Bare endpoint(String id) {
    return bare(
        ec2.describeVpcEndpoints(request -> request.vpcEndpointIds(id)).vpcEndpoints().get(0));
  }

  @Override
  List<Bare> endpoints() {
    return ec2
        .describeVpcEndpoints(
            request ->
                request
                    .maxResults(1000)
                    .filters(
                        Filter.builder().name("tag:plc.cluster").values("c." + CLUSTER).build()))
        .vpcEndpoints()
        .stream()
        .map(AwsCallBenchmark::bare)
        .toList();
  }

  private static Bare bare(VpcEndpoint endpoint) {
    Map<String, String> tags = new HashMap<>();
    for (Tag tag : endpoint.tags()) {
      tags.put(tag.key(), tag.value());
    }
    return new Bare(
        endpoint.vpcEndpointId(),
        endpoint.stateAsString(),
        tags,
        endpoint.dnsEntries().stream().map(entry -> entry.dnsName()).toList());
  }
}
