package io.privatelink4j.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Makes each call through the library and by hand in turns, so that whatever slows the machine down
 * for longer than a call meets both. Prints a line for each kind of call: medians in microseconds
 * of the library, of the bare SDK, and of the differences of the pairs.
 */
public final class CallPairs {
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration MEASURED = Duration.ofSeconds(6);

  private CallPairs() {}

  /**
   * Runs.
   *
   * @param args none
   */
  public static void main(String[] args) {
    AwsCallBenchmark calls = new AwsCallBenchmark();
    calls.begin();
    measure("get", calls::getLibrary, calls::getBare);
    measure("list", calls::listLibrary, calls::listBare);
    calls.end();
    System.exit(0); // HTTP clients leave threads behind
  }

  private static void measure(String name, Supplier<?> library, Supplier<?> bare) {
    String unused = medians(WARM_UP, library, bare);
    System.out.println(name + " " + medians(MEASURED, library, bare));
  }

  private static String medians(Duration length, Supplier<?> library, Supplier<?> bare) {
    ListStatistics libraryTimes = new ListStatistics();
    ListStatistics bareTimes = new ListStatistics();
    ListStatistics differences = new ListStatistics();
    long end = System.nanoTime() + length.toNanos();
    for (boolean libraryFirst = true; System.nanoTime() < end; libraryFirst = !libraryFirst) {
      double first = micros(libraryFirst ? library : bare);
      double second = micros(libraryFirst ? bare : library);
      libraryTimes.addValue(libraryFirst ? first : second);
      bareTimes.addValue(libraryFirst ? second : first);
      differences.addValue(libraryFirst ? first - second : second - first);
    }
    return String.format(
        Locale.ROOT,
        "%.1f %.1f %.1f",
        libraryTimes.getPercentile(50),
        bareTimes.getPercentile(50),
        differences.getPercentile(50));
  }

  private static double micros(Supplier<?> call) {
    long start = System.nanoTime();
    if (call.get() == null) {
      throw new IllegalStateException("no answer");
    }
    return (System.nanoTime() - start) / 1e3;
  }
}
