package io.privatelink4j.examples.cloud;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people type them. */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})([smh])");

  private DurationText() {}

  /**
   * {@return the duration}
   *
   * @param what what it is called, for the message
   * @param text such as {@code 90s}, {@code 30m} or {@code 2h}
   * @throws IllegalArgumentException if it is nothing of the kind
   */
  public static Duration parse(String what, String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          what + " is a number with s, m or h, such as 30m, not " + text);
    }
    return Duration.parse("PT" + matcher.group().toUpperCase(Locale.ROOT));
  }
}
