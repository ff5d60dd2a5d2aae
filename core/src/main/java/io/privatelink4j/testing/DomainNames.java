package io.privatelink4j.testing;

import java.util.Locale;
import java.util.regex.Pattern;

/** Domain names: lower case, without a trailing dot. */
final class DomainNames {
  private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern HOST = Pattern.compile("(?:\\*|" + LABEL + ")(?:\\." + LABEL + ")*");
  private static final int LONGEST = 253;

  private DomainNames() {}

  static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** {@return whether it is a full name, normalised} */
  static boolean isName(String name) {
    return name.length() <= LONGEST && NAME.matcher(name).matches();
  }

  /** {@return whether it is a name below an apex, perhaps beginning with a wildcard} */
  static boolean isHost(String host) {
    return HOST.matcher(host).matches();
  }

  static boolean isAtOrBelow(String name, String apex) {
    return name.equals(apex) || name.endsWith("." + apex);
  }

  /** {@return the name without its first label; empty at the end} */
  static String parent(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }
}
