package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.FakeError.check;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A record of a private zone, and what may be one. */
record FakeRecord(
    long id,
    String rr,
    String type,
    String value,
    int ttl,
    int priority,
    String remark,
    String status) {
  private static final Set<Integer> TTLS = Set.of(5, 30, 60, 3_600, 43_200, 86_400);
  private static final Set<String> TYPES = Set.of("A", "AAAA", "CNAME", "TXT", "MX", "PTR", "SRV");
  private static final Pattern HOST =
      Pattern.compile(
          "(\\*|[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
  private static final Pattern NAME =
      Pattern.compile(
          "([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern REMARK = Pattern.compile("[\\p{IsAlphabetic}0-9_,.，。-]{0,50}");

  static FakeRecord of(long id, FakeRequest request, String status) {
    String rr = request.required("Rr").toLowerCase(Locale.ROOT);
    String type = request.required("Type").toUpperCase(Locale.ROOT);
    String value = request.required("Value");
    boolean named = type.equals("CNAME");
    FakeRecord record =
        new FakeRecord(
            id,
            rr,
            type,
            named ? FakePrivateZone.normal(value) : value,
            request.number("Ttl", 60, 5, 86_400, "InvalidParameter"),
            request.number("Priority", 0, 1, 99, "InvalidParameter"),
            request.parameter("Remark").orElse(""),
            status);
    record.checkForm();
    return record;
  }

  private void checkForm() {
    invalidUnless(TYPES.contains(type), "Type");
    invalidUnless(rr.equals("@") || (rr.length() <= 253 && HOST.matcher(rr).matches()), "Rr");
    invalidUnless(TTLS.contains(ttl), "Ttl");
    if (type.equals("CNAME")) {
      invalidUnless(value.length() <= 253 && NAME.matcher(value).matches(), "Value");
      invalidUnless(!rr.equals("@"), "Rr");
    } else if (type.equals("A")) {
      invalidUnless(ADDRESS.matcher(value).matches(), "Value");
    }
    checkRemark(remark);
  }

  private static void invalidUnless(boolean fine, String parameter) {
    check(fine, "InvalidParameter", "The specified value parameter is not valid: " + parameter);
  }

  static void checkRemark(String remark) {
    check(
        REMARK.matcher(remark).matches(),
        "Zone.Remark",
        "50  characters long.  It can only contain numbers,Chinese,English and  special"
            + " characters: _ - , . ，。");
  }

  /** A CNAME is alone at its host, and nothing is there twice. */
  void checkBeside(Collection<FakeRecord> others) {
    for (FakeRecord other : others) {
      boolean conflict =
          other.id != id
              && other.rr.equals(rr)
              && (type.equals("CNAME")
                  || other.type.equals("CNAME")
                  || (other.type.equals(type) && other.value.equals(value)));
      check(!conflict, "Record.Invalid.Conflict", "The record conflicts with another one.");
    }
  }

  FakeRecord withStatus(String next) {
    return new FakeRecord(id, rr, type, value, ttl, priority, remark, next);
  }

  FakeRecord withRemark(String next) {
    return new FakeRecord(id, rr, type, value, ttl, priority, next, status);
  }

  Map<String, Object> view(String zoneId) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("RecordId", id);
    view.put("ZoneId", zoneId);
    view.put("Rr", rr);
    view.put("Type", type);
    view.put("Value", value);
    view.put("Ttl", ttl);
    view.put("Status", status);
    view.put("Line", "default");
    view.put("Weight", 1);
    if (!remark.isEmpty()) {
      view.put("Remark", remark);
    }
    if (type.equals("MX")) {
      view.put("Priority", priority);
    }
    return view;
  }
}
