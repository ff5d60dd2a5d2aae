package io.privatelink4j.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * Ends for a thread that was interrupted: so the SDK ends a call whose time is over, and a server
 * that sends a few bytes now and then could otherwise keep it for as long as it likes.
 */
final class InterruptibleStream extends FilterInputStream {
  InterruptibleStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    check();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    check();
    return super.read(bytes, offset, length);
  }

  /** Unknown: to ask the JDK's stream waits while another thread gives the answer up. */
  @Override
  public int available() {
    return 0;
  }

  /** To close an answer that is not at its end may read on; who was interrupted does not wait. */
  @Override
  public void close() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      Daemons.of(this::closeNow, "close").start();
    } else {
      super.close();
    }
  }

  private void closeNow() {
    try {
      super.close();
    } catch (IOException e) {
      // Nobody reads from it any more.
    }
  }

  private static void check() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while reading the answer");
    }
  }
}
