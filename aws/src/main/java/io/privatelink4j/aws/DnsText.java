package io.privatelink4j.aws;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Route 53 writes names and ids, and how the library does. */
final class DnsText {
  /** What a host is called that is the apex itself. */
  static final String APEX = "@";

  private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

  private DnsText() {}

  /** {@return the name in lower case, without trailing dot and octal escapes} */
  static String normal(String name) {
    String stripped = name.strip();
    String plain = stripped.indexOf('\\') < 0 ? stripped : unescaped(stripped);
    String lower = plain.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String unescaped(String name) {
    return OCTAL
        .matcher(name)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(match.group(1), 8))));
  }

  /** {@return the full name of a host below an apex, as requests want it} */
  static String name(String host, String apex) {
    return normal(host) + "." + normal(apex) + ".";
  }

  /** {@return the part of a name below the apex; the apex itself is {@link #APEX}} */
  static String host(String name, String apex) {
    String full = normal(name);
    String suffix = "." + normal(apex);
    if (full.endsWith(suffix)) {
      return full.substring(0, full.length() - suffix.length());
    }
    return full.equals(normal(apex)) ? APEX : full;
  }

  /** {@return the id without the path that some answers put before it} */
  static String id(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
