package io.privatelink4j.aws;

import static io.privatelink4j.aws.FakeError.bad;
import static io.privatelink4j.aws.FakeError.check;

import io.privatelink4j.testing.Assumption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.w3c.dom.Element;

/** Route 53's private hosted zones, as far as the driver needs them; strict. */
final class FakeRoute53 {
  private static final int ZONES = 500;

  private final FakeWorld world;
  private final Map<String, Zone> zones = new TreeMap<>();
  private final Set<String> references = new HashSet<>();
  private final Map<String, Long> changes = new HashMap<>();

  FakeRoute53(FakeWorld world) {
    this.world = world;
  }

  FakeReply answer(FakeRequest request) {
    String root = request.action() + "Response";
    Xml xml = new Xml().openRoute53(root);
    int status = 200;
    switch (request.action()) {
      case "CreateHostedZone" -> {
        create(request, xml);
        status = 201;
      }
      case "GetHostedZone" -> get(request, xml);
      case "DeleteHostedZone" -> delete(request, xml);
      case "ListHostedZonesByVPC" -> byVpc(request, xml);
      case "ListHostedZonesByName" -> byName(request, xml);
      case "ListResourceRecordSets" -> records(request, xml);
      case "ChangeResourceRecordSets" -> change(request, xml);
      case "GetChange" -> {
        request.allowOnly();
        Long done = changes.get(request.id());
        if (done == null) {
          throw new FakeError(404, "NoSuchChange", "There is no change " + request.id());
        }
        writeChange(xml, request.id());
      }
      default -> throw bad("InvalidInput", "No such call");
    }
    return FakeReply.of(status, xml.close(root).toString());
  }

  private void create(FakeRequest request, Xml xml) {
    request.allowOnly();
    Element body = request.requiredBody("CreateHostedZoneRequest");
    String name = normal(FakeRequest.text(body, "Name"));
    String reference = FakeRequest.text(body, "CallerReference");
    Element config = FakeRequest.child(body, "HostedZoneConfig");
    check(
        FakeRequest.text(config, "PrivateZone").equals("true")
            && FakeRequest.text(config, "Comment").length() <= 256,
        "InvalidInput",
        "This fake makes private zones.");
    check(
        !reference.isEmpty() && reference.length() <= 128,
        "InvalidInput",
        "A caller reference has 1 to 128 characters.");
    check(
        name.matches("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})+"),
        "InvalidDomainName",
        name + " is not a valid domain name.");
    Element network = FakeRequest.child(body, "VPC");
    FakeWorld.Vpc vpc =
        world.vpc(
            FakeRequest.text(network, "VPCId"),
            FakeRequest.text(network, "VPCRegion"),
            "InvalidVPCId");
    if (references.contains(reference)) {
      throw new FakeError(
          409, "HostedZoneAlreadyExists", "A hosted zone has been created with this reference.");
    }
    check(
        zones.values().stream()
            .noneMatch(zone -> zone.vpc.id().equals(vpc.id()) && zone.name.equals(name)),
        "ConflictingDomainExists",
        "A hosted zone with the specified name already exists and is already associated with "
            + vpc.id());
    check(
        zones.values().stream().filter(zone -> zone.ours).count() < ZONES,
        "TooManyHostedZones",
        "Limits Exceeded");
    Zone zone = add(name, reference, vpc, true);
    references.add(reference);
    writeZone(xml, zone);
    writeChange(xml, newChange());
    writeVpc(xml, zone);
  }

  private Zone add(String name, String reference, FakeWorld.Vpc vpc, boolean ours) {
    Zone zone = new Zone(world.upper("Z"), name, reference, vpc, ours, world.now());
    zones.put(zone.id, zone);
    return zone;
  }

  private String newChange() {
    String id = world.upper("C");
    changes.put(id, world.now() + FakeWorld.DNS_SYNC.toNanos());
    return id;
  }

  private Zone zone(String id) {
    Zone zone = zones.get(id);
    boolean fresh =
        zone != null && world.now() - zone.createdAt < world.nanos(Assumption.Question.FRESH_ZONE);
    if (zone == null || !zone.ours || fresh) {
      throw new FakeError(404, "NoSuchHostedZone", "No hosted zone found with ID: " + id);
    }
    return zone;
  }

  private void get(FakeRequest request, Xml xml) {
    request.allowOnly();
    Zone zone = zone(request.id());
    writeZone(xml, zone);
    xml.open("VPCs");
    writeVpc(xml, zone);
    xml.close("VPCs");
  }

  private void delete(FakeRequest request, Xml xml) {
    request.allowOnly();
    Zone zone = zone(request.id());
    checkNoneInProgress(zone);
    check(
        zone.records.isEmpty(),
        "HostedZoneNotEmpty",
        "The specified hosted zone contains non-required resource record sets");
    zones.remove(zone.id);
    writeChange(xml, newChange());
  }

