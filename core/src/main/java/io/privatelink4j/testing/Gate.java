package io.privatelink4j.testing;

import io.privatelink4j.spi.Action;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.RemoteException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one point that every remote call passes: hook, fault, budget, then the call itself under the
 * cloud's lock, then the log. Hooks and time-outs run outside the lock.
 */
final class Gate {
  private static final Duration TIME_OUT = Duration.ofSeconds(10);

  private final World world;
  private final DriverTraits traits;
  private final Faults faults;
  private final CallLog log;
  private final Failures failures;
  private final Budgets budgets = new Budgets();
  private final boolean enforceRates;
  private final Set<Thread> inHook = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private volatile Consumer<Operation> hook = operation -> {};

  Gate(World world, DriverTraits traits, Faults faults, CallLog log, boolean enforceRates) {
    this.world = world;
    this.traits = traits;
    this.faults = faults;
    this.log = log;
    this.enforceRates = enforceRates;
    failures = new Failures(world.cloud);
  }

  DriverTraits traits() {
    return traits;
  }

  void setHook(Consumer<Operation> hook) {
    this.hook = hook;
  }

  /** Makes a remote call. */
  <T> T call(Operation operation, String region, String subject, Supplier<T> work) {
    if (!traits.actions().containsKey(operation)) {
      throw new UnsupportedOperationException(
          operation + " is no call of " + world.cloud.displayName());
    }
    Action action = traits.action(operation);
    Optional<Fault> fault = meet(operation);
    if (fault.isPresent() && fault.get() == Fault.CRASH_BEFORE) {
      throw new SimulatedCrash(operation, Fault.CRASH_BEFORE);
    }
    Call call = new Call(operation, action, world.now(), subject, nextRequestId());
    if (fault.isPresent() && fault.get() == Fault.TIMEOUT_BEFORE) {
      passTime();
    }
    if (fault.isPresent() && isBefore(fault.get())) {
      throw logged(call, failures.of(fault.get(), operation, action));
    }
    T result =
        world.locked(
            () -> {
              checkBudget(call, region);
              boolean lost = fault.isPresent() && fault.get() == Fault.REPLY_LOST;
              T done = attempt(call, work, lost);
              if (lost) {
                throw logged(call, failures.of(Fault.REPLY_LOST, operation, action));
              }
              log.add(call.log(Optional.empty()));
              return done;
            });
    if (fault.isPresent() && fault.get() == Fault.CRASH_AFTER) {
      throw new SimulatedCrash(operation, Fault.CRASH_AFTER);
    }
    return result;
  }

  private static boolean isBefore(Fault fault) {
    return fault != Fault.REPLY_LOST && fault != Fault.CRASH_AFTER;
  }

  /** A reply that is lost tells nothing: neither a success nor why there is none. */
  private <T> T attempt(Call call, Supplier<T> work, boolean lost) {
    try {
      return work.get();
    } catch (RemoteException e) {
      throw logged(call, lost ? failures.of(Fault.REPLY_LOST, call.operation, call.action) : e);
    }
  }

  private void checkBudget(Call call, String region) {
    if (enforceRates && !budgets.take(call.action.family(), region, world.nanos())) {
      throw logged(call, failures.of(Fault.THROTTLE, call.operation, call.action));
    }
  }

  /** Runs the hook and picks the fault; neither for calls that a hook makes. */
  private Optional<Fault> meet(Operation operation) {
    Thread thread = Thread.currentThread();
    if (!inHook.add(thread)) {
      return Optional.empty();
    }
    try {
      hook.accept(operation);
    } finally {
      inHook.remove(thread);
    }
    return faults.next(operation);
  }

  private void passTime() {
    try {
      world.time.sleep(TIME_OUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RemoteException logged(Call call, RemoteException failure) {
    RemoteException seen =
        new RemoteException(
            failure.kind(),
            failure.code(),
            String.valueOf(failure.getMessage()),
            call.requestId,
            failure.retryAfter().orElse(null),
            null);
    log.add(call.log(Optional.of(seen)));
    return seen;
  }

  private String nextRequestId() {
    return "request-" + requests.incrementAndGet();
  }

  private record Call(
      Operation operation, Action action, Instant at, String subject, String requestId) {
    LoggedCall log(Optional<RemoteException> failure) {
      return new LoggedCall(operation, action.name(), at, subject, failure);
    }
  }
}
