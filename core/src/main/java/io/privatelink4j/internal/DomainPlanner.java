package io.privatelink4j.internal;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.exception.UnsupportedDomainException;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.DnsRecord;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.Severity;
import io.privatelink4j.model.ZoneCoverage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plans the private DNS zone of a domain: its name, its records, and how each zone of the cluster
 * network is reached. A pure function of its input, so the dry run and the real call agree.
 * Internal: not part of the API. Thread-safe.
 *
 * <p>The zone is exactly the domain asked for and never a parent of it, since a private zone hides
 * every public name below itself from everybody in the VPC. That is why unique names are checked so
 * strictly.
 */
public final class DomainPlanner {

  /** The managed suffix of each cloud, where none is configured. */
  public static final Map<CloudProvider, String> DEFAULT_SUFFIXES =
      Map.of(
          CloudProvider.AWS, "aws.tidbcloud.com", CloudProvider.ALICLOUD, "alicloud.tidbcloud.com");

  private static final String CONFLUENT_SUFFIX = "aws.confluent.cloud";
  private static final String ID_PREFIX = "plc-";
  private static final int MAX_SUFFIX_LENGTH = 180;
  private static final int MAX_NAME_LENGTH = 253;

  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern ZONE_ID = Pattern.compile(LABEL);
  private static final Pattern SUFFIX = Pattern.compile(LABEL + "(?:\\." + LABEL + ")+");
  private static final Pattern CONNECTION_ID = Pattern.compile(ID_PREFIX + "([a-z0-9]{1,50})");
  private static final Pattern MANAGED_NAME =
      Pattern.compile("([a-z0-9]{1,50})(?:-(?:[2-9]|[1-9][0-9]))?");
  private static final Pattern NETWORK_ID = Pattern.compile("[a-z0-9]{5,20}");

  private final Map<CloudProvider, String> suffixes;

  /**
   * Makes a planner.
   *
   * @param managedSuffixes the managed suffix per cloud; clouds that it does not name keep the
   *     default
   * @throws IllegalArgumentException if a suffix is not a lower-case DNS name of at least two
   *     labels
   */
  public DomainPlanner(Map<CloudProvider, String> managedSuffixes) {
    Map<CloudProvider, String> all = new EnumMap<>(DEFAULT_SUFFIXES);
    all.putAll(managedSuffixes);
    all.forEach(DomainPlanner::checkSuffix);
    suffixes = Map.copyOf(all);
  }

  private static void checkSuffix(CloudProvider cloud, String suffix) {
    if (!DEFAULT_SUFFIXES.containsKey(cloud)) {
      throw new IllegalArgumentException("there are no managed domains on " + cloud.displayName());
    }
    if (suffix.length() > MAX_SUFFIX_LENGTH || !SUFFIX.matcher(suffix).matches()) {
      throw new IllegalArgumentException(
          "the managed suffix of %s must be a lower-case DNS name such as %s, not \"%s\""
              .formatted(cloud.displayName(), DEFAULT_SUFFIXES.get(cloud), Texts.safe(suffix)));
    }
  }

  /**
   * {@return the plan} Works in every state of the connection; targets stay empty as long as the
   * cloud has not named them.
   *
   * @param in what is known of the connection and its network
   * @throws UnsupportedDomainException if the link's cloud has no domains of that type
   * @throws InvalidRequestException if the connection id or the unique name is not as it must be
   */
  public DomainPlan plan(Input in) {
    String uniqueName = uniqueName(in);
    String apex = apexOf(in.request().type(), in.type().cloud(), uniqueName);
    Set<String> feet = new TreeSet<>(in.endpointZoneIds());
    feet.removeIf(zone -> !ZONE_ID.matcher(zone).matches());

    List<DnsRecord> records = new ArrayList<>();
    records.add(record("*", apex, in.regionalName()));
    for (String zone : feet) {
      records.add(record("*." + zone, apex, Optional.ofNullable(in.zonalNames().get(zone))));
    }
    Map<String, ZoneCoverage> coverage = new TreeMap<>();
    for (String zone : in.networkZoneIds()) {
      coverage.put(zone, coverage(zone, feet));
    }
    return new DomainPlan(
        in.request().type(),
        uniqueName,
        apex,
        records,
        coverage,
        findings(records, coverage, in.regionalName().isPresent()));
  }

  /**
   * {@return the private zone's name of a domain} For rebuilding names from what the ledger holds:
   * checks the unique name's form, so that a label edited by hand cannot lead to a parent zone, but
   * not whose it is.
   *
   * @param type whose domain
   * @param cloud the link's cloud
   * @param uniqueName the domain's unique part
   * @throws UnsupportedDomainException if the cloud has no domains of that type
   * @throws InvalidRequestException if the unique name has not the form of such names
   */
  public String apex(DomainType type, CloudProvider cloud, String uniqueName) {
    checkSupported(type, cloud);
    if (!hasForm(type, uniqueName)) {
      throw invalid("\"%s\" is not a unique name of %s domains", uniqueName, type);
    }
    return apexOf(type, cloud, uniqueName);
  }

