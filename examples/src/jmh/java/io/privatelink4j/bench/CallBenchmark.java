package io.privatelink4j.bench;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.CheckMode;
import io.privatelink4j.model.ConnectionPage;
import io.privatelink4j.model.ConnectionType;
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

/** Reading one link and a cluster's ten, and the same calls written by hand on a cloud's SDK. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(5)
public abstract class CallBenchmark {
  /** The cluster whose links are read. */
  protected static final String CLUSTER = "10581234";

  private static final int LINKS = 10;

  private PrivateLinkClient links;
  private PrivateLinkConnection link;

  /** What somebody who needs the endpoint alone would keep of the answer. */
  public record Bare(String id, String state, Map<String, String> tags, List<String> names) {}

  /** Starts the fake and the SDK's own client. */
  abstract PrivateLinkClient start();

  abstract ConnectionType service();

  abstract Bare endpoint(String id);

  /** {@return the cluster's} */
  abstract List<Bare> endpoints();

  abstract void stop();

  @Setup(Level.Trial)
  public void begin() {
    links = start();
    for (int i = 0; i < LINKS; i++) {
      link =
          links.create(
              CreateConnectionRequest.builder()
                  .clusterId(CLUSTER)
                  .displayName("orders-" + i)
                  .type(service())
                  .checkMode(CheckMode.OFF)
                  .build());
    }
    link = links.awaitActive(link, Duration.ofMinutes(1));
  }

  @TearDown(Level.Trial)
  public void end() {
    links.close();
    stop();
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
