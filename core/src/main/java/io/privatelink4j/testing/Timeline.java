package io.privatelink4j.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * A value that changes at known moments of the cloud's clock, past and future: what takes time in a
 * cloud is written down when it begins and looked up when somebody asks. Guarded by the cloud's
 * lock.
 */
final class Timeline<T> {
  private final List<Step<T>> steps = new ArrayList<>(2);

  Timeline(long from, T value) {
    steps.add(new Step<>(from, value));
  }

  /** Sets the value from a moment on; what was to come later does not come. */
  Timeline<T> set(long from, T value) {
    steps.removeIf(step -> step.from > from);
    steps.add(new Step<>(from, value));
    return this;
  }

  /** {@return the value at a moment; before the first one, the first} */
  T at(long moment) {
    for (int i = steps.size() - 1; i > 0; i--) {
      if (steps.get(i).from <= moment) {
        return steps.get(i).value;
      }
    }
    return steps.get(0).value;
  }

  /** {@return what it comes to in the end} */
  T last() {
    return steps.get(steps.size() - 1).value;
  }

  /** {@return when the last change comes, or came} */
  long lastChange() {
    return steps.get(steps.size() - 1).from;
  }

  /** Drops what nobody can ask for any more. */
  void forgetBefore(long moment) {
    while (steps.size() > 1 && steps.get(1).from <= moment) {
      steps.remove(0);
    }
  }

  private record Step<T>(long from, T value) {}
}
