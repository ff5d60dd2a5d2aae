package io.privatelink4j.aws;

import java.util.regex.Pattern;

/** Keeps what must not be seen out of messages: some of AWS's quote the request's signature. */
final class Redaction {
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(signature|credential|security-?_?token|session-?_?token|access-?_?key-?_?(?:id)?|secret\\w*"
              + "|authorization|password)"
              + "([\"']?\\s*(?:=|:|%3D)\\s*[\"']?)(?:(?:bearer|basic|AWS4-HMAC-SHA256)\\s+)?[^\\s,;'\"&<>]+");
  private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/@\\s]+(?=@)");
  private static final Pattern KEY_ID = Pattern.compile("\\bA[A-Z]IA[A-Z0-9]{12,}\\b");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0080-\u009f\u2028\u2029]");

  /** Nobody reads more, and searching it would take long. */
  private static final int MOST_TEXT = 4_096;

  private Redaction() {}

  /** {@return the beginning of the text on one line, without what looks like a secret} */
  static String clean(String text) {
    String named = NAMED.matcher(cut(text)).replaceAll("$1$2***");
    String anonymous = USER_INFO.matcher(named).replaceAll("***");
    String keyless = KEY_ID.matcher(anonymous).replaceAll("***");
    return CONTROL.matcher(keyless).replaceAll(" ");
  }

  static String cut(String text) {
    return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
  }
}
