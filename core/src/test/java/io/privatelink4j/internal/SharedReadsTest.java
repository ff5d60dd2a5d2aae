package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.SystemTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final int READERS = 8;

  private final SystemTime time = new SystemTime();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger reads = new AtomicInteger();
  private final SharedReads<String, String> shared = new SharedReads<>(time, PATIENT, 10);
  private final Remote remote =
      new Remote(
          CloudProvider.AWS,
          driver(),
          new Pacing(time),
          time,
          new Notices(call -> {}, change -> {}, conflict -> {}, orphan -> {}),
          new Random(7),
          new AtomicBoolean());

  private static PrivateLinkDriver driver() {
    DriverTraits traits = Fixtures.traits(new CallFamily("plenty", 1000, 1000, false));
    return (PrivateLinkDriver)
        Proxy.newProxyInstance(
            SharedReadsTest.class.getClassLoader(),
            new Class<?>[] {PrivateLinkDriver.class},
            (proxy, method, arguments) -> traits);
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
    time.close();
  }

  private String get(String key, Duration timeout, Supplier<String> read) {
    return shared.get(
        key,
        remote,
        Deadline.in(time, timeout),
        "the thing",
        () -> {
          reads.incrementAndGet();
          return read.get();
        });
  }

  /** All ask at once; nobody is answered before the first one has begun to read. */
  private List<Future<String>> askedAtOnce(Supplier<String> read) throws InterruptedException {
    CountDownLatch begin = new CountDownLatch(READERS);
    List<Callable<String>> tasks = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      tasks.add(
          () -> {
            begin.countDown();
            return get("a", PATIENT, read);
          });
    }
    List<Future<String>> futures = new ArrayList<>();
    tasks.forEach(task -> futures.add(threads.submit(task)));
    assertThat(begin.await(10, TimeUnit.SECONDS)).isTrue();
    return futures;
  }

  @Test
  void thoseWhoAskAtOnce_shareOneRead_andItIsKept() throws Exception {
    for (Future<String> future : askedAtOnce(() -> "answer")) {
      assertThat(future.get()).isEqualTo("answer");
    }
    assertThat(get("a", PATIENT, () -> "another")).isEqualTo("answer");
    assertThat(reads).hasValue(1);
  }

  @Test
  void whenOneFails_theOthersReadForThemselves() throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    int failed = 0;
    for (Future<String> future :
        askedAtOnce(
            () -> {
              if (first.getAndSet(false)) {
                throw new IllegalStateException("not today");
              }
              return "answer";
            })) {
      try {
        assertThat(future.get()).isEqualTo("answer");
      } catch (ExecutionException e) {
        assertThat(e).hasRootCauseMessage("not today");
        failed++;
      }
    }
    assertThat(failed).isEqualTo(1);
    assertThat(reads).hasValue(2);
  }

  @Test
  void otherThings_areReadMeanwhile_andPatienceEnds() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Future<String> slow =
        threads.submit(
            () ->
                get(
                    "a",
                    PATIENT,
                    () -> {
                      reading.countDown();
                      await(end);
                      return "answer";
                    }));
    await(reading);

    assertThat(get("b", PATIENT, () -> "b")).isEqualTo("b");
    assertThatThrownBy(() -> get("a", Duration.ofMillis(1), () -> "mine"))
        .isInstanceOf(WaitTimeoutException.class)
        .hasMessageContaining("the thing is being read");
    end.countDown();
    assertThat(slow.get()).isEqualTo("answer");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsForgotten_isReadAgain() {
    assertThat(get("a", PATIENT, () -> "old")).isEqualTo("old");
    shared.forget("a");

    assertThat(get("a", PATIENT, () -> "new")).isEqualTo("new");
  }
}