  /**
   * {@return what {@link #apex} gives; empty where it throws, as for a label that was edited}
   *
   * @param type whose domain
   * @param cloud the link's cloud
   * @param uniqueName the domain's unique part
   */
  Optional<String> knownApex(DomainType type, CloudProvider cloud, String uniqueName) {
    try {
      return Optional.of(apex(type, cloud, uniqueName));
    } catch (InvalidRequestException | UnsupportedDomainException e) {
      return Optional.empty();
    }
  }

  /**
   * {@return the id of the connection that a managed zone's name belongs to; empty if the name is
   * no managed domain of that cloud} The name alone proves its owner, from the zone's first moment
   * on.
   *
   * @param cloud the cloud that the zone was found on
   * @param zoneName the zone's name: lower case, no trailing dot
   */
  public Optional<String> managedOwner(CloudProvider cloud, String zoneName) {
    String end = "." + suffixes.getOrDefault(cloud, "");
    if (end.length() == 1 || !zoneName.endsWith(end)) {
      return Optional.empty();
    }
    return ownerOf(zoneName.substring(0, zoneName.length() - end.length()));
  }

  private static Optional<String> ownerOf(String managedName) {
    Matcher name = MANAGED_NAME.matcher(managedName);
    return name.matches() ? Optional.of(ID_PREFIX + name.group(1)) : Optional.empty();
  }

  /**
   * {@return the id of the connection that a zone's name would belong to if its suffix were a
   * managed one; empty if the name begins like no managed domain}
   *
   * @param zoneName the zone's name: lower case, no trailing dot
   */
  Optional<String> ownerWhateverSuffix(String zoneName) {
    return ownerOf(zoneName.substring(0, Math.max(zoneName.indexOf('.'), 0)));
  }

  /**
   * {@return the unique part of a zone's name; empty if it is no domain of that type}
   *
   * @param type whose domain
   * @param cloud the cloud that the zone was found on
   * @param zoneName the zone's name: lower case, no trailing dot
   */
  Optional<String> uniqueName(DomainType type, CloudProvider cloud, String zoneName) {
    return Optional.of(zoneName.split("\\.", 3))
        .map(
            labels ->
                type == DomainType.CONFLUENT && labels.length == 3
                    ? labels[0] + "." + labels[1]
                    : labels[0])
        .filter(name -> knownApex(type, cloud, name).equals(Optional.of(zoneName)));
  }

  private String uniqueName(Input in) {
    DomainType type = in.request().type();
    checkSupported(type, in.type().cloud());
    return type == DomainType.CONFLUENT
        ? confluentName(in.request().uniqueName().orElse(""), in.serviceRegion())
        : managedName(in);
  }

  private static void checkSupported(DomainType type, CloudProvider cloud) {
    boolean supported =
        switch (cloud) {
          case AWS -> type != DomainType.UNKNOWN;
          case ALICLOUD -> type == DomainType.TIDBCLOUD_MANAGED;
          case UNKNOWN -> false;
        };
    if (!supported) {
      throw new UnsupportedDomainException(
          ("%s domains cannot be attached to a link on %s. Supported: TIDBCLOUD_MANAGED and "
                  + "CONFLUENT on AWS, TIDBCLOUD_MANAGED on Alibaba Cloud.")
              .formatted(type, cloud.displayName()),
          ErrorDetails.NONE);
    }
  }

  private String apexOf(DomainType type, CloudProvider cloud, String uniqueName) {
    return uniqueName
        + "."
        + (type == DomainType.CONFLUENT ? CONFLUENT_SUFFIX : requireNonNull(suffixes.get(cloud)));
  }

  private static boolean hasForm(DomainType type, String uniqueName) {
    if (type != DomainType.CONFLUENT) {
      return MANAGED_NAME.matcher(uniqueName).matches();
    }
    int dot = uniqueName.indexOf('.');
    return dot > 0
        && NETWORK_ID.matcher(uniqueName.substring(0, dot)).matches()
        && ServiceNames.isAwsRegion(uniqueName.substring(dot + 1));
  }

  // --- managed names ---

  private String managedName(Input in) {
    Matcher id = CONNECTION_ID.matcher(in.connectionId());
    if (!id.matches()) {
      throw invalid(
          "\"%s\" is not a connection id: ids are plc- and 26 lower-case letters and digits",
          in.connectionId());
    }
    String first = id.group(1);
    String given = in.request().uniqueName().orElse(first);
    Matcher name = MANAGED_NAME.matcher(given);
    if (name.matches() && name.group(1).equals(first)) {
      return given;
    }
    throw invalid(
        "The managed unique name \"%s\" cannot be used: %s. This connection's names are \"%s\","
            + " then \"%s-2\" to \"%s-99\"; leave the name out to get the first.",
        given, whyNotManaged(given, first, in.type().cloud()), first, first, first);
  }

