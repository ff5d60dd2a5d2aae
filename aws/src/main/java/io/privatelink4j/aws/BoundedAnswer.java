package io.privatelink4j.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An answer that fails as soon as it is larger, of more elements or deeper than any of AWS's. The
 * SDK sets no limit: it makes an object of each element, and its parser calls itself at each level.
 */
final class BoundedAnswer extends FilterInputStream {
  /** A page of a thousand endpoints, each with the longest policy, has about 25 megabytes. */
  static final int MOST_BYTES = 32 << 20;

  /** Such a page has about two hundred thousand. */
  static final int MOST_ELEMENTS = 1 << 20;

  /**
   * The deepest answer has about ten levels, but pages of proxies need not close their elements.
   */
  static final int DEEPEST = 1_000;

  private int bytes;
  private int elements;
  private int depth;
  private int last;

  BoundedAnswer(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      count(next);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    for (int i = 0; i < read; i++) {
      count(buffer[offset + i]);
    }
    return read;
  }

  private void count(int next) throws IOException {
    bytes++;
    if (last == '<' && next != '/' && next != '!' && next != '?') {
      elements++;
      depth++;
    } else if ((last == '<' && next == '/') || (last == '/' && next == '>')) {
      depth--;
    }
    last = next;
    if (bytes > MOST_BYTES) {
      throw new IOException("the answer is longer than " + MOST_BYTES + " bytes");
    }
    if (elements > MOST_ELEMENTS) {
      throw new IOException("the answer has more than " + MOST_ELEMENTS + " elements");
    }
    if (depth > DEEPEST) {
      throw new IOException("the answer is nested deeper than " + DEEPEST + " levels");
    }
  }
}
