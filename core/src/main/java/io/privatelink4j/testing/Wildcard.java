package io.privatelink4j.testing;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The patterns that AWS makes of filter values: {@code *} and {@code ?}, quoted by a backslash. */
final class Wildcard {
  private Wildcard() {}

  static Predicate<String> of(String value) {
    if (value.chars().noneMatch(c -> c == '*' || c == '?' || c == '\\')) {
      return value::equals;
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else {
        if (c == '\\' && i + 1 < value.length()) {
          i++;
        }
        regex.append(Pattern.quote(value.substring(i, i + 1)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
  }
}
