package io.privatelink4j.alicloud;

import java.util.TreeMap;

/** A value over time, some of it still to come. */
final class FakeHistory<T> {
  private final TreeMap<Long, T> values = new TreeMap<>();
  private final T first;

  FakeHistory(long at, T value) {
    first = value;
    values.put(at, value);
  }

  /**
   * What was to come later is dropped. What is replaced in its own instant still is what there was
   * before.
   */
  FakeHistory<T> set(long at, T value) {
    values.tailMap(at, true).clear();
    values.put(at, value);
    return this;
  }

  T at(long time) {
    var entry = values.floorEntry(time);
    return entry == null ? first : entry.getValue();
  }

  T last() {
    return values.lastEntry().getValue();
  }
}
