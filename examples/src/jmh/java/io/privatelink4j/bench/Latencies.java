package io.privatelink4j.bench;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.ListStatistics;

/** (a) and (g): latency and allocation of a call. */
final class Latencies {
  private final Table table;
  private final String cloud;
  private final Class<? extends CallBenchmark> calls;
  private final int forks;

  private Latencies(Table table, String cloud, Class<? extends CallBenchmark> calls, int forks) {
    this.table = table;
    this.cloud = cloud;
    this.calls = calls;
    this.forks = forks;
  }

  static void measureAws(Table table, int forks) throws Exception {
    new Latencies(table, "(a) AWS:", AwsCallBenchmark.class, forks)
        .measure("≤ 1.05 or ≤ +150 µs", "≤ +24 kB");
  }

  static void measureAlicloud(Table table, int forks) throws Exception {
    new Latencies(
            table,
            "(g) Alibaba Cloud, bare SDK on its own HTTP client:",
            AlicloudCallBenchmark.class,
            forks)
        .measure("", "");
  }

  private void measure(String timeAim, String allocationAim) throws Exception {
    Map<String, List<ListStatistics>> medians = medians();
    time("get, pairs 1,001 to 2,000 of a process", medians.get("young-get"), "");
    time("get, after 10,000 pairs", medians.get("get"), timeAim);
    time("list of 10 links, after 8,000 pairs", medians.get("list"), "");
    Map<String, Collection<BenchmarkResult>> benchmarks = benchmarks();
    allocation("get", benchmarks, "get", allocationAim);
    allocation("list of 10 links", benchmarks, "list", "");
  }

  private void time(String what, List<ListStatistics> sides, String aim) {
    ListStatistics library = sides.get(0);
    ListStatistics bare = sides.get(1);
    table.add(
        cloud + " " + what + ", p50, " + forks + (forks < 3 ? " forks" : " forks, 95 %"),
        interval("%.0f", library) + " µs",
        interval("%.0f", bare) + " µs",
        String.format(
            Locale.ROOT,
            "%.3f (%s µs)",
            library.getMean() / bare.getMean(),
            interval("%+.0f", sides.get(2))),
        aim);
  }

  private void allocation(
      String what, Map<String, Collection<BenchmarkResult>> benchmarks, String call, String aim) {
    double library = bytesPerCall(benchmarks.get(call + "Library"));
    double bare = bytesPerCall(benchmarks.get(call + "Bare"));
    table.add(
        cloud + " " + what + ", allocation",
        Table.number(library / 1000) + " kB",
        Table.number(bare / 1000) + " kB",
        String.format(Locale.ROOT, "%+.1f kB", (library - bare) / 1000),
        aim);
  }

  /** For each call the forks' medians of the library, the bare SDK, and the pairs' differences. */
  private Map<String, List<ListStatistics>> medians() throws Exception {
    Map<String, List<ListStatistics>> medians = new HashMap<>();
    for (int fork = 0; fork < forks; fork++) {
      Process process = Jvm.start(CallPairs.class, calls.getName());
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line : lines.lines().toList()) {
          String[] parts = line.split(" ", -1);
          List<ListStatistics> sides =
              medians.computeIfAbsent(
                  parts[0], call -> Stream.generate(ListStatistics::new).limit(3).toList());
          for (int side = 0; side < 3; side++) {
            sides.get(side).addValue(Double.parseDouble(parts[1 + side]));
          }
        }
      }
      if (process.waitFor() != 0) {
        throw new IllegalStateException("a fork failed");
      }
    }
    return medians;
  }

  /** One fork is enough for the allocation, which varies by a few kilobytes. */
  private Map<String, Collection<BenchmarkResult>> benchmarks() throws RunnerException {
    Map<String, Collection<BenchmarkResult>> byName = new HashMap<>();
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(calls.getSimpleName())
                    .forks(1)
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run()) {
      String name = result.getParams().getBenchmark();
      byName.put(name.substring(name.lastIndexOf('.') + 1), result.getBenchmarkResults());
    }
    return byName;
  }

  private static String interval(String format, ListStatistics medians) {
    String mean = String.format(Locale.ROOT, format, medians.getMean());
    return medians.getN() < 3
        ? mean
        : mean + String.format(Locale.ROOT, " ± %.0f", medians.getMeanErrorAt(0.95));
  }

  private static double bytesPerCall(Collection<BenchmarkResult> forks) {
    double sum = 0;
    int count = 0;
    for (BenchmarkResult fork : forks) {
      for (IterationResult iteration : fork.getIterationResults()) {
        for (Map.Entry<String, ?> entry : iteration.getSecondaryResults().entrySet()) {
          if (entry.getKey().endsWith("gc.alloc.rate.norm")) {
            sum += ((Result<?>) entry.getValue()).getScore();
            count++;
          }
        }
      }
    }
    return sum / count;
  }
}
