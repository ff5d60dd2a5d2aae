package io.privatelink4j.aws;

import static io.privatelink4j.aws.FakeError.bad;
import static io.privatelink4j.aws.FakeError.check;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The filters of EC2's Describe calls: all of them must match, each by any of its values. */
final class FakeFilter {
  private FakeFilter() {}

  /**
   * What the request's filters let through.
   *
   * @param fields what can be filtered by, besides tags
   */
  static <T> Predicate<T> of(
      FakeRequest request,
      Map<String, Function<T, Collection<String>>> fields,
      Function<T, Map<String, String>> tags) {
    Predicate<T> wanted = each -> true;
    for (int i = 1; request.optional("Filter." + i + ".Name").isPresent(); i++) {
      List<String> values = request.requiredList("Filter." + i + ".Value");
      check(
          i <= 50 && values.size() <= 200 && values.stream().allMatch(v -> v.length() <= 255),
          "FilterLimitExceeded",
          "The request has too many filters or values.");
      Function<T, Collection<String>> field =
          field(request.required("Filter." + i + ".Name"), fields, tags);
      Predicate<String> any =
          values.stream().map(FakeFilter::wildcard).reduce(Predicate::or).orElseThrow();
      wanted = wanted.and(each -> field.apply(each).stream().anyMatch(any));
    }
    return wanted;
  }

  private static <T> Function<T, Collection<String>> field(
      String name,
      Map<String, Function<T, Collection<String>>> fields,
      Function<T, Map<String, String>> tags) {
    if (name.startsWith("tag:")) {
      String key = name.substring(4);
      return each -> {
        String value = tags.apply(each).get(key);
        return value == null ? List.of() : List.of(value);
      };
    }
    if (name.equals("tag-key")) {
      return each -> tags.apply(each).keySet();
    }
    Function<T, Collection<String>> field = fields.get(name);
    if (field == null) {
      throw bad("InvalidFilter", "The filter '" + name + "' is invalid");
    }
    return field;
  }

  /** {@code *} and {@code ?} are patterns unless a backslash stands before them. */
  static Predicate<String> wildcard(String value) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        i++;
        pattern.append(Pattern.quote(String.valueOf(value.charAt(i))));
      } else {
        pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(pattern.toString(), Pattern.DOTALL).asMatchPredicate();
  }
}
