package io.privatelink4j.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.testkit.faults.Disturber.Plan;
import io.privatelink4j.testkit.faults.FaultTable.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every fault of every remote call in every operation of a client, and what comes of it: the
 * outcome that is documented, one exception that tells what to do, and after a repetition a world
 * that is as it should be. A provider's test class extends this one and supplies a {@link
 * FaultyCloud}:
 *
 * <pre>{@code
 * class ExampleFaultMatrixTest extends FaultMatrix {
 *   ExampleFaultMatrixTest() {
 *     super("example");
 *   }
 *
 *   @Override
 *   protected FaultyCloud openCloud() {
 *     return new ExampleHarness();
 *   }
 * }
 * }</pre>
 *
 * <p>The outcomes stand in {@code docs/faults.md}, which says how it is read. A cell that is
 * documented and cannot be reached is an error, as is one that is reached and not documented. A
 * fault befalls the first call of its kind, then in another world the last one, then all of them.
 * Stale answers and things not found are played in front of the driver, for as long as clouds are
 * assumed to lag; all others by the cloud.
 *
 * <p>Operations are tried side by side where JUnit's parallel execution is enabled, each case in a
 * world of its own thread.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FaultMatrix {
  private static final String NOT_REACHED = "not reached";

  private final String name;
  private final AtomicInteger cases = new AtomicInteger();
  private final AtomicInteger unexpected = new AtomicInteger();

  /**
   * For subclasses.
   *
   * @param name what the line that is printed in the end calls the driver
   */
  protected FaultMatrix(String name) {
    this.name = name;
  }

  /**
   * {@return an empty cloud} Called once per case, by several threads at a time; the matrix closes
   * it.
   */
  protected abstract FaultyCloud openCloud();

  /**
   * {@return the documented outcomes; by default {@code docs/faults.md} in the nearest folder above
   * that has one}
   */
  protected Path document() {
    Path relative = Path.of("docs", "faults.md");
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .takeWhile(Objects::nonNull)
        .map(folder -> folder.resolve(relative))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no folder above has " + relative));
  }

  /**
   * {@return whether faults befall the last call of a kind too, where there are several; default
   * true} It costs a fifth of the time.
   */
  protected boolean triesLast() {
    return true;
  }

  /** What an operation does when nothing goes wrong. */
  private record Undisturbed(
      CloudProvider provider, List<DriverCall> calls, Map<String, String> actions) {
    int last(String call) {
      return (int) calls.stream().filter(each -> each.name().equals(call)).count();
    }

    Set<String> names() {
      return new TreeSet<>(actions.keySet());
    }

    Set<DriverCall> reads() {
      return calls.stream()
          .filter(call -> !call.operation().isWrite())
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  @Execution(ExecutionMode.CONCURRENT)
  @Timeout(300)
  final void everyFault_ofEveryCall_hasItsDocumentedOutcome(Step step) {
    Undisturbed undisturbed = undisturbed(step);
    FaultTable table = FaultTable.read(document(), undisturbed.provider());
    assertThat(undisturbed.names()).as("calls of %s", step.title()).isEqualTo(table.callsOf(step));
    undisturbed
        .actions()
        .forEach((call, action) -> assertThat(table.nameOf(call)).isEqualTo(action));
    assertThat(table.idleRowsOf(step)).as("rows about calls that are not made").isEmpty();

    List<String> wrong = new ArrayList<>();
    try (FaultWorld shared = world()) {
      step.prepare(shared, shared.client());
      shared.settle();
      for (String call : undisturbed.names()) {
        for (CallFault fault : CallFault.values()) {
          Optional<Outcome> documented = table.outcome(step, call, fault);
          for (Plan plan : plans(call, fault, undisturbed.last(call))) {
            String expected = documented.map(plan::documented).orElse(NOT_REACHED);
            String found =
                step.changesNothing() && fault.isOfTheWire()
                    ? found(() -> new FaultCase(step, shared, plan).run())
                    : found(step, plan, undisturbed.reads());
            if (!found.equals(expected)) {
              wrong.add(plan + ": documented " + expected + ", found " + found);
            }
            if (found.equals(NOT_REACHED)) {
              break;
            }
            cases.incrementAndGet();
          }
        }
      }
    }
    unexpected.addAndGet(wrong.size());
    assertThat(wrong).as("%s of %s", step.title(), name).isEmpty();
  }

  private FaultWorld world() {
    return new FaultWorld(openCloud());
  }

  private Undisturbed undisturbed(Step step) {
    try (FaultWorld world = world()) {
      step.prepare(world, world.client());
      world.settle();
      world.disturber().begin(Optional.empty());
      PrivateLinkClient links = world.client();
      assertThat(step.run(world, links)).isEmpty();
      List<DriverCall> calls = world.disturber().made();
      Map<String, String> actions = new TreeMap<>();
      calls.forEach(call -> actions.put(call.name(), world.actionOf(call.name())));
      world.settle();
      step.verify(world, links);
      return new Undisturbed(world.provider(), calls, actions);
    }
  }

  private List<Plan> plans(String call, CallFault fault, int last) {
    List<Plan> plans = new ArrayList<>();
    plans.add(new Plan(call, fault, 1, 1));
    if (fault.isOfTheWire() && last > 1 && triesLast()) {
      plans.add(new Plan(call, fault, last, last));
    }
    plans.add(new Plan(call, fault, 1, Plan.ALL));
    return plans;
  }

  /** In a world of its own. */
  private String found(Step step, Plan plan, Set<DriverCall> reads) {
    return found(
        () -> {
          try (FaultWorld world = world()) {
            if (plan.fault() == CallFault.STALE) {
              world.disturber().foresee(reads);
            }
            FaultCase fresh = new FaultCase(step, world, plan);
            fresh.prepare();
            return fresh.run();
          }
        });
  }

  private static String found(Supplier<Optional<String>> fault) {
    try {
      return fault.get().orElse(NOT_REACHED);
    } catch (AssertionError | RuntimeException e) {
      return e.toString();
    }
  }

  /** Says how much was tried. */
  @AfterAll
  final void tell() {
    System.out.printf(
        "fault matrix %s: %d cases, %d unexpected%n", name, cases.get(), unexpected.get());
  }
}
