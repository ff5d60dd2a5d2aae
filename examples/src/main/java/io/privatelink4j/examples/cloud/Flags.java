package io.privatelink4j.examples.cloud;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Arguments of the form {@code --name value}. */
final class Flags {
  private final Map<String, String> values = new TreeMap<>();

  /**
   * Reads arguments.
   *
   * @param args names and values in turn
   * @param known the names that there are
   * @throws UsageException if a name is unknown, comes twice, or has no value
   */
  Flags(String[] args, Set<String> known) {
    for (int i = 0; i < args.length; i += 2) {
      String flag = args[i];
      if (!flag.startsWith("--") || !known.contains(flag.substring(2))) {
        throw new UsageException("there is no argument " + flag);
      }
      if (i + 1 == args.length || args[i + 1].startsWith("--") || args[i + 1].isBlank()) {
        throw new UsageException(flag + " needs a value");
      }
      if (values.put(flag.substring(2), args[i + 1]) != null) {
        throw new UsageException(flag + " is given twice");
      }
    }
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String required(String name) {
    return optional(name).orElseThrow(() -> new UsageException("--" + name + " is missing"));
  }

  List<String> requiredList(String name) {
    required(name);
    return list(name);
  }

  /** {@return the parts of a value that are separated by commas; none if it is not given} */
  List<String> list(String name) {
    List<String> items =
        optional(name).stream().flatMap(value -> Stream.of(value.split(",", -1))).toList();
    if (items.stream().anyMatch(String::isBlank)) {
      throw new UsageException("--" + name + " has an empty part; separate ids by single commas");
    }
    return items;
  }
}
