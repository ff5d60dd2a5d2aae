package io.privatelink4j.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures everything and prints one table. Arguments: the letters of the parts to measure, all if
 * none; {@code forks=3} for the latencies.
 */
public final class PerformanceTable {
  /** A part of the table. */
  private interface Part {
    void measure(Table table) throws Exception;
  }

  private PerformanceTable() {}

  /**
   * Runs the parts.
   *
   * @param args see above
   * @throws Exception if one of them fails
   */
  public static void main(String[] args) throws Exception {
    List<String> asked = List.of(args);
    int forks =
        asked.stream()
            .filter(arg -> arg.startsWith("forks="))
            .mapToInt(arg -> Integer.parseInt(arg.substring("forks=".length())))
            .findFirst()
            .orElse(5);
    List<String> letters = asked.stream().filter(arg -> arg.length() == 1).toList();
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("a", table -> Latencies.measureAws(table, forks));
    parts.put("b", ColdStart::measure);
    parts.put("c", Waiting::measure);
    parts.put("d", Storms::measure);
    parts.put("e", LifeCycles::measure);
    parts.put("f", CallCounts::measure);
    parts.put("g", table -> Latencies.measureAlicloud(table, forks));
    Table table = new Table();
    for (Map.Entry<String, Part> part : parts.entrySet()) {
      if (letters.isEmpty() || letters.contains(part.getKey())) {
        System.out.println("measuring (" + part.getKey() + ")");
        part.getValue().measure(table);
      }
    }
    System.out.println();
    System.out.println(machine());
    System.out.println();
    System.out.println(table);
    System.exit(0); // HTTP clients leave threads behind
  }

  private static String machine() {
    return String.join(
        ", ",
        Runtime.getRuntime().availableProcessors() + " cores",
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        "heap up to " + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB");
  }
}
