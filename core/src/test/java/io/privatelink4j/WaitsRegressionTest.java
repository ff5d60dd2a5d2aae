package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.exception.ConnectionFailedException;
import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.LoggedCall;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What once ended waits that should go on, and kept waits going that should end. */
class WaitsRegressionTest {
  private static final Duration HOURS = Duration.ofHours(5);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Two clusters whose links are read together. */
  private static final class Neighbours implements AutoCloseable {
    private static final String CLUSTER = "neighbour";
    private final Setup setup;
    private final PrivateLinkConnection bad;
    private final PrivateLinkConnection good;

    Neighbours(CloudProvider flavour, Assumption... assumptions) {
      setup = new Setup(flavour, assumptions);
      setup.directory.put(CLUSTER, List.of(setup.cloud.addNetwork(setup.zoneIds())));
      bad = setup.create();
      good = setup.links.create(setup.request().clusterId(CLUSTER).build());
      setup.settle();
    }

    @Override
    public void close() {
      setup.close();
    }
  }

  private static ConnectionRef refOf(PrivateLinkConnection link) {
    return ConnectionRef.of(link.clusterId(), link.id());
  }

  private static void assertBecomesActive(
      Setup setup, CompletableFuture<PrivateLinkConnection> wait) {
    assertThat(wait).isNotDone();
    setup.service.acceptAll();
    setup.time.advance(Duration.ofMinutes(5));
    assertThat(wait)
        .isCompletedWithValueMatching(link -> link.state() == ConnectionState.ACTIVE, "ACTIVE");
  }

