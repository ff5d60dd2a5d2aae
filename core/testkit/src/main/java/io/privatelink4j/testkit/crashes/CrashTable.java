package io.privatelink4j.testkit.crashes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What is expected of a cloud; see {@link CrashMatrix}. */
final class CrashTable {
  static final String OK = "ok";
  private static final String NOT_TRIED = "-";
  private static final String CHAPTER = "== ";

  private CrashTable() {}

  /**
   * What is expected of a deed.
   *
   * @param deed the deed
   * @param before what there is before its first call
   * @param rows one for each of its remote calls
   */
  record Chapter(Deed deed, Words before, List<Row> rows) {

    Chapter {
      for (int i = 0; i < rows.size(); i++) {
        checkTried(deed, rows.get(i), i == 0 ? before : rows.get(i - 1).left);
      }
    }

    /** The same again always is tried, and after a change everything, repair above all. */
    private static void checkTried(Deed deed, Row row, Words above) {
      boolean changes = !row.left.equals(above);
      boolean repaired = deed.isRepair() || row.sequels.containsKey(Sequel.REPAIR);
      if (!row.sequels.containsKey(Sequel.REPEAT) || (changes && !(row.whole && repaired))) {
        throw new IllegalArgumentException("not enough is tried: " + row);
      }
    }

    List<String> calls() {
      return rows.stream().map(Row::call).toList();
    }

    /** {@return what is left behind by a process that dies at the call} */
    Words left(int call, Fate fate) {
      int carriedOut = fate.isCarriedOut() ? call : call - 1;
      return carriedOut == 0 ? before : rows.get(carriedOut - 1).left;
    }

    Words end() {
      return rows.get(rows.size() - 1).left;
    }
  }

  /**
   * A remote call.
   *
   * @param call the driver's name for it
   * @param left what there is when it is carried out
   * @param lives what the operation answers if the process lives
   * @param sequels what there is, and what the other process is answered, if the process dies
   * @param whole whether nothing is left out
   */
  record Row(
      String call,
      Words left,
      Optional<Either<String>> lives,
      Map<Sequel, Either<Outcome>> sequels,
      boolean whole) {}

  /**
   * What there is in the end.
   *
   * @param left in the cloud
   * @param answer what the other process is answered
   * @param answerLater if it comes a minute later
   */
  record Outcome(Words left, String answer, String answerLater) {
    private static final String LATER = " later";

    static Outcome parse(String text) {
      int bracket = text.indexOf('(');
      if (bracket < 0) {
        return new Outcome(Words.parse(text), OK, OK);
      }
      String answer = OK;
      Optional<String> later = Optional.empty();
      for (String each : text.substring(bracket + 1, text.indexOf(')')).split(", ", -1)) {
        if (each.endsWith(LATER)) {
          later = Optional.of(each.substring(0, each.length() - LATER.length()));
        } else {
          answer = each;
        }
      }
      return new Outcome(Words.parse(text.substring(0, bracket)), answer, later.orElse(answer));
    }

    String answer(boolean later) {
      return later ? answerLater : answer;
    }
  }

  /** One thing if the call was carried out, another or the same if it was not. */
  record Either<T>(T notSent, T carriedOut) {
    T after(Fate fate) {
      return fate.isCarriedOut() ? carriedOut : notSent;
    }
  }

  /** {@return the table beside a class} It has a chapter for each deed that is required. */
  static List<Chapter> beside(Class<?> owner, String name) {
    List<Chapter> chapters = read(owner, name);
    Set<Deed> missing = EnumSet.allOf(Deed.class);
    missing.removeIf(deed -> !deed.isRequired());
    chapters.forEach(chapter -> missing.remove(chapter.deed));
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(name + " has no chapters for " + missing);
    }
    return chapters;
  }

  private static List<Chapter> read(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^" + CHAPTER, -1))
          .skip(1)
          .map(CrashTable::chapter)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Chapter chapter(String text) {
    List<String> lines =
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    List<String> title = cells(lines.get(0));
    List<String> columns = cells(lines.get(1));
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(2, lines.size())) {
      rows.add(row(rows.size() + 1, columns, cells(line)));
    }
    return new Chapter(
        constant(Deed.class, title.get(0)), Words.parse(title.get(1)), List.copyOf(rows));
  }

  private static Row row(int number, List<String> columns, List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(columns + " and " + cells + " are not as many");
    }
    Map<Sequel, Either<Outcome>> sequels = new EnumMap<>(Sequel.class);
    for (int i = 3; i < cells.size(); i++) {
      Optional<Either<Outcome>> outcomes =
          either(cells.get(i))
              .map(
                  texts ->
                      new Either<>(Outcome.parse(texts.notSent), Outcome.parse(texts.carriedOut)));
      Sequel sequel = constant(Sequel.class, columns.get(i));
      outcomes.ifPresent(each -> sequels.put(sequel, each));
    }
    String[] call = cells.get(0).split(" +", -1);
    if (Integer.parseInt(call[0]) != number) {
      throw new IllegalArgumentException(cells + " should be call " + number);
    }
    return new Row(
        call[1],
        Words.parse(cells.get(1)),
        either(cells.get(2)),
        sequels,
        !cells.contains(NOT_TRIED));
  }

  private static Optional<Either<String>> either(String cell) {
    String[] both = cell.split(" / ", -1);
    return cell.equals(NOT_TRIED)
        ? Optional.empty()
        : Optional.of(new Either<>(both[0].strip(), both[both.length - 1].strip()));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace(' ', '_'));
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
  }
}
