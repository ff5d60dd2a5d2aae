package io.privatelink4j.alicloud;

import java.util.Locale;

/** How names are written: without trailing dot. */
final class DnsText {
  private DnsText() {}

  static String normal(String name) {
    return withoutDot(name.strip()).toLowerCase(Locale.ROOT);
  }

  static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
