package io.privatelink4j.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.openjdk.jmh.util.Statistics;

/** (a) Latency and allocation of a call. */
final class Latencies {
  private Latencies() {}

  static void measure(Table table, int forks) throws RunnerException {
    Map<String, List<BenchmarkResult>> byName = new HashMap<>();
    // A fork of each in turn, so that a busy hour of the machine meets both sides.
    for (int fork = 0; fork < forks; fork++) {
      for (RunResult result : runOnce()) {
        String name = result.getParams().getBenchmark();
        byName
            .computeIfAbsent(name.substring(name.lastIndexOf('.') + 1), same -> new ArrayList<>())
            .addAll(result.getBenchmarkResults());
      }
    }
    for (String call : new String[] {"get", "list"}) {
      List<BenchmarkResult> library = byName.get(call + "Library");
      List<BenchmarkResult> bare = byName.get(call + "Bare");
      Statistics libraryMedians = medians(library);
      Statistics bareMedians = medians(bare);
      String what = "(a) " + call + (call.equals("list") ? " of 10 links" : "");
      double more = libraryMedians.getMean() - bareMedians.getMean();
      table.add(
          what + ", p50, " + forks + " forks, 95 %",
          interval(libraryMedians),
          interval(bareMedians),
          String.format(
              Locale.ROOT,
              "%.3f (%+.0f µs)",
              libraryMedians.getMean() / bareMedians.getMean(),
              more),
          call.equals("get") ? "≤ 1.05 or ≤ +150 µs" : "");
      double allocated = allocation(library);
      double bareAllocated = allocation(bare);
      table.add(
          what + ", allocation",
          Table.number(allocated / 1000) + " kB",
          Table.number(bareAllocated / 1000) + " kB",
          String.format(Locale.ROOT, "%+.1f kB", (allocated - bareAllocated) / 1000),
          call.equals("get") ? "≤ +24 kB" : "");
    }
  }

  private static Collection<RunResult> runOnce() throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(AwsCallBenchmark.class.getSimpleName())
                .forks(1)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }

  /** The medians of the forks, as one fork's samples are no independent ones. */
  private static Statistics medians(List<BenchmarkResult> forks) {
    ListStatistics medians = new ListStatistics();
    for (BenchmarkResult fork : forks) {
      medians.addValue(fork.getPrimaryResult().getStatistics().getPercentile(50));
    }
    return medians;
  }

  private static String interval(Statistics medians) {
    return medians.getN() < 3
        ? Table.number(medians.getMean()) + " µs"
        : String.format(
            Locale.ROOT, "%.0f ± %.0f µs", medians.getMean(), medians.getMeanErrorAt(0.95));
  }

  private static double allocation(List<BenchmarkResult> forks) {
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
