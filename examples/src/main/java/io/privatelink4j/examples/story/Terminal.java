package io.privatelink4j.examples.story;

import io.privatelink4j.examples.cloud.Consoles;
import java.io.PrintStream;
import java.util.StringTokenizer;

/** Prints lines of at most 100 columns, in colour where a person reads them. */
public final class Terminal {
  private static final int COLUMNS = 100;
  private static final String BOLD = "\u001b[1m";
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String RESET = "\u001b[0m";

  private final PrintStream out;
  private final boolean colour;

  /**
   * Makes a terminal.
   *
   * @param out where to print
   * @param colour whether to print in colour
   */
  public Terminal(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** {@return standard output; in colour unless it is redirected or NO_COLOR is set} */
  public static Terminal standard() {
    return new Terminal(System.out, Consoles.isInteractive() && System.getenv("NO_COLOR") == null);
  }

  /**
   * Prints a line of text.
   *
   * @param text the text
   */
  public void line(String text) {
    wrapped("", text, "");
  }

  void heading(String text) {
    out.println();
    wrapped("", text, BOLD);
  }

  void step(String clock, int number, String title) {
    wrapped("%s  %2d  ".formatted(clock, number), title, BOLD);
  }

  void detail(String label, String text) {
    wrapped("           %-10s  ".formatted(label), text, "");
  }

  void ok(String text) {
    wrapped("           %-10s  ".formatted("ok"), text, GREEN);
  }

  void failure(String text) {
    wrapped("", text, RED);
  }

  /** Breaks the text at spaces; lines after the first are indented as deep as the prefix. */
  private void wrapped(String prefix, String text, String style) {
    StringBuilder line = new StringBuilder(prefix);
    String indent = " ".repeat(prefix.length());
    boolean empty = true;
    StringTokenizer words = new StringTokenizer(text);
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      if (!empty && line.length() + 1 + word.length() > COLUMNS) {
        print(line, style);
        line = new StringBuilder(indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    print(line, style);
  }

  private void print(CharSequence line, String style) {
    out.println(colour && !style.isEmpty() ? style + line + RESET : line);
  }
}