  private String whyNotManaged(String given, String first, CloudProvider cloud) {
    String bare = withoutTrailingDots(given.strip().toLowerCase(Locale.ROOT));
    if (bare.isEmpty()) {
      return "it is blank";
    }
    if (bare.endsWith("." + suffixes.get(cloud))) {
      return "it is a whole domain, give the part before \"." + suffixes.get(cloud) + "\" only";
    }
    if (bare.equals(ID_PREFIX + first)) {
      return "it is the connection's id, leave out \"plc-\"";
    }
    if (bare.startsWith(first + "-")) {
      return "the number after the hyphen goes from 2 to 99, without leading zeros";
    }
    if (bare.equals(first)) {
      return "write it in lower case, without blanks and dots around it";
    }
    return MANAGED_NAME.matcher(bare).matches()
        ? "it is another connection's name"
        : "it is not made from this connection's id";
  }

  // --- Confluent's names ---

  private static String confluentName(String given, String region) {
    if (hasForm(DomainType.CONFLUENT, given) && regionOf(given).equals(region)) {
      return given;
    }
    throw invalid(
        "The Confluent unique name \"%s\" cannot be used: %s",
        given, whyNotConfluent(given, region));
  }

  private static String whyNotConfluent(String given, String region) {
    List<String> steps = new ArrayList<>();
    String name = given.length() > MAX_NAME_LENGTH ? "" : given.strip();
    if (!name.equals(name.toLowerCase(Locale.ROOT))) {
      steps.add("write it in lower case");
      name = name.toLowerCase(Locale.ROOT);
    }
    if (name.contains("://") || name.matches(".*:[0-9]*")) {
      steps.add("leave out scheme and port");
      name = name.replaceFirst("^.*://", "").replaceFirst(":[0-9]*$", "");
    }
    if (name.endsWith(".")) {
      steps.add("leave out the trailing dot");
      name = withoutTrailingDots(name);
    }
    if (("." + name).endsWith("." + CONFLUENT_SUFFIX)) {
      steps.add("leave out \"." + CONFLUENT_SUFFIX + "\"");
      name = withoutTrailingDots(name.substring(0, name.length() - CONFLUENT_SUFFIX.length()));
    }
    List<String> labels = List.of(name.split("\\.", -1));
    if (labels.size() > 2) {
      String front = String.join(".", labels.subList(0, labels.size() - 2));
      steps.add("cut \"" + Texts.safe(front) + ".\" off its front");
      name = String.join(".", labels.subList(labels.size() - 2, labels.size()));
    }

    if (name.isEmpty()) {
      return "it names no network. " + whereToFind(region);
    }
    if (name.endsWith("confluent.cloud")) {
      return ("only domains that end with \".%s\" are supported, those of Confluent "
              + "Dedicated networks with PrivateLink. %s")
          .formatted(CONFLUENT_SUFFIX, whereToFind(region));
    }
    if (hasForm(DomainType.CONFLUENT, name)) {
      if (regionOf(name).equals(region)) {
        if (!given.equals(given.strip())) {
          steps.add("leave out the blanks around it");
        }
        return String.join(", ", steps) + ". Write \"" + name + "\".";
      }
      return ("it names the region %s, but this connection's service lives in %s. A "
              + "Confluent network's service and domain share one region: attach the domain "
              + "to a connection to that network's own service, or write the name of the "
              + "network in %s.")
          .formatted(regionOf(name), region, region);
    }
    if (ServiceNames.isAwsRegion(name)) {
      return "it is only a region, and a private zone for a whole region would hide all other"
          + " Confluent names of it from everybody in the VPC. Put the network's id before"
          + " it: \"<network-id>."
          + name
          + "\". "
          + whereToFind(region);
    }
    if (NETWORK_ID.matcher(name).matches()) {
      return "its region is missing. Write \"" + name + "." + region + "\".";
    }
    if (name.matches("(?:pkc|lkc|lsrc|psrc)-.*")) {
      return "it names a cluster, not a network. " + whereToFind(region);
    }
    return "it must be \"<network-id>." + region + "\". " + whereToFind(region);
  }

  private static String whereToFind(String region) {
    return ("The network's details in Confluent Cloud show its DNS domain, such as "
            + "domnprzqrog.%s.%s: write what stands before \".%s\", that is "
            + "\"domnprzqrog.%s\" (5 to 20 lower-case letters and digits, a dot, the region).")
        .formatted(region, CONFLUENT_SUFFIX, CONFLUENT_SUFFIX, region);
  }

