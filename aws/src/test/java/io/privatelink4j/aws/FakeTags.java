package io.privatelink4j.aws;

import static io.privatelink4j.aws.FakeError.check;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** EC2's tags in requests, and their limits. */
final class FakeTags {
  private FakeTags() {}

  /** The tags of a new endpoint. */
  static Map<String, String> specified(FakeRequest request) {
    if (!request.parameters().containsKey("TagSpecification.1.ResourceType")) {
      return Map.of();
    }
    check(
        !request.parameters().containsKey("TagSpecification.2.ResourceType")
            && request.required("TagSpecification.1.ResourceType").equals("vpc-endpoint"),
        "InvalidParameterValue",
        "Only a vpc-endpoint, and it once, can be tagged by this operation.");
    return required(request, "TagSpecification.1.Tag");
  }

  static Map<String, String> required(FakeRequest request, String prefix) {
    Map<String, String> tags = new TreeMap<>();
    given(request, prefix).forEach((key, value) -> tags.put(key, value.orElse("")));
    check(!tags.isEmpty(), "MissingParameter", "The request must contain " + prefix);
    return tags;
  }

  /** With the value, if one is given: none is something else than an empty one. */
  static Map<String, Optional<String>> given(FakeRequest request, String prefix) {
    Map<String, Optional<String>> tags = new LinkedHashMap<>();
    for (int i = 1; request.parameters().containsKey(prefix + "." + i + ".Key"); i++) {
      String key = request.parameters().get(prefix + "." + i + ".Key");
      check(
          !tags.containsKey(key),
          "InvalidParameterValue",
          "Duplicate tag key '" + key + "' specified.");
      tags.put(key, Optional.ofNullable(request.parameters().get(prefix + "." + i + ".Value")));
    }
    check(tags.size() <= 1_000, "InvalidParameterValue", "At most 1000 tags.");
    return tags;
  }

  static void checkLimits(Map<String, String> fresh, Map<String, String> all) {
    fresh.forEach(
        (key, value) -> {
          check(
              !key.isEmpty()
                  && length(key) <= 127
                  && !key.toLowerCase(Locale.ROOT).startsWith("aws:"),
              "InvalidTagKey.Malformed",
              "The tag key is not valid: " + key);
          check(length(value) <= 256, "InvalidParameterValue", "Tag value exceeds 256.");
        });
    check(all.size() <= 50, "TagLimitExceeded", "A resource has at most 50 tags.");
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
