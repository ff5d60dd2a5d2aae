package io.privatelink4j.internal;

import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.Integrity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.Nullable;

/**
 * The labels on an endpoint, read: the only state that this library keeps. Keys that it does not
 * know are left alone; a newer major version is readable but not writable; identifying labels that
 * are missing or do not fit together make the ledger TAMPERED. Immutable: what is parsed when it is
 * asked for first comes out the same in every thread.
 */
final class Ledger {
  static final String VERSION = "plc.v";
  static final String ID = "plc.id";
  static final String CLUSTER = "plc.cluster";
  static final String REQUEST = "plc.req";
  static final String NAME = "plc.name";
  static final String CREATED_BY = "plc.by";
  static final String DELETING = "plc.del";
  static final String UP = "plc.up";
  static final String OWN_PREFIX = "plc.";
  static final String THIS_VERSION = "v1.0";
  private static final int THIS_MAJOR = 1;
  private static final int MOST_VERSION_DIGITS = 4;
  private static final int MOST_TIME_DIGITS = 11;

  private final Map<String, String> labels;
  private @Nullable Integrity integrity;
  private @Nullable List<DomainEntry> domains;

  private Ledger(Map<String, String> labels) {
    this.labels = Map.copyOf(labels);
  }

  /** {@return the ledger; nothing is parsed or judged before it is asked for: many compare ids} */
  static Ledger read(Map<String, String> labels) {
    return new Ledger(labels);
  }

  /** The value of the label {@link #CLUSTER}; it begins with a letter, as some clouds want. */
  static String clusterValue(String clusterId) {
    return "c." + clusterId;
  }

  /** The value of the labels {@link #DELETING} and {@link #UP}. */
  static String timeValue(Instant time) {
    return "t" + time.getEpochSecond();
  }

  /** What the caller asked for, in one word: equal requests, and only they, have it in common. */
  static String requestHash(CreateConnectionRequest request, Optional<String> serviceRegion) {
    List<String> parts = new ArrayList<>();
    parts.add(request.clusterId());
    parts.add(request.displayName());
    parts.add(request.type().typeName());
    parts.add(request.type().serviceName());
    parts.add(serviceRegion.orElse(""));
    parts.add(request.createdBy().orElse(""));
    new TreeMap<>(request.extraLabels())
        .forEach(
            (key, value) -> {
              parts.add(key);
              parts.add(value);
            });
    return Ids.hash(26, parts.toArray(new String[0]));
  }

  /**
   * {@return the labels of a new endpoint: a function of the request alone, without clock or
   * chance}
   */
  static SortedMap<String, String> write(
      String connectionId, CreateConnectionRequest request, String requestHash) {
    SortedMap<String, String> labels = new TreeMap<>(request.extraLabels());
    labels.put(VERSION, THIS_VERSION);
    labels.put(ID, connectionId);
    labels.put(CLUSTER, clusterValue(request.clusterId()));
    LedgerText.write(NAME, request.displayName(), labels);
    request.createdBy().ifPresent(user -> LedgerText.write(CREATED_BY, user, labels));
    labels.put(
        REQUEST, "r" + requestHash + "-" + seal(connectionId, request.clusterId(), requestHash));
    return labels;
  }

  /** Whether an endpoint has any label of ours: only then it is looked at at all. */
  static boolean isPresent(Map<String, String> labels) {
    return labels.containsKey(ID) || labels.containsKey(CLUSTER) || labels.containsKey(VERSION);
  }

  private Integrity judge() {
    OptionalInt major = majorVersion();
    if (major.isEmpty()) {
      return Integrity.TAMPERED;
    }
    if (major.getAsInt() > THIS_MAJOR) {
      return Integrity.NEWER_VERSION;
    }
    boolean whole =
        Ids.isConnection(label(ID))
            && Ids.isCluster(clusterId())
            && label(REQUEST)
                .equals("r" + requestHash() + "-" + seal(label(ID), clusterId(), requestHash()))
            && LedgerText.read(NAME, labels).isPresent()
            && domains().size() == domainLabels();
    return whole ? Integrity.OK : Integrity.TAMPERED;
  }

  private OptionalInt majorVersion() {
    String value = label(VERSION);
    int dot = value.indexOf('.');
    return value.startsWith("v")
            && isNumber(value, 1, dot, MOST_VERSION_DIGITS)
            && isNumber(value, dot + 1, value.length(), MOST_VERSION_DIGITS)
        ? OptionalInt.of(Integer.parseInt(value, 1, dot, 10))
        : OptionalInt.empty();
  }

