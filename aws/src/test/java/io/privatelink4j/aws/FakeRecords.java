package io.privatelink4j.aws;

import static io.privatelink4j.aws.FakeError.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** The records of one zone; a batch of changes is carried out as a whole or not at all. */
final class FakeRecords {
  private static final Set<String> TYPES = Set.of("A", "AAAA", "CNAME", "TXT");

  private final String apex;
  private NavigableMap<String, Row> rows = new TreeMap<>();

  FakeRecords(String apex) {
    this.apex = apex;
    put(rows, new Row(apex, "NS", 172_800, List.of("ns-0.awsdns-00.com.")));
    put(
        rows,
        new Row(
            apex,
            "SOA",
            900,
            List.of("ns-0.awsdns-00.com. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400")));
  }

  private static void put(NavigableMap<String, Row> rows, Row row) {
    rows.put(key(row.name, row.type), row);
  }

  /** By name from the right, the dot at the end included, then by type. */
  static String key(String name, String type) {
    return reversed(name) + ". " + type;
  }

  static String reversed(String name) {
    List<String> labels = new ArrayList<>(Arrays.asList(name.split("\\.", -1)));
    Collections.reverse(labels);
    return String.join(".", labels);
  }

  static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replace("\\052", "*");
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  int count() {
    return rows.size();
  }

  List<Row> from(String key) {
    return List.copyOf(rows.tailMap(key, true).values());
  }

  boolean onlyRequired() {
    return rows.values().stream().allMatch(this::isRequired);
  }

  private boolean isRequired(Row row) {
    return row.name.equals(apex) && Set.of("NS", "SOA").contains(row.type);
  }

  /** The records that somebody put there, which have one value each. */
  Map<String, String> targetsByHost() {
    return rows.values().stream()
        .filter(row -> !isRequired(row))
        .collect(
            Collectors.toMap(
                row -> row.name.substring(0, row.name.length() - apex.length() - 1),
                row -> normal(row.values.get(0))));
  }

  void change(List<Element> changes) {
    List<Change> batch = changes.stream().map(this::read).toList();
    checkSize(batch);
    NavigableMap<String, Row> result = new TreeMap<>(rows);
    List<String> wrong = new ArrayList<>();
    for (Change change : batch) {
      problem(change, result).ifPresent(wrong::add);
      if (change.action.equals("DELETE")) {
        result.remove(key(change.row.name, change.row.type));
      } else {
        put(result, change.row);
      }
    }
    if (!wrong.isEmpty()) {
      throw new FakeError(wrong);
    }
    rows = result;
  }

  private Change read(Element change) {
    FakeRequest.checkChildren(change, "Action", "ResourceRecordSet");
    String action = FakeRequest.text(change, "Action");
    check(
        Set.of("CREATE", "DELETE", "UPSERT").contains(action),
        "InvalidInput",
        "No action " + action);
    return new Change(action, row(FakeRequest.child(change, "ResourceRecordSet")));
  }

  /** Aliases and routing policies are not offered, so they are refused as unknown. */
  private Row row(Element set) {
    FakeRequest.checkChildren(set, "Name", "Type", "TTL", "ResourceRecords");
    String type = FakeRequest.text(set, "Type");
    check(
        TYPES.contains(type) || Set.of("NS", "SOA").contains(type),
        "InvalidInput",
        "This fake holds " + TYPES + " only.");
    String ttl = FakeRequest.text(set, "TTL");
    check(
        ttl.matches("\\d{1,10}") && Long.parseLong(ttl) <= Integer.MAX_VALUE,
        "InvalidInput",
        "Invalid TTL: " + ttl);
    List<String> values = new ArrayList<>();
    for (Element value :
        FakeRequest.children(FakeRequest.child(set, "ResourceRecords"), "ResourceRecord")) {
      values.add(FakeRequest.text(value, "Value"));
    }
    check(
        !values.isEmpty()
            && values.size() <= 400
            && values.stream().allMatch(value -> value.length() <= 4_000),
        "InvalidInput",
        "A record set has 1 to 400 values of at most 4,000 characters.");
    return new Row(normal(FakeRequest.text(set, "Name")), type, Integer.parseInt(ttl), values);
  }

