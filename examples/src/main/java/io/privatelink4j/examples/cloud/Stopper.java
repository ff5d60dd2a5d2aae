package io.privatelink4j.examples.cloud;

import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C and SIGTERM into an interrupt of the thread that made this, and keeps the process
 * alive until that thread has cleaned up.
 */
final class Stopper implements AutoCloseable {
  private final Thread worker = Thread.currentThread();
  private final Thread hook = new Thread(this::stop, "stop");
  private final CountDownLatch cleaned = new CountDownLatch(1);
  private boolean cleaning;
  private boolean asked;

  Stopper() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    synchronized (this) {
      asked = true;
      if (!cleaning) {
        worker.interrupt();
      }
    }
    try {
      cleaned.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@return whether the process is being stopped} From now on nothing is interrupted by it. */
  synchronized boolean beginCleaning() {
    cleaning = true;
    Thread.interrupted();
    return asked;
  }

  /** Lets the process end. */
  @Override
  public void close() {
    cleaned.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs already.
    }
  }
}