  private static String regionOf(String confluentName) {
    return confluentName.substring(confluentName.indexOf('.') + 1);
  }

  // --- records and coverage ---

  private static DnsRecord record(String host, String apex, Optional<String> target) {
    return new DnsRecord(
        host,
        host + "." + apex,
        target.map(t -> withoutTrailingDots(t.toLowerCase(Locale.ROOT))).filter(t -> !t.isBlank()));
  }

  private static ZoneCoverage coverage(String zone, Set<String> feet) {
    if (feet.contains(zone)) {
      return ZoneCoverage.ZONAL;
    }
    return feet.isEmpty() ? ZoneCoverage.NONE : ZoneCoverage.REGIONAL_FALLBACK;
  }

  private static List<Finding> findings(
      List<DnsRecord> records, Map<String, ZoneCoverage> coverage, boolean named) {
    List<Finding> findings = new ArrayList<>();
    List<String> none = zones(coverage, ZoneCoverage.NONE);
    if (!none.isEmpty()) {
      findings.add(
          new Finding(
              FindingCode.ZONE_NOT_COVERED,
              named ? Severity.ERROR : Severity.WARNING,
              named ? Actor.OPERATOR : Actor.NOBODY,
              ("The endpoint has no address in any zone, so the domain's names lead nowhere"
                      + " in %s. %s")
                  .formatted(
                      list(none),
                      named
                          ? "Give it an address in one of the service's zones, or create the"
                              + " connection anew."
                          : "If it is still being created, wait until the connection is ACTIVE and"
                              + " plan again.")));
    }
    List<String> fallback = zones(coverage, ZoneCoverage.REGIONAL_FALLBACK);
    if (!fallback.isEmpty()) {
      findings.add(
          new Finding(
              FindingCode.CROSS_ZONE_NEEDED,
              Severity.WARNING,
              Actor.SERVICE_OWNER,
              ("The endpoint has no address in %s: names of brokers there enter through another"
                      + " zone (%s), which works only if the service owner switches on cross-zone load"
                      + " balancing, or serves these zones too.")
                  .formatted(list(fallback), list(zonesWithRecord(records)))));
    }
    if (records.stream().anyMatch(r -> r.target().isEmpty())) {
      findings.add(
          new Finding(
              FindingCode.TARGETS_UNKNOWN,
              Severity.INFO,
              Actor.NOBODY,
              "The cloud has not named the endpoint in all zones yet. The domain's names are final"
                  + " all the same; targets follow when the cloud has."));
    }
    return findings;
  }

  private static List<String> zones(Map<String, ZoneCoverage> coverage, ZoneCoverage which) {
    return coverage.entrySet().stream()
        .filter(e -> e.getValue() == which)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> zonesWithRecord(List<DnsRecord> records) {
    return records.stream()
        .filter(r -> r.host().startsWith("*."))
        .map(r -> r.host().substring(2))
        .toList();
  }

  private static String list(List<String> zones) {
    return Texts.safe(String.join(", ", zones));
  }

  private static String withoutTrailingDots(String name) {
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) == '.') {
      end--;
    }
    return name.substring(0, end);
  }

  private static InvalidRequestException invalid(String format, String given, Object... more) {
    String safe = Texts.safe(given);
    Object[] all = new Object[more.length + 1];
    all[0] = safe;
    System.arraycopy(more, 0, all, 1, more.length);
    return new InvalidRequestException(format.formatted(all), ErrorDetails.of(safe));
  }

  /**
   * What a plan is made from.
   *
   * @param connectionId the connection's id
   * @param type the endpoint service that the connection leads to
   * @param serviceRegion the region that the service lives in
   * @param request which domain
   * @param networkZoneIds zone ids of the cluster network
   * @param endpointZoneIds zone ids that the endpoint has, or will have, an address in
   * @param regionalName the endpoint's regional name; empty as long as the cloud has not named it
   * @param zonalNames the endpoint's zonal names by zone id, as far as the cloud has named them
   */
  public record Input(
      String connectionId,
      ConnectionType type,
      String serviceRegion,
      DomainRequest request,
      List<String> networkZoneIds,
      Set<String> endpointZoneIds,
      Optional<String> regionalName,
      Map<String, String> zonalNames) {

    /**
     * Copies the collections.
     *
     * @throws NullPointerException if an argument or an element is null
     */
    public Input {
      requireNonNull(connectionId, "connectionId");
      requireNonNull(type, "type");
      requireNonNull(serviceRegion, "serviceRegion");
      requireNonNull(request, "request");
      networkZoneIds = List.copyOf(networkZoneIds);
      endpointZoneIds = Set.copyOf(endpointZoneIds);
      requireNonNull(regionalName, "regionalName");
      zonalNames = Map.copyOf(zonalNames);
    }
  }
}