  /**
   * {@return whether that part is one digit or more, but not too many} Asked for each endpoint
   * read, so without regular expressions.
   */
  private static boolean isNumber(String text, int from, int to, int mostDigits) {
    boolean fits = from < to && to - from <= mostDigits;
    for (int i = from; fits && i < to; i++) {
      fits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return fits;
  }

  /** Binds the identifying labels to each other, so that an edit of one of them shows. */
  private static String seal(String connectionId, String clusterId, String requestHash) {
    return Ids.hash(13, connectionId, clusterId, requestHash);
  }

  Integrity integrity() {
    Integrity known = integrity;
    if (known == null) {
      known = judge();
      integrity = known;
    }
    return known;
  }

  boolean belongsTo(String clusterId) {
    return label(CLUSTER).equals(clusterValue(clusterId));
  }

  String connectionId() {
    return label(ID);
  }

  String clusterId() {
    String value = label(CLUSTER);
    return value.startsWith("c.") ? value.substring(2) : "";
  }

  String requestHash() {
    String value = label(REQUEST);
    return value.length() == 1 + 26 + 1 + 13 ? value.substring(1, 27) : "";
  }

  String displayName() {
    return LedgerText.read(NAME, labels).orElse("");
  }

  Optional<String> createdBy() {
    return LedgerText.read(CREATED_BY, labels);
  }

  Optional<Instant> deletingSince() {
    return time(DELETING);
  }

  boolean deleting() {
    return labels.containsKey(DELETING);
  }

  /** {@return the lease of a repair, be it over or not} */
  Optional<Lease> lease() {
    return Lease.parse(label(Lease.KEY));
  }

  Optional<Instant> upSince() {
    return time(UP);
  }

  /** {@return the attachments, oldest first} */
  List<DomainEntry> domains() {
    List<DomainEntry> known = domains;
    if (known == null) {
      known = parseDomains();
      domains = known;
    }
    return known;
  }

  private List<DomainEntry> parseDomains() {
    List<DomainEntry> entries = new ArrayList<>();
    labels.forEach(
        (key, value) -> {
          if (key.startsWith(DomainEntry.KEY_PREFIX)) {
            DomainEntry.parse(key, value).ifPresent(entries::add);
          }
        });
    entries.sort(Comparator.comparing(DomainEntry::time).thenComparing(DomainEntry::id));
    return Collections.unmodifiableList(entries);
  }

  /** {@return how many attachments there are labels of, damaged ones included} */
  private int domainLabels() {
    int count = 0;
    for (String key : labels.keySet()) {
      count += key.startsWith(DomainEntry.KEY_PREFIX) ? 1 : 0;
    }
    return count;
  }

  /**
   * {@return those that users are told of} An attach writes a label of its own first, which tells
   * nothing where the domain is attached already.
   */
  List<DomainEntry> attachments() {
    return domains().stream()
        .filter(
            entry ->
                entry.isLasting()
                    || domains().stream().noneMatch(other -> other.hasAttached(entry)))
        .toList();
  }

  Optional<DomainEntry> domain(String attachmentId) {
    return domains().stream().filter(entry -> entry.id().equals(attachmentId)).findFirst();
  }

  /** {@return the attachment that began under that id and has another by now} */
  Optional<DomainEntry> begunAs(String attachmentId) {
    return domains().stream()
        .filter(entry -> entry.origin().equals(Optional.of(attachmentId)))
        .findFirst();
  }

  /** {@return the time of the latest change that the labels tell of} */
  Optional<Instant> updateTime() {
    Optional<Instant> latest = later(deletingSince(), upSince());
    for (DomainEntry entry : domains()) {
      latest = later(latest, Optional.of(entry.time()));
    }
    return latest;
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.isEmpty() || (other.isPresent() && other.get().isAfter(one.get())) ? other : one;
  }

  /** {@return the labels that are none of ours} */
  Map<String, String> extraLabels() {
    Map<String, String> extra = new TreeMap<>();
    labels.forEach(
        (key, value) -> {
          if (!key.startsWith(OWN_PREFIX)) {
            extra.put(key, value);
          }
        });
    return extra;
  }

  private String label(String key) {
    return labels.getOrDefault(key, "");
  }

  private Optional<Instant> time(String key) {
    String value = label(key);
    return value.startsWith("t") && isNumber(value, 1, value.length(), MOST_TIME_DIGITS)
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(value, 1, value.length(), 10)))
        : Optional.empty();
  }
}
