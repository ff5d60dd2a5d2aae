package io.privatelink4j.internal;

import io.privatelink4j.exception.ClientClosedException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.WaitInterruptedException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.RemoteCall;
import io.privatelink4j.spi.Action;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.Operation.Repeat;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one point that every remote call passes: pacing, repetition, deadline, listener and log. A
 * call that failed for good is a {@link CallFailed}, for the plan behind it to judge.
 */
final class Remote {
  private static final Logger log = LoggerFactory.getLogger(Remote.class);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(20);
  private static final int MOST_PAGES = 10_000;

  private final CloudProvider cloud;
  private final PrivateLinkDriver driver;
  private final DriverTraits traits;
  private final Pacing pacing;
  private final Time time;
  private final Notices notices;
  private final RandomGenerator random;
  private final AtomicBoolean closed;
  private final Accounts accounts = new Accounts();

  Remote(
      CloudProvider cloud,
      PrivateLinkDriver driver,
      Pacing pacing,
      Time time,
      Notices notices,
      RandomGenerator random,
      AtomicBoolean closed) {
    this.cloud = cloud;
    this.driver = driver;
    this.traits = driver.traits();
    this.pacing = pacing;
    this.time = time;
    this.notices = notices;
    this.random = random;
    this.closed = closed;
  }

  CloudProvider cloud() {
    return cloud;
  }

  DriverTraits traits() {
    return traits;
  }

  String scope(ClusterNetwork network) {
    return driver.scope(network);
  }

  Accounts accounts() {
    return accounts;
  }

  /** Credentials may differ and the account be the same: budgets are the account's, once known. */
  private String budgetOwner(ClusterNetwork network) {
    String scope = driver.scope(network);
    return accounts
        .of(scope)
        .map(account -> cloud.name() + "/" + account + "/" + network.region())
        .orElse(scope);
  }

  /**
   * Makes a call, repeating it as long as that is harmless and the deadline allows.
   *
   * @param subject what it is about, for messages
   * @throws CallFailed if it failed for good; the kind tells plans what to do
   */
  <T> T call(
      Operation operation,
      ClusterNetwork network,
      String subject,
      Deadline deadline,
      Function<PrivateLinkDriver, T> call) {
    Action action = traits.action(operation);
    for (int attempt = 1; ; attempt++) {
      RemoteException failure;
      try {
        takeTurn(action, network, subject, attempt, deadline);
        return once(operation, action, attempt, subject, call);
      } catch (RemoteException e) {
        failure = e;
      }
      if (failure.kind() == ErrorKind.THROTTLED) {
        pacing.throttled(budgetOwner(network), action.family());
      }
      Duration pause = backoff(attempt, failure);
      if (!repeats(operation, failure.kind()) || pause.compareTo(deadline.left()) >= 0) {
        throw new CallFailed(failure, cloud, action, subject, attempt);
      }
      pause(pause);
    }
  }

  /** Makes a call that has no result; see {@link #call}. */
  void run(
      Operation operation,
      ClusterNetwork network,
      String subject,
      Deadline deadline,
      java.util.function.Consumer<PrivateLinkDriver> call) {
    call(
        operation,
        network,
        subject,
        deadline,
        d -> {
          call.accept(d);
          return Boolean.TRUE;
        });
  }

  /** Reads all pages of a list. */
  <T> List<T> pages(
      Operation operation,
      ClusterNetwork network,
      String subject,
      Deadline deadline,
      BiFunction<PrivateLinkDriver, Optional<String>, Page<T>> call) {
    List<T> all = new ArrayList<>();
    Set<String> tokens = new HashSet<>();
    Optional<String> token = Optional.empty();
    do {
      Optional<String> from = token;
      Page<T> page = call(operation, network, subject, deadline, d -> call.apply(d, from));
      all.addAll(page.items());
      token = page.nextToken().filter(t -> !t.isEmpty());
      if (token.isPresent() && (!tokens.add(token.get()) || tokens.size() > MOST_PAGES)) {
        throw new CallFailed(
            new RemoteException(ErrorKind.INVALID, "EndlessList", "the cloud's list does not end"),
            cloud,
            traits.action(operation),
            subject,
            tokens.size());
      }
    } while (token.isPresent());
    return all;
  }

  /**
   * Waits for something remote to move on.
   *
   * @throws WaitInterruptedException if interrupted; the flag is set again
   */
  void pause(Duration duration) {
    checkOpen();
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    checkOpen();
  }

  /**
   * Waits for something remote to move on, or ends the operation, in a way that lets it be resumed,
   * if the deadline comes first.
   *
   * @param subject what it is about
   * @param why what is not as it should be yet
   * @throws WaitTimeoutException if the deadline comes first
   * @throws WaitInterruptedException if interrupted; the flag is set again
   */
  void pause(Duration duration, Deadline deadline, String subject, String why) {
    if (duration.compareTo(deadline.left()) >= 0) {
      throw tooLate(why, subject, deadline);
    }
    pause(duration);
  }

