package io.privatelink4j.testing;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.spi.Operation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.annotation.Nullable;

/**
 * The faults that remote calls of one cloud will meet. Counted from the moment they are asked for,
 * over all drivers of the cloud; calls that a hook makes ({@link InMemoryCloud#onCall}) do not
 * count. If two are due at the same call, the one asked for first is met and the other dropped.
 * Thread-safe.
 */
public final class Faults {
  private final Random random;
  private final List<Planned> planned = new ArrayList<>();
  private int met;

  Faults(Random random) {
    this.random = random;
  }

  /**
   * Lets the k-th call from now fail, whatever it is.
   *
   * @param k from one
   * @param fault how it fails
   * @return this
   * @throws IllegalArgumentException if {@code k} is less than 1
   */
  public Faults onCall(int k, Fault fault) {
    return plan(new Countdown(null, atLeastOne(k), fault));
  }

  /**
   * Lets the n-th call of an operation from now fail.
   *
   * @param operation the operation
   * @param n from one
   * @param fault how it fails
   * @return this
   * @throws IllegalArgumentException if {@code n} is less than 1
   */
  public Faults onCall(Operation operation, int n, Fault fault) {
    return plan(new Countdown(requireNonNull(operation, "operation"), atLeastOne(n), fault));
  }

  /**
   * Lets every call of an operation fail, until {@link #clear}.
   *
   * @param operation the operation
   * @param fault how it fails
   * @return this
   */
  public Faults always(Operation operation, Fault fault) {
    requireNonNull(operation, "operation");
    requireNonNull(fault, "fault");
    return plan(candidate -> candidate == operation ? Meeting.meet(fault) : Meeting.PASS);
  }

  /**
   * Lets each call fail with a probability, until {@link #clear}. Chance comes from the cloud's
   * seed, so a single-threaded test meets the same faults every time.
   *
   * @param probability between 0 and 1
   * @param faults how it fails: one of them, each as likely as the others
   * @return this
   * @throws IllegalArgumentException if the probability is out of range or no fault is given
   */
  public Faults randomly(double probability, Fault... faults) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("not a probability: " + probability);
    }
    List<Fault> choice = List.of(faults);
    if (choice.isEmpty()) {
      throw new IllegalArgumentException("name at least one fault");
    }
    return plan(
        candidate ->
            random.nextDouble() < probability
                ? Meeting.meet(choice.get(random.nextInt(choice.size())))
                : Meeting.PASS);
  }

  /**
   * Drops all faults that have not been met.
   *
   * @return this
   */
  public synchronized Faults clear() {
    planned.clear();
    return this;
  }

  /** {@return how many calls have met a fault so far} */
  public synchronized int met() {
    return met;
  }

  /** {@return what the call that comes now meets} */
  synchronized Optional<Fault> next(Operation operation) {
    @Nullable Fault first = null;
    for (Iterator<Planned> each = planned.iterator(); each.hasNext(); ) {
      Meeting meeting = each.next().ask(operation);
      if (meeting.over) {
        each.remove();
      }
      if (first == null) {
        first = meeting.fault;
      }
    }
    if (first != null) {
      met++;
    }
    return Optional.ofNullable(first);
  }

  private synchronized Faults plan(Planned fault) {
    planned.add(fault);
    return this;
  }

  private static int atLeastOne(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("calls are counted from one: " + number);
    }
    return number;
  }

  /** Asked once for every call. */
  private interface Planned {
    Meeting ask(Operation operation);
  }

  private record Meeting(@Nullable Fault fault, boolean over) {
    static final Meeting PASS = new Meeting(null, false);

    static Meeting meet(Fault fault) {
      return new Meeting(fault, false);
    }
  }

  private static final class Countdown implements Planned {
    private final @Nullable Operation operation;
    private final Fault fault;
    private int left;

    Countdown(@Nullable Operation operation, int left, Fault fault) {
      this.operation = operation;
      this.left = left;
      this.fault = requireNonNull(fault, "fault");
    }

    @Override
    public Meeting ask(Operation candidate) {
      if (operation != null && operation != candidate) {
        return Meeting.PASS;
      }
      left--;
      return left == 0 ? new Meeting(fault, true) : Meeting.PASS;
    }
  }
}
