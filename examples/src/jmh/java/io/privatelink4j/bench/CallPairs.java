package io.privatelink4j.bench;

import java.util.Locale;
import java.util.function.Supplier;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Makes each call through the library and by hand in turns, so that whatever slows the machine down
 * for longer than a call meets both. Prints a line for each kind of call: medians in microseconds
 * of the library, of the bare SDK, and of the differences of the pairs.
 */
public final class CallPairs {
  /** What starts a process is over; little is compiled for good yet. */
  private static final int YOUNG = 1_000;

  /** The JVM compiles a method for good after some five thousand calls, and then needs a while. */
  private static final int WARM_UP = 8_000;

  private static final int MEASURED = 2_000;

  private CallPairs() {}

  /**
   * Runs.
   *
   * @param args the name of the cloud's {@link CallBenchmark}
   * @throws ReflectiveOperationException if there is no such class
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    CallBenchmark calls =
        Class.forName(args[0])
            .asSubclass(CallBenchmark.class)
            .getDeclaredConstructor()
            .newInstance();
    calls.begin();
    String unused = medians(YOUNG, calls::getLibrary, calls::getBare);
    System.out.println("young-get " + medians(YOUNG, calls::getLibrary, calls::getBare));
    for (int i = 0; i < WARM_UP; i++) {
      unused = medians(1, calls::getLibrary, calls::getBare);
      unused = medians(1, calls::listLibrary, calls::listBare);
    }
    System.out.println("get " + medians(MEASURED, calls::getLibrary, calls::getBare));
    System.out.println("list " + medians(MEASURED, calls::listLibrary, calls::listBare));
    calls.end();
    System.exit(0); // HTTP clients leave threads behind
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
