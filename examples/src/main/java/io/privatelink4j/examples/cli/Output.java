package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.openapi.ApiJson;
import io.privatelink4j.examples.openapi.Text;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints answers: for programs as JSON, for people as lines in which no name can do harm. */
final class Output {
  private static final int GAP = 2;

  private final PrintStream out;
  private final boolean json;

  Output(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /**
   * Prints an answer.
   *
   * @param value for programs
   * @param lines for people
   */
  void show(Object value, List<String> lines) {
    if (json) {
      out.println(ApiJson.pretty(value));
    } else {
      lines.forEach(line -> out.println(Text.safe(line)));
    }
  }

  /** {@return the rows as lines, each column as wide as it needs; all have as many} */
  static List<String> table(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + GAP));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
