package io.privatelink4j.internal;

import java.util.Collection;

/** Makes text from outside fit for messages and logs. */
public final class Texts {
  private static final int LONGEST = 512;

  private Texts() {}

  /**
   * {@return the text with control characters escaped, cut at 512 code points} No line break, no
   * escape sequence and no flood gets into a log by way of a service's name or a cloud's message.
   *
   * @param text any text
   */
  public static String safe(String text) {
    if (text.length() <= LONGEST && isPrintableAscii(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(Math.min(text.length(), LONGEST));
    int written = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      String piece = isHarmless(c) ? Character.toString(c) : String.format("\\u%04x", c);
      written += piece.codePointCount(0, piece.length());
      if (written > LONGEST) {
        return out.append('…').toString();
      }
      out.append(piece);
    }
    return out.toString();
  }

  private static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return the texts in brackets, escaped and cut as one}
   *
   * @param texts any texts
   */
  public static String safe(Collection<String> texts) {
    return safe(texts.toString());
  }

  private static boolean isHarmless(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }
}
