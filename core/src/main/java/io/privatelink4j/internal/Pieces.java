package io.privatelink4j.internal;

import java.util.ArrayList;
import java.util.List;

/** Cuts long lists for calls that take only so many things at once. */
final class Pieces {
  private Pieces() {}

  /** {@return the list in pieces of at most that many, in its order; none for an empty list} */
  static <T> List<List<T>> of(List<T> list, int most) {
    List<List<T>> pieces = new ArrayList<>();
    for (int from = 0; from < list.size(); from += most) {
      pieces.add(List.copyOf(list.subList(from, Math.min(list.size(), from + most))));
    }
    return pieces;
  }
}
