package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.openapi.ApiJson;
import io.privatelink4j.examples.openapi.Text;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints answers: for programs as JSON, for people as lines in which no name can do harm. */
final class Output {
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

  /** {@return the rows as lines, each column as wide as it needs} */
  static List<String> table(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
