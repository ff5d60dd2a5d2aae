package io.privatelink4j.testkit;

import static io.privatelink4j.testkit.Fixture.PATIENCE;
import static io.privatelink4j.testkit.Fixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ZoneRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link PrivateLinkDriver} does, as tests. A provider's test class extends this one and
 * supplies a {@link Harness}; nothing else is needed, and no test may be left out:
 *
 * <pre>{@code
 * class ExampleDriverTest extends DriverContract {
 *   @Override
 *   protected Harness openHarness() {
 *     return new ExampleHarness();
 *   }
 *
 *   private static final class ExampleHarness implements Harness {
 *     private final ExampleCloud cloud = ExampleCloud.start(); // a stateful fake
 *     private final PrivateLinkDriver driver =
 *         new ExampleProvider(cloud.uri()).open(new DriverContext(cloud.time()));
 *
 *     @Override
 *     public PrivateLinkDriver driver() {
 *       return driver;
 *     }
 *
 *     @Override
 *     public void advance(Duration duration) {
 *       cloud.advance(duration);
 *     }
 *
 *     @Override
 *     public long remoteCalls() {
 *       return cloud.requests().size();
 *     }
 *     // … and so on: one line for each method of Harness
 *   }
 * }
 * }</pre>
 *
 * <p>The contract asks for what the interfaces of {@code io.privatelink4j.spi} promise and what the
 * clouds document. Where a cloud leaves something open it accepts every answer: how long states and
 * labels lag (up to 15 seconds), whether a second endpoint of the same service is possible, whether
 * an endpoint stays visible after its deletion. What a cloud may refuse for a moment is repeated in
 * virtual time. Tests that rest on a trait which the driver does not declare, or on an option of
 * the harness, are skipped and say why. The tests run in any order, each with a harness of its own,
 * and never wait in real time.
 */
public abstract class DriverContract extends ResourceContract {
  private static final int THREADS = 8;

  /** For subclasses. */
  protected DriverContract() {}

  /** What a driver makes of the cloud's failures, and that it makes each call once. */
  @Nested
  class Errors {

    @ParameterizedTest
    @EnumSource(Operation.class)
    void everyCall_isOneRemoteCall(Operation operation) {
      Invocation invocation = prepared(operation);
      long before = harness.remoteCalls();

      invocation.call().run();

      assertThat(harness.remoteCalls() - before).isEqualTo(1);
    }

