package io.privatelink4j.alicloud;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Keeps what must not be seen out of messages. With the default signature every secret but the
 * access key's own travels in the URL, so no query ever stays in a text.
 */
final class Redaction {
  private static final String HIDDEN = "***";
  private static final Pattern QUERY =
      Pattern.compile("(?i)(https?://[^\\s?\"'<>]*)\\?[^\\s\"'<>]*");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(signature|credential|security-?_?token|session-?_?token|bearer-?_?token|access-?_?key-?_?(?:id|secret)?"
              + "|secret\\w*|authorization|password)"
              + "([\"']?\\s*(?:=|:|%3D|%253D)\\s*[\"']?)(?:(?:bearer|basic|ACS3-HMAC-SHA256)\\s+)?[^\\s,;'\"&<>]+");
  private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/@\\s]+(?=@)");
  private static final Pattern KEY_ID =
      Pattern.compile("\\bLTAI[A-Za-z0-9]{8,}|\\bSTS\\.[A-Za-z0-9]{8,}");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0080-\u009f\u2028\u2029]");

  /** Nobody reads more, and searching it would take long. */
  private static final int MOST_TEXT = 4_096;

  private Redaction() {}

  /**
   * {@return the beginning of the text on one line, without what looks like a secret, and without
   * the given ones}
   */
  static String clean(String text, Collection<String> secrets) {
    String clean = text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
    for (String secret : secrets) {
      if (!secret.isBlank()) {
        clean =
            clean
                .replace(secret, HIDDEN)
                .replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), HIDDEN);
      }
    }
    clean = QUERY.matcher(clean).replaceAll("$1?" + HIDDEN);
    clean = NAMED.matcher(clean).replaceAll("$1$2" + HIDDEN);
    clean = USER_INFO.matcher(clean).replaceAll(HIDDEN);
    clean = KEY_ID.matcher(clean).replaceAll(HIDDEN);
    return CONTROL.matcher(clean).replaceAll(" ");
  }
}