  /** An UPSERT counts twice. */
  private static void checkSize(List<Change> batch) {
    int records = 0;
    int characters = 0;
    for (Change change : batch) {
      int times = change.action.equals("UPSERT") ? 2 : 1;
      records += times * change.row.values.size();
      characters += times * change.row.values.stream().mapToInt(String::length).sum();
    }
    check(records <= 1_000, "InvalidChangeBatch", "Number of records limit of 1000 exceeded.");
    check(
        characters <= 32_000,
        "InvalidChangeBatch",
        "Number of characters limit of 32000 exceeded.");
  }

  private Optional<String> problem(Change change, NavigableMap<String, Row> present) {
    Row row = change.row;
    if (!row.name.equals(apex) && !row.name.endsWith("." + apex)) {
      return Optional.of(
          "RRSet with DNS name " + row.name + ". is not permitted in zone " + apex + ".");
    }
    String own = row.name.split("\\.", -1)[0];
    boolean labels =
        row.name.length() <= 255
            && Arrays.stream(row.name.split("\\.", -1))
                .allMatch(label -> !label.isEmpty() && label.length() <= 63);
    if (!labels || (own.contains("*") && !own.equals("*"))) {
      return Optional.of("The domain name " + row.name + ". is not valid.");
    }
    return change.action.equals("DELETE")
        ? whyNotDeleted(row, present)
        : whyNotWritten(change.action, row, present);
  }

  private Optional<String> whyNotDeleted(Row row, NavigableMap<String, Row> present) {
    Row old = present.get(key(row.name, row.type));
    String what =
        "Tried to delete resource record set [name='" + row.name + ".', type='" + row.type + "'] ";
    if (old == null) {
      return Optional.of(what + "but it was not found");
    }
    if (isRequired(row)) {
      return Optional.of("A HostedZone must contain its SOA and NS records.");
    }
    return old.same(row)
        ? Optional.empty()
        : Optional.of(what + "but the values provided do not match the current values");
  }

  private Optional<String> whyNotWritten(
      String action, Row row, NavigableMap<String, Row> present) {
    boolean cname = row.type.equals("CNAME");
    String rrset =
        "RRSet of type " + row.type + " with DNS name " + row.name + ". is not permitted";
    if (cname && row.name.equals(apex)) {
      return Optional.of(rrset + " at apex in zone " + apex + ".");
    }
    if (cname && row.values.size() > 1) {
      return Optional.of("A CNAME record has one value.");
    }
    if (action.equals("CREATE") && present.containsKey(key(row.name, row.type))) {
      return Optional.of(
          "Tried to create resource record set [name='"
              + row.name
              + ".', type='"
              + row.type
              + "'] but it already exists");
    }
    List<String> others =
        present.values().stream()
            .filter(each -> each.name.equals(row.name) && !each.type.equals(row.type))
            .map(Row::type)
            .toList();
    if (cname && !others.isEmpty()) {
      return Optional.of(
          rrset
              + " as it conflicts with other records with the same DNS name in zone "
              + apex
              + ".");
    }
    if (others.contains("CNAME")) {
      return Optional.of(
          rrset
              + " because a conflicting RRSet of type CNAME with the same DNS name already exists"
              + " in zone "
              + apex
              + ".");
    }
    return Optional.empty();
  }

  private record Change(String action, Row row) {}

  record Row(String name, String type, int ttl, List<String> values) {
    Row {
      values = List.copyOf(values);
    }

    /** DELETE must repeat the record whole; how the names in it are written does not matter. */
    boolean same(Row other) {
      return ttl == other.ttl
          && values.stream()
              .map(FakeRecords::normal)
              .sorted()
              .toList()
              .equals(other.values.stream().map(FakeRecords::normal).sorted().toList());
    }
  }
}