    @Test
    void endpointsById_isOneRemoteCall() {
      List<String> ids =
          fixture.several(2, Map.of()).stream()
              .map(Endpoint::id)
              .limit(traits.idsPerRead())
              .toList();
      long before = harness.remoteCalls();

      driver.endpointsById(network, ids);

      assertThat(harness.remoteCalls() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void everyCall_thatIsThrottled_isNotRepeatedByTheDriver(Operation operation) {
      Invocation invocation = prepared(operation);
      harness.failNext(operation, Fault.THROTTLED);
      long before = harness.remoteCalls();

      assertFailsWith(invocation.call(), ErrorKind.THROTTLED);

      assertThat(harness.remoteCalls() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void everyCall_thatTheCloudCannotServe_isNotRepeatedByTheDriver(Operation operation) {
      Invocation invocation = prepared(operation);
      harness.failNext(operation, Fault.UNAVAILABLE);
      long before = harness.remoteCalls();

      assertFailsWith(invocation.call(), kindsOf(operation, Fault.UNAVAILABLE));

      assertThat(harness.remoteCalls() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void everyCall_withoutAnAnswer_isNotRepeatedByTheDriver(Operation operation) {
      Invocation invocation = prepared(operation);
      harness.failNext(operation, Fault.OUTCOME_UNKNOWN_NOT_DONE);
      long before = harness.remoteCalls();

      assertFailsWith(invocation.call(), kindsOf(operation, Fault.OUTCOME_UNKNOWN_NOT_DONE));

      assertThat(harness.remoteCalls() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void everyCall_thatIsDenied_isAccessDenied(Operation operation) {
      Invocation invocation = prepared(operation);
      harness.failNext(operation, Fault.ACCESS_DENIED);

      assertFailsWith(invocation.call(), ErrorKind.ACCESS_DENIED);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void everyCall_afterAFailure_succeeds(Operation operation) {
      Invocation invocation = prepared(operation);
      harness.failNext(operation, Fault.THROTTLED);
      failureOf(invocation.call());

      assertThatCode(invocation.call()::run).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(
        value = Operation.class,
        names = {"CREATE_ENDPOINT", "PUT_LABELS", "CREATE_ZONE", "PUT_RECORDS"})
    void everyCreation_beyondAQuota_isQuota(Operation operation) {
      Invocation invocation = prepared(operation);
      harness.failNext(operation, Fault.QUOTA);

      assertFailsWith(invocation.call(), ErrorKind.QUOTA);

      assertNotDone(invocation);
    }

    @ParameterizedTest
    @MethodSource("io.privatelink4j.testkit.Invocation#writes")
    void everyWrite_thatIsThrottled_isNotDone(Operation operation) {
      assertNotDoneAfter(operation, Fault.THROTTLED);
    }

    @ParameterizedTest
    @MethodSource("io.privatelink4j.testkit.Invocation#writes")
    void everyWrite_thatTheCloudCannotServe_isNotDone(Operation operation) {
      assertNotDoneAfter(operation, Fault.UNAVAILABLE);
    }

    @ParameterizedTest
    @MethodSource("io.privatelink4j.testkit.Invocation#writes")
    void everyWrite_thatIsDenied_isNotDone(Operation operation) {
      assertNotDoneAfter(operation, Fault.ACCESS_DENIED);
    }

    @ParameterizedTest
    @MethodSource("io.privatelink4j.testkit.Invocation#writes")
    void everyWrite_whoseReplyIsLost_isOutcomeUnknownAndDone(Operation operation) {
      Invocation invocation = prepared(operation);
      harness.failNext(operation, Fault.REPLY_LOST);

      assertFailsWith(invocation.call(), ErrorKind.OUTCOME_UNKNOWN);

      fixture.eventuallyHolds(
          PATIENCE, () -> assertThat(invocation.done().getAsBoolean()).as("done").isTrue());
    }

    @ParameterizedTest
    @MethodSource("io.privatelink4j.testkit.Invocation#writes")
    void everyWrite_thatSucceeds_isDone(Operation operation) {
      Invocation invocation = prepared(operation);

      invocation.call().run();

      fixture.eventuallyHolds(
          PATIENCE, () -> assertThat(invocation.done().getAsBoolean()).as("done").isTrue());
    }

    @Test
    void failures_tellRequestIdsAndWaits_thatMakeSense() {
      String service = fixture.publish(Acceptance.REQUIRED);
      harness.failNext(Operation.READ_SERVICE, Fault.THROTTLED);

      RemoteException failure = failureOf(() -> driver.service(network, fixture.type(service)));

      assertThat(failure.requestId().orElse("none")).isNotBlank();
      assertThat(failure.retryAfter().orElse(Duration.ZERO)).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    private Invocation prepared(Operation operation) {
      Optional<Invocation> invocation = Invocation.prepare(operation, harness, fixture);
      assumeTrue(invocation.isPresent(), "this driver makes no such calls");
      return invocation.orElseThrow();
    }

    /** A read without an answer may be called either: it can be repeated in any case. */
    private ErrorKind[] kindsOf(Operation operation, Fault fault) {
      return Invocation.READS.contains(operation)
          ? new ErrorKind[] {ErrorKind.UNAVAILABLE, ErrorKind.OUTCOME_UNKNOWN}
          : new ErrorKind[] {fault.kind()};
    }

    private void assertNotDoneAfter(Operation operation, Fault fault) {
      Invocation invocation = prepared(operation);
      harness.failNext(operation, fault);

      assertFailsWith(invocation.call(), fault.kind());

      assertNotDone(invocation);
    }

    private void assertNotDone(Invocation invocation) {
      harness.advance(PATIENCE);
      assertThat(invocation.done().getAsBoolean()).as("done").isFalse();
    }
  }

  /** The numbers in the traits, and the widths that the core relies on. */
  @Nested
  class Limits {

    @Test
    void traits_haveUsableNumbers() {
      assertThat(traits.idsPerRead()).isPositive();
      assertThat(traits.idsPerFilter()).isNotNegative();
      assertThat(traits.endpointsPerPage()).isPositive();
      assertThat(traits.idsPerLabelCall()).isPositive();
      assertThat(traits.idsPerDelete()).isPositive();
      assertThat(traits.labelsPerEndpoint()).isGreaterThanOrEqualTo(20);
      assertThat(traits.recordsPerCall()).isPositive();
    }

    @Test
    void create_withAsManyLabelsAsTheTraitsAllow_setsThemAll() {
      Map<String, String> labels = labels(traits.labelsPerEndpoint());

      Endpoint endpoint = fixture.awaiting(labels);

      assertLabels(endpoint, labels);
    }

    @Test
    void create_withOneLabelMore_isRefused() {
      Map<String, String> labels = labels(traits.labelsPerEndpoint() + 1);
      EndpointSpec spec =
          fixture.spec(fixture.publish(Acceptance.REQUIRED), labels, fixture.token());

      assertFailsWith(() -> fixture.create(spec), ErrorKind.QUOTA, ErrorKind.INVALID);
    }

    @Test
    void putLabels_upToTheLimit_setsThem() {
      Map<String, String> labels = labels(traits.labelsPerEndpoint() - 1);
      Endpoint endpoint = fixture.awaiting(labels);

      put(endpoint, Map.of("plc.last", "yes"));

      Map<String, String> all = new TreeMap<>(labels);
      all.put("plc.last", "yes");
      assertLabels(endpoint, all);
    }

    @Test
    void putLabels_beyondTheLimit_isRefusedAndChangesNothing() {
      Map<String, String> labels = labels(traits.labelsPerEndpoint());
      Endpoint endpoint = fixture.awaiting(labels);

      assertFailsWith(
          () -> put(endpoint, Map.of("plc.onemore", "yes")), ErrorKind.QUOTA, ErrorKind.INVALID);

      fixture.settle();
      assertLabels(endpoint, labels);
    }

    @Test
    void putLabels_atTheLimit_replacesValues() {
      Map<String, String> labels = labels(traits.labelsPerEndpoint());
      Endpoint endpoint = fixture.awaiting(labels);

      put(endpoint, Map.of("plc.k1", "changed"));

      Map<String, String> all = new TreeMap<>(labels);
      all.put("plc.k1", "changed");
      assertLabels(endpoint, all);
    }

    @Test
    void labels_of64And128Characters_areKept() {
      Map<String, String> labels = Map.of("plc." + "k".repeat(60), "v".repeat(128));
      Endpoint endpoint = fixture.awaiting(Map.of());

      put(endpoint, labels);

      assertLabels(endpoint, labels);
    }

    @Test
    void labels_of128Characters_areFoundByTheirValue() {
      String value = "v".repeat(128);
      Endpoint endpoint = fixture.awaiting(Map.of("plc.long", value));

      assertThat(fixture.endpoints(EndpointFilter.label("plc.long", value)))
          .extracting(Endpoint::id)
          .contains(endpoint.id());
    }

    @Test
    void create_withATokenOf64Characters_isPossible() {
      String token = "t".repeat(64);
      EndpointSpec spec =
          new EndpointSpec(
              "plc-long-token",
              fixture.type(fixture.publish(Acceptance.REQUIRED)),
              fixture.subnets(),
              new TreeMap<>(),
              token);

      assertThat(fixture.create(spec).id()).isNotBlank();
    }

    @Test
    void createZone_withAReferenceOf128Characters_isPossible() {
      String reference = "r".repeat(128);

      DnsZone zone = driver.createZone(network, fixture.apex(), reference);
      fixture.settle();

      assertThat(driver.zone(network, zone.id()).orElseThrow().reference().orElse(reference))
          .isEqualTo(reference);
    }

    @Test
    void putRecords_asManyAsOneCallTakes_setsThemAll() {
      DnsZone zone = fixture.createZone(fixture.apex());
      List<ZoneRecord> records =
          IntStream.range(0, Math.min(50, traits.recordsPerCall()))
              .mapToObj(i -> record("*.z" + i, "t" + i + ".example.com"))
              .toList();

      fixture.patiently(() -> driver.putRecords(network, zone, records));
      fixture.settle();

      assertThat(fixture.records(zone))
          .extracting(ZoneRecord::host)
          .containsExactlyInAnyOrderElementsOf(records.stream().map(ZoneRecord::host).toList());
    }

    private Map<String, String> labels(int count) {
      Map<String, String> labels = new TreeMap<>();
      for (int i = 0; i < count; i++) {
        labels.put("plc.k" + i, "v" + i);
      }
      return labels;
    }

    private void put(Endpoint endpoint, Map<String, String> labels) {
      fixture.patientlyRun(() -> driver.putLabels(network, List.of(endpoint.id()), labels));
    }
  }

  /** Several threads, one driver. */
  @Nested
  class Concurrency {

    @Test
    void creates_withTokensOfTheirOwn_makeOneEndpointEach() {
      List<EndpointSpec> specs =
          Stream.generate(
                  () ->
                      fixture.spec(
                          fixture.publish(Acceptance.REQUIRED),
                          Map.of("plc.testkit", "many"),
                          fixture.token()))
              .limit(THREADS)
              .toList();

      List<Endpoint> created =
          together(specs.stream().map(spec -> task(() -> fixture.create(spec))).toList());

      assertThat(created).extracting(Endpoint::id).doesNotHaveDuplicates().hasSize(THREADS);
      assertThat(created)
          .extracting(Endpoint::serviceName)
          .containsExactlyElementsOf(specs.stream().map(s -> s.type().serviceName()).toList());
    }

    @Test
    void creates_withOneToken_makeOneEndpoint() {
      assumeTrue(harness.remembersTokens(), "this cloud forgets client tokens at once");
      EndpointSpec spec =
          fixture.spec(
              fixture.publish(Acceptance.REQUIRED), Map.of("plc.testkit", "one"), fixture.token());

      together(THREADS, () -> fixture.create(spec));
      fixture.settle();

      assertThat(fixture.endpoints(EndpointFilter.label("plc.testkit", "one")))
          .filteredOn(endpoint -> "one".equals(endpoint.labels().get("plc.testkit")))
          .hasSize(1);
    }

    @Test
    void putLabels_ofDifferentKeys_allLand() {
      Endpoint endpoint = fixture.awaiting(Map.of("plc.v", "v1"));
      List<Callable<Boolean>> tasks = new ArrayList<>();
      Map<String, String> expected = new TreeMap<>(Map.of("plc.v", "v1"));
      for (int i = 0; i < THREADS; i++) {
        Map<String, String> label = Map.of("plc.t" + i, "v" + i);
        expected.putAll(label);
        tasks.add(task(() -> putPatiently(endpoint, label)));
      }

      together(tasks);

      assertLabels(endpoint, expected);
    }

    @Test
    void removeLabels_ofDifferentKeys_allLand() {
      Map<String, String> labels = new TreeMap<>();
      for (int i = 0; i < THREADS; i++) {
        labels.put("plc.t" + i, "v" + i);
      }
      Endpoint endpoint = fixture.awaiting(labels);

      together(
          labels.entrySet().stream()
              .map(
                  label ->
                      task(
                          () -> {
                            fixture.patientlyRun(
                                () ->
                                    driver.removeLabels(
                                        network,
                                        endpoint.id(),
                                        Map.of(label.getKey(), label.getValue())));
                            return true;
                          }))
              .toList());

      assertLabels(endpoint, Map.of());
    }

    @Test
    void claims_ofOneDomain_haveOneWinner() {
      String apex = fixture.apex();

      List<Boolean> won = together(THREADS, () -> claims(apex));

      assertThat(won).containsOnlyOnce(true);
    }

    @Test
    void claims_ofDifferentDomains_allWin() {
      List<String> ids = together(THREADS, () -> fixture.claim(fixture.apex()).id());

      assertThat(ids).doesNotHaveDuplicates().hasSize(THREADS);
    }

    @Test
    void reads_seeTheSameEndpoint() {
      Endpoint endpoint = fixture.connected();

      List<Optional<Endpoint>> seen =
          together(THREADS, () -> fixture.patiently(() -> driver.endpoint(network, endpoint.id())));

      assertThat(seen).containsOnly(Optional.of(fixture.read(endpoint.id())));
    }

    @Test
    void reads_areOneRemoteCallEach() {
      Endpoint endpoint = fixture.awaiting();
      long before = harness.remoteCalls();

      together(THREADS, () -> driver.endpoint(network, endpoint.id()));

      assertThat(harness.remoteCalls() - before).isEqualTo(THREADS);
    }

    private boolean putPatiently(Endpoint endpoint, Map<String, String> label) {
      fixture.patientlyRun(() -> driver.putLabels(network, List.of(endpoint.id()), label));
      return true;
    }

    private boolean claims(String apex) {
      try {
        fixture.claim(apex);
        return true;
      } catch (RemoteException lost) {
        assertThat(lost.kind()).isIn(ErrorKind.DOMAIN_TAKEN, ErrorKind.ALREADY_EXISTS);
        return false;
      }
    }

    private <T> Callable<T> task(Callable<T> task) {
      return task;
    }

    private <T> List<T> together(int times, Callable<T> task) {
      return together(Stream.generate(() -> task).limit(times).toList());
    }

    /** Runs all tasks at once; their results in the order of the tasks. */
    private <T> List<T> together(List<Callable<T>> tasks) {
      ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
      CyclicBarrier start = new CyclicBarrier(tasks.size());
      try {
        List<Callable<T>> aligned =
            tasks.stream()
                .map(
                    task ->
                        task(
                            () -> {
                              start.await(30, TimeUnit.SECONDS);
                              return task.call();
                            }))
                .toList();
        List<T> results = new ArrayList<>();
        for (Future<T> future : threads.invokeAll(aligned, 60, TimeUnit.SECONDS)) {
          results.add(future.get());
        }
        return results;
      } catch (Exception failure) {
        throw new AssertionError("a task failed or did not end within a minute", failure);
      } finally {
        threads.shutdownNow();
      }
    }
  }
}
