package io.privatelink4j.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.AccessDeniedException;
import io.privatelink4j.exception.CloudUnavailableException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.ThrottledException;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.testkit.faults.Disturber.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One operation in a world of its own, in which one kind of call meets one fault. */
final class FaultCase {
  /** An attach that fails has time of its own to take back what nobody would find. */
  private static final Duration GRACE = Duration.ofSeconds(70);

  private static final List<Class<? extends PrivateLinkException>> OF_A_CALL =
      List.of(
          ThrottledException.class,
          CloudUnavailableException.class,
          OutcomeUnknownException.class,
          AccessDeniedException.class);

  private final Step step;
  private final FaultWorld world;
  private final Plan plan;
  private PrivateLinkClient links;

  FaultCase(Step step, FaultWorld world, Plan plan) {
    this.step = step;
    this.world = world;
    this.plan = plan;
    links = world.client();
  }

  /** Brings the world to where the operation begins. */
  void prepare() {
    step.prepare(world, links);
    // What was created a moment ago is known to its creator alone.
    if (plan.fault() != CallFault.NOT_FOUND) {
      links = world.client();
    }
    if (plan.fault().isOfTheWire()) {
      world.settle();
    }
  }

  /** {@return what came of it; empty if no call met the fault} */
  Optional<String> run() {
    long start = world.cloud().time().nanoTime();
    world.disturber().begin(Optional.of(plan));
    String outcome = outcome();
    int met = world.disturber().met();
    world.disturber().begin(Optional.empty());
    world.disturber().foresee(Set.of());
    Duration took = Duration.ofNanos(world.cloud().time().nanoTime() - start);
    assertThat(took)
        .as("how long it took")
        .isLessThanOrEqualTo(FaultWorld.TIMEOUT.plus(Disturber.HANG).plus(GRACE));
    if (!outcome.equals("OK")) {
      step.repeat(world, links);
    }
    world.settle();
    step.verify(world, links);
    return met == 0 ? Optional.empty() : Optional.of(outcome);
  }

  private String outcome() {
    try {
      String told = step.run(world, links);
      return told.isEmpty() ? "OK" : "OK, " + told;
    } catch (PrivateLinkException e) {
      verify(e);
      return e.getClass().getSimpleName().replace("Exception", "");
    }
  }

  private void verify(PrivateLinkException e) {
    String all = e.toString();
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      assertThat(cause).isInstanceOfAny(PrivateLinkException.class, RemoteException.class);
      all += cause;
    }
    for (String secret : world.cloud().secrets()) {
      assertThat(all).doesNotContain(secret);
    }
    assertThat(e.getClass().getPackageName())
        .isEqualTo(PrivateLinkException.class.getPackageName());
    assertThat(e.getMessage()).isNotBlank();
    ErrorDetails details = e.details();
    assertThat(details.resource()).as("resource of %s", e).isPresent();
    if (OF_A_CALL.contains(e.getClass())) {
      assertThat(details.cloud()).as("cloud of %s", e).hasValue(world.provider());
      assertThat(details.operation())
          .as("operation of %s", e)
          .hasValue(world.actionOf(plan.call()));
      assertThat(details.errorCode()).as("code of %s", e).isPresent();
      assertThat(details.attempts()).as("attempts of %s", e).isPositive();
    }
    if (e instanceof AccessDeniedException) {
      assertThat(e).hasMessageContaining(world.permissionOf(plan.call()));
    }
  }
}
