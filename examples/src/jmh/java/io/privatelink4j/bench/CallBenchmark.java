package io.privatelink4j.bench;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.CheckMode;
import io.privatelink4j.model.ConnectionPage;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import java.time.Duration;
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

/**
 * Reading one link and a cluster's ten, none with domains, and the same calls written by hand on a
 * cloud's SDK.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(5)
public abstract class CallBenchmark {
  static final String CLUSTER = "10581234";
  private static final int LINKS = 10;

  private Loopback cloud;
  private PrivateLinkClient links;
  private PrivateLinkConnection link;

  /** What somebody who needs the endpoint alone would keep of the answer. */
  public record Bare(String id, String state, Map<String, String> tags, List<String> names) {}

  /** Starts the fake, and makes the SDK's own client for it. */
  abstract Loopback start();

  /** {@return an endpoint, read by hand} */
  abstract Bare endpoint(String id);

  /** {@return the cluster's endpoints, read by hand} */
  abstract List<Bare> endpoints();

  /** Closes the SDK's own client. */
  abstract void stop();

  @Setup(Level.Trial)
  public void begin() {
    cloud = start();
    // Who has just written labels lays them over what is read for a while, so another client reads.
    try (PrivateLinkClient writer = cloud.client()) {
      for (int i = 0; i < LINKS; i++) {
        link =
            writer.create(
                CreateConnectionRequest.builder()
                    .clusterId(CLUSTER)
                    .displayName("orders-" + i)
                    .type(cloud.service())
                    .checkMode(CheckMode.OFF)
                    .build());
      }
      link = writer.awaitActive(link, Duration.ofMinutes(1));
    }
    links = cloud.client();
  }

  @TearDown(Level.Trial)
  public void end() {
    links.close();
    stop();
    cloud.close();
  }

  @Benchmark
  public PrivateLinkConnection getLibrary() {
    return links.get(link);
  }

  @Benchmark
  public Bare getBare() {
    return endpoint(link.endpointId());
  }

  @Benchmark
  public ConnectionPage listLibrary() {
    return links.list(ListRequest.of(CLUSTER));
  }

  @Benchmark
  public List<Bare> listBare() {
    return endpoints();
  }
}
