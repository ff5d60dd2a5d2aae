package io.privatelink4j.aws;

import java.util.regex.Pattern;

/** Keeps what must not be seen out of messages: some of AWS's quote the request's signature. */
final class Redaction {
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(signature|credential|security-?token|session-?token|access-?_?key-?_?(?:id)?|secret\\w*)"
              + "(\\s*[=:]\\s*)[^\\s,;'\"&<>]+");
  private static final Pattern KEY_ID = Pattern.compile("\\bA[A-Z]IA[A-Z0-9]{12,}\\b");

  private Redaction() {}

  static String clean(String text) {
    return KEY_ID.matcher(NAMED.matcher(text).replaceAll("$1$2***")).replaceAll("***");
  }
}
