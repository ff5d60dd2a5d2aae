package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.privatelink4j.exception.ClientClosedException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.Time;
import io.privatelink4j.testing.ManualTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedDeletesTest {
  private static final ClusterNetwork NETWORK = Fixtures.awsNetwork("subnet-1");
  private static final ClusterNetwork ELSEWHERE =
      ClusterNetwork.builder()
          .cloud(CloudProvider.AWS)
          .region("eu-west-1")
          .vpcId("vpc-2")
          .addSubnetIds("subnet-2")
          .build();
  private static final Duration PATIENT = Duration.ofMinutes(5);
  private static final Map<String, RemoteException> NO_FAILURES = Map.of();

  private final Turns time = new Turns();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<List<String>> calls = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private int idsPerDelete = 25;
  private Function<List<String>, Map<String, RemoteException>> cloud = ids -> NO_FAILURES;

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /**
   * Virtual time. The first thread that waits for its turn waits until others have come; they wait
   * for it in real time.
   */
  private final class Turns implements Time {
    private final ManualTime time = ManualTime.singleThreaded();
    private final Map<String, CompletableFuture<Map<String, RemoteException>>> others =
        new LinkedHashMap<>();
    private Runnable meanwhile = () -> {};
    private volatile CountDownLatch arrived = new CountDownLatch(0);

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      Runnable once = meanwhile;
      meanwhile = () -> {};
      once.run();
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      time.sleep(duration);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
      return time.schedule(delay, task);
    }

    @Override
    public void await(CompletableFuture<?> future, Duration timeout)
        throws InterruptedException, TimeoutException {
      arrived.countDown();
      try {
        future.get(10, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        // Complete all the same.
      }
    }

    /**
     * While the first thread waits for its turn, these deletes are asked for, one after another.
     */
    void join(SharedDeletes deletes, String... ids) {
      meanwhile =
          () -> {
            for (String id : ids) {
              arrived = new CountDownLatch(1);
              others.put(
                  id,
                  CompletableFuture.supplyAsync(
                      () -> deletes.delete(NETWORK, List.of(id), in(PATIENT)), threads));
              try {
                assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            }
          };
    }
  }

  private PrivateLinkDriver driver() {
    DriverTraits traits = Fixtures.traits(new CallFamily("scarce", 1, 0.3, false), idsPerDelete);
    return (PrivateLinkDriver)
        Proxy.newProxyInstance(
            SharedDeletesTest.class.getClassLoader(),
            new Class<?>[] {PrivateLinkDriver.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "traits" -> traits;
                  case "scope" -> "aws/1/" + ((ClusterNetwork) arguments[0]).region();
                  case "deleteEndpoints" -> {
                    List<String> ids =
                        ((List<?>) arguments[1]).stream().map(Object::toString).toList();
                    calls.add(ids);
                    yield cloud.apply(ids);
                  }
                  default -> throw new AssertionError("not in the script: " + method);
                });
  }

  private SharedDeletes deletes() {
    return new SharedDeletes(
        new Remote(
            CloudProvider.AWS,
            driver(),
            new Pacing(time),
            time,
            new Notices(call -> {}, change -> {}, conflict -> {}, orphan -> {}),
            new Random(7),
            closed));
  }

  private Deadline in(Duration timeout) {
    return Deadline.in(time, timeout);
  }

  /** {@return deletes whose budget is used up for now} */
  private SharedDeletes busy() {
    SharedDeletes deletes = deletes();
    assertThat(deletes.delete(NETWORK, List.of("first"), in(PATIENT))).isEmpty();
    calls.clear();
    return deletes;
  }

  private static RemoteException failure(ErrorKind kind) {
    return new RemoteException(kind, "Code", "said the cloud");
  }

  /** {@return what the cloud says of each of them that is in the call} */
  private static Function<List<String>, Map<String, RemoteException>> fails(
      String id, ErrorKind kind) {
    return ids -> ids.contains(id) ? Map.of(id, failure(kind)) : NO_FAILURES;
  }

  @Test
  void delete_withinTheBudget_goesAtOnceAndAlone() {
    assertThat(deletes().delete(NETWORK, List.of("a"), in(Duration.ofSeconds(1)))).isEmpty();

    assertThat(calls).containsExactly(List.of("a"));
  }

  @Test
  void whoComesWhileAnotherWaitsForItsTurn_travelsWithIt_andHearsOfItsOwnOnly() {
    SharedDeletes deletes = busy();
    time.join(deletes, "b", "c", "b");
    cloud = fails("c", ErrorKind.BUSY);

    assertThat(deletes.delete(NETWORK, List.of("a"), in(PATIENT))).isEmpty();

    assertThat(time.others.get("b").join()).isEmpty();
    assertThat(time.others.get("c").join()).containsOnlyKeys("c");
    assertThat(calls).as("each once").containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void anotherRegion_goesItsOwnWay() {
    SharedDeletes deletes = busy();
    assertThat(deletes.delete(ELSEWHERE, List.of("x"), in(Duration.ofSeconds(1)))).isEmpty();

    assertThat(calls).containsExactly(List.of("x"));
  }

  @Test
  void whatDoesNotFitIntoACall_goesWithTheNext() {
    idsPerDelete = 2;
    SharedDeletes deletes = busy();
    time.join(deletes, "b");
    assertThat(deletes.delete(NETWORK, List.of("a"), in(PATIENT))).isEmpty();
    assertThat(deletes.delete(NETWORK, List.of("c", "d"), in(PATIENT))).isEmpty();

    assertThat(time.others.get("b").join()).isEmpty();
    assertThat(calls).containsExactly(List.of("a", "b"), List.of("c", "d"));
  }

  @Test
  void aCallThatIsRefusedAsAWhole_isMadeForEach() {
    SharedDeletes deletes = busy();
    time.join(deletes, "b", "c");
    cloud =
        ids -> {
          if (ids.contains("b")) {
            throw failure(ErrorKind.ACCESS_DENIED);
          }
          return NO_FAILURES;
        };

    assertThat(deletes.delete(NETWORK, List.of("a"), in(PATIENT))).isEmpty();

    assertThat(time.others.get("c").join()).isEmpty();
    assertThat(time.others.get("b"))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            CallFailed.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.ACCESS_DENIED));
    assertThat(calls)
        .startsWith(List.of("a", "b", "c"))
        .containsExactlyInAnyOrder(
            List.of("a", "b", "c"), List.of("a"), List.of("b"), List.of("c"));
  }

  @Test
  void whenTheFirstGivesUp_theOthersGoOn() {
    SharedDeletes deletes = busy();
    time.join(deletes, "b", "c");
    cloud =
        ids -> {
          if (ids.contains("a")) {
            throw failure(ErrorKind.UNAVAILABLE);
          }
          return NO_FAILURES;
        };

    CallFailed gaveUp =
        catchThrowableOfType(
            CallFailed.class,
            () -> deletes.delete(NETWORK, List.of("a"), in(Duration.ofMillis(3334))));

    assertThat(gaveUp.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(Stream.of("b", "c").map(time.others::get).map(CompletableFuture::join))
        .containsOnly(NO_FAILURES);
    assertThat(calls.get(0)).containsExactly("a", "b", "c");
    assertThat(calls.stream().skip(1).flatMap(List::stream)).containsExactlyInAnyOrder("b", "c");
  }

  @Test
  void whenTheClientIsClosed_nobodyWaitsAnyLonger() {
    SharedDeletes deletes = busy();
    time.join(deletes, "b");
    Runnable joining = time.meanwhile;
    time.meanwhile =
        () -> {
          joining.run();
          closed.set(true);
        };

    ClientClosedException unused =
        catchThrowableOfType(
            ClientClosedException.class, () -> deletes.delete(NETWORK, List.of("a"), in(PATIENT)));

    assertThat(unused).isNotNull();
    assertThat(catchThrowableOfType(CompletionException.class, time.others.get("b")::join))
        .hasCauseInstanceOf(ClientClosedException.class);
    assertThat(calls).isEmpty();
  }
}
