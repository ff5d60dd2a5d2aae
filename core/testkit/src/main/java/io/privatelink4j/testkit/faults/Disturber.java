package io.privatelink4j.testkit.faults;

import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.testkit.faults.FaultTable.Outcome;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * Stands in front of a cloud's driver, remembers its calls, and lets those that a plan names meet
 * their fault. One for all clients of a cloud. For one thread.
 */
final class Disturber {
  /** For so long clouds are assumed to lag, and clients bridge it. */
  static final Duration WINDOW = Duration.ofSeconds(10);

  /** What a call that hangs takes of the clients' time. */
  static final Duration HANG = Duration.ofSeconds(40);

  private final FaultyCloud cloud;
  private final PrivateLinkDriver driver;
  private final Map<String, Long> createdAt = new HashMap<>();
  private final List<DriverCall> made = new ArrayList<>();
  private Set<DriverCall> foreseen = Set.of();
  private Map<DriverCall, Object> beforeLastWrite = Map.of();
  private Optional<Long> lastWriteAt = Optional.empty();
  private Optional<Plan> plan = Optional.empty();
  private int seen;
  private int met;

  /**
   * Which calls meet what.
   *
   * @param call the calls' name
   * @param fault what they meet
   * @param first the first one of them, from one
   * @param last the last one of them
   */
  record Plan(String call, CallFault fault, int first, int last) {
    static final int ALL = Integer.MAX_VALUE;

    /** {@return what is documented to come of it} */
    String documented(Outcome outcome) {
      return last == ALL ? outcome.lasting() : first == 1 ? outcome.first() : outcome.last();
    }

    @Override
    public String toString() {
      return call + ", " + fault.title() + (last == ALL ? ", all" : ", number " + first);
    }
  }

  Disturber(FaultyCloud cloud) {
    this.cloud = cloud;
    driver =
        (PrivateLinkDriver)
            Proxy.newProxyInstance(
                PrivateLinkDriver.class.getClassLoader(),
                new Class<?>[] {PrivateLinkDriver.class},
                (proxy, method, arguments) ->
                    invoke(method, arguments == null ? new Object[0] : arguments));
  }

  /** {@return the driver in front; closing it does nothing, as its cloud does that} */
  PrivateLinkDriver driver() {
    return driver;
  }

  /**
   * Tells which reads an operation will make, so that before each write it is seen what they would
   * have answered.
   */
  void foresee(Set<DriverCall> reads) {
    foreseen = reads;
  }

  /** From now on calls are remembered, and meet what is planned. */
  void begin(Optional<Plan> next) {
    plan = next;
    made.clear();
    seen = 0;
    met = 0;
  }

  /** {@return the calls since it began} */
  List<DriverCall> made() {
    return List.copyOf(made);
  }

  /** {@return how many calls have met the fault since it began} */
  int met() {
    return met;
  }

  private @Nullable Object invoke(Method method, Object... arguments) throws Throwable {
    if (method.getName().equals("close")) {
      return null;
    }
    Optional<DriverCall> call = DriverCall.of(method, arguments);
    return call.isPresent() ? invoke(call.get()) : method.invoke(cloud.driver(), arguments);
  }

  private @Nullable Object invoke(DriverCall call) {
    made.add(call);
    if (call.operation().isWrite()) {
      lookBeforeWriting();
    }
    @Nullable Object answer = answer(call);
    rememberCreation(answer);
    return answer;
  }

  private void lookBeforeWriting() {
    Map<DriverCall, Object> answers = new HashMap<>();
    foreseen.forEach(read -> answers.put(read, read.answerOf(cloud.driver())));
    beforeLastWrite = answers;
    lastWriteAt = Optional.of(now());
  }

  private @Nullable Object answer(DriverCall call) {
    Optional<CallFault> fault =
        plan.filter(planned -> planned.call().equals(call.name())).map(Plan::fault);
    if (fault.isEmpty()) {
      return call.on(cloud.driver());
    }
    return switch (fault.get()) {
      case STALE -> staleAnswer(call);
      case NOT_FOUND -> isYoung(call) && isDue() ? notFound(call) : call.on(cloud.driver());
      default -> isDue() ? disturbed(call, fault.get()) : call.on(cloud.driver());
    };
  }

  /** Counts the calls that could meet the fault. */
  private boolean isDue() {
    seen++;
    boolean due = plan.orElseThrow().first() <= seen && seen <= plan.orElseThrow().last();
    met += due ? 1 : 0;
    return due;
  }

  private @Nullable Object disturbed(DriverCall call, CallFault fault) {
    cloud.disturb(call.operation(), fault);
    @Nullable Object answer;
    try {
      answer = call.on(fault == CallFault.HANG ? cloud.hastyDriver() : cloud.driver());
    } finally {
      cloud.calm();
      if (fault == CallFault.HANG) {
        cloud.advance(HANG);
      }
    }
    if (answer instanceof Map<?, ?> failures && !failures.isEmpty()) {
      return answer;
    }
    throw new AssertionError(call.name() + " did not fail although " + fault.title());
  }

  /** An answer that is the same is no fault. */
  private @Nullable Object staleAnswer(DriverCall call) {
    @Nullable Object stale = beforeLastWrite.get(call);
    boolean lags = lastWriteAt.filter(at -> now() - at < WINDOW.toNanos()).isPresent();
    if (stale == null || !lags || stale.equals(call.answerOf(cloud.driver())) || !isDue()) {
      return call.on(cloud.driver());
    }
    if (stale instanceof ErrorKind kind) {
      throw new RemoteException(kind, "StaleAnswer", "What the cloud said before.");
    }
    return stale;
  }

  private boolean isYoung(DriverCall call) {
    return call.ids()
        .map(createdAt::get)
        .anyMatch(at -> at != null && now() - at < WINDOW.toNanos());
  }

  private static Object notFound(DriverCall call) {
    if (call.answersOptionally()) {
      return Optional.empty();
    }
    throw new RemoteException(ErrorKind.NOT_FOUND, "NotFoundYet", "It does not exist.");
  }

  private void rememberCreation(@Nullable Object answer) {
    if (answer instanceof Endpoint endpoint) {
      createdAt.putIfAbsent(endpoint.id(), now());
    } else if (answer instanceof DnsZone zone) {
      createdAt.putIfAbsent(zone.id(), now());
    } else if (answer instanceof Optional<?> optional
        && optional.isPresent()
        && optional.get() instanceof String change) {
      createdAt.putIfAbsent(change, now());
    }
  }

  private long now() {
    return cloud.time().nanoTime();
  }
}
