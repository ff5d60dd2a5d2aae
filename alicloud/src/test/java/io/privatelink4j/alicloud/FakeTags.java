package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.FakeError.check;

import io.privatelink4j.testing.Assumption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What may be a tag. */
final class FakeTags {
  static final int MOST = 20;
  private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._-]{0,128}");
  private static final Pattern LETTER_FIRST = Pattern.compile("([A-Za-z][A-Za-z0-9._-]{0,127})?");

  private FakeTags() {}

  /** The tags {@code Tag.N} of a request to PrivateLink, by the narrowest of its rules. */
  static Map<String, String> given(FakeRequest request, FakeWorld world) {
    Pattern value = world.holds(Assumption.LABEL_VALUE_LETTER_FIRST) ? LETTER_FIRST : VALUE;
    return given(request, "Tag", KEY, value);
  }

  /** The tags of a request to PrivateZone, which says only what they cannot be. */
  static Map<String, String> ofZone(FakeRequest request) {
    return given(request, "Tag", Pattern.compile("(?s).{1,128}"), Pattern.compile("(?s).{0,128}"));
  }

  private static Map<String, String> given(
      FakeRequest request, String name, Pattern key, Pattern value) {
    Map<String, String> tags = new TreeMap<>();
    for (Map<String, String> each : request.elements(name)) {
      String tagKey = each.getOrDefault("Key", "");
      check(!tagKey.isEmpty(), "MissingTagKeyParam", "The tag key is empty.");
      check(each.containsKey("Value"), "MissingTagValueParam", "The tag value is empty.");
      checkPart(tagKey, key, "IllegalTagKeyParam", "IllegalTagKeyParam");
      checkPart(each.get("Value"), value, "IllegalTagValueParam", "The tag value is Illegal.");
      check(
          tags.put(tagKey, each.get("Value")) == null,
          "DuplicatedTagKey",
          "The tag keys is duplicated.");
    }
    check(
        tags.size() <= MOST,
        "QuotaExceed.TagsPerResource",
        "The maximum number of tags for each resource is exceeded");
    return tags;
  }

  private static void checkPart(String text, Pattern form, String code, String message) {
    String lower = text.toLowerCase(Locale.ROOT);
    check(
        form.matcher(text).matches()
            && !lower.startsWith("aliyun")
            && !lower.startsWith("acs:")
            && !lower.contains("http://")
            && !lower.contains("https://"),
        code,
        message);
  }

  /** The filter {@code name.N} of a request: all of them must be there, some with any value. */
  static boolean match(Map<String, String> tags, List<Map<String, String>> filter) {
    return filter.stream()
        .allMatch(
            each -> {
              String found = tags.get(each.getOrDefault("Key", ""));
              return found != null
                  && (!each.containsKey("Value") || found.equals(each.get("Value")));
            });
  }

  static List<Object> write(Map<String, String> tags) {
    List<Object> list = new ArrayList<>();
    new TreeMap<>(tags)
        .forEach(
            (key, value) -> {
              Map<String, Object> tag = new LinkedHashMap<>();
              tag.put("Key", key);
              tag.put("Value", value);
              list.add(tag);
            });
    return list;
  }

  /** One line of ListTagResources. */
  static Map<String, Object> line(String type, String resourceId, String key, String value) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("ResourceType", type);
    line.put("ResourceId", resourceId);
    line.put("TagKey", key);
    line.put("TagValue", value);
    return line;
  }
}
