package io.privatelink4j.testkit.faults;

import io.privatelink4j.model.CloudProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is documented of faults: a Markdown document with three tables, told by their first column.
 *
 * <ul>
 *   <li>{@code call}: for each call of a driver its kind, its name in each cloud, and in a column
 *       per operation in which clouds the operation makes it: {@code both}, one cloud, or nothing;
 *   <li>{@code fault}: for each fault, in a column per kind of call, what comes of it;
 *   <li>{@code operation}: exceptions to that: operations, calls, faults, clouds, outcome, reason.
 *       The last one that fits counts. What only befalls some calls stands here alone.
 * </ul>
 *
 * <p>An outcome is what comes of one such call failing, a slash, and what comes of all of them
 * failing; if it makes a difference, {@code first; last other / all}. Lists are separated by
 * commas; a star stands for everything.
 */
final class FaultTable {
  private final List<List<String>> calls;
  private final List<List<String>> rules;
  private final List<List<String>> exceptions;
  private final String cloud;

  private FaultTable(Path document, CloudProvider provider) {
    List<List<String>> rows = rows(document);
    calls = table(rows, "call");
    rules = table(rows, "fault");
    exceptions = table(rows, "operation");
    cloud = provider == CloudProvider.AWS ? "AWS" : "Alibaba Cloud";
  }

  static FaultTable read(Path document, CloudProvider provider) {
    return new FaultTable(document, provider);
  }

  /**
   * What is documented to come of a fault.
   *
   * @param first if the first call fails
   * @param last if the last call fails
   * @param lasting if all of them fail
   */
  record Outcome(String first, String last, String lasting) {
    private static final String LAST = "; last ";

    static Outcome parse(String cell) {
      String[] parts = cell.split(" / ", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("not \"once / lasting\": " + cell);
      }
      String[] once = parts[0].split(LAST, -1);
      return new Outcome(once[0].strip(), once[once.length - 1].strip(), parts[1].strip());
    }
  }

  /** {@return the calls that the operation makes} */
  Set<String> callsOf(Step step) {
    return calls.stream()
        .skip(1)
        .filter(row -> holds(row.get(column(calls, step.title()))))
        .map(row -> row.get(0))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean holds(String clouds) {
    return clouds.equals("both") || clouds.equals(cloud);
  }

  /** {@return the call's name in the cloud} */
  String nameOf(String call) {
    return rowOf(calls, call).get(column(calls, cloud));
  }

  /** {@return what is documented of a call that the operation makes; empty if nothing} */
  Optional<Outcome> outcome(Step step, String call, CallFault fault) {
    Optional<String> rule =
        fault.isOfTheWire()
            ? Optional.of(rowOf(rules, fault.title()).get(column(rules, kindOf(call))))
            : Optional.empty();
    return exceptions.stream()
        .skip(1)
        .filter(row -> isAbout(row, step, call, fault))
        .map(row -> row.get(column(exceptions, "once / lasting")))
        .reduce((first, second) -> second)
        .or(() -> rule)
        .map(Outcome::parse);
  }

  private boolean isAbout(List<String> row, Step step, String call, CallFault fault) {
    boolean star = row.get(column(exceptions, "fault")).equals("*");
    return fits(row.get(column(exceptions, "operation")), step.title())
        && fits(row.get(column(exceptions, "call")), call)
        && fits(row.get(column(exceptions, "cloud")), cloud)
        && (star ? fault.isOfTheWire() : fits(row.get(column(exceptions, "fault")), fault.title()));
  }

  /** {@return what exceptions say of the operation about calls that it does not make} */
  List<String> idleRowsOf(Step step) {
    List<String> idle = new ArrayList<>();
    for (List<String> row : exceptions.subList(1, exceptions.size())) {
      boolean here =
          list(row.get(column(exceptions, "operation"))).contains(step.title())
              && fits(row.get(column(exceptions, "cloud")), cloud);
      if (here) {
        list(row.get(column(exceptions, "call"))).stream()
            .filter(call -> !isMade(call, step, row.get(column(exceptions, "cloud"))))
            .forEach(call -> idle.add(call + " in " + String.join(" | ", row)));
      }
    }
    return idle;
  }

  private boolean isMade(String call, Step step, String clouds) {
    String where = rowOf(calls, call).get(column(calls, step.title()));
    return clouds.equals("*") ? !where.isEmpty() : holds(where);
  }

  private String kindOf(String call) {
    return rowOf(calls, call).get(column(calls, "kind"));
  }

  private static boolean fits(String pattern, String name) {
    List<String> names = list(pattern);
    return names.contains("*") || names.contains(name);
  }

  private static List<String> list(String cell) {
    return Arrays.stream(cell.split(",", -1)).map(String::strip).toList();
  }

  private static int column(List<List<String>> table, String title) {
    int column = table.get(0).indexOf(title);
    if (column < 0) {
      throw new IllegalArgumentException("no column " + title + " in " + table.get(0));
    }
    return column;
  }

  private static List<String> rowOf(List<List<String>> table, String name) {
    return table.stream()
        .skip(1)
        .filter(row -> row.get(0).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no row " + name));
  }

  /** {@return the rows of the table with that first column, its head first} */
  private static List<List<String>> table(List<List<String>> rows, String first) {
    List<List<String>> table =
        rows.stream()
            .dropWhile(row -> row.isEmpty() || !row.get(0).equals(first))
            .takeWhile(row -> !row.isEmpty())
            .filter(row -> !row.get(0).startsWith("--"))
            .toList();
    if (table.isEmpty()) {
      throw new IllegalArgumentException("no table that begins with " + first);
    }
    return table;
  }

  /** {@return each line's cells without mark-up; none if the line is no row of a table} */
  private static List<List<String>> rows(Path document) {
    try {
      return Files.readAllLines(document, StandardCharsets.UTF_8).stream()
          .map(FaultTable::cells)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> cells(String line) {
    if (!line.startsWith("|") || !line.endsWith("|")) {
      return List.of();
    }
    return Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
        .map(cell -> cell.replace("`", "").strip())
        .toList();
  }
}
