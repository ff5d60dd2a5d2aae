package io.privatelink4j.examples.openapi;

import java.util.stream.Collectors;

/** Makes text of others fit for a terminal and for messages. */
public final class Text {
  private Text() {}

  /**
   * {@return the text with all that could move a cursor or turn a line around escaped}
   *
   * @param text a name that somebody chose
   */
  public static String safe(String text) {
    return text.codePoints()
        .mapToObj(c -> isVisible(c) ? Character.toString(c) : "\\u%04x".formatted(c))
        .collect(Collectors.joining());
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
