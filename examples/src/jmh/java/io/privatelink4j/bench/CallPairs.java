package io.privatelink4j.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Makes each call through the library and by hand in turns, so that whatever slows the machine down
 * for longer than a call meets both. Prints a line for each row of the table: medians in
 * microseconds of the library, of the bare SDK, and of the differences of the pairs. The SDK's code
 * is both sides', so it is compiled sooner than the library's.
 */
public final class CallPairs {
  /** What only the first calls of a process do is over then. */
  private static final int START = 1_000;

  /** The JVM compiles a method for good after some five thousand calls, and then needs a while. */
  private static final int WARM_UP = 8_000;

  private CallPairs() {}

  /**
   * Runs.
   *
   * @param args the name of the cloud's {@link CallBenchmark}
   */
  public static void main(String[] args) {
    try {
      measure(
          Class.forName(args[0])
              .asSubclass(CallBenchmark.class)
              .getDeclaredConstructor()
              .newInstance());
      System.exit(0); // HTTP clients leave threads behind
    } catch (ReflectiveOperationException | RuntimeException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void measure(CallBenchmark calls) {
    calls.begin();
    String unused = medians(START, calls::getLibrary, calls::getBare);
    System.out.println("young-get " + medians(1_000, calls::getLibrary, calls::getBare));
    List<Supplier<?>> all =
        List.of(calls::getLibrary, calls::getBare, calls::listLibrary, calls::listBare);
    for (int i = 0; i < WARM_UP; i++) {
      for (Supplier<?> call : all) {
        Object unusedAnswer = call.get();
      }
    }
    System.out.println("get " + medians(2_000, calls::getLibrary, calls::getBare));
    System.out.println("list " + medians(2_000, calls::listLibrary, calls::listBare));
    calls.end();
  }

  private static String medians(int pairs, Supplier<?> library, Supplier<?> bare) {
    ListStatistics libraryTimes = new ListStatistics();
    ListStatistics bareTimes = new ListStatistics();
    ListStatistics differences = new ListStatistics();
    for (int pair = 0; pair < pairs; pair++) {
      boolean libraryFirst = pair % 2 == 0;
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
