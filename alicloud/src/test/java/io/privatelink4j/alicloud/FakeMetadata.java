package io.privatelink4j.alicloud;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which parameters an action has, as Alibaba Cloud publishes it. */
final class FakeMetadata {
  private static final Map<String, Optional<FakeMetadata>> READ = new ConcurrentHashMap<>();
  private static final Pattern ELEMENT = Pattern.compile("([^.]+)\\.(\\d+)(?:\\.([^.]+))?");

  private final Map<String, Parameter> parameters = new TreeMap<>();

  private FakeMetadata(Action action) {
    action.parameters().forEach(each -> parameters.put(each.name(), each));
  }

  /** Empty if the product has no such action. */
  static Optional<FakeMetadata> of(String product, String action) {
    return READ.computeIfAbsent(product + "/" + action, FakeMetadata::read);
  }

  private static Optional<FakeMetadata> read(String what) {
    if (!what.matches("[a-z]+/[A-Za-z]+")) {
      return Optional.empty();
    }
    String file = "/alicloud-api/" + what + ".json";
    try (InputStream in = FakeMetadata.class.getResourceAsStream(file)) {
      return in == null
          ? Optional.empty()
          : Optional.of(
              new FakeMetadata(
                  new Gson()
                      .fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), Action.class)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses a parameter that the action does not have, and misses those that it needs. */
  void check(FakeRequest request) {
    Set<String> given = new TreeSet<>();
    Map<String, Set<Integer>> numbers = new TreeMap<>();
    request
        .parameters()
        .forEach((name, value) -> given.add(checkKnown(request.product(), name, value, numbers)));
    numbers.forEach(
        (name, places) ->
            FakeError.check(
                places.contains(1) && places.size() == ((TreeSet<Integer>) places).last(),
                "InvalidParameter",
                name + " is numbered from 1 without gaps, not " + places + "."));
    for (Parameter each : parameters.values()) {
      FakeError.check(
          !each.required() || given.contains(each.name()),
          "Missing" + each.name(),
          each.name() + " is mandatory for this action.");
    }
  }

  /** {@return the parameter's name without number} A region is no harm to any action. */
  private String checkKnown(
      String product, String name, String value, Map<String, Set<Integer>> numbers) {
    Parameter parameter = parameters.get(name);
    if (parameter != null && !parameter.repeated()) {
      checkType(product, parameter, value);
      // A blank value counts as none.
      return value.isEmpty() ? "" : name;
    }
    if (name.equals("RegionId")) {
      return name;
    }
    Matcher element = ELEMENT.matcher(name);
    FakeError.check(
        element.matches()
            && parameters.containsKey(element.group(1))
            && parameters.get(element.group(1)).allows(Optional.ofNullable(element.group(3))),
        "UnsupportedParameter",
        "The parameter " + name + " is not supported.");
    numbers
        .computeIfAbsent(element.group(1), key -> new TreeSet<>())
        .add(Integer.parseInt(element.group(2)));
    return element.group(1);
  }

  private static void checkType(String product, Parameter parameter, String value) {
    boolean fine =
        value.isEmpty()
            || switch (parameter.type()) {
              case "Boolean" -> value.equals("true") || value.equals("false");
              case "Integer", "Long" -> value.matches("-?\\d{1,18}");
              default -> true;
            };
    FakeError.check(
        fine,
        product.equals("privatelink")
            ? "IllegalParamFormat." + parameter.name()
            : product.equals("pvtz") ? "InvalidParameter" : "Invalid" + parameter.name(),
        "The param format of " + parameter.name() + " is illegal.");
  }

  private record Action(List<Parameter> parameters) {}

  private record Parameter(
      String name, String type, boolean required, List<Parameter> sub_parameters) {
    boolean repeated() {
      return type.equals("RepeatList") || type.equals("Array");
    }

    /** For an array the elements' own names are not published; only tags have any. */
    boolean allows(Optional<String> sub) {
      if (!repeated()) {
        return false;
      }
      if (type.equals("Array")) {
        return name.equals("Tag") ? Set.of("Key", "Value").contains(sub.orElse("")) : sub.isEmpty();
      }
      return sub_parameters == null
          ? sub.isEmpty()
          : sub.isPresent()
              && sub_parameters.stream().anyMatch(each -> each.name.equals(sub.get()));
    }
  }
}
