package io.privatelink4j.aws;

import static io.privatelink4j.aws.FakeError.bad;
import static io.privatelink4j.aws.FakeError.check;

import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testkit.crashes.CloudState.ZoneState;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
  private final Map<String, Submitted> changes = new HashMap<>();

  FakeRoute53(FakeWorld world) {
    this.world = world;
  }

  FakeReply answer(FakeRequest request) {
    permit("route53:" + request.action());
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
      case "ListHostedZones" -> all(request, xml);
      case "ListResourceRecordSets" -> records(request, xml);
      case "ChangeResourceRecordSets" -> change(request, xml);
      case "GetChange" -> {
        request.allowOnly();
        if (!changes.containsKey(request.id())) {
          throw new FakeError(404, "NoSuchChange", "There is no change " + request.id());
        }
        writeChange(xml, request.id());
      }
      default -> throw bad("InvalidInput", "No such call");
    }
    return FakeReply.of(status, xml.close(root).toString());
  }

  private void permit(String permission) {
    if (world.denied.contains(permission)) {
      throw new FakeError(403, "AccessDenied", "User is not authorized to perform: " + permission);
    }
  }

  private void create(FakeRequest request, Xml xml) {
    request.allowOnly();
    permit("ec2:DescribeVpcs");
    Element body = request.requiredBody("CreateHostedZoneRequest");
    FakeRequest.checkChildren(body, "Name", "VPC", "CallerReference", "HostedZoneConfig");
    String name = FakeRecords.normal(FakeRequest.text(body, "Name"));
    String reference = FakeRequest.text(body, "CallerReference");
    String comment = comment(body);
    check(
        !reference.isEmpty() && reference.length() <= 128,
        "InvalidInput",
        "A caller reference has 1 to 128 characters.");
    check(
        name.length() <= 255 && name.matches("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})+"),
        "InvalidDomainName",
        name + " is not a valid domain name.");
    Element network = FakeRequest.child(body, "VPC");
    FakeRequest.checkChildren(network, "VPCId", "VPCRegion");
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
        zones.values().stream().filter(Zone::ours).count() < ZONES,
        "TooManyHostedZones",
        "Limits Exceeded");
    Zone zone = add(name, reference, vpc, FakeWorld.ACCOUNT);
    zone.comment = comment;
    references.add(reference);
    writeZone(xml, zone);
    writeChange(xml, newChange());
    writeVpc(xml, zone);
  }

  private static String comment(Element body) {
    String comment = "";
    for (Element config : FakeRequest.children(body, "HostedZoneConfig")) {
      FakeRequest.checkChildren(config, "Comment", "PrivateZone");
      comment = FakeRequest.optionalText(config, "Comment").orElse("");
      check(
          comment.length() <= 256
              && FakeRequest.optionalText(config, "PrivateZone").orElse("true").equals("true"),
          "InvalidInput",
          "A zone of a VPC is private, and its comment has at most 256 characters.");
    }
    return comment;
  }

  private Zone add(String name, String reference, FakeWorld.Vpc vpc, String owner) {
    Zone zone = new Zone(world.upper("Z"), name, reference, vpc, owner, world.now());
    zones.put(zone.id, zone);
    return zone;
  }

  private String newChange() {
    String id = world.upper("C");
    changes.put(id, new Submitted(world.time.now(), world.now() + FakeWorld.DNS_SYNC.toNanos()));
    return id;
  }

  private Zone zone(String id) {
    Zone zone = zones.get(id);
    boolean fresh =
        zone != null && world.now() - zone.createdAt < world.nanos(Assumption.Question.FRESH_ZONE);
    if (zone == null || !zone.ours() || fresh) {
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
        zone.records.onlyRequired(),
        "HostedZoneNotEmpty",
        "The specified hosted zone contains non-required resource record sets");
    zones.remove(zone.id);
    writeChange(xml, newChange());
  }

  /** Everybody's zones, by name only. */
  private void byVpc(FakeRequest request, Xml xml) {
    request.allowOnly("vpcid", "vpcregion", "maxitems", "nexttoken");
    permit("ec2:DescribeVpcs");
    FakeWorld.Vpc vpc =
        world.vpc(request.required("vpcid"), request.required("vpcregion"), "InvalidInput");
    int size = request.pageSize("maxitems", 1, 100, "InvalidInput");
    NavigableMap<String, Zone> found = new TreeMap<>();
    zones.values().stream()
        .filter(zone -> zone.vpc.id().equals(vpc.id()))
        .forEach(zone -> found.put(zone.id, zone));
    var page =
        world.page(found, vpc.id(), request.optional("nexttoken"), size, "InvalidPaginationToken");
    xml.open("HostedZoneSummaries");
    for (Zone zone : page.items()) {
      xml.open("HostedZoneSummary")
          .text("HostedZoneId", zone.id)
          .text("Name", zone.name + ".")
          .open("Owner")
          .text(zone.owner.endsWith(".com") ? "OwningService" : "OwningAccount", zone.owner)
          .close("Owner")
          .close("HostedZoneSummary");
    }
    xml.close("HostedZoneSummaries").text("MaxItems", String.valueOf(size));
    page.next().ifPresent(next -> xml.text("NextToken", next));
  }

  private void all(FakeRequest request, Xml xml) {
    request.allowOnly("marker", "maxitems");
    int asked = request.pageSize("maxitems", 1, 100, "InvalidInput");
    List<Zone> rest =
        zones.values().stream()
            .filter(zone -> zone.ours() && zone.id.compareTo(marker(request)) >= 0)
            .toList();
    int size = Math.min(world.pageLimit, asked);
    xml.open("HostedZones");
    rest.stream().limit(size).forEach(zone -> writeZone(xml, zone));
    xml.close("HostedZones");
    request.optional("marker").ifPresent(marker -> xml.text("Marker", marker));
    xml.text("IsTruncated", String.valueOf(rest.size() > size));
    if (rest.size() > size) {
      xml.text("NextMarker", rest.get(size).id);
    }
    xml.text("MaxItems", String.valueOf(asked));
  }

  private static String marker(FakeRequest request) {
    return request.optional("marker").orElse("");
  }

  private void records(FakeRequest request, Xml xml) {
    request.allowOnly("name", "type", "identifier", "maxitems");
    Optional<String> name = request.optional("name");
    Optional<String> type = request.optional("type");
    check(
        (name.isPresent() || type.isEmpty())
            && (type.isPresent() || request.optional("identifier").isEmpty()),
        "InvalidInput",
        "A type needs a name, and an identifier both.");
    Zone zone = zone(request.id());
    int size = Math.min(world.pageLimit, request.pageSize("maxitems", 1, 300, "InvalidInput"));
    List<FakeRecords.Row> rest =
        zone.records.from(
            name.map(each -> FakeRecords.key(FakeRecords.normal(each), type.orElse("")))
                .orElse(""));
    xml.open("ResourceRecordSets");
    rest.stream().limit(size).forEach(row -> writeRow(xml, row));
    xml.close("ResourceRecordSets").text("IsTruncated", String.valueOf(rest.size() > size));
    if (rest.size() > size) {
      xml.text("NextRecordName", escaped(rest.get(size).name()))
          .text("NextRecordType", rest.get(size).type());
    }
    xml.text("MaxItems", String.valueOf(size));
  }

  private static void writeRow(Xml xml, FakeRecords.Row row) {
    xml.open("ResourceRecordSet")
        .text("Name", escaped(row.name()))
        .text("Type", row.type())
        .text("TTL", String.valueOf(row.ttl()))
        .open("ResourceRecords");
    row.values()
        .forEach(value -> xml.open("ResourceRecord").text("Value", value).close("ResourceRecord"));
    xml.close("ResourceRecords").close("ResourceRecordSet");
  }

  private static String escaped(String name) {
    return name.replace("*", "\\052") + ".";
  }

  private void change(FakeRequest request, Xml xml) {
    request.allowOnly();
    Zone zone = zone(request.id());
    Element body = request.requiredBody("ChangeResourceRecordSetsRequest");
    FakeRequest.checkChildren(body, "ChangeBatch");
    Element batch = FakeRequest.child(body, "ChangeBatch");
    FakeRequest.checkChildren(batch, "Comment", "Changes");
    List<Element> changes = FakeRequest.children(FakeRequest.child(batch, "Changes"), "Change");
    check(!changes.isEmpty(), "InvalidInput", "The change batch is empty.");
    checkNoneInProgress(zone);
    zone.records.change(changes);
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

  private static void writeZone(Xml xml, Zone zone) {
    xml.open("HostedZone")
        .text("Id", "/hostedzone/" + zone.id)
        .text("Name", zone.name + ".")
        .text("CallerReference", zone.reference)
        .open("Config")
        .text("Comment", zone.comment)
        .text("PrivateZone", "true")
        .close("Config")
        .text("ResourceRecordSetCount", String.valueOf(zone.records.count()))
        .close("HostedZone");
  }

  private static void writeVpc(Xml xml, Zone zone) {
    xml.open("VPC").text("VPCRegion", zone.vpc.region()).text("VPCId", zone.vpc.id()).close("VPC");
  }

  private void writeChange(Xml xml, String id) {
    Submitted change = Optional.ofNullable(changes.get(id)).orElseThrow();
    xml.open("ChangeInfo")
        .text("Id", "/change/" + id)
        .text("Status", change.done <= world.now() ? "INSYNC" : "PENDING")
        .text("SubmittedAt", change.at.toString())
        .close("ChangeInfo");
  }

  List<ZoneState> state() {
    return zones.values().stream().filter(Zone::ours).map(Zone::state).toList();
  }

  int zoneCount() {
    return zones.size();
  }

  void addStrangersZone(String vpcId, String name) {
    add(FakeRecords.normal(name), "stranger", vpc(vpcId), FakeWorld.STRANGER);
  }

  void addServicesZone(String vpcId, String name, String service) {
    add(FakeRecords.normal(name), "service", vpc(vpcId), service);
  }

  private FakeWorld.Vpc vpc(String id) {
    return Optional.ofNullable(world.vpcs.get(id)).orElseThrow();
  }

  private record Submitted(Instant at, long done) {}

  private static final class Zone {
    private final String id;
    private final String name;
    private final String reference;
    private final FakeWorld.Vpc vpc;
    private final String owner;
    private final long createdAt;
    private final FakeRecords records;
    private String comment = "";
    private Long changedAt;

    Zone(
        String id, String name, String reference, FakeWorld.Vpc vpc, String owner, long createdAt) {
      this.id = id;
      this.name = name;
      this.reference = reference;
      this.vpc = vpc;
      this.owner = owner;
      this.createdAt = createdAt;
      records = new FakeRecords(name);
    }

    boolean ours() {
      return owner.equals(FakeWorld.ACCOUNT);
    }

    ZoneState state() {
      return new ZoneState(
          id, name, Optional.of(reference), Set.of(vpc.id()), records.targetsByHost());
    }
  }
}