  /**
   * Does something, and again for as long as it meets what surely exists and may be hidden yet.
   *
   * @param mayBeHidden whether "not found" is no answer yet
   * @param again how long to pause before the next try
   * @param subject what it is about
   * @param why what is not as it should be yet
   * @throws WaitTimeoutException if the deadline comes first
   */
  void whileHidden(
      BooleanSupplier mayBeHidden,
      Duration again,
      Deadline deadline,
      String subject,
      String why,
      Runnable work) {
    while (true) {
      try {
        work.run();
        return;
      } catch (CallFailed e) {
        if (e.kind() != ErrorKind.NOT_FOUND || !mayBeHidden.getAsBoolean()) {
          throw e;
        }
      }
      pause(again, deadline, subject, why);
    }
  }

  /**
   * Waits for what another thread of this client does.
   *
   * @param subject what it is about
   * @param why what is not as it should be yet
   * @throws WaitTimeoutException if the deadline comes first
   * @throws WaitInterruptedException if interrupted; the flag is set again
   */
  <T> T await(CompletableFuture<T> future, Deadline deadline, String subject, String why) {
    checkOpen();
    try {
      time.await(future, deadline.left());
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (TimeoutException e) {
      throw tooLate(why, subject, deadline);
    }
    return future.join();
  }

  private WaitInterruptedException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new WaitInterruptedException(
        "interrupted while waiting for "
            + cloud.displayName()
            + ": call the operation again to resume",
        ErrorDetails.NONE,
        e);
  }

  private static WaitTimeoutException tooLate(String why, String subject, Deadline deadline) {
    return new WaitTimeoutException(
        why
            + " after "
            + deadline.elapsed().toSeconds()
            + " s: call the operation again to resume, or with a longer timeout",
        ErrorDetails.of(Texts.safe(subject)),
        Optional.empty(),
        deadline.elapsed());
  }

  private void takeTurn(
      Action action, ClusterNetwork network, String subject, int attempt, Deadline deadline) {
    checkOpen();
    if (deadline.passed()) {
      throw tooLate("time was up before " + action.name(), subject, deadline);
    }
    Duration wait =
        pacing
            .reserve(budgetOwner(network), action.family(), deadline.left())
            .orElseThrow(
                () ->
                    new CallFailed(
                        new RemoteException(
                            ErrorKind.THROTTLED,
                            "BudgetUsedUp",
                            "the call budget "
                                + action.family().name()
                                + " is used up beyond the deadline"),
                        cloud,
                        action,
                        subject,
                        attempt - 1));
    if (!wait.isZero()) {
      pause(wait);
    }
  }

  private <T> T once(
      Operation operation,
      Action action,
      int attempt,
      String subject,
      Function<PrivateLinkDriver, T> call) {
    long start = time.nanoTime();
    Optional<String> outcome = Optional.of("FAILED");
    try {
      T result = call.apply(driver);
      outcome = Optional.empty();
      return result;
    } catch (RemoteException e) {
      outcome = Optional.of(e.kind() + " " + Texts.safe(e.code()));
      throw e;
    } catch (RuntimeException e) {
      // A driver's own bug: nobody knows how far it got, and the message may hold anything.
      ErrorKind kind = operation.isWrite() ? ErrorKind.OUTCOME_UNKNOWN : ErrorKind.INVALID;
      outcome = Optional.of(kind + " DriverFailure");
      log.debug("the {} driver failed in {} with {}", cloud, action.name(), e.getClass());
      throw new CallFailed(
          new RemoteException(
              kind, "DriverFailure", "the driver failed with " + e.getClass().getName()),
          cloud,
          action,
          subject,
          attempt);
    } finally {
      Duration took = Duration.ofNanos(time.nanoTime() - start);
      notices.call(new RemoteCall(cloud, action.name(), attempt, took, outcome));
      log.debug(
          "{} {} {}, attempt {}, {} ms: {}",
          cloud,
          action.name(),
          subject,
          attempt,
          took.toMillis(),
          outcome.orElse("ok"));
    }
  }

  private static boolean repeats(Operation operation, ErrorKind kind) {
    return switch (kind) {
      case THROTTLED, UNAVAILABLE, BUSY -> true;
      case OUTCOME_UNKNOWN -> operation.repeat() == Repeat.HARMLESS;
      default -> false;
    };
  }

  /** Exponential with full jitter, and never less than what the cloud asks for. */
  private Duration backoff(int attempt, RemoteException failure) {
    long ceiling =
        Math.min(LONGEST_BACKOFF.toMillis(), FIRST_BACKOFF.toMillis() << Math.min(attempt - 1, 16));
    Duration jittered = Duration.ofMillis(1 + random.nextLong(ceiling));
    return failure.retryAfter().filter(asked -> asked.compareTo(jittered) > 0).orElse(jittered);
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new ClientClosedException(
          "the client is closed: nothing more is sent to " + cloud.displayName(),
          ErrorDetails.NONE);
    }
  }
}
