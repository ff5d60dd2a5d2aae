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

  private Redaction() {}

  static String clean(String text) {
    String named = NAMED.matcher(text).replaceAll("$1$2***");
    String anonymous = USER_INFO.matcher(named).replaceAll("***");
    return KEY_ID.matcher(anonymous).replaceAll("***");
  }
}