  /** Everybody's zones, by name only. */
  private void byVpc(FakeRequest request, Xml xml) {
    request.allowOnly("vpcid", "vpcregion", "maxitems", "nexttoken");
    FakeWorld.Vpc vpc =
        world.vpc(request.required("vpcid"), request.required("vpcregion"), "InvalidVPCId");
    NavigableMap<String, Zone> found = new TreeMap<>();
    zones.values().stream()
        .filter(zone -> zone.vpc.id().equals(vpc.id()))
        .forEach(zone -> found.put(zone.id, zone));
    var page =
        world.page(
            found,
            vpc.id(),
            request.optional("nexttoken"),
            Math.min(100, Integer.parseInt(request.optional("maxitems").orElse("100"))),
            "InvalidPaginationToken");
    xml.open("HostedZoneSummaries");
    for (Zone zone : page.items()) {
      xml.open("HostedZoneSummary")
          .text("HostedZoneId", zone.id)
          .text("Name", zone.name + ".")
          .open("Owner")
          .text("OwningAccount", zone.ours ? FakeWorld.ACCOUNT : FakeWorld.STRANGER)
          .close("Owner")
          .close("HostedZoneSummary");
    }
    xml.close("HostedZoneSummaries").text("MaxItems", "100");
    page.next().ifPresent(next -> xml.text("NextToken", next));
  }

  /** Our zones from a name on; the names' labels are compared from the right. */
  private void byName(FakeRequest request, Xml xml) {
    request.allowOnly("dnsname", "hostedzoneid", "maxitems");
    NavigableMap<String, Zone> sorted = new TreeMap<>();
    zones.values().stream()
        .filter(zone -> zone.ours)
        .forEach(zone -> sorted.put(reversed(zone.name) + " " + zone.id, zone));
    String from =
        reversed(normal(request.required("dnsname")))
            + " "
            + request.optional("hostedzoneid").orElse("");
    int size =
        Math.min(world.pageLimit, Integer.parseInt(request.optional("maxitems").orElse("100")));
    List<Zone> rest = new ArrayList<>(sorted.tailMap(from, true).values());
    xml.open("HostedZones");
    rest.stream().limit(size).forEach(zone -> writeZone(xml, zone));
    xml.close("HostedZones").text("IsTruncated", String.valueOf(rest.size() > size));
    if (rest.size() > size) {
      xml.text("NextDNSName", rest.get(size).name + ".")
          .text("NextHostedZoneId", rest.get(size).id);
    }
    xml.text("MaxItems", String.valueOf(size));
  }

  private static String reversed(String name) {
    List<String> labels = new ArrayList<>(Arrays.asList(name.split("\\.", -1)));
    Collections.reverse(labels);
    return String.join(".", labels);
  }

  private void records(FakeRequest request, Xml xml) {
    request.allowOnly("name", "type", "identifier", "maxitems");
    Zone zone = zone(request.id());
    NavigableMap<String, Row> sorted = new TreeMap<>();
    sorted.put(key(zone.name, "NS"), new Row(zone.name, "NS", 172_800, "ns-0.awsdns-00.com."));
    sorted.put(
        key(zone.name, "SOA"),
        new Row(zone.name, "SOA", 900, "ns-0.awsdns-00.com. awsdns-hostmaster.amazon.com. 1"));
    zone.records.forEach((name, row) -> sorted.put(key(name, row.type), row));
    String from =
        request
            .optional("name")
            .map(name -> key(normal(name), request.optional("type").orElse("")))
            .orElse("");
    int size =
        Math.min(world.pageLimit, Integer.parseInt(request.optional("maxitems").orElse("300")));
    List<Row> rest = new ArrayList<>(sorted.tailMap(from, true).values());
    xml.open("ResourceRecordSets");
    rest.stream()
        .limit(size)
        .forEach(
            row ->
                xml.open("ResourceRecordSet")
                    .text("Name", escaped(row.name))
                    .text("Type", row.type)
                    .text("TTL", String.valueOf(row.ttl))
                    .open("ResourceRecords")
                    .open("ResourceRecord")
                    .text("Value", row.value)
                    .close("ResourceRecord")
                    .close("ResourceRecords")
                    .close("ResourceRecordSet"));
    xml.close("ResourceRecordSets").text("IsTruncated", String.valueOf(rest.size() > size));
    if (rest.size() > size) {
      xml.text("NextRecordName", escaped(rest.get(size).name))
          .text("NextRecordType", rest.get(size).type);
    }
    xml.text("MaxItems", String.valueOf(size));
  }

  private static String key(String name, String type) {
    return reversed(name) + " " + type;
  }

  private static String escaped(String name) {
    return name.replace("*", "\\052") + ".";
  }