  // --- one bad link among many ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void subnetThatIsGone_endsNobodysWait(CloudProvider flavour) {
    try (Neighbours two = new Neighbours(flavour)) {
      Setup setup = two.setup;
      CompletableFuture<PrivateLinkConnection> bad = setup.links.whenActive(two.bad, HOURS);
      CompletableFuture<PrivateLinkConnection> good = setup.links.whenActive(two.good, HOURS);
      setup.time.advance(Duration.ofMinutes(1));
      setup.cloud.removeSubnet(setup.network.subnetIds().get(2));
      setup.time.advance(Duration.ofMinutes(10));

      assertThat(bad).isNotDone();
      assertBecomesActive(setup, good);
      assertThat(bad).isCompleted();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void linkThatVanishesDuringARead_endsItsOwnWaitOnly(CloudProvider flavour) {
    Operation read =
        flavour == CloudProvider.AWS ? Operation.READ_ENDPOINT : Operation.READ_ENDPOINT_ZONES;
    try (Neighbours two = new Neighbours(flavour)) {
      Setup setup = two.setup;
      CompletableFuture<PrivateLinkConnection> bad = setup.links.whenActive(two.bad, HOURS);
      CompletableFuture<PrivateLinkConnection> good = setup.links.whenActive(two.good, HOURS);
      AtomicBoolean gone = new AtomicBoolean();
      setup.cloud.onCall(
          call -> {
            if (call == read && gone.compareAndSet(false, true)) {
              setup.cloud.vanish(two.bad.endpointId());
            }
          });
      setup.time.advance(Duration.ofMinutes(10));

      assertThat(gone).isTrue();
      assertThat(bad)
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .withCauseInstanceOf(ConnectionFailedException.class);
      assertBecomesActive(setup, good);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void rejectedLink_endsItsOwnWaitOnly(CloudProvider flavour) {
    try (Neighbours two = new Neighbours(flavour)) {
      Setup setup = two.setup;
      CompletableFuture<PrivateLinkConnection> bad = setup.links.whenActive(two.bad, HOURS);
      CompletableFuture<PrivateLinkConnection> good = setup.links.whenActive(two.good, HOURS);
      setup.settle();
      setup.service.reject(two.bad.endpointId());
      setup.time.advance(Duration.ofMinutes(10));

      assertThat(bad)
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .withCauseInstanceOf(ConnectionFailedException.class)
          .havingCause()
          .satisfies(
              e ->
                  assertThat(((ConnectionFailedException) e).reason().code())
                      .isEqualTo(ReasonCode.REJECTED));
      assertBecomesActive(setup, good);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void freshLinkThatFiltersDoNotShowYet_isNotTakenForGone(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, Assumption.FILTER_LAG_10S)) {
      PrivateLinkConnection vanishing = setup.create();
      setup.settle();
      PrivateLinkConnection fresh = setup.create();
      CompletableFuture<PrivateLinkConnection> bad = setup.links.whenActive(vanishing, HOUR);
      CompletableFuture<PrivateLinkConnection> good = setup.links.whenActive(fresh, HOUR);
      setup.time.advance(Duration.ofSeconds(1));
      setup.cloud.vanish(vanishing.endpointId());
      setup.time.advance(Duration.ofMinutes(1));

      assertThat(bad).isCompletedExceptionally();
      assertBecomesActive(setup, good);
    }
  }

  // --- executors ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void executorThatIsFullForAWhile_losesNoWait(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      AtomicBoolean full = new AtomicBoolean();
      PrivateLinkClient client =
          setup.client(
              builder ->
                  builder.executor(
                      task -> {
                        if (full.get()) {
                          throw new RejectedExecutionException("full");
                        }
                        task.run();
                      }));
      CompletableFuture<PrivateLinkConnection> before = client.whenActive(link, HOUR);
      setup.time.advance(Duration.ofSeconds(30));
      full.set(true);
      setup.time.advance(Duration.ofSeconds(40));
      full.set(false);

      CompletableFuture<PrivateLinkConnection> after = client.whenActive(link, HOUR);

      assertBecomesActive(setup, before);
      assertThat(after).isCompleted();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void executorThatStaysFull_keepsNoWaitBeyondItsTime(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      AtomicBoolean full = new AtomicBoolean();
      PrivateLinkClient client =
          setup.client(
              builder ->
                  builder.executor(
                      task -> {
                        if (full.get()) {
                          throw new RejectedExecutionException("full");
                        }
                        task.run();
                      }));
      CompletableFuture<PrivateLinkConnection> wait = client.whenActive(link, HOUR);
      setup.time.advance(Duration.ofSeconds(30));
      full.set(true);
      setup.time.advance(HOUR.plusMinutes(2));

      assertThat(wait).isCompletedExceptionally();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void readThatHangs_holdsUpNoOtherScope_andItsOwnWaitTimesOut(CloudProvider flavour) {
    String elsewhere = flavour == CloudProvider.AWS ? "us-east-1" : "eu-central-1";
    try (Setup setup = new Setup(flavour)) {
      ClusterNetwork far = setup.cloud.addNetworkIn(elsewhere);
      setup.directory.put("far", List.of(far));
      OwnedService service = setup.cloud.publishIn(elsewhere).allow(setup.cloud.accountId());
      PrivateLinkConnection near = setup.create();
      PrivateLinkConnection other =
          setup.links.create(
              CreateConnectionRequest.builder()
                  .clusterId("far")
                  .displayName("far")
                  .type(service.type())
                  .build());
      setup.settle();
      AtomicBoolean stick = new AtomicBoolean();
      List<Runnable> stuck = new ArrayList<>();
      PrivateLinkClient client =
          setup.client(
              builder ->
                  builder.executor(
                      task -> {
                        if (stick.getAndSet(false)) {
                          stuck.add(task);
                        } else {
                          task.run();
                        }
                      }));
      CompletableFuture<PrivateLinkConnection> first = client.whenActive(near, HOUR);
      setup.time.advance(Duration.ofSeconds(5));
      stick.set(true);
      while (stuck.isEmpty()) {
        setup.time.advance(Duration.ofSeconds(1));
      }

      CompletableFuture<PrivateLinkConnection> second = client.whenActive(other, HOUR);
      setup.time.advance(Duration.ofMinutes(1));
      service.acceptAll();
      setup.time.advance(Duration.ofMinutes(5));

      assertThat(second).isCompleted();
      assertThat(first).isNotDone();
      setup.time.advance(HOUR);
      assertThat(first)
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .withCauseInstanceOf(WaitTimeoutException.class);
    }
  }

  // --- times ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void hugeTimes_areTakenForVeryLong(CloudProvider flavour) {
    for (Duration huge :
        List.of(
            Duration.ofDays(100_000),
            Duration.ofDays(106_751),
            Duration.ofDays(200_000),
            Duration.ofSeconds(Long.MAX_VALUE))) {
      try (Setup setup = new Setup(flavour)) {
        PrivateLinkConnection link = setup.create();
        setup.settle();
        PrivateLinkClient client = setup.client();

        CompletableFuture<PrivateLinkConnection> looked = client.whenActive(refOf(link), huge);
        CompletableFuture<PrivateLinkConnection> known = setup.links.whenActive(link, huge, huge);
        CompletableFuture<PrivateLinkConnection> patient =
            setup.client().whenActive(refOf(link), Duration.ofDays(2_000), huge);

        assertThat(client.withOperationTimeout(huge).get(link).state())
            .isEqualTo(ConnectionState.PENDING_ACCEPTANCE);
        setup.time.advance(Duration.ofHours(1));
        assertThat(looked).isNotDone();
        assertThat(patient).isNotDone();
        assertBecomesActive(setup, known);
        assertThat(looked).isCompleted();
        assertThat(patient).isCompleted();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void negativePatience_isRefused(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      Duration negative = Duration.ofSeconds(-1);
      assertThatThrownBy(() -> setup.links.whenActive(link, HOUR, negative))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("acceptancePatience");
      assertThatThrownBy(() -> setup.links.awaitActive(link, HOUR, negative))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("acceptancePatience");
    }
  }

  // --- refresh ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void refreshDuringARead_readsOnceMoreAtOnce(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      AtomicReference<Instant> refreshed = new AtomicReference<>();
      AtomicInteger calls = new AtomicInteger();
      AtomicReference<PrivateLinkClient> self = new AtomicReference<>();
      PrivateLinkClient client =
          setup.client(
              builder ->
                  builder.listener(
                      Listening.toCalls(
                          call -> {
                            if (calls.incrementAndGet() == 20) {
                              refreshed.set(setup.time.now());
                              self.get().refresh(link);
                            }
                          })));
      self.set(client);
      CompletableFuture<PrivateLinkConnection> wait = client.whenActive(link, HOUR);

      setup.time.advance(Duration.ofMinutes(30));

      assertThat(wait).isNotDone();
      Instant at = refreshed.get();
      assertThat(at).isNotNull();
      List<Instant> reads = setup.cloud.calls().all().stream().map(LoggedCall::at).toList();
      assertThat(reads)
          .filteredOn(read -> !read.isBefore(at) && read.isBefore(at.plusSeconds(1)))
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }
}
