package io.privatelink4j.bench;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

/** (a) Latency and allocation of a call. */
final class Latencies {
  private Latencies() {}

  static void measure(Table table, int forks) throws Exception {
    Map<String, List<ListStatistics>> medians = medians(forks);
    Map<String, Collection<BenchmarkResult>> benchmarks = benchmarks();
    for (String call : new String[] {"get", "list"}) {
      ListStatistics library = medians.get(call).get(0);
      ListStatistics bare = medians.get(call).get(1);
      String what = "(a) " + call + (call.equals("list") ? " of 10 links" : "");
      table.add(
          what + ", p50, " + forks + " forks, 95 %",
          interval("%.0f", library) + " µs",
          interval("%.0f", bare) + " µs",
          String.format(
              Locale.ROOT,
              "%.3f (%s µs)",
              library.getMean() / bare.getMean(),
              interval("%+.0f", medians.get(call).get(2))),
          call.equals("get") ? "≤ 1.05 or ≤ +150 µs" : "");
      double allocated = allocation(benchmarks.get(call + "Library"));
      double bareAllocated = allocation(benchmarks.get(call + "Bare"));
      table.add(
          what + ", allocation",
          Table.number(allocated / 1000) + " kB",
          Table.number(bareAllocated / 1000) + " kB",
          String.format(Locale.ROOT, "%+.1f kB", (allocated - bareAllocated) / 1000),
          call.equals("get") ? "≤ +24 kB" : "");
    }
  }

  /** For each call the forks' medians of the library, the bare SDK, and the pairs' differences. */
  private static Map<String, List<ListStatistics>> medians(int forks) throws Exception {
    Map<String, List<ListStatistics>> medians = new HashMap<>();
    for (int fork = 0; fork < forks; fork++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  CallPairs.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
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

  /** One fork is enough for the allocation, which hardly varies. */
  private static Map<String, Collection<BenchmarkResult>> benchmarks() throws RunnerException {
    Map<String, Collection<BenchmarkResult>> byName = new HashMap<>();
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(AwsCallBenchmark.class.getSimpleName())
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

  private static double allocation(Collection<BenchmarkResult> forks) {
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
