package io.privatelink4j.aws;

/** Threads that never keep a process alive. */
final class Daemons {
  private Daemons() {}

  /** {@return a thread that has not begun yet} */
  static Thread of(Runnable task, String name) {
    Thread thread = new Thread(task, "privatelink4j-aws-" + name);
    thread.setDaemon(true);
    return thread;
  }
}
