package io.privatelink4j.aws;

import java.util.TreeMap;

/** A value over time, some of it still to come. */
final class History<T> {
  private final TreeMap<Long, T> values = new TreeMap<>();

  History(long at, T value) {
    values.put(at, value);
  }

  /** What was to come later is dropped. */
  History<T> set(long at, T value) {
    values.tailMap(at, true).clear();
    values.put(at, value);
    return this;
  }

  T at(long time) {
    var entry = values.floorEntry(time);
    return entry == null ? values.firstEntry().getValue() : entry.getValue();
  }

  T last() {
    return values.lastEntry().getValue();
  }

  long lastChange() {
    return values.lastKey();
  }
}
