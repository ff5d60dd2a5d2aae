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
      labels.put(
          key + "64." + piece,
          "b" + encoded.substring(from, Math.min(encoded.length(), from + PIECE)));
    }
  }

  /** {@return the text; empty if it is not there or was damaged} */
  static Optional<String> read(String key, Map<String, String> labels) {
    String plain = labels.get(key);
    if (plain != null) {
      return Optional.of(plain);
    }
    StringBuilder encoded = new StringBuilder();
    for (int piece = 1; labels.containsKey(key + "64." + piece); piece++) {
      String value = labels.getOrDefault(key + "64." + piece, "");
      if (!value.startsWith("b")) {
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