  /** All or nothing. */
  private void change(FakeRequest request, Xml xml) {
    request.allowOnly();
    Zone zone = zone(request.id());
    Element body = request.requiredBody("ChangeResourceRecordSetsRequest");
    List<Element> list =
        FakeRequest.children(
            FakeRequest.child(FakeRequest.child(body, "ChangeBatch"), "Changes"), "Change");
    check(!list.isEmpty(), "InvalidInput", "The change batch is empty.");
    checkNoneInProgress(zone);
    Map<String, Row> result = new TreeMap<>(zone.records);
    int weight = 0;
    for (Element change : list) {
      String action = FakeRequest.text(change, "Action");
      weight += action.equals("UPSERT") ? 2 : 1;
      apply(action, row(FakeRequest.child(change, "ResourceRecordSet"), zone), result);
    }
    check(weight <= 1_000, "InvalidChangeBatch", "Number of records limit of 1000 exceeded.");
    zone.records.clear();
    zone.records.putAll(result);
    zone.changedAt = world.now();
    writeChange(xml, newChange());
  }

  private void checkNoneInProgress(Zone zone) {
    long window = world.nanos(Assumption.Question.CHANGE_OVERLAP);
    check(
        zone.changedAt == null || world.now() - zone.changedAt >= window,
        "PriorRequestNotComplete",
        "The request was rejected because Route 53 was still processing a prior request.");
  }

  private static Row row(Element set, Zone zone) {
    String name = normal(FakeRequest.text(set, "Name"));
    String type = FakeRequest.text(set, "Type");
    check(type.equals("CNAME"), "InvalidInput", "This fake holds CNAME records only.");
    check(
        name.endsWith("." + zone.name) && name.lastIndexOf('*') <= 0,
        "InvalidChangeBatch",
        "RRSet with DNS name " + name + ". is not permitted in zone " + zone.name + ".");
    List<Element> values =
        FakeRequest.children(FakeRequest.child(set, "ResourceRecords"), "ResourceRecord");
    check(values.size() == 1, "InvalidInput", "A CNAME has one value.");
    return new Row(
        name,
        type,
        Integer.parseInt(FakeRequest.text(set, "TTL")),
        normal(FakeRequest.text(values.get(0), "Value")));
  }

  private static void apply(String action, Row row, Map<String, Row> records) {
    String what = "[name='" + row.name + ".', type='" + row.type + "']";
    Row present = records.get(row.name);
    switch (action) {
      case "UPSERT" -> records.put(row.name, row);
      case "CREATE" -> {
        check(
            present == null,
            "InvalidChangeBatch",
            "Tried to create resource record set " + what + " but it already exists");
        records.put(row.name, row);
      }
      case "DELETE" -> {
        check(
            present != null,
            "InvalidChangeBatch",
            "Tried to delete resource record set " + what + " but it was not found");
        check(
            row.equals(present),
            "InvalidChangeBatch",
            "Tried to delete resource record set "
                + what
                + " but the values provided do not match the current values");
        records.remove(row.name);
      }
      default -> throw bad("InvalidInput", "No action " + action);
    }
  }

  private static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replace("\\052", "*");
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static void writeZone(Xml xml, Zone zone) {
    xml.open("HostedZone")
        .text("Id", "/hostedzone/" + zone.id)
        .text("Name", zone.name + ".")
        .text("CallerReference", zone.reference)
        .open("Config")
        .text("Comment", "")
        .text("PrivateZone", "true")
        .close("Config")
        .text("ResourceRecordSetCount", String.valueOf(2 + zone.records.size()))
        .close("HostedZone");
  }

  private static void writeVpc(Xml xml, Zone zone) {
    xml.open("VPC").text("VPCRegion", zone.vpc.region()).text("VPCId", zone.vpc.id()).close("VPC");
  }

  private void writeChange(Xml xml, String id) {
    xml.open("ChangeInfo")
        .text("Id", "/change/" + id)
        .text("Status", changes.getOrDefault(id, 0L) <= world.now() ? "INSYNC" : "PENDING")
        .text("SubmittedAt", world.time.now().toString())
        .close("ChangeInfo");
  }

  int zoneCount() {
    return zones.size();
  }

  void addStrangersZone(String vpcId, String name) {
    add(normal(name), "stranger", Optional.ofNullable(world.vpcs.get(vpcId)).orElseThrow(), false);
  }

  private record Row(String name, String type, int ttl, String value) {}

  private static final class Zone {
    private final String id;
    private final String name;
    private final String reference;
    private final FakeWorld.Vpc vpc;
    private final boolean ours;
    private final long createdAt;
    private final Map<String, Row> records = new TreeMap<>();
    private Long changedAt;

    Zone(
        String id, String name, String reference, FakeWorld.Vpc vpc, boolean ours, long createdAt) {
      this.id = id;
      this.name = name;
      this.reference = reference;
      this.vpc = vpc;
      this.ours = ours;
      this.createdAt = createdAt;
    }
  }
}
