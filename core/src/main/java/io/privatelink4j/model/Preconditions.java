package io.privatelink4j.model;

/** Argument checks of values. */
final class Preconditions {
  private Preconditions() {}

  static void check(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
