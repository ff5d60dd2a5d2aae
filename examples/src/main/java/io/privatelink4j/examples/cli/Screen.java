package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.cloud.Consoles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Where a command talks to.
 *
 * @param in what somebody types
 * @param out takes answers
 * @param err takes progress and failures
 * @param interactive whether somebody sits there
 * @param replaying whether the command is only done again: it was confirmed the first time, and
 *     what it looked at outside its world does not matter any more
 */
record Screen(
    InputStream in, PrintStream out, PrintStream err, boolean interactive, boolean replaying) {

  static Screen standard() {
    return new Screen(System.in, System.out, System.err, Consoles.isInteractive(), false);
  }

  /** {@return a screen for what is done again: nobody looks} */
  static Screen dark() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Screen(InputStream.nullInputStream(), nowhere, nowhere, false, true);
  }

  /** Shows what is soon overwritten; only a terminal can do that. */
  void passing(String text) {
    if (interactive) {
      err.print("\r" + text);
      err.flush();
    }
  }

  /** Removes what {@link #passing} showed. */
  void clear() {
    passing("\u001b[K");
  }

  /** {@return what somebody types} */
  String ask(String question) {
    err.print(question);
    err.flush();
    try {
      String line =
          new BufferedReader(new InputStreamReader(in, Charset.defaultCharset())).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
