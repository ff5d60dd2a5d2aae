package io.privatelink4j.testing;

import static io.privatelink4j.testing.Sim.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ZoneQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
  private static final EndpointFilter ONE = EndpointFilter.label("plc.id", "one");

  private final Sim sim = Sim.aws();
  private final Faults faults = sim.cloud.faults();

  private void read() {
    var unused = sim.driver.endpoint(sim.network, "vpce-0123456789abcdef0");
  }

  @BeforeEach
  void forgetTheSetUp() {
    sim.cloud.calls().clear();
  }

  @Nested
  class Counting {

    @Test
    void theKthCallFailsWhateverItIs() {
      faults.onCall(2, Fault.THROTTLE);

      read();
      assertFails(ErrorKind.THROTTLED, "RequestLimitExceeded", FaultsTest.this::read);
      read();

      assertThat(faults.met()).isEqualTo(1);
    }

    @Test
    void theNthCallOfAnOperationFails() {
      faults.onCall(Operation.LIST_ENDPOINTS, 2, Fault.UNAVAILABLE);

      read();
      sim.list(ONE);
      read();
      assertFails(ErrorKind.UNAVAILABLE, "Unavailable", () -> sim.list(ONE));
      sim.list(ONE);
    }

    @Test
    void alwaysMeansUntilCleared() {
      faults.always(Operation.READ_ENDPOINT, Fault.DENIED);

      assertFails(ErrorKind.ACCESS_DENIED, "UnauthorizedOperation", FaultsTest.this::read);
      assertFails(ErrorKind.ACCESS_DENIED, "UnauthorizedOperation", FaultsTest.this::read);
      sim.list(ONE);
      faults.clear();
      read();
    }

    @Test
    void ofTwoAtOneCallTheFirstIsMetAndTheOtherDropped() {
      faults.onCall(1, Fault.THROTTLE).onCall(1, Fault.DENIED);

      assertFails(ErrorKind.THROTTLED, "RequestLimitExceeded", FaultsTest.this::read);
      read();
    }

    @Test
    void chanceComesFromTheSeed() {
      assertThat(failuresOf(7)).isEqualTo(failuresOf(7)).isNotEqualTo(failuresOf(8));
      assertThat(failuresOf(7).stream().filter(failed -> failed).count()).isBetween(10L, 90L);
    }

    private List<Boolean> failuresOf(long seed) {
      Sim seeded = new Sim(InMemoryCloud.builder(CloudProvider.AWS).seed(seed).build());
      seeded.cloud.faults().randomly(0.5, Fault.THROTTLE, Fault.UNAVAILABLE);
      List<Boolean> failures = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        try {
          seeded.list(ONE);
          failures.add(false);
        } catch (RemoteException e) {
          failures.add(true);
        }
      }
      return failures;
    }

    @Test
    void nonsenseIsRefused() {
      assertThatThrownBy(() -> faults.onCall(0, Fault.DENIED))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> faults.onCall(Operation.CREATE_ZONE, 0, Fault.DENIED))
          .isInstanceOf(IllegalArgumentException.class);
      for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
        assertThatThrownBy(() -> faults.randomly(bad, Fault.DENIED))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> faults.randomly(0.5)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Outcomes {

    @Test
    void aLostReplyMeansDone() {
      faults.onCall(Operation.CREATE_ENDPOINT, 1, Fault.REPLY_LOST);

      assertFails(ErrorKind.OUTCOME_UNKNOWN, "ReplyLost", sim::create);

      assertThat(sim.cloud.endpoints()).hasSize(1);
    }

    @Test
    void aLostReplyHidesAnErrorToo() {
      sim.service.disallow(sim.cloud.accountId());
      faults.onCall(Operation.CREATE_ENDPOINT, 1, Fault.REPLY_LOST);

      assertFails(ErrorKind.OUTCOME_UNKNOWN, "ReplyLost", sim::create);
    }

    @Test
    void aServerErrorMeansNotDoneThoughNobodyCanTell() {
      faults.onCall(Operation.CREATE_ENDPOINT, 1, Fault.SERVER_ERROR);

      assertFails(ErrorKind.OUTCOME_UNKNOWN, "InternalFailure", sim::create);

      assertThat(sim.cloud.endpoints()).isEmpty();
    }

    @Test
    void aTimeOutTakesTenSecondsOfTheCloudsTime() {
      faults.onCall(Operation.CREATE_ENDPOINT, 1, Fault.TIMEOUT_BEFORE);

      assertFails(ErrorKind.OUTCOME_UNKNOWN, "ReadTimeout", sim::create);

      assertThat(sim.cloud.manualTime().sleeps()).containsExactly(Duration.ofSeconds(10));
      assertThat(sim.cloud.endpoints()).isEmpty();
    }

    @Test
    void anInterruptEndsTheTimeOutAndIsKept() {
      faults.onCall(1, Fault.TIMEOUT_BEFORE);
      Thread.currentThread().interrupt();

      assertFails(ErrorKind.UNAVAILABLE, "ReadTimeout", FaultsTest.this::read);

      assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aCrashBeforeTheCallNeverReachesTheCloud() {
      sim.spec();
      int before = sim.cloud.calls().size();
      faults.onCall(Operation.CREATE_ENDPOINT, 1, Fault.CRASH_BEFORE);

      assertThatThrownBy(sim::create)
          .isInstanceOf(SimulatedCrash.class)
          .isInstanceOf(Error.class)
          .hasMessageContaining("before CREATE_ENDPOINT");

      assertThat(sim.cloud.endpoints()).isEmpty();
      assertThat(sim.cloud.calls().count(Operation.CREATE_ENDPOINT)).isZero();
      assertThat(sim.cloud.calls().size()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void aCrashAfterTheCallLeavesItDone() {
      faults.onCall(Operation.CREATE_ENDPOINT, 1, Fault.CRASH_AFTER);

      assertThatThrownBy(sim::create)
          .isInstanceOf(SimulatedCrash.class)
          .hasMessageContaining("after CREATE_ENDPOINT");

      assertThat(sim.cloud.endpoints()).hasSize(1);
      assertThat(sim.cloud.calls().count(Operation.CREATE_ENDPOINT)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
      "AWS, THROTTLE, READ_ENDPOINT, THROTTLED, RequestLimitExceeded",
      "AWS, THROTTLE, LIST_ZONES, THROTTLED, Throttling",
      "AWS, UNAVAILABLE, LIST_ZONES, UNAVAILABLE, Unavailable",
      "AWS, DENIED, LIST_ZONES, ACCESS_DENIED, AccessDenied",
      "AWS, QUOTA, CREATE_ENDPOINT, QUOTA, VpcEndpointLimitExceeded",
      "AWS, QUOTA, PUT_LABELS, QUOTA, TagLimitExceeded",
      "AWS, QUOTA, CREATE_ZONE, QUOTA, TooManyHostedZones",
      "AWS, QUOTA, READ_ENDPOINT, QUOTA, LimitsExceeded",
      "ALICLOUD, THROTTLE, LIST_ZONES, THROTTLED, Throttling.User",
      "ALICLOUD, UNAVAILABLE, READ_ENDPOINT, UNAVAILABLE, System.Busy",
      "ALICLOUD, SERVER_ERROR, READ_ENDPOINT, UNAVAILABLE, InternalError",
      "ALICLOUD, SERVER_ERROR, PUT_LABELS, OUTCOME_UNKNOWN, InternalError",
      "AWS, REPLY_LOST, READ_ENDPOINT, UNAVAILABLE, ReplyLost",
      "ALICLOUD, DENIED, READ_ENDPOINT, ACCESS_DENIED, Forbidden.RAM",
      "ALICLOUD, QUOTA, CREATE_ENDPOINT, QUOTA, QuotaExceeded.totalEpPerVpc",
      "ALICLOUD, QUOTA, PUT_LABELS, QUOTA, QuotaExceed.TagsPerResource",
      "ALICLOUD, QUOTA, CREATE_ZONE, QUOTA, QuotaExceeded.Zone",
      "ALICLOUD, QUOTA, READ_ENDPOINT, QUOTA, QuotaExceeded",
    })
    void haveTheCodesOfTheirCloud(
        CloudProvider provider, Fault fault, Operation operation, ErrorKind kind, String code) {
      Sim cloud = new Sim(InMemoryCloud.builder(provider).build());
      cloud.cloud.faults().always(operation, fault);

      assertFails(kind, code, () -> call(cloud, operation));
    }

    private void call(Sim where, Operation operation) {
      switch (operation) {
        case CREATE_ENDPOINT -> where.create();
        case PUT_LABELS ->
            where.driver.putLabels(where.network, List.of("vpce-0"), Map.of("a", "b"));
        case CREATE_ZONE -> where.driver.createZone(where.network, "a.example.com", "ref");
        case LIST_ZONES -> where.zones(ZoneQuery.Scope.IN_NETWORK, "a.example.com");
        default -> where.driver.endpoint(where.network, "vpce-0123456789abcdef0");
      }
    }
  }

  @Nested
  class Hooks {

    @Test
    void runBeforeEachCallAndMayMakeCallsOfTheirOwn() {
      PrivateLinkDriver rival = sim.cloud.open();
      List<Operation> seen = new ArrayList<>();
      sim.cloud.onCall(
          operation -> {
            seen.add(operation);
            if (operation == Operation.CREATE_ZONE) {
              rival.createZone(sim.network, "a.example.com", "rival");
            }
          });
      faults.onCall(2, Fault.DENIED);

      assertFails(
          ErrorKind.DOMAIN_TAKEN,
          "ConflictingDomainExists",
          () -> sim.driver.createZone(sim.network, "a.example.com", "ours"));
      assertFails(ErrorKind.ACCESS_DENIED, "UnauthorizedOperation", FaultsTest.this::read);

      assertThat(seen).containsExactly(Operation.CREATE_ZONE, Operation.READ_ENDPOINT);
      assertThat(sim.cloud.calls().count(Operation.CREATE_ZONE)).isEqualTo(2);
    }

    @Test
    void mayActForOthers() {
      String id = sim.create().id();
      sim.cloud.onCall(operation -> sim.cloud.editLabel(id, "plc.id", "edited"));

      assertThat(sim.read(id).labels()).containsEntry("plc.id", "edited");
    }

    @Test
    void aFailingOneFailsTheCallAndIsRunAgainNextTime() {
      List<Operation> seen = new ArrayList<>();
      sim.cloud.onCall(
          operation -> {
            seen.add(operation);
            throw new IllegalStateException("broken hook");
          });

      assertThatThrownBy(FaultsTest.this::read).hasMessage("broken hook");
      assertThatThrownBy(FaultsTest.this::read).hasMessage("broken hook");
      assertThat(seen).hasSize(2);
    }
  }

  @Nested
  class Rates {

    @Test
    void callsBeyondTheBudgetAreThrottledIfSoBuilt() {
      Sim strict = new Sim(InMemoryCloud.builder(CloudProvider.AWS).enforceRates(true).build());
      for (int i = 0; i < 4; i++) {
        strict.create();
      }

      assertFails(ErrorKind.THROTTLED, "RequestLimitExceeded", strict::create);
      strict.pass(3);
      assertFails(ErrorKind.THROTTLED, "RequestLimitExceeded", strict::create);
      strict.pass(1);
      strict.create();
      assertThat(strict.cloud.endpoints()).hasSize(5);
    }

    @Test
    void regionsHaveBudgetsOfTheirOwnUnlessTheBudgetIsGlobal() {
      Sim strict = new Sim(InMemoryCloud.builder(CloudProvider.AWS).enforceRates(true).build());
      var far = strict.cloud.addNetworkIn("eu-central-1");
      for (int i = 0; i < 4; i++) {
        strict.create();
      }
      List<String> nobody = List.of("vpce-0123456789abcdef0");
      for (int i = 0; i < 4; i++) {
        strict.driver.deleteEndpoints(strict.network, nobody);
      }

      assertThat(strict.driver.deleteEndpoints(far, nobody)).hasSize(1);
      for (int i = 0; i < 5; i++) {
        var unused = strict.driver.zone(i % 2 == 0 ? far : strict.network, "Z0");
      }
      assertFails(
          ErrorKind.THROTTLED, "Throttling", () -> strict.driver.zone(strict.network, "Z0"));
    }
  }

  @Nested
  class Log {

    @Test
    void tellsWhatWasCalledWhenAndHowItEnded() {
      String id = sim.create().id();
      sim.cloud.calls().clear();
      sim.pass(5);
      faults.onCall(2, Fault.DENIED);

      sim.driver.putLabels(sim.network, List.of(id), Map.of("a", "1"));
      assertFails(ErrorKind.ACCESS_DENIED, "UnauthorizedOperation", () -> sim.read(id));

      CallLog calls = sim.cloud.calls();
      assertThat(calls.size()).isEqualTo(2);
      assertThat(calls.actions()).containsExactly("CreateTags", "DescribeVpcEndpoints");
      assertThat(calls.writes()).extracting(LoggedCall::action).containsExactly("CreateTags");
      assertThat(calls.count(Operation.READ_ENDPOINT)).isEqualTo(1);
      LoggedCall failed = calls.all().get(1);
      assertThat(failed.failure().orElseThrow().code()).isEqualTo("UnauthorizedOperation");
      assertThat(failed.at()).isEqualTo("2026-01-01T00:00:05Z");
      assertThat(failed.subject()).isEqualTo(id);
      assertThat(calls.toString())
          .contains("CreateTags " + id + " {a=1}\n")
          .contains("DescribeVpcEndpoints " + id + " -> UnauthorizedOperation\n");
      calls.clear();
      assertThat(calls.all()).isEmpty();
    }

    @Test
    void doesNotTellWhatOwnersAndOthersDo() {
      String id = sim.create().id();
      sim.cloud.calls().clear();

      sim.service.accept(id);
      sim.cloud.editLabel(id, "a", "1");
      sim.cloud.addStrangersZone(sim.network, "a.example.com");
      sim.cloud.resolve(sim.network, "a.example.com");

      assertThat(sim.cloud.calls().all()).isEmpty();
    }

    @Test
    void shortensLongListsOfIds() {
      List<String> ids = IntStream.range(0, 500).mapToObj("vpce-%017x"::formatted).toList();

      assertThatThrownBy(() -> sim.driver.endpointsById(sim.network, ids))
          .isInstanceOf(RemoteException.class);

      assertThat(sim.cloud.calls().all().get(0).subject()).endsWith(",... (500)");
      sim.list(EndpointFilter.ids(ids.subList(0, 2)));
      assertThat(sim.cloud.calls().all().get(1).subject()).isEqualTo(ids.get(0) + "," + ids.get(1));
    }

    @Test
    void everyOperationIsEitherAReadOrAWrite() {
      for (Operation operation : Operation.values()) {
        LoggedCall call =
            new LoggedCall(operation, "x", sim.cloud.time().now(), "", Optional.empty());
        assertThat(call.isWrite())
            .isEqualTo(operation.name().matches("(CREATE|PUT|REMOVE|DELETE|BIND)_.*"));
      }
    }
  }
}
