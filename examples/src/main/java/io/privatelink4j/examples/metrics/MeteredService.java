package io.privatelink4j.examples.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.privatelink4j.examples.story.MemoryRun;
import io.privatelink4j.examples.story.Stage;
import io.privatelink4j.examples.story.Steps;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A service without a framework: its main method makes the registry, the listener and the client,
 * and hands them on. Here the registry is printed; Prometheus' or any other takes its place.
 */
public final class MeteredService {
  private final Stage stage;
  private final Steps steps;
  private final MeterRegistry registry;
  private final OwnedService kafka;

  private MeteredService(Stage stage, MeterRegistry registry) {
    this.stage = stage;
    this.steps = stage.steps();
    this.registry = registry;
    this.kafka = stage.publish();
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) {
    MeterRegistry registry = new SimpleMeterRegistry();
    new MemoryRun("metered-service")
        .on(
            InMemoryCloud.aws(),
            builder -> builder.listener(new MicrometerListener(registry)),
            stage -> new MeteredService(stage, registry).play())
        .main();
  }

  private void play() {
    PrivateLinkConnection link = createThrottled();
    awaitOwner(link);
    loseEndpoint(link);
    stage.clear("Repair it", () -> stage.links().repairAtOnce(Stage.CLUSTER));
    showMeters();
  }

  private PrivateLinkConnection createThrottled() {
    steps.begin("Create a link; the cloud throttles the first call");
    stage.cloud().faults().onCall(Operation.CREATE_ENDPOINT, 1, Fault.THROTTLE);
    PrivateLinkConnection link =
        stage
            .links()
            .create(
                CreateConnectionRequest.builder()
                    .clusterId(Stage.CLUSTER)
                    .displayName("orders-kafka")
                    .type(kafka.type())
                    .requestId("op-7731")
                    .build());
    steps.done(
        calls("CreateVpcEndpoint", ErrorKind.THROTTLED.name()) == 1
            && calls("CreateVpcEndpoint", "OK") == 1,
        "two calls are timed, one of them throttled");
    return link;
  }

  private long calls(String call, String outcome) {
    return registry
        .get(MicrometerListener.CALLS)
        .tags("cloud", "AWS", "call", call, "outcome", outcome)
        .timer()
        .count();
  }

  private void awaitOwner(PrivateLinkConnection link) {
    steps.begin("The owner accepts; the wait sees the states");
    stage.after(Duration.ofMinutes(10), kafka::acceptAll);
    stage.links().awaitActive(link, Duration.ofHours(1));
    steps.done(
        registry.get(MicrometerListener.STATE_CHANGES).tags("to", "ACTIVE").counter().count() == 1,
        "one change to ACTIVE is counted");
  }

  private void loseEndpoint(PrivateLinkConnection link) {
    steps.begin("Somebody deletes the endpoint in the console; a look finds its zone");
    stage.links().attachDomain(link, DomainRequest.managed());
    stage.cloud().vanish(link.endpointId());
    stage
        .links()
        .reconcile(Stage.CLUSTER)
        .drifts()
        .forEach(drift -> steps.tell("drift", drift.code() + ": " + drift.advice()));
    steps.done(
        registry.get(MicrometerListener.ORPHANS).counter().count() == 1, "one orphan is counted");
  }

  private void showMeters() {
    steps.begin("What the registry has");
    registry.getMeters().stream()
        .sorted(Comparator.comparing(meter -> meter.getId().toString()))
        .forEach(meter -> steps.tell(count(meter), name(meter.getId())));
    Collection<Timer> timers = registry.get(MicrometerListener.CALLS).timers();
    long timed = timers.stream().mapToLong(Timer::count).sum();
    steps.done(
        timed == stage.cloud().calls().size(),
        "each of the " + timed + " calls that the cloud logged is timed");
  }

  private static String count(Meter meter) {
    double count = meter instanceof Counter counter ? counter.count() : ((Timer) meter).count();
    return String.format(Locale.ROOT, "%.0f", count);
  }

  private static String name(Meter.Id id) {
    return id.getTags().stream()
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .collect(Collectors.joining(", ", id.getName() + " ", ""));
  }
}
