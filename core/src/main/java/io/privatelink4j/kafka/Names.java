package io.privatelink4j.kafka;

import io.privatelink4j.model.DnsRecord;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A domain's names as the cloud's resolver sees them. Immutable. */
final class Names {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern AWS_ZONE_ID =
      Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*-az[0-9]{1,2}");
  private static final Pattern AWS_ZONE_NAME =
      Pattern.compile("[a-z]{2,6}(?:-[a-z]+)+-[0-9](?:-[a-z]+-[0-9])?[a-z]");
  private static final Pattern ALICLOUD_ZONE_ID =
      Pattern.compile("[a-z]{2}(?:-[a-z0-9]+)+-(?:[0-9])?[a-z]");
  private static final String CONFLUENT_SUFFIX = ".aws.confluent.cloud";
  private static final String CONFLUENT_PUBLIC_SUFFIX = ".aws.glb.confluent.cloud";
  private static final Pattern BROKER_AND_ZONE = Pattern.compile("(.+)-([a-z0-9]+-az[0-9]{1,2})");
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_TEXT = 512;

  private final String apex;
  private final String uniqueName;
  private final boolean confluent;
  private final Set<String> hosts = new HashSet<>();
  private final Set<String> existing = new HashSet<>();
  private final Set<String> zonesWithRecord = new TreeSet<>();
  private final Set<String> knownZones = new TreeSet<>();
  private final boolean aws;
  private final boolean named;

  Names(DomainPlan domain) {
    apex = domain.apex();
    uniqueName = domain.uniqueName();
    confluent = domain.type() == DomainType.CONFLUENT;
    for (DnsRecord record : domain.records()) {
      String host = record.host();
      hosts.add(host);
      for (String name = host; !name.isEmpty(); name = parent(name)) {
        existing.add(name);
      }
      if (host.startsWith("*.")) {
        zonesWithRecord.add(host.substring(2));
      }
    }
    knownZones.addAll(zonesWithRecord);
    knownZones.addAll(domain.coverage().keySet());
    aws =
        knownZones.isEmpty()
            ? List.of(apex.split("\\.", -1)).contains("aws")
            : knownZones.stream().anyMatch(z -> AWS_ZONE_ID.matcher(z).matches());
    named = domain.records().stream().anyMatch(r -> r.target().isPresent());
  }

  String apex() {
    return apex;
  }

  /** Returns the domain's name without its unique part: what other connections' domains share. */
  String suffix() {
    return apex.substring(apex.indexOf('.') + 1);
  }

  /** Returns whether the unique name stands in a host that is not below the apex. */
  boolean hasUniqueName(String host) {
    return ("." + host + ".").contains("." + uniqueName + ".");
  }

  /**
   * Returns the private name that a public name of Confluent Cloud's is an alias of; any other host
   * unchanged. Clusters are given as {@code lkc-1-<network>.<region>.aws.glb.confluent.cloud} and
   * their brokers as {@code e-1-usw2-az1-<network>.…}; their public DNS leads on to {@code
   * lkc-1.<network>.<region>.aws.confluent.cloud} and {@code e-1.usw2-az1.<network>.…}.
   */
  String unaliased(String host) {
    if (!confluent || !apex.endsWith(CONFLUENT_SUFFIX)) {
      return host;
    }
    String network = apex.substring(0, apex.length() - CONFLUENT_SUFFIX.length());
    String end = "-" + network + CONFLUENT_PUBLIC_SUFFIX;
    if (!host.endsWith(end) || host.indexOf('.') < host.length() - end.length()) {
      return host;
    }
    String broker = host.substring(0, host.length() - end.length());
    Matcher parts = BROKER_AND_ZONE.matcher(broker);
    return (parts.matches() ? parts.group(1) + "." + parts.group(2) : broker) + "." + apex;
  }

  /** Returns the zones that names lead straight into: those where the endpoint has an address. */
  Set<String> zonesWithRecord() {
    return zonesWithRecord;
  }

  /** Returns the zones of the cluster network and of the endpoint. */
  Set<String> knownZones() {
    return knownZones;
  }

  boolean isAws() {
    return aws;
  }

  /**
   * Returns whether the cloud has named the endpoint, so that an endpoint without zones is not just
   * young.
   */
  boolean isNamed() {
    return named;
  }

  /** Returns the part of a host below the apex; empty if it is not below it. */
  Optional<String> below(String host) {
    return host.endsWith("." + apex)
        ? Optional.of(host.substring(0, host.length() - apex.length() - 1))
        : Optional.empty();
  }

  /**
   * Returns the host of the record that answers for a name below the apex, as RFC 4592 has it: a
   * wildcard answers only directly below the closest name that exists. {@code *.usw2-az1} makes
   * {@code usw2-az1} exist, so {@code *} answers neither for that name nor below it, but for {@code
   * b1.usw2-az9}.
   */
  Optional<String> answering(String below) {
    if (existing.contains(below)) {
      return Optional.of(below).filter(hosts::contains);
    }
    String encloser = parent(below);
    while (!encloser.isEmpty() && !existing.contains(encloser)) {
      encloser = parent(encloser);
    }
    return Optional.of(encloser.isEmpty() ? "*" : "*." + encloser).filter(hosts::contains);
  }

  boolean isZone(String label) {
    return knownZones.contains(label)
        || (aws ? AWS_ZONE_ID : ALICLOUD_ZONE_ID).matcher(label).matches();
  }

  /**
   * Returns whether the text names an AWS zone as one account sees it; on Alibaba Cloud ids look
   * like that.
   */
  boolean isAwsZoneName(String text) {
    return aws && AWS_ZONE_NAME.matcher(text).matches();
  }

  static boolean isAwsZoneId(String text) {
    return AWS_ZONE_ID.matcher(text).matches();
  }

  static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }

  static boolean isTooLong(String host) {
    return host.length() > LONGEST_NAME;
  }

  private static String parent(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }

  /** Escapes control characters and cuts at 512 code points: names come from outside. */
  static String safe(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_TEXT)
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    out.append("\\u%04x".formatted(c));
                default -> out.appendCodePoint(c);
              }
            });
    return text.codePointCount(0, text.length()) > LONGEST_TEXT
        ? out.append('…').toString()
        : out.toString();
  }
}
