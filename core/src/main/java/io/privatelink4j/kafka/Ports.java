package io.privatelink4j.kafka;

/** TCP port numbers. */
final class Ports {
  static final int MAX = 65535;

  private Ports() {}

  static boolean valid(long port) {
    return port >= 1 && port <= MAX;
  }
}
