package io.privatelink4j.testkit.hostile;

import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Says what is wrong with what came of an answer. */
final class Judge {
  private static final int MOST_TEXT = 10_000;
  private static final Duration HANGING = Duration.ofSeconds(25);

  private final List<String> hidden;

  /**
   * @param hidden what no message may tell
   */
  Judge(List<String> hidden) {
    this.hidden = hidden;
  }

  /**
   * What came of an answer.
   *
   * @param outcome in a word, to be counted
   * @param complaint what is wrong with it, if anything is
   */
  record Verdict(String outcome, Optional<String> complaint) {
    static Verdict fine(String outcome) {
      return new Verdict(outcome, Optional.empty());
    }

    static Verdict wrong(String outcome, String complaint) {
      return new Verdict(outcome, Optional.of(complaint));
    }
  }

  Verdict ofDriver(HostileCall call, HostileAnswer answer, Supplier<Object> made) {
    long start = System.nanoTime();
    Object value;
    try {
      value = made.get();
    } catch (RemoteException e) {
      return took(start, ofFailure(call, answer, e));
    } catch (Throwable e) {
      return Verdict.wrong(e.getClass().getSimpleName(), "threw " + shown(e));
    }
    return took(start, ofValue(value));
  }

  private static Verdict took(long start, Verdict verdict) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return took.compareTo(HANGING) > 0 ? Verdict.wrong(verdict.outcome(), "took " + took) : verdict;
  }

  private Verdict ofFailure(HostileCall call, HostileAnswer answer, RemoteException failure) {
    String outcome = failure.kind().name();
    boolean possible =
        answer.isSuccess()
            ? failure.kind() == call.notUnderstood()
            : call.write() || failure.kind() != ErrorKind.OUTCOME_UNKNOWN;
    if (!possible) {
      return Verdict.wrong(outcome, "means " + failure.kind() + ": " + shown(failure));
    }
    return new Verdict(outcome, inTexts(failure));
  }

  /** {@return what is wrong with the texts of a failure} */
  private Optional<String> inTexts(RemoteException failure) {
    if (failure.getCause() != null) {
      return Optional.of("has a cause: " + failure.getCause());
    }
    if (failure.retryAfter().filter(after -> after.isNegative()).isPresent()) {
      return Optional.of("asks to wait a negative time");
    }
    return Stream.of(
            Stream.of(String.valueOf(failure.getMessage()), failure.code()),
            failure.requestId().stream(),
            failure.permission().stream())
        .flatMap(texts -> texts)
        .flatMap(text -> inText(text).stream())
        .findFirst();
  }

  private Optional<String> inText(String text) {
    if (text.length() >= MOST_TEXT) {
      return Optional.of("a text of " + text.length() + " characters: " + shown(text));
    }
    if (text.chars().anyMatch(Judge::isControl)) {
      return Optional.of("a control character: " + shown(text));
    }
    return hidden.stream()
        .filter(text::contains)
        .findFirst()
        .map(secret -> "tells " + secret + ": " + shown(text));
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.LINE_SEPARATOR
        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
  }

  /** Driver's values hold the cloud's words as they came. */
  private Verdict ofValue(Object value) {
    if (value == null) {
      return Verdict.wrong("value", "gave null");
    }
    String text;
    try {
      text = value.toString() + value.hashCode();
    } catch (RuntimeException e) {
      return Verdict.wrong("value", "the value is broken: " + shown(e));
    }
    if (text.contains(hidden.get(hidden.size() - 1))) {
      return Verdict.wrong("value", "the value has what an entity led to");
    }
    if (value instanceof Map<?, ?> failures) {
      Optional<String> wrong =
          failures.values().stream()
              .filter(RemoteException.class::isInstance)
              .flatMap(failure -> inTexts((RemoteException) failure).stream())
              .findFirst();
      return new Verdict("value", wrong);
    }
    return Verdict.fine("value");
  }

  Verdict ofClient(Supplier<Object> made) {
    Object value;
    try {
      value = made.get();
    } catch (PrivateLinkException e) {
      return new Verdict(e.getClass().getSimpleName(), inText(String.valueOf(e.getMessage())));
    } catch (Throwable e) {
      return Verdict.wrong(e.getClass().getSimpleName(), "threw " + shown(e));
    }
    return new Verdict(
        "model", ForPeople.textsOf(value).flatMap(text -> inText(text).stream()).findFirst());
  }

  private static String shown(Throwable e) {
    StringBuilder text = new StringBuilder(shown(e.toString()));
    Stream.of(e.getStackTrace())
        .limit(12)
        .forEach(frame -> text.append("\n      at ").append(frame));
    return text.toString();
  }

  private static String shown(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "...";
  }
}
