package io.privatelink4j.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Puts any text into labels, whose values may hold {@code A-Z a-z 0-9 . _ -} only: readable as it
 * is under {@code <key>} where it fits, else as base64url of its UTF-8 bytes in pieces under {@code
 * <key>64.1}, {@code <key>64.2}, ….
 */
final class LedgerText {
  static final int LONGEST_VALUE = 128;

  /** Clouds refuse values that begin with a name of their own; tools expect a letter first. */
  private static final Pattern PLAIN =
      Pattern.compile("(?i)(?!aliyun|acs|aws)[a-z][a-z0-9._-]{0,127}");

  private static final int PIECE = LONGEST_VALUE - 1;

  /**
   * Each piece begins with a letter that tells whether it is the last, so that a lost one shows.
   */
  private static final String CONTINUED = "c";

  private static final String LAST = "b";

  private LedgerText() {}

  static void write(String key, String text, Map<String, String> labels) {
    if (PLAIN.matcher(text).matches()) {
      labels.put(key, text);
      return;
    }
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    for (int piece = 1, from = 0; from < encoded.length(); piece++, from += PIECE) {
      int to = Math.min(encoded.length(), from + PIECE);
      String mark = to < encoded.length() ? CONTINUED : LAST;
      labels.put(key + "64." + piece, mark + encoded.substring(from, to));
    }
  }

  /** {@return the text; empty if it is not there or was damaged} */
  static Optional<String> read(String key, Map<String, String> labels) {
    String plain = labels.get(key);
    if (plain != null) {
      return Optional.of(plain);
    }
    StringBuilder encoded = new StringBuilder();
    boolean ended = false;
    for (int piece = 1; !ended; piece++) {
      String value = labels.getOrDefault(key + "64." + piece, "");
      ended = value.startsWith(LAST);
      if (!ended && !value.startsWith(CONTINUED)) {
        return Optional.empty();
      }
      encoded.append(value, 1, value.length());
    }
    if (encoded.length() == 0) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(encoded.toString());
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
