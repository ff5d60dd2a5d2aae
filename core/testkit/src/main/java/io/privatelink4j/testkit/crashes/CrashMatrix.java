package io.privatelink4j.testkit.crashes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a process leaves behind that dies at any of its remote calls, and what becomes of it when
 * another process goes on, as tests. A provider's test class extends this one, supplies a {@link
 * CrashCloud} and a table; nothing else is needed.
 *
 * <p>For each operation, for each of its calls, a process dies: once before the request is sent,
 * once after it was carried out. Nothing comes from it any more. What is in the cloud then, what
 * another process is answered that knows no more than ids, and what is in the cloud in the end is
 * compared with the table, which is written by thought and not by running anything. Besides, each
 * call is lost, on the way there and on the way back, to a process that lives. An operation that
 * makes other calls than the table says fails.
 *
 * <p>The table has a chapter for each operation; the chapters of processes that remember, and of
 * some repairs, can be left out. Its title has the operation and what there is before; then come
 * the columns' names, then a line for each remote call: its number, the driver's name for it, and
 *
 * <ul>
 *   <li><i>left</i>: what there is once it is carried out, and so what is left behind by a process
 *       that dies then; the line above tells of one that dies before;
 *   <li><i>lives</i>: what the operation answers if the process lives, but does not hear of the
 *       call: {@code ok}, or an exception without its last word, after which it is tried once more;
 *   <li>for each thing that the other process can do what there is in the end, and in brackets what
 *       it is answered if not {@code ok}; {@code later} if that is so only if it comes later.
 * </ul>
 *
 * <p>Two things with a slash between them are for a call that was not sent and one that was carried
 * out; a dash is for what is not tried, as the call changes nothing and the line above tells all.
 * The words: {@code link} is the connection's endpoint, {@code link-} one that is marked for
 * deletion; {@code attaching}, {@code attached} and {@code detaching} are labels of a domain,
 * {@code dangling} is an attached one that names no zone that is there; {@code zone:4} is a zone
 * that such a label knows, with four records that lead to the endpoint, and answers in the network;
 * {@code unbound:4} does not answer. {@code wrong}, {@code orphan} and {@code stranger} are never
 * right.
 *
 * <p>At the end one line tells how many crashes there were, and what was too much or missing after
 * all of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CrashMatrix {
  private final AtomicInteger points = new AtomicInteger();
  private final AtomicInteger orphans = new AtomicInteger();
  private final AtomicInteger duplicates = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final String title;
  private final List<Duration> delays;

  /**
   * For subclasses.
   *
   * @param title what the driver is called in the line at the end, and in the table's name: {@code
   *     crashes-<title>.txt}, a resource beside the subclass
   * @param delays how long after the crash the other process comes; each case is tried with each
   */
  protected CrashMatrix(String title, Duration... delays) {
    this.title = title;
    this.delays = List.of(delays);
  }

  /**
   * {@return an empty cloud} Called once per case, by several threads at a time; the matrix closes
   * it.
   */
  protected abstract CrashCloud openCloud();

  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  final Stream<DynamicNode> crashes() {
    return CrashTable.beside(getClass(), "crashes-" + title + ".txt").stream()
        .map(
            chapter ->
                dynamicContainer(
                    name(chapter.deed()), Stream.concat(calls(chapter), cases(chapter))));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private Stream<DynamicNode> calls(CrashTable.Chapter chapter) {
    return Stream.of(dynamicTest("makes the calls of the table", () -> undisturbed(chapter)));
  }

  private Stream<DynamicNode> cases(CrashTable.Chapter chapter) {
    List<DynamicNode> cases = new ArrayList<>();
    for (int call = 1; call <= chapter.rows().size(); call++) {
      for (Fate fate : Fate.values()) {
        cases.addAll(cases(chapter, call, fate));
      }
    }
    return cases.stream();
  }

  private List<DynamicTest> cases(CrashTable.Chapter chapter, int call, Fate fate) {
    CrashTable.Row row = chapter.rows().get(call - 1);
    String where = call + " " + row.call() + ", " + name(fate);
    if (!fate.isDeadly()) {
      return row
          .lives()
          .map(answers -> dynamicTest(where, () -> loss(chapter, call, fate, answers.after(fate))))
          .stream()
          .toList();
    }
    List<DynamicTest> cases = new ArrayList<>();
    row.sequels()
        .forEach(
            (sequel, outcomes) ->
                delays.forEach(
                    delay ->
                        cases.add(
                            dynamicTest(
                                where + ", then " + name(sequel) + " after " + delay,
                                () ->
                                    crash(
                                        new Crash(chapter, call, fate, sequel, delay),
                                        outcomes.after(fate))))));
    return cases;
  }

  /** What is tried. */
  private record Crash(
      CrashTable.Chapter chapter, int call, Fate fate, Sequel sequel, Duration delay) {
    Words left() {
      return chapter.left(call, fate);
    }
  }

  private void undisturbed(CrashTable.Chapter chapter) {
    try (Scene scene = new Scene(openCloud())) {
      ClientProcess process = scene.prepare(chapter.deed());
      assertThat(scene.words()).as("before").isEqualTo(chapter.before());
      process.meet(Fate.LOSES_REPLY, 0);

      String answer = scene.perform(chapter.deed(), process);

      assertThat(answer).isEqualTo(CrashTable.OK);
      assertThat(process.calls()).isEqualTo(chapter.calls());
      scene.calm();
      assertThat(scene.words()).as("at the end").isEqualTo(chapter.end());
    }
  }

  private void crash(Crash crash, CrashTable.Outcome expected) {
    Deed deed = crash.chapter.deed();
    try (Scene scene = new Scene(openCloud())) {
      ClientProcess process = scene.prepare(deed);
      process.meet(crash.fate, crash.call);

      assertThat(catchThrowable(() -> scene.perform(deed, process)))
          .isInstanceOf(ProcessDied.class);
      process.close();
      assertThat(process.calls()).isEqualTo(crash.chapter.calls().subList(0, crash.call));
      assertThat(scene.words()).as("left behind").isEqualTo(crash.left());
      scene.pass(crash.delay);

      String answer = scene.goOn(deed, crash.sequel);

      Words found = scene.words();
      count(found, expected.left());
      assertThat(found).as("in the end").isEqualTo(expected.left());
      assertThat(answer)
          .as("the other process is answered")
          .isEqualTo(expected.answer(!crash.delay.isZero()));
    }
  }

  private void count(Words found, Words expected) {
    points.incrementAndGet();
    for (String word : found.without(expected)) {
      (word.equals(Words.ORPHAN) ? orphans : duplicates).incrementAndGet();
    }
    lost.addAndGet(expected.without(found).size());
  }

  /** Who is told that nothing is known asks again. */
  private void loss(CrashTable.Chapter chapter, int call, Fate fate, String expected) {
    try (Scene scene = new Scene(openCloud())) {
      ClientProcess process = scene.prepare(chapter.deed());
      process.meet(fate, call);

      String answer = scene.perform(chapter.deed(), process);
      assertThat(process.calls())
          .startsWith(chapter.calls().subList(0, call).toArray(new String[0]));
      assertThat(answer).isEqualTo(expected);
      if (!answer.equals(CrashTable.OK)) {
        assertThat(scene.perform(chapter.deed(), process)).isEqualTo(CrashTable.OK);
      }

      scene.calm();
      assertThat(scene.words()).isEqualTo(chapter.end());
    }
  }

  @AfterAll
  final void report() {
    System.out.printf(
        Locale.ROOT,
        "crash matrix %s: %d points, %d orphans, %d duplicates, %d lost%n",
        title,
        points.get(),
        orphans.get(),
        duplicates.get(),
        lost.get());
  }
}
