package io.privatelink4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The one table: each figure of the library beside its baseline, as measured in this run. */
final class Table {
  private record Row(String what, String library, String baseline, String ratio, String aim) {}

  private final List<Row> rows = new ArrayList<>();

  /** Adds two figures and their ratio. */
  void compare(String what, double library, double baseline, String unit, String aim) {
    add(
        what,
        number(library) + unit,
        number(baseline) + unit,
        String.format(Locale.ROOT, "%.3f", library / baseline),
        aim);
  }

  void add(String what, String library, String baseline, String ratio, String aim) {
    Row row = new Row(what, library, baseline, ratio, aim);
    rows.add(row);
    System.out.println("  " + row);
  }

  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return String.format(Locale.ROOT, "%,d", (long) value);
    }
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 1000 ? "%.1f" : "%,.0f", value);
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder("| What | Library | Baseline | Ratio | Aim |\n")
            .append("| --- | --- | --- | --- | --- |\n");
    for (Row row : rows) {
      text.append("| ")
          .append(String.join(" | ", row.what, row.library, row.baseline, row.ratio, row.aim))
          .append(" |\n");
    }
    return text.toString();
  }
}
