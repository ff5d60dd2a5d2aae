package io.privatelink4j.testing;

import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cloud allows as labels (tags) of an endpoint. Immutable. */
final class LabelRules {
  private final int perEndpoint;
  private final String tooManyCode;
  private final String badKeyCode;
  private final String badValueCode;
  private final Pattern key;
  private final Pattern value;
  private final Set<String> reserved;

  private LabelRules(
      int perEndpoint,
      String tooManyCode,
      String badKeyCode,
      String badValueCode,
      Pattern key,
      Pattern value,
      Set<String> reserved) {
    this.perEndpoint = perEndpoint;
    this.tooManyCode = tooManyCode;
    this.badKeyCode = badKeyCode;
    this.badValueCode = badValueCode;
    this.key = key;
    this.value = value;
    this.reserved = reserved;
  }

  static LabelRules aws() {
    return new LabelRules(
        50,
        "TagLimitExceeded",
        "InvalidTagKey.Malformed",
        "InvalidParameterValue",
        Pattern.compile("(?s).{1,127}"),
        Pattern.compile("(?s).{0,256}"),
        Set.of("aws:"));
  }

  static LabelRules alicloud(Assumptions assumptions) {
    return new LabelRules(
        20,
        "QuotaExceed.TagsPerResource",
        "IllegalTagKeyParam",
        "IllegalTagValueParam",
        Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}"),
        assumptions.hold(Assumption.LABEL_VALUE_LETTER_FIRST)
            ? Pattern.compile("([A-Za-z][A-Za-z0-9._-]{0,127})?")
            : Pattern.compile("[A-Za-z0-9._-]{0,128}"),
        Set.of("aliyun", "acs:"));
  }

  /** Checks the labels that an endpoint would have, of which some are new. */
  void check(Map<String, String> all, Map<String, String> fresh) {
    fresh.forEach(
        (freshKey, freshValue) -> {
          World.check(
              key.matcher(freshKey).matches() && !isReserved(freshKey),
              badKeyCode,
              "The tag key is not valid: " + freshKey);
          World.check(
              value.matcher(freshValue).matches() && !isReservedValue(freshValue),
              badValueCode,
              "The value of tag " + freshKey + " is not valid: " + freshValue);
        });
    if (all.size() > perEndpoint) {
      throw new RemoteException(
          ErrorKind.QUOTA, tooManyCode, "A resource has at most " + perEndpoint + " tags.");
    }
  }

  private boolean isReserved(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return reserved.stream().anyMatch(lower::startsWith);
  }

  /** AWS reserves its prefix in keys only. */
  private boolean isReservedValue(String text) {
    return !reserved.contains("aws:") && isReserved(text);
  }
}
