package io.privatelink4j.bench;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.aws.LoopbackAws;
import io.privatelink4j.model.CheckMode;
import io.privatelink4j.model.ConnectionPage;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** Reading one link and a cluster's ten, and the same calls written by hand on the SDK. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(5)
public class AwsCallBenchmark {
  private static final int LINKS = 10;

  private LoopbackAws aws;
  private PrivateLinkClient links;
  private Ec2Client ec2;
  private PrivateLinkConnection link;

  /** What somebody who needs the endpoint alone would keep of the answer. */
  public record Bare(String id, String state, Map<String, String> tags, List<String> names) {
    static Bare of(VpcEndpoint endpoint) {
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

  @Setup(Level.Trial)
  public void begin() {
    aws = new LoopbackAws();
    links = aws.client();
    ec2 = aws.bare();
    for (int i = 0; i < LINKS; i++) {
      link =
          links.create(
              CreateConnectionRequest.builder()
                  .clusterId(LoopbackAws.CLUSTER)
                  .displayName("orders-" + i)
                  .type(aws.service())
                  .checkMode(CheckMode.OFF)
                  .build());
    }
    link = links.awaitActive(link, Duration.ofMinutes(1));
  }

  @TearDown(Level.Trial)
  public void end() {
    links.close();
    ec2.close();
    aws.close();
  }

  @Benchmark
  public PrivateLinkConnection getLibrary() {
    return links.get(link);
  }

  @Benchmark
  public Bare getBare() {
    return Bare.of(
        ec2.describeVpcEndpoints(request -> request.vpcEndpointIds(link.endpointId()))
            .vpcEndpoints()
            .get(0));
  }

  @Benchmark
  public ConnectionPage listLibrary() {
    return links.list(ListRequest.of(LoopbackAws.CLUSTER));
  }

  @Benchmark
  public List<Bare> listBare() {
    return ec2
        .describeVpcEndpoints(
            request ->
                request
                    .maxResults(1000)
                    .filters(
                        Filter.builder()
                            .name("tag:plc.cluster")
                            .values("c." + LoopbackAws.CLUSTER)
                            .build()))
        .vpcEndpoints()
        .stream()
        .map(Bare::of)
        .toList();
  }
}
